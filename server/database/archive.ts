/** One part of an archive: a file of a tar, small enough to be held in memory. */
export type ArchiveEntry = { name: string; content: Buffer };

const block = 512;
const largestEntry = 64 * 1024 * 1024;

/** The bytes of one entry in the POSIX tar format, readable by `tar`. Names have at most 100 characters. */
export function writeEntry({ name, content }: ArchiveEntry): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100, 'utf8');
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc(padding(content.length))]);
}

/** The two empty blocks that end an archive. */
export function archiveEnd(): Buffer {
  return Buffer.alloc(2 * block);
}

/** The entries of an archive in their order; throws `Error('archive')` when it is damaged or ends early. */
export async function* readEntries(chunks: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry> {
  const take = reader(chunks);
  for (;;) {
    const header = await take(block);
    if (header.every((byte) => byte === 0)) return;
    const size = parseInt(header.toString('latin1', 124, 135), 8);
    const stated = parseInt(header.toString('latin1', 148, 154), 8);
    if (stated !== checksum(header) || !(size >= 0 && size <= largestEntry)) throw new Error('archive');
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const content = await take(size);
    await take(padding(size));
    yield { name, content };
  }
}

function reader(chunks: AsyncIterable<Buffer>): (size: number) => Promise<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let length = 0;
  return async (size) => {
    while (length < size) {
      const next = await source.next();
      if (next.done) throw new Error('archive');
      held.push(next.value);
      length += next.value.length;
    }
    const all = Buffer.concat(held);
    const rest = all.subarray(size);
    held = [rest];
    length = rest.length;
    return all.subarray(0, size);
  };
}

function padding(size: number): number {
  return (block - (size % block)) % block;
}

function checksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < block; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (header[at] ?? 0);
  return sum;
}

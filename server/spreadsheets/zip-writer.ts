import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

const bufferBytes = 256 * 1024;
/** 1980-01-01 00:00, the earliest a zip can say: two exports of the same data are the same file. */
const dosDate = 0x0021;
const streamedUtf8 = 0x0808;
const deflated = 8;

interface WrittenEntry {
  name: Buffer;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
}

/** Writes the parts of a zip one after the other to a stream, never going back. */
export interface ZipWriter {
  /** Begins a part; write its text or bytes, then end it before the next begins. */
  begin(name: string): { write(part: string | Uint8Array): Promise<void>; end(): Promise<void> };
  /** Writes the central directory; the stream itself stays open. */
  finish(): Promise<void>;
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(streamedUtf8, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function dataDescriptor(entry: WrittenEntry): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(entry.crc, 4);
  descriptor.writeUInt32LE(entry.packed, 8);
  descriptor.writeUInt32LE(entry.unpacked, 12);
  return descriptor;
}

function centralHeader(entry: WrittenEntry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(streamedUtf8, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt16LE(dosDate, 14);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(entry.packed, 20);
  header.writeUInt32LE(entry.unpacked, 24);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
}

/** A zip writer for parts under 4 GB each, deflated as they come; waits when the stream cannot take more. */
export function createZipWriter(target: Writable, level = 4): ZipWriter {
  const entries: WrittenEntry[] = [];
  let offset = 0;
  const closed = finished(target, { readable: false });
  closed.catch(() => undefined);

  async function send(bytes: Buffer): Promise<void> {
    offset += bytes.length;
    if (target.destroyed) throw new Error('the target of an export was closed before its end');
    if (!target.write(bytes)) await Promise.race([once(target, 'drain'), closed]);
  }

  return {
    begin(partName) {
      const entry: WrittenEntry = { name: Buffer.from(partName), crc: 0, packed: 0, unpacked: 0, offset };
      const deflate = createDeflateRaw({ level, chunkSize: 64 * 1024 });
      const sent = (async () => {
        await send(localHeader(entry.name));
        for await (const chunk of deflate as AsyncIterable<Buffer>) {
          entry.packed += chunk.length;
          await send(chunk);
        }
      })();
      deflate.on('error', () => undefined);
      sent.catch((error: unknown) => deflate.destroy(error instanceof Error ? error : undefined));
      let pending: string[] = [];
      let pendingLength = 0;
      async function flush(): Promise<void> {
        const text = pending.join('');
        pending = [];
        pendingLength = 0;
        await put(Buffer.from(text));
      }
      async function put(bytes: Uint8Array): Promise<void> {
        entry.crc = crc32(bytes, entry.crc);
        entry.unpacked += bytes.length;
        if (deflate.destroyed) await sent;
        if (!deflate.write(bytes)) await Promise.race([once(deflate, 'drain'), sent]);
      }
      return {
        async write(part) {
          if (typeof part !== 'string') {
            if (pendingLength > 0) await flush();
            await put(part);
            return;
          }
          pending.push(part);
          pendingLength += part.length;
          if (pendingLength >= bufferBytes) await flush();
        },
        async end() {
          if (pendingLength > 0) await flush();
          deflate.end();
          await sent;
          await send(dataDescriptor(entry));
          entries.push(entry);
        },
      };
    },
    async finish() {
      const start = offset;
      for (const entry of entries) await send(centralHeader(entry));
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(entries.length, 8);
      end.writeUInt16LE(entries.length, 10);
      end.writeUInt32LE(offset - start, 12);
      end.writeUInt32LE(start, 16);
      await send(end);
    },
  };
}

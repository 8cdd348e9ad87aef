import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import yauzl from 'yauzl';
import { Failure } from '#domain/basics/failure.ts';
import type { Limits } from './limits.ts';
import { encryptedFile, tooMany, unpacksTooLarge, unreadable } from './refusals.ts';

/** The parts of a zip file by lower-case path. */
export type ZipEntries = Map<string, yauzl.Entry>;

const chunkBytes = 128 * 1024;

async function openZip(path: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch {
    throw unreadable('压缩结构已损坏，可能上传或保存时中断');
  }
}

/** Refuses a part by what the central directory says of it, before a byte of it is unpacked. */
function checkEntry(entry: yauzl.Entry, unpackedBefore: number, limits: Limits): void {
  const { uncompressedSize: unpacked, compressedSize: packed } = entry;
  if (unpackedBefore + unpacked > limits.unpackedBytes)
    throw unpacksTooLarge({ unpacked: unpackedBefore + unpacked, limit: limits.unpackedBytes });
  if (unpacked > limits.ratioFromBytes && unpacked > packed * limits.ratio)
    throw unpacksTooLarge({ unpacked, packed, limit: limits.ratio });
}

/** Lists the parts of the zip file at `path`, all checked against the limits by their declared sizes. */
export async function listEntries(path: string, limits: Limits): Promise<ZipEntries> {
  const zip = await openZip(path);
  try {
    if (zip.entryCount > limits.entries) throw tooMany('文件内部的部件数量', limits.entries);
    const entries: ZipEntries = new Map();
    let unpacked = 0;
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: yauzl.Entry) => {
        try {
          checkEntry(entry, unpacked, limits);
        } catch (refusal) {
          reject(refusal instanceof Failure ? refusal : unreadable('压缩结构已损坏'));
          return;
        }
        unpacked += entry.uncompressedSize;
        entries.set(entry.fileName.toLowerCase().replace(/^\//u, ''), entry);
        zip.readEntry();
      });
      zip.readEntry();
    });
    return entries;
  } catch (error) {
    throw error instanceof Failure ? error : unreadable('压缩结构已损坏，可能上传或保存时中断');
  } finally {
    zip.close();
  }
}

/** Where the packed bytes of a part begin: its local header repeats name and extra field with lengths of their own. */
async function findDataStart(path: string, entry: yauzl.Entry): Promise<number> {
  await using file = await open(path, 'r');
  const header = Buffer.alloc(30);
  const { bytesRead } = await file.read(header, 0, 30, entry.relativeOffsetOfLocalHeader);
  if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50) throw unreadable('压缩结构已损坏');
  return entry.relativeOffsetOfLocalHeader + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Unpacks one part chunk by chunk; refuses it when it grows past the size it declared. */
export async function* unpackEntry(path: string, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw encryptedFile();
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw unreadable('使用了不支持的压缩方式');
  if (entry.compressedSize === 0) return;
  const start = await findDataStart(path, entry);
  const file = await open(path, 'r');
  const packed = file.createReadStream({ start, end: start + entry.compressedSize - 1, highWaterMark: chunkBytes });
  const stream =
    entry.compressionMethod === 0
      ? packed
      : pipeline(packed, createInflateRaw({ chunkSize: chunkBytes }), () => undefined);
  let unpacked = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > entry.uncompressedSize)
        throw unreadable('内部数据比声明的大，可能是恶意文件', { declared: entry.uncompressedSize });
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable('压缩数据已损坏');
  } finally {
    packed.destroy();
    stream.destroy();
  }
}

/** Unpacks a small part whole, as text; `limit` in bytes. */
export async function unpackWhole(path: string, entry: yauzl.Entry, limit: number): Promise<Buffer> {
  if (entry.uncompressedSize > limit) throw unpacksTooLarge({ unpacked: entry.uncompressedSize, limit });
  const chunks: Buffer[] = [];
  for await (const chunk of unpackEntry(path, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

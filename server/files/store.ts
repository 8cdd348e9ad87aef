import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '#domain/basics/failure.ts';
import type { Keys } from '../crypto/keys.ts';

/** A file kept sealed: its name in the store, size of the content in bytes, and keyed fingerprint. */
export interface StoredFile {
  storedName: string;
  bytes: number;
  fingerprint: Buffer;
}

/** Key version and nonce before the sealed bytes; the tag follows them. */
const headLength = 14;
const tagLength = 16;

/** Largest file taken, in bytes. */
export const largestFile = 200 * 1024 * 1024;

/** A file is read and written in pieces of this many bytes: with the 16 kB of a stream's default most of the time goes into waiting for the next piece. */
const piece = 1024 * 1024;

/** Folder of the sealed files. */
export function fileFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'files');
}

/** Seals a stream of at most `most` bytes into the store with AES-256-GCM; head: key version (2 bytes), nonce (12); tail: tag (16). */
export async function storeFile(
  keys: Keys,
  dataDirectory: string,
  name: string,
  source: Readable,
  most = largestFile,
): Promise<StoredFile> {
  const folder = fileFolder(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const final = path.join(folder, name);
  const part = `${final}.part`;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.dataKey(keys.dataVersion), iv);
  cipher.setAAD(Buffer.from(`file\n${name}`));
  const digest = createHmac('sha256', keys.indexKey(1)).update('file\n');
  let bytes = 0;
  let headSent = false;
  const seal = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) {
        done(
          new Failure(
            'file-too-large',
            most === largestFile
              ? '文件超过 200 MB。请分学校或分街道拆成几个文件再导入。'
              : `文件超过 ${String(Math.floor(most / 1024 / 1024))} MB，请压缩后再上传。`,
          ),
        );
        return;
      }
      digest.update(chunk);
      if (!headSent) {
        headSent = true;
        const version = Buffer.alloc(2);
        version.writeUInt16BE(keys.dataVersion);
        this.push(Buffer.concat([version, iv]));
      }
      done(null, cipher.update(chunk));
    },
    flush(done) {
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
  try {
    // On the disk before it is named in a row: a machine that loses its power must not keep the row and lose the file.
    await pipeline(source, seal, createWriteStream(part, { mode: 0o600, flush: true, highWaterMark: piece }));
    if (bytes === 0) throw new Failure('file-empty', '文件是空的，没有内容。');
    await rename(part, final);
    await flushFolder(folder);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { storedName: name, bytes, fingerprint: digest.digest().subarray(0, 16) };
}

async function flushFolder(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/**
 * Opens a stored file into another file (0600), piece by piece, so that a large one is never whole in memory. Rejects when the file is
 * missing or was changed; what was written until then must not be used.
 */
export async function openStoredFileTo(keys: Keys, dataDirectory: string, name: string, target: string): Promise<void> {
  const source = await open(path.join(fileFolder(dataDirectory), path.basename(name)));
  try {
    const { size } = await source.stat();
    const part = async (length: number, position: number) =>
      (await source.read(Buffer.alloc(length), 0, length, position)).buffer;
    const head = await part(headLength, 0);
    const decipher = createDecipheriv('aes-256-gcm', keys.dataKey(head.readUInt16BE(0)), head.subarray(2));
    decipher.setAAD(Buffer.from(`file\n${name}`));
    decipher.setAuthTag(await part(tagLength, size - tagLength));
    const end = size - tagLength - 1;
    await pipeline(
      end < headLength
        ? Readable.from([])
        : source.createReadStream({ start: headLength, end, autoClose: false, highWaterMark: piece }),
      decipher,
      createWriteStream(target, { mode: 0o600, highWaterMark: piece }),
    );
  } finally {
    await source.close();
  }
}

/** Opens a small stored file whole; rejects when it is missing or was changed. */
export async function readStoredFile(keys: Keys, dataDirectory: string, name: string): Promise<Buffer> {
  const sealed = await readFile(path.join(fileFolder(dataDirectory), path.basename(name)));
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keys.dataKey(sealed.readUInt16BE(0)),
    sealed.subarray(2, headLength),
  );
  decipher.setAAD(Buffer.from(`file\n${name}`));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(headLength, -tagLength)), decipher.final()]);
}

/** Removes a stored file whose keeping period is over. */
export async function removeStoredFile(dataDirectory: string, name: string): Promise<void> {
  await rm(path.join(fileFolder(dataDirectory), path.basename(name)), { force: true });
}

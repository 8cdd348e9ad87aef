import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '#domain/basics/failure.ts';
import type { Keys } from '../crypto/keys.ts';

/** A file kept sealed: its name in the store, size of the content in bytes, and keyed fingerprint. */
export interface StoredFile {
  storedName: string;
  bytes: number;
  fingerprint: Buffer;
}

/** Largest file taken, in bytes. */
export const largestFile = 200 * 1024 * 1024;

/** Folder of the sealed files. */
export function fileFolder(dataDirectory: string): string {
  return path.join(dataDirectory, 'files');
}

/** Seals a stream into the store with AES-256-GCM; head: key version (2 bytes), nonce (12); tail: tag (16). */
export async function storeFile(
  keys: Keys,
  dataDirectory: string,
  name: string,
  source: Readable,
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
      if (bytes > largestFile) {
        done(new Failure('file-too-large', '文件超过 200 MB。请分学校或分街道拆成几个文件再导入。'));
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
    await pipeline(source, seal, createWriteStream(part, { mode: 0o600 }));
    if (bytes === 0) throw new Failure('file-empty', '文件是空的，没有内容可以导入。');
    await rename(part, final);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { storedName: name, bytes, fingerprint: digest.digest().subarray(0, 16) };
}

/** Opens a stored file into memory; throws when it was changed. */
export async function readStoredFile(keys: Keys, dataDirectory: string, name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path.join(fileFolder(dataDirectory), path.basename(name))))
    parts.push(part as Buffer); // as: no encoding is set
  const whole = Buffer.concat(parts);
  const decipher = createDecipheriv('aes-256-gcm', keys.dataKey(whole.readUInt16BE(0)), whole.subarray(2, 14));
  decipher.setAAD(Buffer.from(`file\n${name}`));
  decipher.setAuthTag(whole.subarray(whole.length - 16));
  return Buffer.concat([decipher.update(whole.subarray(14, whole.length - 16)), decipher.final()]);
}

/** Removes a stored file whose keeping period is over. */
export async function removeStoredFile(dataDirectory: string, name: string): Promise<void> {
  await rm(path.join(fileFolder(dataDirectory), path.basename(name)), { force: true });
}

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Pdf } from '#server/documents/render.ts';
import { storeFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';

/** A laid out document as it lies sealed in the store. */
export interface StoredPdf {
  storedName: string;
  /** SHA-256 of the file. */
  fingerprint: Buffer;
  bytes: number;
  pages: number;
}

/** Puts a laid out document into the store; several may be put there at once, and wait for the disk together. */
export async function storePdf(context: Context, { content, pages }: Pdf): Promise<StoredPdf> {
  const { keys, config } = context.platform;
  // A name of its own for each attempt: one that is taken back can never stand where an issued file belongs.
  const { storedName } = await storeFile(keys, config.dataDirectory, context.newId(), Readable.from([content]));
  return { storedName, fingerprint: createHash('sha256').update(content).digest(), bytes: content.length, pages };
}

import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';
import type { Keys } from './keys.ts';

/** Where a sealed value stands; it cannot be opened anywhere else (AAD). */
export interface SealedPlace {
  table: string;
  column: string;
  district: string;
  id: string;
}

const nonceLength = 12;
const tagLength = 16;
const pool = Buffer.alloc(nonceLength * 1024);
let poolAt = pool.length;

function nonce(): Buffer {
  if (poolAt >= pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const taken = Buffer.from(pool.subarray(poolAt, poolAt + nonceLength));
  poolAt += nonceLength;
  return taken;
}

function aad(place: SealedPlace): Buffer {
  return Buffer.from(`${place.table}\n${place.column}\n${place.district}\n${place.id}`);
}

/** Seals bytes with AES-256-GCM: version (2 bytes), nonce, tag, text. */
export function sealBytes(keys: Keys, place: SealedPlace, plain: Buffer): Buffer {
  const iv = nonce();
  const cipher = createCipheriv('aes-256-gcm', keys.dataKey(keys.dataVersion), iv);
  cipher.setAAD(aad(place));
  const head = Buffer.alloc(2);
  head.writeUInt16BE(keys.dataVersion);
  const body = cipher.update(plain);
  const last = cipher.final();
  return Buffer.concat([head, iv, cipher.getAuthTag(), body, last]);
}

/** Opens what `sealBytes` sealed; throws when key, place or content differ. */
export function openBytes(keys: Keys, place: SealedPlace, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keys.dataKey(sealed.readUInt16BE(0)),
    sealed.subarray(2, 2 + nonceLength),
  );
  decipher.setAAD(aad(place));
  decipher.setAuthTag(sealed.subarray(2 + nonceLength, 2 + nonceLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(2 + nonceLength + tagLength)), decipher.final()]);
}

/** Seals a plain value as JSON. */
export function sealJson(keys: Keys, place: SealedPlace, value: unknown): Buffer {
  return sealBytes(keys, place, Buffer.from(JSON.stringify(value)));
}

/** Opens a sealed JSON value; the caller parses its shape. */
export function openJson(keys: Keys, place: SealedPlace, sealed: Buffer): unknown {
  return JSON.parse(openBytes(keys, place, sealed).toString('utf8'));
}

/** The version of the data key a value was sealed with. */
export function sealedVersion(sealed: Buffer): number {
  return sealed.readUInt16BE(0);
}

/** The blind index of a number or phone: a keyed digest, equal for equal values of one kind, 16 bytes. */
export function blindIndex(
  keys: Keys,
  kind: 'document' | 'registry' | 'phone' | 'row' | 'file',
  value: string,
): Buffer {
  return createHmac('sha256', keys.indexKey(keys.indexVersion)).update(`${kind}\n${value}`).digest().subarray(0, 16);
}

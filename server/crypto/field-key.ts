import { createDecipheriv, createECDH, hkdfSync, type ECDH } from 'node:crypto';
import type { Keys } from './keys.ts';

/** What a phone sealed: see `contract/field.ts`. */
export interface Sealed {
  point: Buffer;
  nonce: Buffer;
  sealed: Buffer;
}

const tagLength = 16;

function pair(keys: Keys, version: number): ECDH {
  const ecdh = createECDH('prime256v1');
  for (let round = 0; round < 8; round += 1) {
    try {
      ecdh.setPrivateKey(keys.fieldSecret(version, round));
      return ecdh;
    } catch {
      // one secret in four thousand million is no scalar of the curve: the next one is taken
      continue;
    }
  }
  throw new Error('no field key');
}

/** The public key (P-256, uncompressed) to which phones seal their entries. */
export function fieldPublicKey(keys: Keys): { version: number; publicKey: Buffer } {
  return { version: keys.dataVersion, publicKey: pair(keys, keys.dataVersion).getPublicKey() };
}

/**
 * Opens what a phone sealed: ECDH P-256, HKDF-SHA-256 (salt: both public keys), AES-256-GCM with `bound` (account and request) as
 * additional data. Throws when key, account, request or content differ.
 */
export function openSealed(keys: Keys, version: number, bound: string, entry: Sealed): Buffer {
  const own = pair(keys, version);
  const shared = own.computeSecret(entry.point);
  const salt = Buffer.concat([entry.point, own.getPublicKey()]);
  const key = Buffer.from(hkdfSync('sha256', shared, salt, Buffer.from('baoxue field entry'), 32));
  const decipher = createDecipheriv('aes-256-gcm', key, entry.nonce);
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(entry.sealed.subarray(entry.sealed.length - tagLength));
  return Buffer.concat([decipher.update(entry.sealed.subarray(0, entry.sealed.length - tagLength)), decipher.final()]);
}

import { fromBase64, joined, textBytes, toBase64 } from './bytes.ts';

const nonceLength = 12;

async function seal(key: CryptoKey, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)));
}

async function open(key: CryptoKey, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const iv = sealed.slice(0, nonceLength);
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed.slice(nonceLength)));
}

/** Seals a value under the phone's cache key. */
export function sealValue(key: CryptoKey, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return seal(key, textBytes(JSON.stringify(value)));
}

/** Opens a value sealed under the phone's cache key; rejects under another key. */
export async function openValue(key: CryptoKey, sealed: Uint8Array<ArrayBuffer>): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await open(key, sealed))) as unknown;
}

function aes(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The key that a PIN makes: argon2id with 19 MiB and two passes, so that a copied store cannot be tried through. */
async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm');
  const raw = await argon2id({
    password: pin,
    salt,
    parallelism: 1,
    iterations: 2,
    memorySize: 19_456,
    hashLength: 32,
    outputType: 'binary',
  });
  return aes(new Uint8Array(raw));
}

/** The wrapped cache key as the phone keeps it: useless without the PIN, and without this browser's own key that cannot be taken out. */
export interface WrappedKey {
  salt: Uint8Array<ArrayBuffer>;
  wrapped: Uint8Array<ArrayBuffer>;
  deviceKey: CryptoKey;
}

/** Makes a random cache key and wraps it by PIN and device. */
export async function makeCacheKey(pin: string): Promise<{ kept: WrappedKey; key: CryptoKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  // as: an AES key is one key, not a pair
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const wrapped = await seal(deviceKey, await seal(await pinKey(pin, salt), raw));
  const key = await aes(raw);
  raw.fill(0);
  return { kept: { salt, wrapped, deviceKey }, key };
}

/** Opens the cache key; null when the PIN is wrong. */
export async function openCacheKey(kept: WrappedKey, pin: string): Promise<CryptoKey | null> {
  const inner = await open(kept.deviceKey, kept.wrapped);
  const byPin = await pinKey(pin, kept.salt);
  try {
    return await aes(await open(byPin, inner));
  } catch {
    return null;
  }
}

/** What the server's key seals; see `contract/field.ts`. */
export interface SealedForServer {
  version: number;
  point: string;
  nonce: string;
  sealed: string;
}

/** Seals text so that only the server opens it, bound to an account and a request; the phone itself cannot read it again. */
export async function sealForServer(
  server: { version: number; publicKey: string },
  bound: string,
  text: string,
): Promise<SealedForServer> {
  const publicKey = fromBase64(server.publicKey);
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await crypto.subtle.importKey('raw', publicKey, curve, false, []);
  // as: an ECDH key is a pair
  const own = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own.privateKey, 256);
  const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: joined(point, publicKey), info: textBytes('baoxue field entry') },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: textBytes(bound) },
    key,
    textBytes(text),
  );
  return {
    version: server.version,
    point: toBase64(point),
    nonce: toBase64(iv),
    sealed: toBase64(new Uint8Array(sealed)),
  };
}

import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

/** An entry of the phone sealed to the server's key: only the server opens it, for the account that made it (product, section 8). */
export const SealedEntry = z.object({
  /** Version of the server's key. */
  version: z.number().int().min(1),
  /** The entry's own P-256 public key, uncompressed. */
  point: Base64.max(120),
  /** Nonce of AES-256-GCM, 12 bytes. */
  nonce: Base64.max(24),
  /** The sealed call with its tag. */
  sealed: Base64.max(6_000_000),
});
/** An entry of the phone sealed to the server's key. */
export type SealedEntry = z.infer<typeof SealedEntry>;

export const getFieldKey = endpoint({
  name: 'field.getFieldKey',
  method: 'GET',
  path: '/api/field/key',
  summary: '手机离线登记用的公钥',
  permission: 'session.own',
  audit: null,
  input: z.object({}),
  output: z.object({ version: z.number().int(), publicKey: Base64, accountId: Id }),
});
export const sendSealed = endpoint({
  name: 'field.sendSealed',
  method: 'POST',
  path: '/api/field/entries',
  summary: '上传手机上密封的登记',
  permission: null,
  audit: null,
  bodyLimit: 8 * 1024 * 1024,
  input: z.object({ requestId: Id, accountId: Id, entry: SealedEntry }),
  output: z.object({ status: z.number().int(), answer: z.unknown() }),
});

import { z } from 'zod';
import type { getFieldKey, sendSealed } from '#contract/field.ts';
import { endpoints } from '#contract/index.ts';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { fieldPublicKey, openSealed } from '#server/crypto/field-key.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { sessionCookie, type Call } from '#server/http/serve.ts';
import { actorOfSession } from '#server/http/sessions.ts';

const Opened = z.object({
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** The bytes of an upload in base64. */
  file: z.string().optional(),
});

/** The public key to which this person's phone seals its entries. */
export async function fieldKey(context: Context): Promise<OutputOf<typeof getFieldKey>> {
  const { version, publicKey } = fieldPublicKey(context.keys);
  return { version, publicKey: publicKey.toString('base64'), accountId: context.actor.id };
}

function openEntry(platform: Platform, input: ParsedOf<typeof sendSealed>): z.output<typeof Opened> {
  const { entry } = input;
  try {
    const plain = openSealed(platform.keys, entry.version, `${input.accountId}\n${input.requestId}`, {
      point: Buffer.from(entry.point, 'base64'),
      nonce: Buffer.from(entry.nonce, 'base64'),
      sealed: Buffer.from(entry.sealed, 'base64'),
    });
    return Opened.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    throw new Failure(
      'input-wrong',
      '这条登记打不开：内容不完整，或不是在本平台登记的。它仍保存在手机上，请联系系统管理员。',
    );
  }
}

function addressOf(path: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const filled = path.replace(/:(\w+)/gu, (_whole, key: string) => {
    const value = rest[key];
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}

/**
 * Opens an entry that a phone sealed and passes it through the same door as every other call: session, permission, reach, request id,
 * audit. Only calls marked `offline`, and only for the account that made the entry; another person who is signed in gets `not-allowed`.
 */
export async function passSealed(
  platform: Platform,
  input: ParsedOf<typeof sendSealed>,
  call: Call,
): Promise<OutputOf<typeof sendSealed>> {
  const cookie = call.request.cookies[sessionCookie];
  const actor = cookie === undefined ? null : await actorOfSession(platform, cookie);
  if (!actor || cookie === undefined)
    throw new Failure('signed-out', '登录已失效，请重新登录。登记仍保存在手机上，登录后自动上传。');
  if (actor.id !== input.accountId) throw new Failure('not-allowed', '这条登记是另一个人的，须由他本人登录后上传。');
  const opened = openEntry(platform, input);
  const endpoint = endpoints.find((one) => one.name === opened.name && one.offline === true);
  if (!endpoint) throw new Failure('input-wrong', '这类登记不能离线上传，请在网页上办理。');
  const { path, rest } = addressOf(endpoint.path, opened.input);
  const query = endpoint.upload
    ? new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)])).toString()
    : '';
  const answered = await call.request.server.inject({
    method: 'POST',
    url: query === '' ? path : `${path}?${query}`,
    remoteAddress: call.request.ip,
    headers: {
      cookie: `${sessionCookie}=${cookie}`,
      'x-baoxue': '1',
      'x-request-id': input.requestId,
      'content-type': endpoint.upload ? 'application/octet-stream' : 'application/json',
    },
    payload: endpoint.upload ? Buffer.from(opened.file ?? '', 'base64') : JSON.stringify(rest),
  });
  return { status: answered.statusCode, answer: JSON.parse(answered.payload || 'null') as unknown };
}

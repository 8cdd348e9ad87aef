import { Secret, TOTP } from 'otpauth';
import { toString as drawQr } from 'qrcode';
import { z } from 'zod';
import { Failure } from '#domain/basics/failure.ts';
import { openJson, sealJson, type SealedPlace } from '#server/crypto/seal.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { forgetActors } from '#server/http/sessions.ts';
import { confirmPassword } from './passwords.ts';
import { findAccount, setSecondFactor, type AccountRow } from './store-accounts.ts';
import { endSessions, markSecondFactor } from './store-sessions.ts';

const Sealed = z.object({ secret: z.string() });
const periodSeconds = 30;

function placeOf(district: string, accountId: string): SealedPlace {
  return { table: 'account', column: 'sealed_totp', district, id: accountId };
}

function codes(login: string, secret: Secret): TOTP {
  return new TOTP({ issuer: '保学平台', label: login, secret, algorithm: 'SHA1', digits: 6, period: periodSeconds });
}

/** The step (30 seconds each) of a right code that was not used before, one step early or late allowed; null when the code is wrong or used. */
export function stepOfCode(platform: Platform, district: string, account: AccountRow, code: string): number | null {
  if (!account.sealed_totp) return null;
  const { secret } = Sealed.parse(openJson(platform.keys, placeOf(district, account.id), account.sealed_totp));
  const timestamp = platform.clock.now().getTime();
  const delta = codes(account.login, Secret.fromBase32(secret)).validate({ token: code, timestamp, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1000 / periodSeconds) + delta;
  return account.totp_last_step !== null && step <= account.totp_last_step ? null : step;
}

/** The account of the signed-in person; tokens and the platform have none. */
export async function ownAccount(context: Context): Promise<AccountRow> {
  const account =
    context.actor.kind === 'person' ? await findAccount(context.client, context.district, context.actor.id) : null;
  if (!account) throw new Failure('not-allowed', '此操作须由本人登录后进行。');
  return account;
}

/** Begins to bind a second factor: keeps a sealed secret, answers it once as text, address and QR picture. */
export async function startSecondFactor(
  context: Context,
  input: { password: string },
): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const account = await ownAccount(context);
  await confirmPassword(context, account, input.password, 'password');
  if (account.totp_confirmed_at)
    throw new Failure('wrong-step', '已绑定动态口令。如需更换，请先由安全管理员解除绑定。');
  const secret = new Secret({ size: 20 });
  const sealed = sealJson(context.keys, placeOf(context.district, account.id), { secret: secret.base32 });
  await setSecondFactor(context.client, context.district, account.id, { sealed, confirmedAt: null, step: null });
  context.note({ subjectKind: 'account', subjectId: account.id });
  const uri = codes(account.login, secret).toString();
  return { secret: secret.base32, uri, qrSvg: await drawQr(uri, { type: 'svg', margin: 1 }) };
}

/** Binds the second factor once a code proves that the phone has it; the other sessions of the account end. */
export async function confirmSecondFactor(context: Context, input: { code: string }): Promise<{ done: true }> {
  const account = await ownAccount(context);
  if (account.totp_confirmed_at) throw new Failure('wrong-step', '已绑定动态口令，无需再次确认。');
  if (!account.sealed_totp) throw new Failure('wrong-step', '请先开始绑定动态口令。');
  const step = stepOfCode(context.platform, context.district, account, input.code);
  if (step === null) {
    const words = '动态口令不对，请核对手机时间后输入新的口令。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'code', words }] });
  }
  await setSecondFactor(context.client, context.district, account.id, {
    sealed: account.sealed_totp,
    confirmedAt: context.now,
    step,
  });
  const { sessionHash } = context.actor;
  if (sessionHash) await markSecondFactor(context.client, context.district, account.id, sessionHash);
  await endSessions(context.client, context.district, account.id, sessionHash);
  context.note({ subjectKind: 'account', subjectId: account.id });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { done: true };
}

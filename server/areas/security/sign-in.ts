import { Failure } from '#domain/basics/failure.ts';
import { lockAfter, lockMinutes, plainLogin, sessionLimit } from '#domain/security/rules.ts';
import { deviceWords } from '#domain/security/words.ts';
import { minutesAfter } from '#server/clock.ts';
import { inTransaction } from '#server/database/transaction.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { recordRefusal, runAs } from '#server/http/run.ts';
import { sessionCookie, type Call } from '#server/http/serve.ts';
import { absoluteHours, forgetActors, loadActor, newSecret, secretHash } from '#server/http/sessions.ts';
import { countInMemory, passwordFits, pretendToCheck } from './passwords.ts';
import { stepOfCode } from './second-factor.ts';
import { acceptSignIn, findAccount, findLogin, releaseTry, reserveTry, type AccountRow } from './store-accounts.ts';
import { servedDistricts } from './store-posts.ts';
import { addSession, endSession, endSessions } from './store-sessions.ts';

const verb = 'security.signIn';
const nobody = { all: false, tokens: [] };

function lockedFailure(minutes: number): Failure {
  return new Failure(
    'account-locked',
    `连续 ${String(lockAfter)} 次登录失败，账号已锁定。请 ${String(minutes)} 分钟后再试，或联系安全管理员解锁。`,
  );
}

function wrongFailure(tries: number): Failure {
  const left = lockAfter - tries;
  return left > 0
    ? new Failure('password-wrong', `登录名或密码不对。再错 ${String(left)} 次将锁定 ${String(lockMinutes)} 分钟。`)
    : lockedFailure(lockMinutes);
}

async function refuseUnknown(platform: Platform, login: string, password: string): Promise<never> {
  const tries = countInMemory(platform, `login:${login}`);
  await pretendToCheck(password);
  const [district, ...others] = await servedDistricts(platform.database.appPool);
  // A password is sometimes typed into the field of the login: only its beginning is kept.
  const detail = { refused: 'unknown-login', login: `${login.slice(0, 2)}…` };
  if (district !== undefined && others.length === 0) {
    await recordRefusal(platform, {
      district,
      actorId: 'unknown',
      actorName: '未知账号',
      verb,
      subjectKind: 'account',
      subjectId: null,
      reason: null,
      detail,
    });
  } else platform.log.warn(detail, 'sign-in refused');
  throw tries === 0 ? lockedFailure(lockMinutes) : wrongFailure(tries);
}

/** Takes a try off the limit; `reserved` says whether the account was still open. */
function takeTry(
  platform: Platform,
  district: string,
  accountId: string,
): Promise<{ account: AccountRow | null; reserved: boolean }> {
  return inTransaction(platform.database.appPool, { district, actor: accountId, ...nobody }, async (client) => {
    const account = await findAccount(client, district, accountId);
    const now = platform.clock.now();
    const reserved =
      account !== null &&
      (await reserveTry(client, district, accountId, now, { after: lockAfter, until: minutesAfter(now, lockMinutes) }));
    return { account, reserved };
  });
}

function minutesLeft(account: AccountRow, now: Date): number {
  return account.locked_until
    ? Math.max(1, Math.ceil((account.locked_until.getTime() - now.getTime()) / 60_000))
    : lockMinutes;
}

/** Signs in with login, password and, where one is bound, the code of the second factor; sets the session cookie. Every refusal is audited. */
export async function signIn(
  platform: Platform,
  input: { login: string; password: string; code?: string | undefined },
  call: Call,
): Promise<{ signedIn: boolean; secondFactorNeeded: boolean }> {
  const login = plainLogin(input.login);
  const known = await findLogin(platform.database.appPool, login);
  if (!known) return refuseUnknown(platform, login, input.password);
  const { district, accountId } = known;
  const { account, reserved } = await takeTry(platform, district, accountId);
  if (!account) return refuseUnknown(platform, login, input.password);
  const refuse = async (why: string, failure: Failure): Promise<never> => {
    await recordRefusal(platform, {
      district,
      actorId: account.id,
      actorName: account.name,
      verb,
      subjectKind: 'account',
      subjectId: account.id,
      reason: null,
      detail: { refused: why },
    });
    throw failure;
  };
  if (!reserved) {
    await pretendToCheck(input.password);
    return refuse('locked', lockedFailure(minutesLeft(account, platform.clock.now())));
  }
  const tries = account.locked_until === null ? account.failed_count + 1 : 1;
  if (!(await passwordFits(account.password_hash, input.password))) return refuse('password', wrongFailure(tries));
  if (account.disabled_at) return refuse('disabled', new Failure('account-locked', '账号已停用，请联系安全管理员。'));
  let step: number | null = null;
  if (account.totp_confirmed_at) {
    if (input.code === undefined) {
      await inTransaction(platform.database.appPool, { district, actor: accountId, ...nobody }, (client) =>
        releaseTry(client, district, accountId),
      );
      return { signedIn: false, secondFactorNeeded: true };
    }
    step = stepOfCode(platform, district, account, input.code);
    if (step === null) {
      return refuse(
        'code',
        tries >= lockAfter
          ? lockedFailure(lockMinutes)
          : new Failure('second-factor-needed', '动态口令不对或已用过，请等待下一个口令。'),
      );
    }
  }
  return openSession(platform, { district, account, step, call, refuse });
}

async function openSession(
  platform: Platform,
  opened: {
    district: string;
    account: AccountRow;
    step: number | null;
    call: Call;
    refuse: (why: string, failure: Failure) => Promise<never>;
  },
): Promise<{ signedIn: boolean; secondFactorNeeded: boolean }> {
  const { district, account, step, call, refuse } = opened;
  const secret = newSecret();
  const hash = secretHash(secret);
  const actor = await loadActor(platform, district, account.id, step !== null, hash);
  if (!actor || actor.posts.length === 0)
    return refuse('no-post', new Failure('not-allowed', '您目前没有在任的岗位，不能登录。请联系安全管理员。'));
  const device = deviceWords(call.request.headers['user-agent'] ?? '');
  const accepted = await runAs(platform, { actor, reach: nobody, audit: verb }, async (context) => {
    if (!(await acceptSignIn(context.client, district, account.id, step)))
      throw new Failure('second-factor-needed', '动态口令已用过，请等待下一个口令。');
    await addSession(
      context.client,
      district,
      {
        hash,
        accountId: account.id,
        at: context.now,
        expiresAt: minutesAfter(context.now, absoluteHours * 60),
        secondFactor: step !== null,
        device,
      },
      sessionLimit,
    );
    context.note({ subjectKind: 'account', subjectId: account.id, detail: { device, secondFactor: step !== null } });
    context.afterCommit(() => {
      forgetActors(platform);
    });
    return { signedIn: true, secondFactorNeeded: false };
  });
  call.reply.setCookie(sessionCookie, secret, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: platform.config.production || call.request.protocol === 'https',
  });
  return accepted;
}

/** Ends this session, or every session of the account, and removes the cookie. */
export async function signOut(context: Context, input: { everywhere: boolean }, call: Call): Promise<{ done: true }> {
  const { actor, client, district } = context;
  if (actor.kind !== 'person') throw new Failure('not-allowed', '此操作须由本人登录后进行。');
  if (input.everywhere || !actor.sessionHash) await endSessions(client, district, actor.id, null);
  else await endSession(client, district, actor.id, actor.sessionHash);
  context.note({ subjectKind: 'account', subjectId: actor.id, detail: { everywhere: input.everywhere } });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  call.reply.clearCookie(sessionCookie, { path: '/' });
  return { done: true };
}

import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { pinyin } from 'pinyin-pro';
import { Failure } from '#domain/basics/failure.ts';
import { countAttempt, isAdministrator, passwordFaults, passwordMemory, plainLogin } from '#domain/security/rules.ts';
import type { HeldPost } from '#domain/basics/roles.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import type { Context, Platform } from '#server/http/context.ts';
import type { AccountRow } from './store-accounts.ts';

/** argon2id with 19 MiB and two passes (OWASP's floor); about 25 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** Whether a password fits a hash. */
export function passwordFits(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFKC'));
}

let nobody: Promise<string> | null = null;

/** Does the work of a check without an account, so that an unknown login takes as long as a known one. */
export async function pretendToCheck(password: string): Promise<void> {
  nobody ??= hashPassword('nobody has this password');
  await passwordFits(await nobody, password);
}

const letters = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'] as const;

/** A first password: fourteen characters in groups, without look-alikes, of every class. */
export function makeFirstPassword(): string {
  const all = letters.join('');
  for (;;) {
    const picked = Array.from({ length: 12 }, () => all.charAt(randomInt(all.length))).join('');
    if (letters.every((kind) => Array.from(kind).some((letter) => picked.includes(letter))))
      return picked.replace(/(.{4})(?=.)/g, '$1-');
  }
}

/** Fewest characters of a password of someone who holds these posts. */
export function passwordMinimum(posts: readonly Pick<HeldPost, 'role'>[], settings: Settings): number {
  return isAdministrator(posts)
    ? Math.max(settings['password.minimum'], settings['password.minimumAdministrator'])
    : settings['password.minimum'];
}

/** The rules that a new password of a person breaks. */
export function faultsOfPassword(
  password: string,
  person: { login: string; name: string; posts: readonly Pick<HeldPost, 'role'>[] },
  settings: Settings,
): string[] {
  return passwordFaults(password, {
    minimum: passwordMinimum(person.posts, settings),
    login: person.login,
    namePinyin: pinyin(person.name, { toneType: 'none', type: 'array' })
      .join('')
      .replaceAll(/[^a-z]/gi, ''),
  });
}

/** Refuses a new password that breaks a rule or was one of the last five; issues at the field `next`. */
export async function checkNewPassword(
  context: Context,
  account: AccountRow,
  next: string,
  settings: Settings,
): Promise<void> {
  const faults = faultsOfPassword(
    next,
    { login: account.login, name: account.name, posts: context.actor.posts },
    settings,
  );
  if (faults.length === 0) {
    for (const stored of [account.password_hash, ...account.old_hashes].slice(0, passwordMemory)) {
      if (await passwordFits(stored, next)) {
        faults.push(`不能使用最近 ${String(passwordMemory)} 次用过的密码。`);
        break;
      }
    }
  }
  if (faults.length > 0)
    throw new Failure('input-wrong', '新密码不符合要求。', {
      issues: faults.map((words) => ({ path: 'next', words })),
    });
}

const attempts = new WeakMap<Platform, Map<string, { count: number; lockedUntil: number | null }>>();

/**
 * Counts a try that no account row can count: a login nobody has, or the present password asked for again inside a session.
 * Answers the tries so far, this one included; 0 when five have failed and thirty minutes are not over. In memory, at most 10,000 names.
 */
export function countInMemory(platform: Platform, name: string): number {
  const all = attempts.get(platform) ?? new Map<string, { count: number; lockedUntil: number | null }>();
  attempts.set(platform, all);
  const next = countAttempt(all.get(name) ?? { count: 0, lockedUntil: null }, platform.clock.now().getTime());
  if (!next) return 0;
  if (all.size > 10_000) all.clear();
  all.set(name, next);
  return next.count;
}

/** Forgets the failed tries of a name after a right one. */
export function forgetTries(platform: Platform, name: string): void {
  attempts.get(platform)?.delete(name);
}

/** Asks for the present password again; after five wrong ones the session must wait. `path` is the field of the form. */
export async function confirmPassword(
  context: Context,
  account: AccountRow,
  password: string,
  path: string,
): Promise<void> {
  const name = `confirm:${account.id}`;
  if (countInMemory(context.platform, name) === 0)
    throw new Failure('too-many', '密码已连续输错 5 次，请 30 分钟后再试。');
  if (!(await passwordFits(account.password_hash, password))) {
    throw new Failure('input-wrong', '现在的密码不对。', { issues: [{ path, words: '现在的密码不对。' }] });
  }
  forgetTries(context.platform, name);
}

const loginPattern = /^[a-z][a-z0-9._-]{2,39}$/;

/** A login in its stored form; refused when it does not begin with a letter or is not 3 to 40 letters, digits, dots or dashes. */
export function checkedLogin(login: string): string {
  const plain = plainLogin(login);
  if (!loginPattern.test(plain)) {
    const words = '登录名用小写字母开头，3 至 40 位字母、数字、点、横线。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'login', words }] });
  }
  return plain;
}

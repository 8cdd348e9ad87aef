import { createHash, randomBytes } from 'node:crypto';
import type { Permission } from '#domain/basics/permissions.ts';
import { secondFactorRoles, type HeldPost } from '#domain/basics/roles.ts';
import { chinaDay, minutesBefore } from '../clock.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Actor, Platform } from './context.ts';

/** Idle limit: a session unused for 30 minutes ends (GB/T 22239, identity). */
export const idleMinutes = 30;
/** Absolute limit: a session ends after 12 hours. */
export const absoluteHours = 12;

/** Digest under which a session or token is kept; the secret itself is never stored. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** A new secret of 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

interface AccountRow {
  account_id: string;
  district_code: string;
  staff_id: string;
  login: string;
  name: string;
  must_change_password: boolean;
  totp_confirmed_at: Date | null;
  disabled_at: Date | null;
}

/** Reads a person with the posts held today. */
export async function loadActor(
  platform: Platform,
  district: string,
  accountId: string,
  secondFactor: boolean,
  sessionHash: Buffer | null,
): Promise<Actor | null> {
  return inTransaction(
    platform.database.appPool,
    { district, actor: accountId, all: false, tokens: [] },
    async (client) => {
      const account = (
        await client.query<AccountRow>({
          name: 'actor-account',
          text: `SELECT a.id AS account_id, a.district_code, a.staff_id, a.login, s.name, a.must_change_password, a.totp_confirmed_at, a.disabled_at
               FROM account a JOIN staff s ON s.district_code = a.district_code AND s.id = a.staff_id
               WHERE a.district_code = $1 AND a.id = $2`,
          values: [district, accountId],
        })
      ).rows[0];
      if (!account || account.disabled_at) return null;
      const posts = (
        await client.query<HeldPost>({
          name: 'actor-posts',
          text: `SELECT role, unit_kind AS "unitKind", unit_id AS "unitId" FROM post
               WHERE district_code = $1 AND staff_id = $2 AND from_date <= $3::date AND (to_date IS NULL OR to_date >= $3::date)`,
          values: [district, account.staff_id, chinaDay(platform.clock.now())],
        })
      ).rows;
      const needsFactor = posts.some((post) => secondFactorRoles.includes(post.role));
      return {
        kind: 'person',
        id: account.account_id,
        name: account.name,
        district,
        posts,
        staffId: account.staff_id,
        login: account.login,
        secondFactor,
        mustChangePassword: account.must_change_password,
        needsSecondFactorSetup:
          needsFactor && account.totp_confirmed_at === null && platform.config.requireSecondFactor,
        tokenPermissions: null,
        sessionHash,
      };
    },
  );
}

const cache = new WeakMap<Platform, Map<string, { actor: Actor; until: number; seen: number }>>();

function cacheOf(platform: Platform) {
  let known = cache.get(platform);
  if (!known) {
    known = new Map();
    cache.set(platform, known);
  }
  return known;
}

/** Forgets remembered actors; call after any change of accounts, posts or sessions. */
export function forgetActors(platform: Platform): void {
  cacheOf(platform).clear();
}

interface SessionRow {
  district_code: string;
  account_id: string;
  second_factor: boolean;
  seen_at: Date;
}

/** Notes that a session was used, once a minute and not with each of its questions; one that somebody else is just noting is left to him. */
async function touch(platform: Platform, hash: Buffer, now: Date): Promise<void> {
  await platform.database.appPool.query({
    name: 'session-touch',
    text: `UPDATE session SET seen_at = $2 WHERE token_hash = (SELECT token_hash FROM session WHERE token_hash = $1 AND seen_at < $2 FOR NO KEY UPDATE SKIP LOCKED)`,
    values: [hash, now],
  });
}

/** The actor of a session cookie; null when it is unknown, idle too long or over. The actor is remembered for two seconds. */
export async function actorOfSession(platform: Platform, secret: string): Promise<Actor | null> {
  const hash = secretHash(secret);
  const key = hash.toString('base64');
  const now = platform.clock.now();
  const remembered = cacheOf(platform).get(key);
  if (remembered && remembered.until > now.getTime() && remembered.seen <= now.getTime()) return remembered.actor;
  const row = (
    await platform.database.appPool.query<SessionRow>({
      name: 'session-of',
      text: `SELECT district_code, account_id, second_factor, seen_at FROM session WHERE token_hash = $1 AND expires_at > $2 AND seen_at > $3`,
      values: [hash, now, minutesBefore(now, idleMinutes)],
    })
  ).rows[0];
  if (!row) return null;
  const actor = await loadActor(platform, row.district_code, row.account_id, row.second_factor, hash);
  if (!actor) return null;
  if (row.seen_at.getTime() <= minutesBefore(now, 1).getTime()) await touch(platform, hash, now);
  const all = cacheOf(platform);
  if (all.size > 10_000) all.clear();
  all.set(key, { actor, until: now.getTime() + 2_000, seen: now.getTime() });
  return actor;
}

/** The actor of an API token; null when it is unknown, revoked or over. */
export async function actorOfToken(platform: Platform, secret: string): Promise<Actor | null> {
  const now = platform.clock.now();
  const row = (
    await platform.database.appPool.query<{
      id: string;
      district_code: string;
      name: string;
      permissions: Permission[];
    }>({
      name: 'token-touch',
      text: `UPDATE api_token SET used_at = $2 WHERE token_hash = $1 AND expires_at > $2 AND revoked_at IS NULL
             RETURNING id, district_code, name, permissions`,
      values: [secretHash(secret), now],
    })
  ).rows[0];
  if (!row) return null;
  return {
    kind: 'token',
    id: `token:${row.id}`,
    name: `接口 ${row.name}`,
    district: row.district_code,
    posts: [],
    staffId: null,
    login: null,
    secondFactor: true,
    mustChangePassword: false,
    needsSecondFactorSetup: false,
    tokenPermissions: row.permissions,
    sessionHash: null,
  };
}

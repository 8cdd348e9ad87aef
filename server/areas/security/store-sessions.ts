import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A session to be opened. */
export interface NewSession {
  hash: Buffer;
  accountId: string;
  at: Date;
  expiresAt: Date;
  secondFactor: boolean;
  device: string;
}

/** Opens a session; those that are over and, beyond the limit, the oldest of the account are dropped. */
export async function addSession(client: Client, district: string, session: NewSession, limit: number): Promise<void> {
  await client.query({
    name: 'security-add-session',
    text: `INSERT INTO session (token_hash, district_code, account_id, created_at, seen_at, expires_at, second_factor, device)
           VALUES ($1, $2, $3, $4, $4, $5, $6, $7)`,
    values: [
      session.hash,
      district,
      session.accountId,
      session.at,
      session.expiresAt,
      session.secondFactor,
      session.device,
    ],
  });
  await client.query({
    name: 'security-drop-sessions',
    text: `DELETE FROM session WHERE district_code = $1 AND account_id = $2 AND (expires_at <= $3 OR token_hash IN (
             SELECT token_hash FROM session WHERE district_code = $1 AND account_id = $2 AND expires_at > $3
             ORDER BY (token_hash = $5) DESC, created_at DESC, seen_at DESC OFFSET $4))`,
    values: [district, session.accountId, session.at, limit, session.hash],
  });
}

/** Ends the sessions of an account, but for one when given. */
export async function endSessions(
  client: Client,
  district: string,
  accountId: string,
  except: Buffer | null,
): Promise<void> {
  await client.query({
    name: 'security-end-sessions',
    values: [district, accountId, except],
    text: 'DELETE FROM session WHERE district_code = $1 AND account_id = $2 AND ($3::bytea IS NULL OR token_hash <> $3::bytea)',
  });
}

/** Ends one session of an account. */
export async function endSession(client: Client, district: string, accountId: string, hash: Buffer): Promise<void> {
  await client.query({
    name: 'security-end-session',
    values: [district, accountId, hash],
    text: 'DELETE FROM session WHERE district_code = $1 AND account_id = $2 AND token_hash = $3',
  });
}

/** Notes that a session has shown its second factor. */
export async function markSecondFactor(
  client: Client,
  district: string,
  accountId: string,
  hash: Buffer,
): Promise<void> {
  await client.query({
    name: 'security-session-factor',
    values: [district, accountId, hash],
    text: 'UPDATE session SET second_factor = true WHERE district_code = $1 AND account_id = $2 AND token_hash = $3',
  });
}

/** A session as its owner sees it. */
export interface SessionRow {
  token_hash: Buffer;
  device: string;
  created_at: Date;
  seen_at: Date;
}

/** The sessions of an account that are neither over nor idle too long, newest first. */
export async function listSessionRows(
  client: Client,
  district: string,
  accountId: string,
  now: Date,
  seenAfter: Date,
): Promise<SessionRow[]> {
  const found = await client.query<SessionRow>({
    name: 'security-sessions',
    text: `SELECT token_hash, device, created_at, seen_at FROM session
           WHERE district_code = $1 AND account_id = $2 AND expires_at > $3 AND seen_at > $4 ORDER BY created_at DESC`,
    values: [district, accountId, now, seenAfter],
  });
  return found.rows;
}

/** A token of another system. */
export interface TokenRow {
  id: string;
  name: string;
  permissions: string[];
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  used_at: Date | null;
}

/** Every token of a district, newest first. */
export async function listTokenRows(client: Client, district: string): Promise<TokenRow[]> {
  const found = await client.query<TokenRow>({
    name: 'security-tokens',
    values: [district],
    text: `SELECT id, name, permissions, created_by, created_at, expires_at, revoked_at, used_at FROM api_token
           WHERE district_code = $1 ORDER BY created_at DESC, id`,
  });
  return found.rows;
}

/** Adds a token under its hash. */
export async function addToken(
  client: Client,
  district: string,
  token: {
    hash: Buffer;
    id: string;
    name: string;
    permissions: readonly string[];
    createdBy: string;
    at: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await client.query({
    name: 'security-add-token',
    text: `INSERT INTO api_token (token_hash, id, district_code, name, permissions, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [token.hash, token.id, district, token.name, token.permissions, token.createdBy, token.at, token.expiresAt],
  });
}

/** Takes a token back; false when it does not exist. A token already taken back keeps its moment. */
export async function revokeTokenRow(client: Client, district: string, id: string, at: Date): Promise<boolean> {
  const done = await client.query({
    name: 'security-revoke-token',
    values: [district, id, at],
    text: 'UPDATE api_token SET revoked_at = coalesce(revoked_at, $3) WHERE district_code = $1 AND id = $2',
  });
  return done.rowCount === 1;
}

import type pg from 'pg';
import { settingsFrom, type Settings } from '#domain/organisations/settings.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** An account with the person's name. */
export interface AccountRow {
  id: string;
  staff_id: string;
  login: string;
  name: string;
  password_hash: string;
  must_change_password: boolean;
  old_hashes: string[];
  sealed_totp: Buffer | null;
  totp_confirmed_at: Date | null;
  totp_last_step: number | null;
  failed_count: number;
  locked_until: Date | null;
  disabled_at: Date | null;
  created_at: Date;
}

const columns = `a.id, a.staff_id, a.login, s.name, a.password_hash, a.must_change_password, a.old_hashes, a.sealed_totp, a.totp_confirmed_at,
  a.totp_last_step, a.failed_count, a.locked_until, a.disabled_at, a.created_at`;

/** Which district and account a login belongs to (logins are unique in the installation). */
export async function findLogin(pool: pg.Pool, login: string): Promise<{ district: string; accountId: string } | null> {
  const found = await pool.query<{ district: string; accountId: string }>({
    name: 'security-login',
    text: 'SELECT district_code AS district, account_id AS "accountId" FROM login_name WHERE login = $1',
    values: [login],
  });
  return found.rows[0] ?? null;
}

/** Reads an account and holds its row until the end of the transaction. */
export async function findAccount(client: Client, district: string, id: string): Promise<AccountRow | null> {
  const found = await client.query<AccountRow>({
    name: 'security-account',
    text: `SELECT ${columns} FROM account a JOIN staff s ON s.district_code = a.district_code AND s.id = a.staff_id
           WHERE a.district_code = $1 AND a.id = $2 FOR UPDATE OF a`,
    values: [district, id],
  });
  return found.rows[0] ?? null;
}

/** Counts a try before the password is looked at, so that tries at once cannot pass the limit; false when the account is locked. */
export async function reserveTry(
  client: Client,
  district: string,
  id: string,
  now: Date,
  limit: { after: number; until: Date },
): Promise<boolean> {
  const done = await client.query({
    name: 'security-try',
    text: `UPDATE account SET
             failed_count = CASE WHEN locked_until IS NULL THEN failed_count + 1 ELSE 1 END,
             locked_until = CASE WHEN locked_until IS NULL AND failed_count + 1 >= $4 THEN $5::timestamptz ELSE NULL END
           WHERE district_code = $1 AND id = $2 AND (locked_until IS NULL OR locked_until <= $3)`,
    values: [district, id, now, limit.after, limit.until],
  });
  return done.rowCount === 1;
}

/** Takes back the try of a right password whose second factor is still to come. */
export async function releaseTry(client: Client, district: string, id: string): Promise<void> {
  await client.query({
    name: 'security-release',
    values: [district, id],
    text: 'UPDATE account SET failed_count = greatest(failed_count - 1, 0), locked_until = NULL WHERE district_code = $1 AND id = $2',
  });
}

/** Clears the failed tries and keeps the step of the one-time code; false when that step was used before. */
export async function acceptSignIn(
  client: Client,
  district: string,
  id: string,
  step: number | null,
): Promise<boolean> {
  const done = await client.query({
    name: 'security-accept',
    text: `UPDATE account SET failed_count = 0, locked_until = NULL, totp_last_step = coalesce($3::bigint, totp_last_step)
           WHERE district_code = $1 AND id = $2 AND ($3::bigint IS NULL OR totp_last_step IS NULL OR totp_last_step < $3::bigint)`,
    values: [district, id, step],
  });
  return done.rowCount === 1;
}

/** Sets a password; the hashes before it are kept so that they are not taken again. Clears failed tries. */
export async function setPassword(
  client: Client,
  district: string,
  id: string,
  password: { hash: string; oldHashes: string[]; mustChange: boolean; at: Date },
): Promise<void> {
  await client.query({
    name: 'security-password',
    text: `UPDATE account SET password_hash = $3, old_hashes = $4, must_change_password = $5, password_set_at = $6, failed_count = 0, locked_until = NULL
           WHERE district_code = $1 AND id = $2`,
    values: [district, id, password.hash, password.oldHashes, password.mustChange, password.at],
  });
}

/** Keeps a second factor: its sealed secret and, once a code proved it, when and with which step. All null removes it. */
export async function setSecondFactor(
  client: Client,
  district: string,
  id: string,
  factor: { sealed: Buffer | null; confirmedAt: Date | null; step: number | null },
): Promise<void> {
  await client.query({
    name: 'security-factor',
    values: [district, id, factor.sealed, factor.confirmedAt, factor.step],
    text: 'UPDATE account SET sealed_totp = $3, totp_confirmed_at = $4, totp_last_step = $5 WHERE district_code = $1 AND id = $2',
  });
}

/** Disables (a moment) or enables (null) an account and clears failed tries. */
export async function setAccountDisabled(client: Client, district: string, id: string, at: Date | null): Promise<void> {
  await client.query({
    name: 'security-disable',
    values: [district, id, at],
    text: 'UPDATE account SET disabled_at = $3, failed_count = 0, locked_until = NULL WHERE district_code = $1 AND id = $2',
  });
}

/** An account to be added. */
export interface NewAccount {
  id: string;
  staffId: string;
  login: string;
  passwordHash: string;
  mustChange: boolean;
  at: Date;
}

/** Adds an account with its login; false when the login is taken anywhere in the installation. */
export async function addAccount(client: Client, district: string, account: NewAccount): Promise<boolean> {
  const named = await client.query({
    name: 'security-name-login',
    values: [account.login, district, account.id],
    text: 'INSERT INTO login_name (login, district_code, account_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
  });
  if (named.rowCount !== 1) return false;
  await client.query({
    name: 'security-add-account',
    text: `INSERT INTO account (district_code, id, staff_id, login, password_hash, password_set_at, must_change_password, created_at)
           VALUES ($1, $2, $3, $4, $5, $7, $6, $7)`,
    values: [
      district,
      account.id,
      account.staffId,
      account.login,
      account.passwordHash,
      account.mustChange,
      account.at,
    ],
  });
  return true;
}

/** A page of accounts, by login; `q` finds the beginning of a login or part of a name. */
export async function listAccountRows(
  client: Client,
  district: string,
  page: { q?: string | undefined; size: number; page: number },
): Promise<{ rows: AccountRow[]; total: number }> {
  const where = filters(district);
  if (page.q) {
    const q = where.value(page.q);
    where.and(`starts_with(a.login, lower(${q})) OR position(${q} in s.name) > 0`);
  }
  const from = `FROM account a JOIN staff s ON s.district_code = a.district_code AND s.id = a.staff_id WHERE a.district_code = $1${where.where()}`;
  const total = await client.query<{ total: number }>({
    name: `security-accounts-count-${String(where.values.length)}`,
    text: `SELECT count(*) AS total ${from}`,
    values: [...where.values],
  });
  const name = `security-accounts-${String(where.values.length)}`;
  const text = `SELECT ${columns} ${from} ORDER BY a.login LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;
  const rows = await client.query<AccountRow>({ name, text, values: where.values });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Whether a person is on the staff, and whether with an account. */
export async function findStaffForAccount(
  client: Client,
  district: string,
  staffId: string,
): Promise<{ name: string; login: string | null } | null> {
  const found = await client.query<{ name: string; login: string | null }>({
    name: 'security-staff',
    text: `SELECT s.name, a.login FROM staff s LEFT JOIN account a ON a.district_code = s.district_code AND a.staff_id = s.id
           WHERE s.district_code = $1 AND s.id = $2 FOR UPDATE OF s`,
    values: [district, staffId],
  });
  return found.rows[0] ?? null;
}

/** The settings as they stand on a day. */
export async function readPasswordSettings(client: Client, district: string, day: string): Promise<Settings> {
  const found = await client.query<{ key: string; value: unknown }>({
    name: 'security-settings',
    text: `SELECT DISTINCT ON (key) key, value FROM setting
           WHERE district_code = $1 AND key IN ('password.minimum', 'password.minimumAdministrator') AND from_date <= $2::date
           ORDER BY key, from_date DESC, set_at DESC`,
    values: [district, day],
  });
  return settingsFrom(new Map(found.rows.map((row) => [row.key, row.value])));
}

import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A calendar link that is in use. */
export interface CalendarLink {
  created_at: Date;
  used_at: Date | null;
}

/** The calendar link of an account, null without one. */
export async function findLink(client: Client, district: string, accountId: string): Promise<CalendarLink | null> {
  const found = await client.query<CalendarLink>({
    name: 'calendar-link',
    values: [district, accountId],
    text: `SELECT created_at, used_at FROM calendar_link WHERE district_code = $1 AND account_id = $2 AND ended_at IS NULL`,
  });
  return found.rows[0] ?? null;
}

/** Ends the link of an account. */
export async function endLink(client: Client, district: string, accountId: string, at: Date): Promise<void> {
  await client.query({
    name: 'calendar-end',
    values: [district, accountId, at],
    text: `UPDATE calendar_link SET ended_at = $3 WHERE district_code = $1 AND account_id = $2 AND ended_at IS NULL`,
  });
}

/** Adds a link. */
export async function addLink(
  client: Client,
  district: string,
  accountId: string,
  hash: Buffer,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'calendar-add',
    values: [district, accountId, hash, at],
    text: `INSERT INTO calendar_link (district_code, account_id, token_hash, created_at) VALUES ($1, $2, $3, $4)`,
  });
}

/** Whose link a secret is, null when it is unknown or ended; notes that it was used. The secret tells the district. */
export async function useLink(
  client: Client,
  hash: Buffer,
  at: Date,
): Promise<{ district_code: string; account_id: string } | null> {
  const found = await client.query<{ district_code: string; account_id: string }>({
    name: 'calendar-use',
    values: [hash, at],
    text: `UPDATE calendar_link SET used_at = $2 WHERE token_hash = $1 AND ended_at IS NULL RETURNING district_code, account_id`,
  });
  return found.rows[0] ?? null;
}

import type pg from 'pg';
import type { Role } from '#domain/basics/roles.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Open duties of a unit: overdue, due today, urgent. */
export interface UnitCounts {
  unit: string;
  overdue: number;
  today: number;
  urgent: number;
}

/** Whether the digests of a day were made. */
export async function digestMade(client: Client, district: string, day: string): Promise<boolean> {
  const found = await client.query({
    name: 'digest-made',
    values: [district, `digest ${day} `, `digest ${day}!`],
    text: `SELECT 1 FROM message WHERE district_code = $1 AND once_key >= $2 AND once_key < $3 LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** The counts of every school with something overdue or due today; the whole district stands under its own code. */
export async function countByUnit(
  client: Client,
  district: string,
  asked: { now: Date; todayEnds: Date },
): Promise<UnitCounts[]> {
  const found = await client.query<UnitCounts>({
    name: 'digest-counts',
    values: [district, asked.now, asked.todayEnds],
    text: `SELECT coalesce(d.school_id::text, '') AS unit, count(*) FILTER (WHERE d.due_at < $2::timestamptz) AS overdue, count(*) FILTER (WHERE d.due_at >= $2::timestamptz) AS today,
             count(*) FILTER (WHERE d.urgent) AS urgent
           FROM duty d WHERE d.district_code = $1 AND d.state = 'open' AND d.due_at < $3::timestamptz GROUP BY 1 ORDER BY 1`,
  });
  return found.rows;
}

/** The roles that get the daily digest of their unit. */
export const digestRoles: readonly Role[] = ['principal', 'bureauOfficer', 'bureauLeader'];

/** The posts of leaders that somebody holds on a day. */
export async function leaderPosts(
  client: Client,
  district: string,
  day: string,
): Promise<{ role: Role; unit: string }[]> {
  const found = await client.query<{ role: Role; unit: string }>({
    name: 'digest-posts',
    values: [district, day, digestRoles],
    text: `SELECT DISTINCT role, unit_id AS unit FROM post WHERE district_code = $1 AND role = ANY($3::text[]) AND from_date <= $2::date AND (to_date IS NULL OR to_date >= $2::date) ORDER BY 1, 2`,
  });
  return found.rows;
}

import type pg from 'pg';
import type { Role } from '#domain/basics/roles.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** How many duties climbed to a role of a unit. */
export interface Climbed {
  role: Role;
  unit: string;
  urgent: boolean;
  count: number;
}

const due = `district_code = $1 AND state = 'open' AND due_at <= $2::timestamptz AND climbs_at <= $2::timestamptz AND (urgent OR NOT $3::boolean)`;

/** Whether a duty of the district is past the moment at which it climbs. */
export async function somethingClimbs(client: Client, district: string, at: Date, quiet: boolean): Promise<boolean> {
  const found = await client.query({
    name: 'duty-climb-some',
    values: [district, at, quiet],
    text: `SELECT 1 FROM duty WHERE ${due} LIMIT 1`,
  });
  return found.rowCount === 1;
}

/**
 * Lets every duty past its moment climb one level, all in one statement; at the top it stays. The next level has `next` hours.
 * In quiet hours only urgent ones climb.
 */
export async function climb(
  client: Client,
  district: string,
  at: Date,
  next: Date,
  quiet: boolean,
): Promise<Climbed[]> {
  const found = await client.query<Climbed>({
    name: 'duty-climb',
    values: [district, at, quiet, next],
    text: `WITH moved AS (
             UPDATE duty SET level = level + 1, top_role = ladder[level + 2], climbed_at = climbed_at || $2::timestamptz,
               climbs_at = CASE WHEN level + 2 < cardinality(ladder) THEN $4::timestamptz END
             WHERE ${due} AND level + 1 < cardinality(ladder) RETURNING district_code, top_role, school_id, urgent)
           SELECT top_role AS role, CASE WHEN top_role IN ('bureauOfficer', 'bureauLeader') OR school_id IS NULL THEN $1 ELSE school_id::text END AS unit, urgent, count(*) AS count
           FROM moved WHERE district_code = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2`,
  });
  return found.rows;
}

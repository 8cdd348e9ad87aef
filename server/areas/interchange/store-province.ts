import type pg from 'pg';
import { emptyTally, type Tally } from '#domain/statistics/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The counts that a district handed up. */
export interface ClosedFigure {
  districtCode: string;
  districtName: string;
  version: number;
  asOf: string;
  closedAt: Date;
  counts: Tally;
}

/** Writes a new version of a district's closed counts; the one before is no longer current. Answers its number. */
export async function insertClosed(
  client: Client,
  district: string,
  closed: { schoolYear: number; level: string; asOf: string; knownAt: string; formula: string; counts: Tally; at: Date; byName: string }, // prettier-ignore
): Promise<number> {
  const last = await client.query<{ version: number }>({
    name: 'closed-last',
    values: [district, closed.schoolYear, closed.level],
    text: `SELECT coalesce(max(version), 0)::int AS version FROM district_figure WHERE district_code = $1 AND school_year = $2 AND level = $3`,
  });
  const version = (last.rows[0]?.version ?? 0) + 1;
  await client.query({
    name: 'closed-old',
    values: [district, closed.schoolYear, closed.level],
    text: `UPDATE district_figure SET current = false WHERE district_code = $1 AND school_year = $2 AND level = $3 AND current`,
  });
  await client.query({
    name: 'closed-insert',
    values: [district, closed.schoolYear, closed.level, version, closed.asOf, closed.knownAt, closed.formula, JSON.stringify(closed.counts), closed.at, closed.byName], // prettier-ignore
    text: `INSERT INTO district_figure (district_code, school_year, level, version, as_of, known_at, formula, counts, closed_at, closed_name, current) VALUES ($1, $2, $3, $4, $5::date, $6::timestamptz, $7, $8::jsonb, $9, $10, true)`,
  });
  return version;
}

/** Lets the rest of the transaction read closed counts of the districts whose code begins so; digits only, since SET takes no parameter. */
export async function lookBelow(client: Client, prefix: string): Promise<void> {
  if (!/^\d{2,6}$/.test(prefix)) throw new Error('no code of a unit');
  await client.query(`SET LOCAL app.above = '${prefix}'`);
}

/** The current closed counts of the districts below, in the order of their codes. Sums are made of these versions, never of live records. */
export async function listClosed(client: Client, schoolYear: number, level: string): Promise<ClosedFigure[]> {
  const found = await client.query<ClosedFigure>({
    name: 'closed-below',
    values: [schoolYear, level],
    text: `SELECT f.district_code AS "districtCode", d.name AS "districtName", f.version, f.as_of AS "asOf", f.closed_at AS "closedAt", f.counts
           FROM district_figure f JOIN district d ON d.district_code = f.district_code WHERE f.school_year = $1 AND f.level = $2 AND f.current ORDER BY f.district_code`,
  });
  // What was closed before a part was counted has none of it.
  return found.rows.map((row) => ({ ...row, counts: { ...emptyTally(), ...row.counts } }));
}

/** The districts whose code begins so. */
export async function listBelow(
  client: Client,
  prefix: string,
): Promise<{ districtCode: string; districtName: string }[]> {
  const found = await client.query<{ districtCode: string; districtName: string }>({
    name: 'districts-below',
    values: [prefix],
    text: `SELECT district_code AS "districtCode", name AS "districtName" FROM district WHERE left(district_code, length($1)) = $1 AND right(district_code, 2) <> '00' ORDER BY district_code`,
  });
  return found.rows;
}

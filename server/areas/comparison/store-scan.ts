import type pg from 'pg';
import { holds } from './store-facts.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Children whom the comparison must look at one by one besides those on one list only: on two rosters, twice in the register, marked absent without leave. */
export async function listSpecialChildren(
  client: Client,
  district: string,
  asOf: string,
  opening: string,
): Promise<{ ids: string[]; repeated: Map<string, string[]>; absent: string[] }> {
  const repeats = await client.query<{ child_id: string; id: string }>({
    name: 'comparison-repeats',
    values: [district],
    text: `SELECT child_id, id FROM register_repeat WHERE district_code = $1 AND upper_inf(known) ORDER BY child_id, id`,
  });
  const claims = await client.query<{ child_id: string }>({
    name: 'comparison-claimed',
    values: [district, asOf],
    text: `SELECT DISTINCT child_id FROM enrolment_claim WHERE district_code = $1 AND upper_inf(known) AND from_date <= $2::date`,
  });
  const absent = await client.query<{ child_id: string }>({
    name: 'comparison-absent',
    values: [district, asOf, opening],
    text: `SELECT DISTINCT child_id FROM presence WHERE district_code = $1 AND upper_inf(known) AND day > $3::date AND day <= $2::date AND present = false AND leave_kind IS NULL`,
  });
  const repeated = new Map<string, string[]>();
  for (const row of repeats.rows) repeated.set(row.child_id, [...(repeated.get(row.child_id) ?? []), row.id]);
  const absentIds = absent.rows.map((row) => row.child_id);
  return {
    ids: [...new Set([...repeated.keys(), ...claims.rows.map((row) => row.child_id), ...absentIds])],
    repeated,
    absent: absentIds,
  };
}

/** Both lists in one pass: whom to look at one by one, and how many stand in the register by street and on rosters of grades 1–9 by school. */
export interface ScannedLists {
  exceptional: string[];
  register: { code: string; count: number }[];
  pupils: { code: string; count: number }[];
}

function add(sums: Map<string, number>, code: string, count: number): void {
  sums.set(code, (sums.get(code) ?? 0) + count);
}

function listed(sums: ReadonlyMap<string, number>): { code: string; count: number }[] {
  return [...sums].map(([code, count]) => ({ code, count }));
}

/**
 * Reads register and rosters as of the day in one pass. Exceptional are children on one list only, on a roster outside grades 1–9,
 * claimed by a second school, or among the given ones; all others are in the register and on one roster, and are only counted.
 */
export async function scanLists(
  client: Client,
  district: string,
  asOf: string,
  special: readonly string[],
): Promise<ScannedLists> {
  const found = await client.query<{
    id: string | null;
    street: string | null;
    school: string | null;
    registered: boolean;
    pupil: boolean | null;
    count: number;
  }>({
    name: 'comparison-scan',
    values: [district, asOf, special],
    text: `SELECT x.id, x.street, x.school, bool_or(x.registered) AS registered, bool_or(x.pupil) AS pupil, count(*) AS count FROM (
             SELECT CASE WHEN r.child_id IS NULL OR e.child_id IS NULL OR e.grade NOT BETWEEN 1 AND 9 OR r.child_id = ANY($3::uuid[]) THEN coalesce(r.child_id, e.child_id) END AS id,
               r.subdistrict_code AS street, e.school_id AS school, r.child_id IS NOT NULL AS registered, e.grade BETWEEN 1 AND 9 AS pupil
             FROM (SELECT r.child_id, r.subdistrict_code FROM register_entry r WHERE ${holds('r')}) r
             FULL JOIN (SELECT e.child_id, e.grade, e.school_id FROM enrolment e WHERE ${holds('e')}) e ON e.child_id = r.child_id) x
           GROUP BY x.id, x.street, x.school`,
  });
  const claims = await client.query<{ id: string }>({
    name: 'comparison-claimed-ids',
    values: [district, asOf],
    text: `SELECT DISTINCT child_id AS id FROM enrolment_claim WHERE district_code = $1 AND upper_inf(known) AND from_date <= $2::date`,
  });
  const exceptional = new Set(claims.rows.map((row) => row.id));
  const register = new Map<string, number>();
  const pupils = new Map<string, number>();
  for (const row of found.rows) {
    if (row.id !== null) exceptional.add(row.id);
    if (row.registered) add(register, row.street ?? '', row.count);
    if (row.pupil === true) add(pupils, row.school ?? '', row.count);
  }
  return { exceptional: [...exceptional], register: listed(register), pupils: listed(pupils) };
}

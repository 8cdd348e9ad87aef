import type pg from 'pg';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The stored standing of a pupil in a term. */
export interface StandingRecord {
  child_id: string;
  term_from: string;
  school_id: string;
  class_id: string;
  consecutive: number;
  cumulative: number;
  since: string | null;
  last_absent: string | null;
  crossed_day: string | null;
  rule: string;
}

const columns =
  'child_id, term_from, school_id, class_id, consecutive, cumulative, since, last_absent, crossed_day, rule';

/** The standings of children in a term. */
export async function readStandings(
  client: Client,
  district: string,
  termFrom: string,
  childIds: readonly string[],
): Promise<StandingRecord[]> {
  if (childIds.length === 0) return [];
  const found = await client.query<StandingRecord>({
    name: 'attendance-standings',
    values: [district, childIds, termFrom],
    text: `SELECT ${columns} FROM absence_standing WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND term_from = $3::date`,
  });
  return found.rows;
}

/** The standings of two children in every term, with the reach of each child as it is now. */
export async function standingsOfBoth(
  client: Client,
  district: string,
  childIds: readonly [string, string],
): Promise<{ child_id: string; term_from: string; school_id: string; class_id: string; reach: string[] }[]> {
  const found = await client.query<{
    child_id: string;
    term_from: string;
    school_id: string;
    class_id: string;
    reach: string[];
  }>({
    name: 'attendance-standings-both',
    values: [district, childIds],
    text: `SELECT s.child_id, s.term_from, s.school_id, s.class_id, c.reach FROM absence_standing s JOIN child c ON c.district_code = $1 AND c.id = s.child_id
           WHERE s.district_code = $1 AND s.child_id = ANY($2::uuid[]) ORDER BY s.term_from, s.child_id`,
  });
  return found.rows;
}

/** Keeps standings in one statement; earlier ones of the same child and term give way. */
export async function saveStandings(
  client: Client,
  district: string,
  list: readonly (StandingRecord & { reach: readonly string[] })[],
): Promise<void> {
  if (list.length === 0) return;
  const values: unknown[] = [district];
  const put = (value: unknown) => `$${String(values.push(value))}`;
  const lines = list.map(
    (row) =>
      `($1, ${put(row.child_id)}, ${put(row.term_from)}::date, ${put(row.school_id)}, ${put(row.class_id)}, ${put(row.consecutive)}::real, ${put(row.cumulative)}::real, ` +
      `${put(row.since)}::date, ${put(row.last_absent)}::date, ${put(row.crossed_day)}::date, ${put(row.rule)}, ${put(row.reach)}::text[])`,
  );
  await client.query({
    text: `INSERT INTO absence_standing (district_code, ${columns}, reach) VALUES ${lines.join(', ')}
           ON CONFLICT ON CONSTRAINT absence_standing_pk DO UPDATE SET school_id = excluded.school_id, class_id = excluded.class_id, consecutive = excluded.consecutive, cumulative = excluded.cumulative,
             since = excluded.since, last_absent = excluded.last_absent, crossed_day = excluded.crossed_day, rule = excluded.rule`,
    values,
  });
}

/** Those of the children who are in a case: a step of it was taken since a moment. */
export async function listInCase(
  client: Client,
  district: string,
  childIds: readonly string[],
  stepSince: Date,
): Promise<string[]> {
  const found = await client.query<{ child_id: string }>({
    name: 'attendance-in-case',
    values: [district, childIds, stepSince],
    text: `SELECT child_id FROM attendance_watch WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND last_step_at >= $3`,
  });
  return found.rows.map((row) => row.child_id);
}

/** Notes that a step of a case was taken: the pupil's presence is told from now on. */
export async function watchChild(
  client: Client,
  district: string,
  childId: string,
  at: Date,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'attendance-watch',
    values: [district, childId, at, reach],
    text: `INSERT INTO attendance_watch (district_code, child_id, last_step_at, reach) VALUES ($1, $2, $3, $4::text[])
           ON CONFLICT ON CONSTRAINT attendance_watch_pk DO UPDATE SET last_step_at = excluded.last_step_at`,
  });
}

/** A standing with the names a list shows. */
export interface NamedStanding extends StandingRecord {
  name: string;
  school_name: string;
  class_name: string;
}

/** Which standings of a term are asked for. */
export interface StandingsAsked {
  termFrom: string;
  schoolId: string | null;
  classId: string | null;
  crossed: boolean;
}

/** The pupils with unexcused absence in a term, the longest runs first, sixteen bytes each. */
export async function readStandingIds(client: Client, district: string, asked: StandingsAsked): Promise<Buffer> {
  const where = filters(district, asked.termFrom);
  if (asked.schoolId !== null) where.and(`s.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.classId !== null) where.and(`s.class_id = ${where.value(asked.classId)}::uuid`);
  if (asked.crossed) where.and('s.crossed_day IS NOT NULL');
  const found = await client.query<{ ids: Buffer | null }>({
    text: `SELECT string_agg(uuid_send(s.child_id), ''::bytea ORDER BY s.consecutive DESC, s.cumulative DESC, s.child_id) AS ids
           FROM absence_standing s WHERE s.district_code = $1 AND s.term_from = $2::date AND s.cumulative > 0${where.where()}`,
    values: where.values,
  });
  return found.rows[0]?.ids ?? Buffer.alloc(0);
}

/** The standings of pupils in a term with the names a list shows, the longest runs first; who has no unexcused absence is missing. */
export async function namedStandings(
  client: Client,
  district: string,
  termFrom: string,
  childIds: readonly string[],
): Promise<NamedStanding[]> {
  if (childIds.length === 0) return [];
  const found = await client.query<NamedStanding>({
    name: 'attendance-standings-named',
    values: [district, termFrom, childIds],
    text: `SELECT s.child_id, s.term_from, s.school_id, s.class_id, s.consecutive, s.cumulative, s.since, s.last_absent, s.crossed_day, s.rule, c.name, o.name AS school_name, k.name AS class_name
           FROM absence_standing s JOIN child c ON c.district_code = $1 AND c.id = s.child_id
           JOIN school o ON o.district_code = $1 AND o.id = s.school_id JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
           WHERE s.district_code = $1 AND s.term_from = $2::date AND s.cumulative > 0 AND s.child_id = ANY($3::uuid[]) ORDER BY s.consecutive DESC, s.cumulative DESC, s.child_id`,
  });
  return found.rows;
}

/** The children with unexcused absence or a stored standing in a span, for a recount of all. */
export async function listCounted(
  client: Client,
  district: string,
  from: string,
  to: string,
): Promise<{ child_id: string; school_id: string; class_id: string; reach: string[] }[]> {
  const found = await client.query<{ child_id: string; school_id: string; class_id: string; reach: string[] }>({
    text: `SELECT DISTINCT ON (x.child_id) x.child_id, x.school_id, x.class_id, c.reach FROM (
             SELECT a.child_id, a.school_id, a.class_id, a.day FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND a.kind = 'unexcused' AND upper_inf(a.known)
             UNION ALL SELECT s.child_id, s.school_id, s.class_id, s.term_from FROM absence_standing s WHERE s.district_code = $1 AND s.term_from = $2::date) x
           JOIN child c ON c.district_code = $1 AND c.id = x.child_id ORDER BY x.child_id, x.day DESC`,
    values: [district, from, to],
  });
  return found.rows;
}

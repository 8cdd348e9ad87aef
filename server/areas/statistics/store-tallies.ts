import type pg from 'pg';
import { isId } from '#domain/basics/id.ts';
import type { CoursePart, PeriodKind, ScopeKind } from '#domain/statistics/record.ts';
import type { WorkKind, WorkPart } from '#domain/statistics/work.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** When the tallies of a kind of scope and period were made, and what they hold. */
export interface TallyRun {
  to_date: string;
  source_known: string;
}

/** The counts of a scope as they are kept; parts of 0 are left out. */
export interface KeptTally {
  key: string;
  counts: Partial<Record<CoursePart | WorkPart, number>>;
}

/** Which tallies are meant. */
export interface TallyKey {
  periodKind: PeriodKind;
  from: string;
  /** A kind of scope; `work.…` are the counts of the work beside the course. */
  scopeKind: ScopeKind | `work.${WorkKind}`;
}

const microseconds = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** The last moment at which a course, or with the register an address, became known or was superseded; null where there is nothing. */
function lastKnownSql(withRegister: boolean): string {
  const course = `(SELECT max(lower(c.known)) FROM course c WHERE c.district_code = $1), (SELECT max(upper(c.known)) FROM course c WHERE c.district_code = $1 AND NOT upper_inf(c.known))`;
  const register = `(SELECT max(lower(r.known)) FROM register_entry r WHERE r.district_code = $1), (SELECT max(upper(r.known)) FROM register_entry r WHERE r.district_code = $1 AND NOT upper_inf(r.known))`;
  return `greatest(${course}${withRegister ? `, ${register}` : ''})`;
}

/** The last moment at which something that figures read became known or was superseded; the beginning of time where there is nothing. */
export async function lastKnown(client: Client, district: string, withRegister: boolean): Promise<string> {
  const found = await client.query<{ known: string }>({
    name: `tally-last-known-${withRegister ? 'register' : 'course'}`,
    values: [district],
    text: `SELECT to_char(coalesce(${lastKnownSql(withRegister)}, '2000-01-01Z'::timestamptz) AT TIME ZONE 'UTC', ${microseconds}) AS known`,
  });
  return found.rows[0]?.known ?? '2000-01-01T00:00:00.000000Z';
}

/** Whether nothing that figures read became known or was superseded after a moment: what was known then is what is known now. */
export async function standsSince(
  client: Client,
  district: string,
  moment: string,
  withRegister: boolean,
): Promise<boolean> {
  const found = await client.query<{ stands: boolean | null }>({
    name: `tally-stands-since-${withRegister ? 'register' : 'course'}`,
    values: [district, moment],
    text: `SELECT ${lastKnownSql(withRegister)} <= $2::timestamptz AS stands`,
  });
  return found.rows[0]?.stands === true;
}

/**
 * The first day on which some course is otherwise than it was known at a moment; null for none. A spell that was only cut or prolonged
 * differs from its earlier end on, any other that is gone or new from its first day.
 */
export async function firstTouched(client: Client, district: string, since: string): Promise<string | null> {
  const found = await client.query<{ day: string | null }>({
    name: 'tally-first-touched',
    values: [district, since],
    text: `SELECT min(y.day) AS day FROM (
             SELECT CASE WHEN count(*) = 1 THEN x.from_date WHEN min(x.end_date) < max(x.end_date) THEN min(x.end_date) END AS day FROM (
               SELECT c.child_id, c.from_date, c.state, c.school_id, c.class_id, c.grade, c.cause, coalesce(c.to_date, 'infinity'::date) AS end_date FROM course c
                 WHERE c.district_code = $1 AND lower(c.known) > $2::timestamptz AND upper_inf(c.known)
               UNION ALL SELECT c.child_id, c.from_date, c.state, c.school_id, c.class_id, c.grade, c.cause, coalesce(c.to_date, 'infinity'::date) FROM course c
                 WHERE c.district_code = $1 AND NOT upper_inf(c.known) AND upper(c.known) > $2::timestamptz AND lower(c.known) <= $2::timestamptz) x
             GROUP BY x.child_id, x.from_date, x.state, x.school_id, x.class_id, x.grade, x.cause) y`,
  });
  return found.rows[0]?.day ?? null;
}

/** The run of some tallies; null where they were never made. */
export async function findRun(client: Client, district: string, key: TallyKey): Promise<TallyRun | null> {
  const found = await client.query<TallyRun>({
    name: 'tally-find-run',
    values: [district, key.periodKind, key.from, key.scopeKind],
    text: `SELECT to_date, to_char(source_known AT TIME ZONE 'UTC', ${microseconds}) AS source_known FROM tally_run WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date AND scope_kind = $4`,
  });
  return found.rows[0] ?? null;
}

/** When the work of a kind of scope and period was counted; null where it never was. */
export async function findWorkRun(
  client: Client,
  district: string,
  key: TallyKey,
): Promise<(TallyRun & { made_at: Date }) | null> {
  const found = await client.query<TallyRun & { made_at: Date }>({
    name: 'tally-find-work',
    values: [district, key.periodKind, key.from, key.scopeKind],
    text: `SELECT to_date, made_at, to_char(source_known AT TIME ZONE 'UTC', ${microseconds}) AS source_known FROM tally_run WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date AND scope_kind = $4`,
  });
  return found.rows[0] ?? null;
}

/** The moment of the district's last audit link: nothing was written since. */
export async function lastLink(client: Client, district: string): Promise<string> {
  const found = await client.query<{ known: string }>({
    name: 'tally-last-link',
    values: [district],
    text: `SELECT to_char(coalesce(max(known_at), '2000-01-01Z'::timestamptz) AT TIME ZONE 'UTC', ${microseconds}) AS known FROM audit_entry WHERE district_code = $1`,
  });
  return found.rows[0]?.known ?? '2000-01-01T00:00:00.000000Z';
}

/** Every run of the district. */
export async function listRuns(
  client: Client,
  district: string,
): Promise<(TallyRun & { period_kind: PeriodKind; from_date: string; scope_kind: ScopeKind })[]> {
  const found = await client.query<TallyRun & { period_kind: PeriodKind; from_date: string; scope_kind: ScopeKind }>({
    name: 'tally-list-runs',
    values: [district],
    text: `SELECT period_kind, from_date, scope_kind, to_date, to_char(source_known AT TIME ZONE 'UTC', ${microseconds}) AS source_known FROM tally_run WHERE district_code = $1`,
  });
  return found.rows;
}

/** Kept tallies within reach; with keys only those. */
export async function readTallies(
  client: Client,
  district: string,
  key: TallyKey,
  keys: readonly string[] | null,
): Promise<KeptTally[]> {
  const found = await client.query<KeptTally>({
    name: `tally-read-${keys === null ? 'all' : 'some'}`,
    values: [district, key.periodKind, key.from, key.scopeKind, ...(keys === null ? [] : [keys])],
    text: `SELECT scope_key AS key, counts FROM tally WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date AND scope_kind = $4${keys === null ? '' : ' AND scope_key = ANY($5)'}`,
  });
  return found.rows;
}

/** Takes tallies away: those of one kind of scope and period, or all of the district. */
export async function dropTallies(client: Client, district: string, key: TallyKey | null): Promise<void> {
  const values = key === null ? [district] : [district, key.periodKind, key.from, key.scopeKind];
  const same = key === null ? '' : ' AND period_kind = $2 AND from_date = $3::date AND scope_kind = $4';
  await client.query(`DELETE FROM tally WHERE district_code = $1${same}`, values);
  await client.query(`DELETE FROM tally_run WHERE district_code = $1${same}`, values);
}

/** Keeps tallies with what they hold; what was kept of them before must be gone. */
export async function keepTallies(
  client: Client,
  district: string,
  key: TallyKey,
  run: { to: string; sourceKnown: string; madeAt: Date },
  tallies: readonly (KeptTally & { reach: readonly string[] })[],
): Promise<void> {
  await client.query({
    name: 'tally-keep-run',
    values: [district, key.periodKind, key.from, run.to, key.scopeKind, run.sourceKnown, run.madeAt],
    text: `INSERT INTO tally_run (district_code, period_kind, from_date, to_date, scope_kind, source_known, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
  });
  for (let from = 0; from < tallies.length; from += 500) {
    const some = tallies.slice(from, from + 500);
    const values: unknown[] = [district, key.periodKind, key.from, key.scopeKind];
    const rows = some.map((one) => {
      const at = values.length;
      values.push(one.key, JSON.stringify(one.counts), one.reach);
      return `($1, $2, $3::date, $4, $${String(at + 1)}, $${String(at + 2)}::jsonb, $${String(at + 3)}::text[])`;
    });
    await client.query(
      `INSERT INTO tally (district_code, period_kind, from_date, scope_kind, scope_key, counts, reach) VALUES ${rows.join(', ')}`,
      values,
    );
  }
}

/** A class as its tallies need it. */
interface ClassOfTally {
  id: string;
  school_id: string;
  school_year: number;
  grade: number;
  name: string;
}

/** Classes with their schools and names, for the reach and words of their tallies: all of the district, or of a school, or one. */
export async function classesFor(
  client: Client,
  district: string,
  only: { schoolId?: string | undefined; classId?: string | undefined },
): Promise<ClassOfTally[]> {
  const [kind, id] = only.classId === undefined ? ['school', only.schoolId] : ['class', only.classId];
  // The key of the pupils of a school without a class is no id.
  if (id !== undefined && !isId(id)) return [];
  const narrowed = id === undefined ? '' : kind === 'school' ? ' AND school_id = $2::uuid' : ' AND id = $2::uuid';
  const found = await client.query<ClassOfTally>({
    name: `tally-classes-${id === undefined ? 'all' : kind}`,
    values: id === undefined ? [district] : [district, id],
    text: `SELECT id, school_id, school_year, grade, name FROM school_class WHERE district_code = $1${narrowed}`,
  });
  return found.rows;
}

import type pg from 'pg';
import type { DayPart } from '#domain/attendance/record.ts';
import { filters, statementName } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import { calledOn } from '#server/areas/enrolment/actions.ts';
import { awayConditions } from './store-absentees.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A class with its school. */
export interface ClassPlace {
  id: string;
  name: string;
  grade: number;
  school_id: string;
  school_name: string;
}

/** A class by id, whoever asks: whether he reaches it is decided by its tokens. */
export async function findClass(client: Client, district: string, id: string): Promise<ClassPlace | null> {
  const found = await client.query<ClassPlace>({
    name: 'attendance-class',
    values: [district, id],
    text: `SELECT k.id, k.name, k.grade, k.school_id, s.name AS school_name FROM school_class k JOIN school s ON s.district_code = $1 AND s.id = k.school_id
           WHERE k.district_code = $1 AND k.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** A class with its pupils on a day. */
export interface ClassCount extends ClassPlace {
  on_roll: number;
  /** From which day it has pupils. */
  from_date: string;
}

/** Classes by id that have pupils on a day, within reach. */
export async function countClasses(
  client: Client,
  district: string,
  day: string,
  classIds: readonly string[],
): Promise<ClassCount[]> {
  if (classIds.length === 0) return [];
  const found = await client.query<ClassCount>({
    name: 'attendance-classes-by-id',
    values: [district, day, classIds],
    text: `SELECT k.id, k.name, k.grade, k.school_id, s.name AS school_name, p.on_roll::int, p.from_date FROM
             (SELECT e.class_id, count(*) AS on_roll, min(e.from_date) AS from_date FROM ${calledOn((x) => `AND ${x}.class_id = ANY($3::uuid[])`)} e GROUP BY e.class_id) p
           JOIN school_class k ON k.district_code = $1 AND k.id = p.class_id JOIN school s ON s.district_code = $1 AND s.id = k.school_id
           ORDER BY s.code, k.grade, length(k.class_no), k.class_no`,
  });
  return found.rows;
}

/** Classes of a school, or of all within reach, that have pupils on a day, as known now or then. */
export async function countClassesOf(
  client: Client,
  district: string,
  day: string,
  schoolId: string | null,
  then: Then | null = null,
): Promise<ClassCount[]> {
  const where = schoolId === null ? filters(district, day) : filters(district, day, schoolId);
  const past = then === null ? null : pastOf(where, then);
  const narrow = (x: 'e' | 'a') => (schoolId === null ? '' : `AND ${x}.school_id = $3::uuid`);
  const known = past === null ? undefined : (x: string) => past.known(x);
  const text = `SELECT k.id, k.name, k.grade, k.school_id, s.name AS school_name, p.on_roll::int, p.from_date FROM
             (SELECT e.class_id, count(*) AS on_roll, min(e.from_date) AS from_date FROM ${calledOn(narrow, known)} e GROUP BY e.class_id) p
           JOIN school_class k ON k.district_code = $1 AND k.id = p.class_id JOIN school s ON s.district_code = $1 AND s.id = k.school_id
           ORDER BY s.code, k.grade, length(k.class_no), k.class_no`;
  return (
    await client.query<ClassCount>({ name: statementName('attendance-classes', text), text, values: where.values })
  ).rows;
}

/** Roll calls of a day with the sums of their absences. */
export interface ClassState {
  class_id: string;
  part: DayPart;
  marked_name: string;
  marked_at: Date;
  on_roll: number;
  /** Not at school, for whatever reason. */
  away: number;
  unexcused: number;
  on_leave: number;
  unanswered: number;
}

/** How classes are marked on a day; those of a list, of a school, or of all within reach. */
export async function listClassStates(
  client: Client,
  district: string,
  day: string,
  of: { classIds: readonly string[] } | { schoolId: string | null },
): Promise<ClassState[]> {
  const byId = 'classIds' in of;
  const value = byId ? of.classIds : of.schoolId;
  const narrowed = (alias: string) =>
    value === null ? '' : byId ? `AND ${alias}.class_id = ANY($3::uuid[])` : `AND ${alias}.school_id = $3::uuid`;
  const found = await client.query<ClassState>({
    values: value === null ? [district, day] : [district, day, value],
    text: `SELECT r.class_id, r.part, r.marked_name, r.marked_at, r.on_roll, coalesce(x.away, 0)::int AS away, coalesce(x.unexcused, 0)::int AS unexcused, coalesce(x.on_leave, 0)::int AS on_leave, coalesce(x.unanswered, 0)::int AS unanswered
           FROM roll_call r LEFT JOIN
             (SELECT a.class_id, a.part, count(*) FILTER (WHERE a.kind <> 'late') AS away, count(*) FILTER (WHERE a.kind = 'unexcused') AS unexcused, count(*) FILTER (WHERE a.kind NOT IN ('unexcused', 'late', 'unknown')) AS on_leave,
                     count(*) FILTER (WHERE a.kind = 'unexcused' AND a.answer IS NULL) AS unanswered
              FROM absence a WHERE a.district_code = $1 AND a.day = $2::date AND upper_inf(a.known) ${narrowed('a')} GROUP BY a.class_id, a.part) x ON x.class_id = r.class_id AND x.part = r.part
           WHERE r.district_code = $1 AND r.day = $2::date AND upper_inf(r.known) ${narrowed('r')}`,
  });
  return found.rows;
}

/** How many pupils of each school were away on a day, each once: absent without reason, on leave, and without reason while nobody has asked. */
export async function countAway(
  client: Client,
  district: string,
  day: string,
  schoolId: string | null,
): Promise<{ school_id: string; unexcused: number; on_leave: number; unanswered: number }[]> {
  const found = await client.query<{ school_id: string; unexcused: number; on_leave: number; unanswered: number }>({
    name: schoolId === null ? 'attendance-away-all' : 'attendance-away-school',
    values: schoolId === null ? [district, day] : [district, day, schoolId],
    text: `SELECT a.school_id, count(DISTINCT a.child_id) FILTER (WHERE ${awayConditions.unexcused})::int AS unexcused, count(DISTINCT a.child_id) FILTER (WHERE ${awayConditions.leave})::int AS on_leave,
             count(DISTINCT a.child_id) FILTER (WHERE ${awayConditions.unanswered})::int AS unanswered
           FROM absence a WHERE a.district_code = $1 AND a.day = $2::date AND upper_inf(a.known) ${schoolId === null ? '' : 'AND a.school_id = $3::uuid'} GROUP BY a.school_id`,
  });
  return found.rows;
}

/** Which half-days of a span are marked, by class, as known now or then. */
export async function listMarked(
  client: Client,
  district: string,
  from: string,
  to: string,
  schoolId: string | null,
  then: Then | null = null,
): Promise<{ class_id: string; day: string; part: DayPart }[]> {
  const where = schoolId === null ? filters(district, from, to) : filters(district, from, to, schoolId);
  const known = then === null ? 'upper_inf(r.known)' : pastOf(where, then).known('r');
  const found = await client.query<{ class_id: string; day: string; part: DayPart }>({
    values: where.values,
    text: `SELECT r.class_id, r.day, r.part FROM roll_call r WHERE r.district_code = $1 AND r.day >= $2::date AND r.day <= $3::date AND ${known} ${schoolId === null ? '' : 'AND r.school_id = $4::uuid'}`,
  });
  return found.rows;
}

/** School days of absence of a span by school, and how many pupils crossed a threshold in it. */
export async function sumAbsences(
  client: Client,
  district: string,
  from: string,
  to: string,
  schoolId: string | null,
): Promise<{ school_id: string; unexcused: number; on_leave: number; crossed: number }[]> {
  const found = await client.query<{ school_id: string; unexcused: number; on_leave: number; crossed: number }>({
    values: [district, from, to, schoolId],
    text: `SELECT school_id, sum(unexcused) AS unexcused, sum(on_leave) AS on_leave, sum(crossed)::int AS crossed FROM (
             SELECT a.school_id, coalesce(sum(a.weight) FILTER (WHERE ${awayConditions.unexcused}), 0) AS unexcused, coalesce(sum(a.weight) FILTER (WHERE ${awayConditions.leave}), 0) AS on_leave, 0 AS crossed
             FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND upper_inf(a.known) AND ($4::uuid IS NULL OR a.school_id = $4::uuid) GROUP BY a.school_id
             UNION ALL SELECT s.school_id, 0, 0, count(*)::int FROM absence_standing s WHERE s.district_code = $1 AND s.crossed_day >= $2::date AND s.crossed_day <= $3::date AND ($4::uuid IS NULL OR s.school_id = $4::uuid) GROUP BY s.school_id
           ) x GROUP BY school_id`,
  });
  return found.rows;
}

/** School days of absence of a span by school, as known then. */
export async function sumAbsencesThen(
  client: Client,
  district: string,
  span: { from: string; to: string; schoolId: string | null },
  then: Then,
): Promise<{ school_id: string; unexcused: number; on_leave: number }[]> {
  const where = filters(district, span.from, span.to, span.schoolId);
  const past = pastOf(where, then);
  const found = await client.query<{ school_id: string; unexcused: number; on_leave: number }>({
    text: `SELECT a.school_id, coalesce(sum(a.weight) FILTER (WHERE ${awayConditions.unexcused}), 0) AS unexcused, coalesce(sum(a.weight) FILTER (WHERE ${awayConditions.leave}), 0) AS on_leave
           FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND ${past.known('a')} AND ($4::uuid IS NULL OR a.school_id = $4::uuid) GROUP BY a.school_id`,
    values: where.values,
  });
  return found.rows;
}

/** Classes of a school by id. */
export async function listClassIds(
  client: Client,
  district: string,
  schoolIds: readonly string[],
  schoolYear: number,
): Promise<string[]> {
  if (schoolIds.length === 0) return [];
  const found = await client.query<{ id: string }>({
    name: 'attendance-class-ids',
    values: [district, schoolIds, schoolYear],
    text: `SELECT id FROM school_class WHERE district_code = $1 AND school_id = ANY($2::uuid[]) AND school_year = $3::int`,
  });
  return found.rows.map((row) => row.id);
}

/** Keeps that the unmarked classes of a school were told of; false when they had been already. */
export async function rememberDue(
  client: Client,
  district: string,
  row: { schoolId: string; day: string; part: DayPart; at: Date; classes: number },
): Promise<boolean> {
  const made = await client.query({
    name: 'attendance-due',
    values: [district, row.schoolId, row.day, row.part, row.at, row.classes],
    text: `INSERT INTO roll_call_due (district_code, school_id, day, part, told_at, classes) VALUES ($1, $2, $3::date, $4, $5, $6) ON CONFLICT ON CONSTRAINT roll_call_due_pk DO NOTHING`,
  });
  return made.rowCount === 1;
}

/** The schools that were told of for a day and part. */
export async function listTold(client: Client, district: string, day: string, part: DayPart): Promise<string[]> {
  const found = await client.query<{ school_id: string }>({
    name: 'attendance-told',
    values: [district, day, part],
    text: `SELECT school_id FROM roll_call_due WHERE district_code = $1 AND day = $2::date AND part = $3`,
  });
  return found.rows.map((row) => row.school_id);
}

/** What a presence list says of the pupils of a school on a day, by class; `present` null where it does not say. */
export async function readSheet(
  client: Client,
  district: string,
  day: string,
  schoolId: string,
): Promise<
  { class_id: string; child_id: string; said: boolean; present: boolean | null; leave_kind: string | null }[]
> {
  const found = await client.query<{
    class_id: string;
    child_id: string;
    said: boolean;
    present: boolean | null;
    leave_kind: string | null;
  }>({
    values: [district, day, schoolId],
    text: `SELECT e.class_id, e.child_id, p.id IS NOT NULL AS said, p.present, p.leave_kind FROM ${calledOn((x) => `AND ${x}.school_id = $3::uuid`)} e
           LEFT JOIN presence p ON p.district_code = $1 AND p.child_id = e.child_id AND p.school_id = $3::uuid AND p.day = $2::date AND upper_inf(p.known)`,
  });
  return found.rows;
}

import type pg from 'pg';
import type { Answer, DayPart, FirstDayReason, KeptKind, LeaveKind } from '#domain/attendance/record.ts';
import type { Whereabouts } from '#domain/dropout/record.ts';
import { calledHere, calledOn } from '#server/areas/enrolment/actions.ts';
import { filters, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Whose lines are asked for: a class, a school, some schools and classes, or everybody within reach. */
export type FirstDayScope =
  { classId: string } | { schoolId: string | null } | { schools: readonly string[]; classes: readonly string[] };

/** A pupil who is to come on the first day: at how many halves of it he was called and away, at how many his class was called, and what was entered. */
export interface FirstDayLine {
  child_id: string;
  name: string;
  reach: string[];
  school_id: string;
  class_id: string;
  called: number;
  away: number;
  here: number;
  /** The first half at which his class was called. */
  part: DayPart | null;
  kind: KeptKind | null;
  answer: Answer | null;
  leave_kind: LeaveKind | null;
  entry_id: string | null;
  why: FirstDayReason | null;
  whereabouts: Whereabouts | null;
  sealed_words: Buffer | null;
  entered_name: string | null;
  entered_at: Date | null;
}

function narrowed(where: Filters, scope: FirstDayScope): (x: string) => string {
  if ('classId' in scope) {
    const id = where.value(scope.classId);
    return (x) => `AND ${x}.class_id = ${id}::uuid`;
  }
  if ('schools' in scope) {
    const [schools, classes] = [where.value(scope.schools), where.value(scope.classes)];
    return (x) => `AND (${x}.school_id = ANY(${schools}::uuid[]) OR ${x}.class_id = ANY(${classes}::uuid[]))`;
  }
  if (scope.schoolId === null) return () => '';
  const id = where.value(scope.schoolId);
  return (x) => `AND ${x}.school_id = ${id}::uuid`;
}

const onDay = (x: string) =>
  `${x}.from_date <= $2::date AND (${x}.to_date IS NULL OR ${x}.to_date > $2::date) AND lower(r.known) <@ ${x}.known`;
const callsIn = (x: string) =>
  `JOIN roll_call r ON r.district_code = $1 AND r.class_id = ${x}.class_id AND r.day = $2::date AND upper_inf(r.known)`;

/**
 * The relations `called`, who is to be called on day `$2`, and `call`, at which roll calls of the day (class and part) each of them was: those
 * of the class in which he was to be called by what was known then, and those of which his mark alone was entered or corrected. Who came onto
 * the roll after the call was called by none.
 */
function callsOfDay(narrow: (x: string) => string): string {
  return `called AS MATERIALIZED (SELECT e.child_id, e.school_id, e.class_id FROM ${calledOn(narrow)} e),
    call AS MATERIALIZED (SELECT e.child_id, r.class_id, r.part FROM called d JOIN enrolment e ON e.district_code = $1 AND e.child_id = d.child_id ${callsIn('e')}
        WHERE ${onDay('e')} AND ${calledHere((x) => `lower(r.known) <@ ${x}.known`)}
      UNION SELECT p.child_id, r.class_id, r.part FROM called d JOIN attending_place p ON p.district_code = $1 AND p.child_id = d.child_id AND p.kind <> 'regularClass' ${callsIn('p')} WHERE ${onDay('p')}
      UNION SELECT a.child_id, a.class_id, a.part FROM called d JOIN absence a ON a.district_code = $1 AND a.child_id = d.child_id AND a.day = $2::date
      UNION SELECT k.child_id, k.class_id, k.part FROM called d JOIN attendance_correction k ON k.district_code = $1 AND k.child_id = d.child_id AND k.day = $2::date AND k.state IN ('done', 'consented'))`;
}

/** Everybody who is to come on day `$2` with marks and entry, as a relation. Whoever was there at one of the halves at which he was called has come. */
function lines(narrow: (x: string) => string): string {
  return `(WITH ${callsOfDay(narrow)}
    SELECT e.child_id, e.school_id, e.class_id, coalesce(m.called, 0) AS called, coalesce(m.away, 0) AS away, coalesce(r.here, 0) AS here, r.part, m.kind, m.answer,
      coalesce(m.away, 0) < coalesce(m.called, 0) AS present, f.id AS entry_id, f.why, f.whereabouts, f.sealed_words, f.entered_name, f.entered_at
    FROM called e
    LEFT JOIN (SELECT r.class_id, count(*)::int AS here, max(r.part) AS part FROM roll_call r WHERE r.district_code = $1 AND r.day = $2::date AND upper_inf(r.known) ${narrow('r')} GROUP BY r.class_id) r ON r.class_id = e.class_id
    LEFT JOIN (SELECT c.child_id, count(*)::int AS called, count(a.id)::int AS away, (array_agg(a.kind ORDER BY a.part DESC) FILTER (WHERE a.id IS NOT NULL))[1] AS kind,
        (array_agg(a.answer ORDER BY a.part DESC) FILTER (WHERE a.answer IS NOT NULL))[1] AS answer
      FROM call c LEFT JOIN absence a ON a.district_code = $1 AND a.child_id = c.child_id AND a.class_id = c.class_id AND a.part = c.part AND a.day = $2::date AND a.kind <> 'late' AND upper_inf(a.known)
      GROUP BY c.child_id) m ON m.child_id = e.child_id
    LEFT JOIN first_day_entry f ON f.district_code = $1 AND f.child_id = e.child_id AND f.day = $2::date AND upper_inf(f.known))`;
}

/** Whether a pupil was called at a roll call of his class. */
export async function wasCalled(
  client: Client,
  district: string,
  of: { childId: string; classId: string; day: string; part: DayPart },
): Promise<boolean> {
  const found = await client.query<{ called: boolean }>({
    name: 'first-day-was-called',
    values: [district, of.day, of.childId, of.classId, of.part],
    text: `WITH ${callsOfDay((x) => `AND ${x}.child_id = $3::uuid`)} SELECT EXISTS (SELECT 1 FROM call WHERE class_id = $4::uuid AND part = $5) AS called`,
  });
  return found.rows[0]?.called === true;
}

/** The lines of a class or school, by pinyin. */
export async function readFirstDay(
  client: Client,
  district: string,
  day: string,
  scope: FirstDayScope,
): Promise<FirstDayLine[]> {
  const where = filters(district, day);
  const narrow = narrowed(where, scope);
  const found = await client.query<FirstDayLine>({
    text: `SELECT l.child_id, c.name, c.reach, l.school_id, l.class_id, l.called, l.away, l.here, l.part, l.kind, l.answer, v.kind AS leave_kind, l.entry_id, l.why, l.whereabouts, l.sealed_words, l.entered_name, l.entered_at
           FROM ${lines(narrow)} l JOIN child c ON c.district_code = $1 AND c.id = l.child_id
           LEFT JOIN LATERAL (SELECT v.kind FROM leave v WHERE v.district_code = $1 AND v.child_id = l.child_id AND v.state = 'approved' AND v.from_day <= $2::date AND v.to_day >= $2::date ORDER BY v.to_day DESC, v.id LIMIT 1) v ON NOT l.present
           ORDER BY c.pinyin, c.id`,
    values: where.values,
  });
  return found.rows;
}

/** A pupil of the roll who is not called in his class on a day: suspended, or attending elsewhere. */
export interface ElsewhereRow {
  child_id: string;
  name: string;
  class_id: string;
  place: string | null;
  place_school: string | null;
  suspended: boolean;
}

/** Pupils of the roll of a class or school who are called nowhere or elsewhere. */
export async function readElsewhere(
  client: Client,
  district: string,
  day: string,
  scope: FirstDayScope,
): Promise<ElsewhereRow[]> {
  const where = filters(district, day);
  const narrow = narrowed(where, scope);
  const found = await client.query<ElsewhereRow>({
    text: `SELECT e.child_id, c.name, e.class_id, a.kind AS place, s.name AS place_school, w.child_id IS NOT NULL AS suspended
           FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id
           LEFT JOIN attending_place a ON a.district_code = $1 AND a.child_id = e.child_id AND a.kind <> 'regularClass' AND upper_inf(a.known) AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date)
           LEFT JOIN school s ON s.district_code = $1 AND s.id = a.school_id
           LEFT JOIN course w ON w.district_code = $1 AND w.child_id = e.child_id AND w.state = 'suspended' AND upper_inf(w.known) AND w.from_date <= $2::date AND (w.to_date IS NULL OR w.to_date > $2::date)
           WHERE e.district_code = $1 AND e.class_id IS NOT NULL AND upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) ${narrow('e')}
             AND (a.id IS NOT NULL OR w.child_id IS NOT NULL)
           ORDER BY c.pinyin, c.id`,
    values: where.values,
  });
  return found.rows;
}

/** Numbers of a school on the first day. */
export interface SchoolCount {
  school_id: string;
  classes: number;
  undone: number;
  on_roll: number;
  present: number;
  absent: number;
  open: number;
}

/** The numbers of some schools or of all, and how many are away for each reason. */
export async function countFirstDay(
  client: Client,
  district: string,
  day: string,
  scope: { schoolId: null } | { schools: readonly string[]; classes: readonly string[] },
): Promise<{
  schools: SchoolCount[];
  reasons: { school_id: string; why: FirstDayReason; count: number }[];
  elsewhere: { school_id: string; count: number }[];
}> {
  const where = filters(district, day);
  const narrow = narrowed(where, scope);
  const schools = await client.query<SchoolCount>({
    text: `SELECT l.school_id, count(DISTINCT l.class_id)::int AS classes, count(DISTINCT l.class_id) FILTER (WHERE NOT l.present AND l.why IS NULL)::int AS undone, count(*)::int AS on_roll,
             count(*) FILTER (WHERE l.present)::int AS present, count(*) FILTER (WHERE NOT l.present AND l.why IS NOT NULL)::int AS absent, count(*) FILTER (WHERE NOT l.present AND l.why IS NULL)::int AS open
           FROM ${lines(narrow)} l GROUP BY l.school_id`,
    values: where.values,
  });
  const reasons = await client.query<{ school_id: string; why: FirstDayReason; count: number }>({
    text: `SELECT l.school_id, l.why, count(*)::int AS count FROM ${lines(narrow)} l WHERE NOT l.present AND l.why IS NOT NULL GROUP BY l.school_id, l.why`,
    values: where.values,
  });
  const elsewhere = await client.query<{ school_id: string; count: number }>({
    values: where.values,
    text: `SELECT e.school_id, count(DISTINCT e.child_id)::int AS count FROM enrolment e
           WHERE e.district_code = $1 AND e.class_id IS NOT NULL AND upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) ${narrow('e')}
             AND (EXISTS (SELECT 1 FROM attending_place a WHERE a.district_code = $1 AND a.child_id = e.child_id AND a.kind <> 'regularClass' AND upper_inf(a.known) AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date))
               OR EXISTS (SELECT 1 FROM course w WHERE w.district_code = $1 AND w.child_id = e.child_id AND w.state = 'suspended' AND upper_inf(w.known) AND w.from_date <= $2::date AND (w.to_date IS NULL OR w.to_date > $2::date)))
           GROUP BY e.school_id`,
  });
  return { schools: schools.rows, reasons: reasons.rows, elsewhere: elsewhere.rows };
}

/** A class on the first day: how many are to come, how many of them are unaccounted for, and whether it stands as complete. */
export interface ClassStanding {
  class_id: string;
  school_id: string;
  undone: number;
  done: boolean;
}

/** Every class within reach that has pupils on the first day. */
export async function listStandingsOfClasses(client: Client, district: string, day: string): Promise<ClassStanding[]> {
  const where = filters(district, day);
  const narrow = narrowed(where, { schoolId: null });
  const found = await client.query<ClassStanding>({
    text: `SELECT l.class_id, l.school_id, count(*) FILTER (WHERE NOT l.present AND l.why IS NULL)::int AS undone, d.class_id IS NOT NULL AS done
           FROM ${lines(narrow)} l
           LEFT JOIN first_day_class d ON d.district_code = $1 AND d.class_id = l.class_id AND d.day = $2::date AND upper_inf(d.known)
           GROUP BY l.class_id, l.school_id, d.class_id ORDER BY l.school_id, l.class_id`,
    values: where.values,
  });
  return found.rows;
}

/** A pupil who was not there, with his place. */
export interface MissingRow extends FirstDayLine {
  school_name: string;
  class_name: string;
}

/** A page of pupils who were not there, the unaccounted first, then by school and class. */
export async function pageMissing(
  client: Client,
  district: string,
  day: string,
  asked: {
    schoolId: string | null;
    classId: string | null;
    reason: FirstDayReason | null;
    which: 'absent' | 'open' | null;
    /** Only pupils of these schools and classes; null for all. Who reaches a child alone, as a school that looks for him, does not see the marks. */
    units: { schools: readonly string[]; classes: readonly string[] } | null;
  },
  page: { size: number; offset: number },
): Promise<{ rows: MissingRow[]; total: number }> {
  const where = filters(district, day);
  const narrow = narrowed(where, asked.units ?? (asked.classId === null ? { schoolId: asked.schoolId } : { classId: asked.classId })); // prettier-ignore
  where.and('NOT l.present');
  if (asked.classId !== null) where.and(`l.class_id = ${where.value(asked.classId)}::uuid`);
  if (asked.schoolId !== null) where.and(`l.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.reason !== null) where.and(`l.why = ${where.value(asked.reason)}`);
  if (asked.which !== null) where.and(asked.which === 'open' ? 'l.why IS NULL' : 'l.why IS NOT NULL');
  const conditions = where.where();
  const sum = await client.query<{ total: number }>({
    text: `SELECT count(*)::int AS total FROM ${lines(narrow)} l WHERE true${conditions}`,
    values: [...where.values],
  });
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`;
  const found = await client.query<MissingRow>({
    text: `SELECT l.child_id, c.name, c.reach, l.school_id, l.class_id, l.called, l.away, l.here, l.part, l.kind, l.answer, NULL AS leave_kind, l.entry_id, l.why, l.whereabouts, l.sealed_words, l.entered_name, l.entered_at, s.name AS school_name, k.name AS class_name
           FROM ${lines(narrow)} l JOIN child c ON c.district_code = $1 AND c.id = l.child_id
           JOIN school s ON s.district_code = $1 AND s.id = l.school_id JOIN school_class k ON k.district_code = $1 AND k.id = l.class_id
           WHERE true${conditions} ORDER BY (l.why IS NULL) DESC, s.code, k.grade, length(k.class_no), k.class_no, c.pinyin, c.id ${limit}`,
    values: where.values,
  });
  return { rows: found.rows, total: sum.rows[0]?.total ?? 0 };
}

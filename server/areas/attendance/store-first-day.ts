import type pg from 'pg';
import type { Answer, FirstDayReason, KeptKind, LeaveKind } from '#domain/attendance/record.ts';
import type { Whereabouts } from '#domain/dropout/record.ts';
import { calledOn } from '#server/areas/enrolment/actions.ts';
import { filters, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Whose lines are asked for: a class, a school, or everybody within reach. */
export type FirstDayScope = { classId: string } | { schoolId: string | null };

/** A pupil who is to come on the first day: how many halves of it his class was called and he was away, and what was entered. */
export interface FirstDayLine {
  child_id: string;
  name: string;
  reach: string[];
  school_id: string;
  class_id: string;
  called: number;
  away: number;
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
  if (scope.schoolId === null) return () => '';
  const id = where.value(scope.schoolId);
  return (x) => `AND ${x}.school_id = ${id}::uuid`;
}

/** Everybody who is to come on day `$2` with marks and entry, as a relation. Whoever was there in one of the called halves has come. */
function lines(narrow: (x: string) => string): string {
  return `(SELECT e.child_id, e.school_id, e.class_id, coalesce(r.called, 0) AS called, coalesce(x.away, 0) AS away, x.kind, x.answer,
      coalesce(x.away, 0) < coalesce(r.called, 0) AS present, f.id AS entry_id, f.why, f.whereabouts, f.sealed_words, f.entered_name, f.entered_at
    FROM ${calledOn(narrow)} e
    LEFT JOIN (SELECT r.class_id, count(*)::int AS called FROM roll_call r WHERE r.district_code = $1 AND r.day = $2::date AND upper_inf(r.known) ${narrow('r')} GROUP BY r.class_id) r ON r.class_id = e.class_id
    LEFT JOIN (SELECT a.child_id, count(*)::int AS away, (array_agg(a.kind ORDER BY a.part))[1] AS kind, (array_agg(a.answer ORDER BY a.part) FILTER (WHERE a.answer IS NOT NULL))[1] AS answer
      FROM absence a WHERE a.district_code = $1 AND a.day = $2::date AND a.kind <> 'late' AND upper_inf(a.known) ${narrow('a')} GROUP BY a.child_id) x ON x.child_id = e.child_id
    LEFT JOIN first_day_entry f ON f.district_code = $1 AND f.child_id = e.child_id AND f.day = $2::date AND upper_inf(f.known))`;
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
    text: `SELECT l.child_id, c.name, c.reach, l.school_id, l.class_id, l.called, l.away, l.kind, l.answer, v.kind AS leave_kind, l.entry_id, l.why, l.whereabouts, l.sealed_words, l.entered_name, l.entered_at
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

/** The numbers of the schools within reach, and how many are away for each reason. */
export async function countFirstDay(
  client: Client,
  district: string,
  day: string,
  schoolId: string | null,
): Promise<{
  schools: SchoolCount[];
  reasons: { school_id: string; why: FirstDayReason; count: number }[];
  elsewhere: { school_id: string; count: number }[];
}> {
  const where = filters(district, day);
  const narrow = narrowed(where, { schoolId });
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
    values: [district, day, schoolId],
    text: `SELECT e.school_id, count(DISTINCT e.child_id)::int AS count FROM enrolment e
           WHERE e.district_code = $1 AND e.class_id IS NOT NULL AND upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND ($3::uuid IS NULL OR e.school_id = $3::uuid)
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
    /** Only pupils of a school or class of these tokens; null for all. Who reaches a child alone, as a school that looks for him, does not see the marks. */
    tokens: readonly string[] | null;
  },
  page: { size: number; offset: number },
): Promise<{ rows: MissingRow[]; total: number }> {
  const where = filters(district, day);
  const narrow = narrowed(where, asked.classId === null ? { schoolId: asked.schoolId } : { classId: asked.classId });
  where.and('NOT l.present');
  if (asked.tokens !== null) {
    const tokens = where.value(asked.tokens);
    where.and(`'school:' || l.school_id = ANY(${tokens}::text[]) OR 'class:' || l.class_id = ANY(${tokens}::text[])`);
  }
  if (asked.classId !== null && asked.schoolId !== null)
    where.and(`l.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.reason !== null) where.and(`l.why = ${where.value(asked.reason)}`);
  if (asked.which !== null) where.and(asked.which === 'open' ? 'l.why IS NULL' : 'l.why IS NOT NULL');
  const conditions = where.where();
  const sum = await client.query<{ total: number }>({
    text: `SELECT count(*)::int AS total FROM ${lines(narrow)} l WHERE true${conditions}`,
    values: [...where.values],
  });
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`;
  const found = await client.query<MissingRow>({
    text: `SELECT l.child_id, c.name, c.reach, l.school_id, l.class_id, l.called, l.away, l.kind, l.answer, NULL AS leave_kind, l.entry_id, l.why, l.whereabouts, l.sealed_words, l.entered_name, l.entered_at, s.name AS school_name, k.name AS class_name
           FROM ${lines(narrow)} l JOIN child c ON c.district_code = $1 AND c.id = l.child_id
           JOIN school s ON s.district_code = $1 AND s.id = l.school_id JOIN school_class k ON k.district_code = $1 AND k.id = l.class_id
           WHERE true${conditions} ORDER BY (l.why IS NULL) DESC, s.code, k.grade, length(k.class_no), k.class_no, c.pinyin, c.id ${limit}`,
    values: where.values,
  });
  return { rows: found.rows, total: sum.rows[0]?.total ?? 0 };
}

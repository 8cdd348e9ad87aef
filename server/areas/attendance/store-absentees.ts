import type pg from 'pg';
import type { AbsenceFigure, DayPart } from '#domain/attendance/record.ts';
import { filters, type Filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Which absences `a` a figure counts. */
export const awayConditions = {
  unexcused: `a.kind = 'unexcused'`,
  unanswered: `a.kind = 'unexcused' AND a.answer IS NULL`,
  leave: `a.kind NOT IN ('unexcused', 'late', 'unknown')`,
} as const;

/** What of the absentees of a span is asked for; `termFrom` is the term whose standing is shown beside, null for none. */
export interface AbsenteeFilter {
  from: string;
  to: string;
  figure: AbsenceFigure;
  schoolId: string | null;
  classId: string | null;
  termFrom: string | null;
}

/** A pupil behind a figure of a span. */
export interface Absentee {
  child_id: string;
  name: string;
  school_id: string;
  school_name: string;
  class_id: string;
  class_name: string;
  days: number;
  last_day: string | null;
  consecutive: number | null;
  cumulative: number | null;
  crossed_day: string | null;
}

function narrow(where: Filters, alias: string, asked: AbsenteeFilter): void {
  if (asked.schoolId !== null) where.and(`${alias}.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.classId !== null) where.and(`${alias}.class_id = ${where.value(asked.classId)}::uuid`);
}

/** The pupils of a figure with their days: by child and the school in which he was absent; those who crossed by where they are counted now. */
function counted(where: Filters, asked: AbsenteeFilter): string {
  if (asked.figure === 'crossed') {
    narrow(where, 's', asked);
    return `SELECT s.child_id, s.school_id, s.class_id, s.last_absent AS last_day, s.term_from,
        coalesce((SELECT sum(a.weight) FROM absence a WHERE a.district_code = $1 AND a.child_id = s.child_id AND a.day >= $2::date AND a.day <= $3::date AND upper_inf(a.known) AND ${awayConditions.unexcused}), 0) AS days
      FROM absence_standing s WHERE s.district_code = $1 AND s.crossed_day >= $2::date AND s.crossed_day <= $3::date${where.where()}`;
  }
  narrow(where, 'a', asked);
  return `SELECT a.child_id, a.school_id, (array_agg(a.class_id ORDER BY a.day DESC, a.part DESC))[1] AS class_id, max(a.day) AS last_day, ${where.value(asked.termFrom)}::date AS term_from, sum(a.weight) AS days
    FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND upper_inf(a.known) AND ${awayConditions[asked.figure]}${where.where()} GROUP BY a.child_id, a.school_id`;
}

/** A page of the pupils behind a figure of a span, most days first, with how many they are and the sum of their days. */
export async function pageAbsentees(
  client: Client,
  district: string,
  asked: AbsenteeFilter,
  page: { size: number; offset: number },
): Promise<{ rows: Absentee[]; total: number; days: number }> {
  const where = filters(district, asked.from, asked.to);
  const source = counted(where, asked);
  const sum = await client.query<{ total: number; days: number }>({
    text: `SELECT count(*)::int AS total, coalesce(sum(x.days), 0)::float AS days FROM (${source}) x`,
    values: [...where.values],
  });
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`;
  const found = await client.query<Absentee>({
    text: `SELECT x.child_id, c.name, x.school_id, o.name AS school_name, x.class_id, k.name AS class_name, x.days::float AS days, x.last_day, t.consecutive, t.cumulative, t.crossed_day
           FROM (${source}) x JOIN school o ON o.district_code = $1 AND o.id = x.school_id JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id
           JOIN child c ON c.district_code = $1 AND c.id = x.child_id
           LEFT JOIN absence_standing t ON t.district_code = $1 AND t.child_id = x.child_id AND t.term_from = x.term_from
           ORDER BY x.days DESC, x.last_day DESC, x.child_id, x.school_id ${limit}`,
    values: where.values,
  });
  return { rows: found.rows, total: sum.rows[0]?.total ?? 0, days: sum.rows[0]?.days ?? 0 };
}

/** A roll call with the sums of its absences. */
export interface MadeRollCall {
  class_id: string;
  day: string;
  part: DayPart;
  marked_name: string;
  marked_at: Date;
  on_roll: number;
  away: number;
  unexcused: number;
  on_leave: number;
}

/** The roll calls of classes between two days that hold, as known now or then. */
export async function readRollCalls(
  client: Client,
  district: string,
  classIds: readonly string[],
  from: string,
  to: string,
  then: Then | null = null,
): Promise<MadeRollCall[]> {
  const where = filters(district, classIds, from, to);
  const past = then === null ? null : pastOf(where, then);
  const known = (alias: string) => (past === null ? `upper_inf(${alias}.known)` : past.known(alias));
  const found = await client.query<MadeRollCall>({
    name:
      then === null ? 'attendance-roll-calls-of' : `attendance-roll-calls-then${then.knownAt === null ? '' : '-known'}`,
    values: where.values,
    text: `SELECT r.class_id, r.day, r.part, r.marked_name, r.marked_at, r.on_roll, x.away, x.unexcused, x.on_leave FROM roll_call r
           LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE a.kind <> 'late')::int AS away, count(*) FILTER (WHERE ${awayConditions.unexcused})::int AS unexcused, count(*) FILTER (WHERE ${awayConditions.leave})::int AS on_leave
             FROM absence a WHERE a.district_code = $1 AND a.class_id = r.class_id AND a.day = r.day AND a.part = r.part AND ${known('a')}) x ON true
           WHERE r.district_code = $1 AND r.class_id = ANY($2::uuid[]) AND r.day >= $3::date AND r.day <= $4::date AND ${known('r')}`,
  });
  return found.rows;
}

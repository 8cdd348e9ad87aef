import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import { awayConditions, type Absentee, type AbsenteeFilter } from './store-absentees.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A pupil with unexcused absence in a span as known then, and where he was absent last. */
interface AbsentThen {
  child_id: string;
  school_id: string;
  class_id: string;
}

/** The pupils with unexcused absence between two days, as known then; `childIds` null for all within reach. */
export async function listAbsentThen(
  client: Client,
  district: string,
  span: { from: string; to: string; childIds: readonly string[] | null },
  then: Then,
): Promise<AbsentThen[]> {
  const where = filters(district, span.from, span.to);
  const past = pastOf(where, then);
  const of = span.childIds === null ? '' : ` AND a.child_id = ANY(${where.value(span.childIds)}::uuid[])`;
  const found = await client.query<AbsentThen>({
    text: `SELECT DISTINCT ON (a.child_id) a.child_id, a.school_id, a.class_id FROM absence a
           WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND a.kind = 'unexcused' AND ${past.known('a')}${of} ORDER BY a.child_id, a.day DESC, a.part DESC`,
    values: where.values,
  });
  return found.rows;
}

/** The names that a list shows of pupils and of where they were absent. */
export async function namesThen(
  client: Client,
  district: string,
  rows: readonly { childId: string; schoolId: string; classId: string }[],
): Promise<{ children: Map<string, string>; schools: Map<string, string>; classes: Map<string, string> }> {
  const found = await client.query<{ kind: 'c' | 's' | 'k'; id: string; name: string }>({
    name: 'attendance-names-then',
    values: [district, rows.map((row) => row.childId), rows.map((row) => row.schoolId), rows.map((row) => row.classId)],
    text: `SELECT 'c' AS kind, c.id, c.name FROM child c WHERE c.district_code = $1 AND c.id = ANY($2::uuid[])
           UNION ALL SELECT 's', s.id, s.name FROM school s WHERE s.district_code = $1 AND s.id = ANY($3::uuid[])
           UNION ALL SELECT 'k', k.id, k.name FROM school_class k WHERE k.district_code = $1 AND k.id = ANY($4::uuid[])`,
  });
  const of = (kind: string) =>
    new Map(found.rows.filter((row) => row.kind === kind).map((row) => [row.id, row.name] as const));
  return { children: of('c'), schools: of('s'), classes: of('k') };
}

/** School days of unexcused absence of pupils between two days, as known then. */
export async function sumUnexcusedThen(
  client: Client,
  district: string,
  span: { from: string; to: string; childIds: readonly string[] },
  then: Then,
): Promise<Map<string, number>> {
  const where = filters(district, span.from, span.to, span.childIds);
  const past = pastOf(where, then);
  const found = await client.query<{ child_id: string; days: number }>({
    text: `SELECT a.child_id, sum(a.weight)::float AS days FROM absence a WHERE a.district_code = $1 AND a.child_id = ANY($4::uuid[]) AND a.day >= $2::date AND a.day <= $3::date AND ${past.known('a')} AND ${awayConditions.unexcused} GROUP BY a.child_id`,
    values: where.values,
  });
  return new Map(found.rows.map((row) => [row.child_id, row.days] as const));
}

/** Which absences a figure counts, as it stood then: an answer that came later was not there yet. */
function awayThen(figure: keyof typeof awayConditions, past: Past): string {
  if (figure !== 'unanswered') return awayConditions[figure];
  return `${awayConditions.unexcused} AND (a.answer IS NULL OR a.answered_at > ${past.moment()})`;
}

/** A page of the pupils behind a figure of a span as known then, most days first, with how many they are and the sum of their days; standings are told apart. */
export async function pageAbsenteesThen(
  client: Client,
  district: string,
  asked: AbsenteeFilter & { figure: keyof typeof awayConditions },
  then: Then,
  page: { size: number; offset: number },
): Promise<{ rows: Absentee[]; total: number; days: number }> {
  const where = filters(district, asked.from, asked.to);
  const past = pastOf(where, then);
  if (asked.schoolId !== null) where.and(`a.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.classId !== null) where.and(`a.class_id = ${where.value(asked.classId)}::uuid`);
  const source = `SELECT a.child_id, a.school_id, (array_agg(a.class_id ORDER BY a.day DESC, a.part DESC))[1] AS class_id, max(a.day) AS last_day, sum(a.weight) AS days
    FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.day <= $3::date AND ${past.known('a')} AND ${awayThen(asked.figure, past)}${where.where()} GROUP BY a.child_id, a.school_id`;
  const sum = await client.query<{ total: number; days: number }>({
    text: `SELECT count(*)::int AS total, coalesce(sum(x.days), 0)::float AS days FROM (${source}) x`,
    values: [...where.values],
  });
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`;
  const found = await client.query<Absentee>({
    text: `SELECT x.child_id, c.name, x.school_id, o.name AS school_name, x.class_id, k.name AS class_name, x.days::float AS days, x.last_day, NULL::real AS consecutive, NULL::real AS cumulative, NULL::date AS crossed_day
           FROM (${source}) x JOIN school o ON o.district_code = $1 AND o.id = x.school_id JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id
           JOIN child c ON c.district_code = $1 AND c.id = x.child_id ORDER BY x.days DESC, x.last_day DESC, x.child_id, x.school_id ${limit}`,
    values: where.values,
  });
  return { rows: found.rows, total: sum.rows[0]?.total ?? 0, days: sum.rows[0]?.days ?? 0 };
}

import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import type { RowsAsked } from './store-rows.ts';

type Client = Pick<pg.ClientBase, 'query'>;
type Asked = RowsAsked & { from: string; grades: { from: number; to: number } };

/** The roll calls and absences of a month, in school days; `told` are unexcused ones whose guardian was asked. */
export interface AbsenceMonth {
  month: string;
  calls: number;
  days: number;
  unexcused: number;
  entries: number;
  told: number;
  pupils: number;
}

/** Roll calls and absences of a span of days by month, as known then. */
export async function countAbsences(client: Client, district: string, asked: Asked): Promise<AbsenceMonth[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from, asked.grades.from, asked.grades.to);
  if (asked.schoolId !== null) where.and(`x.school_id = ${where.value(asked.schoolId)}::uuid`);
  const of = `JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id AND k.grade BETWEEN $5 AND $6 WHERE x.district_code = $1 AND x.day BETWEEN $4::date AND $2::date AND x.known @> $3::timestamptz${where.where()}`;
  const text = `SELECT c.month, c.calls, coalesce(a.days, 0)::float8 AS days, coalesce(a.unexcused, 0)::float8 AS unexcused, coalesce(a.entries, 0)::int AS entries, coalesce(a.told, 0)::int AS told, coalesce(a.pupils, 0)::int AS pupils
    FROM (SELECT to_char(x.day, 'YYYY-MM') AS month, count(*)::int AS calls FROM roll_call x ${of} GROUP BY 1) c
    LEFT JOIN (SELECT to_char(x.day, 'YYYY-MM') AS month, sum(x.weight) FILTER (WHERE x.kind <> 'late') AS days, sum(x.weight) FILTER (WHERE x.kind = 'unexcused') AS unexcused, count(*) FILTER (WHERE x.kind = 'unexcused') AS entries,
        count(*) FILTER (WHERE x.kind = 'unexcused' AND x.answered_at <= $3::timestamptz) AS told, count(DISTINCT x.child_id) FILTER (WHERE x.kind = 'unexcused') AS pupils
      FROM absence x ${of} GROUP BY 1) a ON a.month = c.month ORDER BY c.month`;
  return (await client.query<AbsenceMonth>({ text, values: where.values })).rows;
}

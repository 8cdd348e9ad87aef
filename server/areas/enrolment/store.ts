import type pg from 'pg';
import { filters, prefixEnd, statementName } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';

/** What a roster is asked for. */
export interface RosterAsked {
  schoolId?: string | undefined;
  classId?: string | undefined;
  grade?: number | undefined;
  q?: string | undefined;
  /** The past that is asked for; null for who stands on the roll now. */
  then: Then | null;
}

/** A pupil on a roster with the latest presence of the school year. */
export interface RosterRecord {
  entry_id: string;
  child_id: string;
  name: string;
  sex: string | null;
  birth_date: string | null;
  school_id: string;
  school_name: string;
  grade: number;
  class_name: string | null;
  tags: string[];
  identity: string;
  child_sealed: Buffer | null;
  sealed: Buffer | null;
  present: boolean | null;
  leave_kind: string | null;
  reason: string | null;
  presence_day: string | null;
}

function conditions(district: string, asked: RosterAsked) {
  const where = filters(district);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  where.and(past === null ? 'upper_inf(e.known) AND e.to_date IS NULL' : past.stood('e'));
  if (asked.schoolId) where.and(`e.school_id = ${where.value(asked.schoolId)}`);
  if (asked.classId) where.and(`e.class_id = ${where.value(asked.classId)}`);
  if (asked.grade) where.and(`e.grade = ${where.value(asked.grade)}`);
  if (asked.q) {
    const from = where.value(asked.q.toLowerCase());
    const to = where.value(prefixEnd(asked.q.toLowerCase()));
    const among = (column: string) => `(c.${column} >= ${from} AND c.${column} < ${to})`;
    where.and(
      `EXISTS (SELECT 1 FROM child c WHERE c.district_code = $1 AND c.id = e.child_id AND (${['name', 'name_tail', 'pinyin', 'initials'].map(among).join(' OR ')}))`,
    );
  }
  return { where, past };
}

/** How many pupils a roster has. */
export async function countRoster(client: pg.ClientBase, district: string, asked: RosterAsked): Promise<number> {
  const { where } = conditions(district, asked);
  return (
    (
      await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM enrolment e WHERE e.district_code = $1${where.where()}`,
        where.values,
      )
    ).rows[0]?.count ?? 0
  );
}

/** Pupils of a roster, as it stands or stood then, in the order of school, grade, class and name; `limit` null reads all. */
export async function readRoster(
  client: pg.ClientBase,
  district: string,
  asked: RosterAsked,
  yearStart: string,
  limit: { size: number; offset: number } | null,
): Promise<RosterRecord[]> {
  const { where, past } = conditions(district, asked);
  const called = past === null ? 'upper_inf(p.known)' : `${past.known('p')} AND p.day <= ${past.day()}`;
  const page = limit ? ` LIMIT ${where.value(limit.size)} OFFSET ${where.value(limit.offset)}` : '';
  const start = where.value(yearStart);
  const text = `SELECT x.entry_id, x.child_id, c.name, c.sex, c.birth_date, x.school_id, s.name AS school_name, x.grade, k.name AS class_name, x.tags, c.identity, c.sealed AS child_sealed, x.sealed,
         p.present, p.leave_kind, p.reason, p.day AS presence_day
       FROM (SELECT e.id AS entry_id, e.child_id, e.school_id, e.class_id, e.grade, e.tags, e.sealed, c.pinyin FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id
             WHERE e.district_code = $1${where.where()} ORDER BY e.school_id, e.grade, e.class_id, c.pinyin, e.child_id${page}) x
       JOIN child c ON c.district_code = $1 AND c.id = x.child_id
       JOIN school s ON s.district_code = $1 AND s.id = x.school_id
       LEFT JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id
       LEFT JOIN LATERAL (SELECT p.present, p.leave_kind, p.reason, p.day FROM presence p WHERE p.district_code = $1 AND p.child_id = x.child_id AND p.school_id = x.school_id AND ${called} AND p.day >= ${start}::date
         ORDER BY p.day DESC LIMIT 1) p ON true
       ORDER BY x.school_id, x.grade, x.class_id, x.pinyin, x.child_id`;
  const name = statementName('roster-page', text);
  return (await client.query<RosterRecord>({ name, text, values: where.values })).rows;
}

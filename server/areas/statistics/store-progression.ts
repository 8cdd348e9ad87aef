import type pg from 'pg';
import { inSchoolStates } from '#domain/enrolment/course.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A pair of grades: who was in grade `grade` at the close of the spring's day and in the next grade at the close of the autumn's. */
export interface PairAsk {
  spring: string;
  autumn: string;
  grade: number;
  schoolId: string | null;
  /** null: what is known now. */
  knownAt: string | null;
  /** Who was in the pair in spring alone, or in autumn alone. */
  side: 'left' | 'joined';
}

/** A child of one side of a pair, and where he stood on the other day; nulls where the records knew nothing of him then. */
export interface PairName {
  child_id: string;
  state: string | null;
  grade: number | null;
  school_name: string | null;
  day: string | null;
  total: number;
}

/** A page of the children of one side of a pair of grades, as known at a moment, of those who carry one of the tokens (null: all). */
export async function listPairNames(
  client: Client,
  district: string,
  ask: PairAsk,
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<PairName[]> {
  const values: unknown[] = [district, ask.spring, ask.autumn, ask.grade];
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const moment = ask.knownAt === null ? null : `${value(ask.knownAt)}::timestamptz`;
  const known = (alias: string) =>
    moment === null
      ? `upper_inf(${alias}.known)`
      : `lower(${alias}.known) <= ${moment} AND (upper_inf(${alias}.known) OR upper(${alias}.known) > ${moment})`;
  const states = value(inSchoolStates);
  const school = ask.schoolId === null ? '' : ` AND c.school_id = ${value(ask.schoolId)}::uuid`;
  const at = (day: string, grade: string) =>
    `SELECT c.child_id FROM course c WHERE c.district_code = $1 AND ${known('c')} AND c.from_date <= ${day} AND (c.to_date IS NULL OR c.to_date > ${day})
       AND c.state = ANY(${states}::text[]) AND c.grade = ${grade}${school}`;
  const [spring, autumn] = [at('$2::date', '$4::int'), at('$3::date', '$4::int + 1')];
  const [mine, other, day] = ask.side === 'left' ? [spring, autumn, '$3::date'] : [autumn, spring, '$2::date'];
  const reach = tokens === null ? '' : ` AND k.reach && ${value(tokens)}::text[]`;
  const found = await client.query<PairName>(
    `WITH pair AS MATERIALIZED (${mine} EXCEPT ${other})
     SELECT p.child_id, t.state, t.grade, s.name AS school_name, t.from_date AS day, (count(*) OVER ())::int AS total FROM pair p
     JOIN child k ON k.district_code = $1 AND k.id = p.child_id
     LEFT JOIN course t ON t.district_code = $1 AND t.child_id = p.child_id AND ${known('t')} AND t.from_date <= ${day} AND (t.to_date IS NULL OR t.to_date > ${day})
     LEFT JOIN school s ON s.district_code = $1 AND s.id = t.school_id
     WHERE true${reach} ORDER BY t.state, k.pinyin, p.child_id LIMIT ${value(page.size)} OFFSET ${value(page.offset)}`,
    values,
  );
  return found.rows;
}

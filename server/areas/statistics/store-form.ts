import type pg from 'pg';
import type { LedgerSpell } from '#domain/statistics/form.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A school and span as known at a moment; null is now. */
export interface FormAsk {
  schoolId: string;
  from: string;
  to: string;
  knownAt: string | null;
}

const valuesOf = (district: string, ask: FormAsk) => [district, ask.schoolId, ask.from, ask.to, ask.knownAt];
const known = (alias: string) =>
  `CASE WHEN $5::timestamptz IS NULL THEN upper_inf(${alias}.known) ELSE lower(${alias}.known) <= $5::timestamptz AND (upper_inf(${alias}.known) OR upper(${alias}.known) > $5::timestamptz) END`;

/** Roll calls of a school's classes by grade, in pupil-days. */
export async function countCalls(
  client: Client,
  district: string,
  ask: FormAsk,
): Promise<{ grade: number; on_roll: number; present: number }[]> {
  const found = await client.query<{ grade: number; on_roll: number; present: number }>({
    name: 'form-calls',
    values: valuesOf(district, ask),
    text: `SELECT k.grade, sum(r.on_roll * r.weight)::float AS on_roll, sum(r.present * r.weight)::float AS present FROM roll_call r
           JOIN school_class k ON k.district_code = $1 AND k.id = r.class_id
           WHERE r.district_code = $1 AND r.school_id = $2::uuid AND r.day BETWEEN $3::date AND $4::date AND ${known('r')} GROUP BY k.grade`,
  });
  return found.rows;
}

/** Absences of a school's classes by grade and kind, in pupil-days; who came late was there. */
export async function countAbsences(
  client: Client,
  district: string,
  ask: FormAsk,
): Promise<{ grade: number; kind: string; days: number }[]> {
  const found = await client.query<{ grade: number; kind: string; days: number }>({
    name: 'form-absences',
    values: valuesOf(district, ask),
    text: `SELECT k.grade, a.kind, sum(a.weight)::float AS days FROM absence a JOIN school_class k ON k.district_code = $1 AND k.id = a.class_id
           WHERE a.district_code = $1 AND a.school_id = $2::uuid AND a.day BETWEEN $3::date AND $4::date AND a.kind <> 'late' AND ${known('a')} GROUP BY k.grade, a.kind`,
  });
  return found.rows;
}

/** Spells of a school's children in the states of a ledger, from the eve of the span on, with the grade of the class they were in. */
export async function listLedgerSpells(
  client: Client,
  district: string,
  ask: FormAsk & { states: readonly string[] },
): Promise<(LedgerSpell & { grade: number | null })[]> {
  const found = await client.query<LedgerSpell & { grade: number | null }>({
    name: 'form-ledger-spells',
    values: [...valuesOf(district, ask), ask.states],
    text: `SELECT s.child_id AS "childId", s.from_date AS "from", s.to_date AS "to", k.grade FROM case_state s LEFT JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
           WHERE s.district_code = $1 AND s.school_id = $2::uuid AND s.state = ANY($6::text[]) AND s.from_date <= $4::date AND (s.to_date IS NULL OR s.to_date >= $3::date) AND ${known('s')}`,
  });
  return found.rows;
}

/** Rounds of persuasion of a school's cases in the span, with the grade of the class of the case. */
export async function countPersuasions(
  client: Client,
  district: string,
  ask: FormAsk,
): Promise<{ grade: number | null; count: number }[]> {
  const found = await client.query<{ grade: number | null; count: number }>({
    name: 'form-persuasions',
    values: valuesOf(district, ask),
    text: `SELECT k.grade, count(*)::int AS count FROM case_event v JOIN return_case c ON c.district_code = $1 AND c.id = v.case_id AND c.school_id = $2::uuid
             LEFT JOIN school_class k ON k.district_code = $1 AND k.id = c.class_id
           WHERE v.district_code = $1 AND v.what = 'persuade' AND v.day BETWEEN $3::date AND $4::date AND ($5::timestamptz IS NULL OR v.at <= $5::timestamptz) GROUP BY k.grade`,
  });
  return found.rows;
}

/** The name of the district with its city's, as documents print it. */
export async function readArea(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string; city: string }>({
    name: 'form-district',
    values: [district],
    text: `SELECT name, city FROM district WHERE district_code = $1`,
  });
  const { name = '', city = '' } = found.rows[0] ?? {};
  return name.startsWith(city) ? name : `${city}${name}`;
}

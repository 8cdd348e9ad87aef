import type pg from 'pg';
import type { LedgerSpell } from '#domain/statistics/form.ts';
import { beginForm, type FormAsk } from './store-attendance.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Spells of a school's children in the states of a ledger, from the eve of the span on, with the class they were in and its grade. */
export async function listLedgerSpells(
  client: Client,
  district: string,
  ask: FormAsk & { states: readonly string[] },
): Promise<(LedgerSpell & { grade: number | null; className: string | null })[]> {
  const said = beginForm(district, ask);
  const found = await client.query<LedgerSpell & { grade: number | null; className: string | null }>(
    `SELECT s.child_id AS "childId", s.from_date AS "from", s.to_date AS "to", k.grade, k.name AS "className" FROM case_state s LEFT JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
     WHERE s.district_code = $1 AND s.school_id = $2::uuid AND s.state = ANY(${said.value(ask.states)}::text[]) AND s.from_date <= $4::date AND (s.to_date IS NULL OR s.to_date >= $3::date) AND ${said.known('s')}`,
    said.values,
  );
  return found.rows;
}

/** A round of persuasion. */
export interface Persuasion {
  child_id: string;
  day: string;
  actor_name: string;
  class_name: string | null;
  grade: number | null;
}

/** Rounds of persuasion of the span, each of the school and class that the case had on its day (or began with, where it was before), the latest first. */
export async function listPersuasions(client: Client, district: string, ask: FormAsk): Promise<Persuasion[]> {
  const said = beginForm(district, ask);
  const told = said.moment === null ? '' : ` AND v.at <= ${said.moment}`;
  const found = await client.query<Persuasion>(
    `SELECT v.child_id, v.day, v.actor_name, k.name AS class_name, k.grade FROM case_state s
     JOIN case_event v ON v.district_code = $1 AND v.case_id = s.case_id AND v.what = 'persuade' AND v.day BETWEEN $3::date AND $4::date AND (s.to_date IS NULL OR v.day < s.to_date)${told}
       AND (v.day >= s.from_date OR NOT EXISTS (SELECT 1 FROM case_state p WHERE p.district_code = $1 AND p.case_id = s.case_id AND p.from_date < s.from_date AND ${said.known('p')}))
     LEFT JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
     WHERE s.district_code = $1 AND s.school_id = $2::uuid AND (s.to_date IS NULL OR s.to_date >= $3::date) AND ${said.known('s')} ORDER BY v.day DESC, v.child_id, v.number`,
    said.values,
  );
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

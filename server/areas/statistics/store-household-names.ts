import type pg from 'pg';
import type { SurveyPart } from '#domain/statistics/work.ts';
import { begin, surveysSql, type WorkAsk } from './store-work.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A household behind a part of the door survey, with its last result by the period's end. */
export interface HouseholdName {
  id: string;
  household_no: string;
  address: string;
  subdistrict_name: string | null;
  community_name: string | null;
  day: string | null;
  result: string | null;
  surveyor: string | null;
  total: number;
}

const conditions: Readonly<Record<SurveyPart, string>> = {
  Households: 'true',
  Surveyed: 'v.result IS NOT NULL',
  Refused: `v.result = 'refused'`,
  NotMet: `v.result = 'notMet'`,
  Unsurveyed: 'v.result IS NULL',
};

/** A page of the households behind a part of the door survey of the district (null) or a street, by number, of those that carry one of the tokens (null: all). */
export async function listHouseholdsOf(
  client: Client,
  district: string,
  ask: WorkAsk & { street: string | null; part: SurveyPart },
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<HouseholdName[]> {
  const said = begin(district, ask);
  const surveys = surveysSql(said, ask.opening);
  const street = ask.street === null ? '' : ` AND coalesce(h.subdistrict_code, '') = ${said.value(ask.street)}`;
  const reach = tokens === null ? '' : ` AND h.reach && ${said.value(tokens)}::text[]`;
  const found = await client.query<HouseholdName>(
    `SELECT h.id, h.household_no, h.address, ps.name AS subdistrict_name, pc.name AS community_name, v.day, v.result, v.surveyor, (count(*) OVER ())::int AS total
     FROM household h LEFT JOIN (${surveys}) v ON v.household_id = h.id
     LEFT JOIN place ps ON ps.district_code = $1 AND ps.code = h.subdistrict_code LEFT JOIN place pc ON pc.district_code = $1 AND pc.code = h.community_code
     WHERE h.district_code = $1 AND h.created_at <= ${said.moment} AND ${conditions[ask.part]}${street}${reach} ORDER BY h.household_no LIMIT ${said.value(page.size)} OFFSET ${said.value(page.offset)}`,
    said.values,
  );
  return found.rows;
}

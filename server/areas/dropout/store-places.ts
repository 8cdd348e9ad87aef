import type { Client } from './store-cases.ts';

/** What is numbered within its case, each kind by itself. */
const places = {
  plan: `SELECT coalesce(max(number), 0)::int AS last FROM case_plan WHERE district_code = $1 AND case_id = $2`,
  finding: `SELECT coalesce(max(number), 0)::int AS last FROM case_finding WHERE district_code = $1 AND case_id = $2`,
  decision: `SELECT coalesce(max(number), 0)::int AS last FROM case_decision WHERE district_code = $1 AND case_id = $2`,
  report: `SELECT coalesce(max(number), 0)::int AS last FROM dropout_report WHERE district_code = $1 AND case_id = $2`,
  emergency: `SELECT coalesce(max(number), 0)::int AS last FROM case_emergency WHERE district_code = $1 AND case_id = $2`,
  referral: `SELECT coalesce(max(place), 0)::int AS last FROM case_referral WHERE district_code = $1 AND case_id = $2`,
} as const;

/**
 * The next place of a kind within a case, so that two of one instant have a certain order. Whoever writes holds the case, and has the whole
 * district in sight: no two get the same, and the database refuses it.
 */
export async function nextPlace(
  client: Client,
  district: string,
  kind: keyof typeof places,
  caseId: string,
): Promise<number> {
  const found = await client.query<{ last: number }>({
    name: `case-place-${kind}`,
    values: [district, caseId],
    text: places[kind],
  });
  return (found.rows[0]?.last ?? 0) + 1;
}

import type pg from 'pg';

/** What carries the reach of its case, in any order. */
const caseTables = [
  'case_round',
  'case_state',
  'case_event',
  'dropout_report',
  'case_emergency',
  'case_plan',
  'case_finding',
  'case_decision',
  'case_referral',
  'case_follow_up',
  'return_callback',
] as const;

/** Carries the reach of children to their cases and all that stands in them; the units of a case stay beside it. */
export async function carryCaseReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'case-carry-reach',
    values: [district, ids],
    text: `UPDATE return_case k SET reach = x.reach FROM (
             SELECT o.id, (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(c.reach || o.units) t) AS reach
             FROM return_case o JOIN child c ON c.district_code = $1 AND c.id = o.child_id WHERE o.district_code = $1 AND o.child_id = ANY($2::uuid[])) x
           WHERE k.district_code = $1 AND k.id = x.id AND k.reach <> x.reach`,
  });
  for (const table of caseTables)
    await client.query({
      name: `case-carry-${table}`,
      values: [district, ids],
      text: `UPDATE ${table} x SET reach = k.reach FROM return_case k WHERE x.district_code = $1 AND x.child_id = ANY($2::uuid[]) AND k.district_code = $1 AND k.id = x.case_id AND x.reach <> k.reach`,
    });
}

import type pg from 'pg';

/** The units that may know of a health paper: schools and classes, never a street or community (残疾人教育条例 20). */
export const closedTokens = `'^(school|class):'`;

/** Carries the reach of children to their papers, the closed compartment too; units added when a paper was attached stay. */
export async function carryPaperReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  await client.query({
    name: 'paper-carry-reach',
    values: [district, ids],
    text: `UPDATE paper p SET reach = x.reach FROM (
             SELECT o.id, coalesce((SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(c.reach || o.beside) t WHERE NOT o.closed OR t ~ ${closedTokens}), '{}') AS reach
             FROM paper o JOIN child c ON c.district_code = $1 AND c.id = o.child_id WHERE o.district_code = $1 AND o.child_id = ANY($2::uuid[])) x
           WHERE p.district_code = $1 AND p.id = x.id AND p.reach <> x.reach`,
  });
  await client.query(`SELECT set_config('app.closed', '', true)`);
}

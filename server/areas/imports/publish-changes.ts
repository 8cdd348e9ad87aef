import type pg from 'pg';

/** Carries the reach of children to their registry changes, their steps and forms, and the log of home teaching; both schools of a change stay beside it. */
export async function carryChangeReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'change-carry-reach',
    values: [district, ids],
    text: `UPDATE registry_change x SET reach = n.reach FROM (
             SELECT o.id, (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(c.reach || o.units) t) AS reach
             FROM registry_change o JOIN child c ON c.district_code = $1 AND c.id = o.child_id WHERE o.district_code = $1 AND o.child_id = ANY($2::uuid[])) n
           WHERE x.district_code = $1 AND x.id = n.id AND x.reach <> n.reach`,
  });
  for (const table of ['registry_change_event', 'home_lesson', 'home_lesson_month', 'change_form'] as const)
    await client.query({
      name: `change-carry-${table}`,
      values: [district, ids],
      text: `UPDATE ${table} v SET reach = x.reach FROM registry_change x WHERE v.district_code = $1 AND v.child_id = ANY($2::uuid[]) AND x.district_code = $1 AND x.id = v.change_id AND v.reach <> x.reach`,
    });
}

import type pg from 'pg';

/** Carries the reach of children to their open duties and what was noted on these; the unit and the person that owe one stay beside it. */
export async function carryDutyReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'duties-carry-reach',
    values: [district, ids],
    text: `UPDATE duty d SET reach = x.reach FROM (
             SELECT o.id, (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(c.reach
               || CASE WHEN o.owner_unit_kind <> 'district' THEN ARRAY[o.owner_unit_kind || ':' || o.owner_unit] ELSE '{}'::text[] END
               || CASE WHEN o.owner_staff IS NOT NULL THEN ARRAY['person:' || o.owner_staff::text] ELSE '{}'::text[] END) t) AS reach
             FROM duty o JOIN child c ON c.district_code = $1 AND c.id = o.child_id WHERE o.district_code = $1 AND o.child_id = ANY($2::uuid[]) AND o.state = 'open') x
           WHERE d.district_code = $1 AND d.id = x.id AND d.reach <> x.reach`,
  });
  await client.query({
    name: 'duties-carry-events',
    values: [district, ids],
    text: `UPDATE duty_event e SET reach = d.reach FROM duty d WHERE e.district_code = $1 AND d.district_code = $1 AND d.child_id = ANY($2::uuid[]) AND d.state = 'open' AND e.duty_id = d.id AND e.reach <> d.reach`,
  });
}

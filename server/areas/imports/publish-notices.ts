import type pg from 'pg';

/** Carries the reach of children to the documents about them and how they were served; the issuing unit stays beside it. */
export async function carryNoticeReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'notices-carry-reach',
    values: [district, ids],
    text: `UPDATE issued_document d SET reach = x.reach FROM (
             SELECT o.id, (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(c.reach || o.units) t) AS reach
             FROM issued_document o JOIN child c ON c.district_code = $1 AND c.id = o.child_id WHERE o.district_code = $1 AND o.child_id = ANY($2::uuid[])) x
           WHERE d.district_code = $1 AND d.id = x.id AND d.reach <> x.reach`,
  });
  await client.query({
    name: 'notices-carry-service',
    values: [district, ids],
    text: `UPDATE service_receipt s SET reach = d.reach FROM issued_document d WHERE s.district_code = $1 AND s.child_id = ANY($2::uuid[]) AND d.district_code = $1 AND d.id = s.document_id AND s.reach <> d.reach`,
  });
}

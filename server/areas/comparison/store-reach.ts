import type pg from 'pg';
import { carryChildReach } from '#server/database/child-reach.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/**
 * Adds to the reach of children whoever is asked by a live finding about them (its owner; for a child not enrolled the school of the
 * catchment too), and carries it to what is known of them and to the events of their findings.
 */
export async function addAskedReach(client: Client, district: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 5000) {
    const some = ids.slice(from, from + 5000);
    await client.query({
      name: 'reach-asked',
      values: [district, some],
      text: `UPDATE child c SET reach = x.reach FROM (
               SELECT t.child_id, array_agg(DISTINCT t.token ORDER BY t.token) AS reach FROM (
                 SELECT k.id AS child_id, unnest(k.reach) AS token FROM child k WHERE k.district_code = $1 AND k.id = ANY($2::uuid[])
                 UNION ALL SELECT f.child_id, f.owner_kind || ':' || f.owner_unit FROM finding f WHERE f.district_code = $1 AND f.child_id = ANY($2::uuid[]) AND f.closed_at IS NULL AND f.owner_kind <> 'district'
                 UNION ALL SELECT f.child_id, 'school:' || f.school_id::text FROM finding f WHERE f.district_code = $1 AND f.child_id = ANY($2::uuid[]) AND f.closed_at IS NULL AND f.kind = 'notEnrolled' AND f.school_id IS NOT NULL
               ) t GROUP BY t.child_id) x
             WHERE c.district_code = $1 AND c.id = x.child_id AND c.reach <> x.reach`,
    });
    await carryChildReach(client, district, some);
  }
}

/** Children within the reach of a unit that only closed findings asked: a school without them on its roster, a place where no list says they live. */
export async function listOverreached(
  client: Client,
  district: string,
  findingIds: readonly string[],
): Promise<string[]> {
  if (findingIds.length === 0) return [];
  const found = await client.query<{ id: string }>({
    name: 'reach-over',
    values: [district, findingIds],
    text: `SELECT DISTINCT c.id FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id
           CROSS JOIN LATERAL (VALUES ('school:' || f.school_id::text), (CASE WHEN f.owner_kind <> 'district' THEN f.owner_kind || ':' || f.owner_unit END)) asked (token)
           WHERE f.district_code = $1 AND f.id = ANY($2::uuid[]) AND asked.token = ANY(c.reach)
             AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known) AND 'school:' || e.school_id::text = asked.token)
             AND NOT EXISTS (SELECT 1 FROM enrolment_claim k WHERE k.district_code = $1 AND k.child_id = c.id AND upper_inf(k.known) AND 'school:' || k.school_id::text = asked.token)
             AND NOT EXISTS (SELECT 1 FROM register_entry r WHERE r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known) AND asked.token IN ('subdistrict:' || r.subdistrict_code, 'community:' || r.community_code))
             AND NOT EXISTS (SELECT 1 FROM register_repeat r WHERE r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known) AND asked.token IN ('subdistrict:' || r.subdistrict_code, 'community:' || r.community_code))`,
  });
  return found.rows.map((row) => row.id);
}

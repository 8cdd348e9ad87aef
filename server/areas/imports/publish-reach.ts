import type pg from 'pg';
import { carryChildReach } from '#server/database/child-reach.ts';
import { carryCaseReach } from './publish-cases.ts';
import { carryChangeReach } from './publish-changes.ts';
import { carryDutyReach } from './publish-duties.ts';
import { carryNoticeReach } from './publish-notices.ts';
import { carryPaperReach } from './publish-papers.ts';

const those = 'district_code = $1 AND child_id = ANY($2::uuid[])';

/** Every token that reaches a child: the units of its lists, and whoever a live finding about it asks (`findingReach` in words of the database); `rolls` says which of its rolls (`e`) are meant. */
const tokensBy = (rolls: {
  school: string;
  class: string;
}) => `SELECT child_id, 'subdistrict:' || subdistrict_code AS token FROM register_entry WHERE ${those} AND upper_inf(known) AND subdistrict_code IS NOT NULL
   UNION ALL SELECT child_id, 'community:' || community_code FROM register_entry WHERE ${those} AND upper_inf(known) AND community_code IS NOT NULL
   UNION ALL SELECT child_id, 'subdistrict:' || subdistrict_code FROM register_repeat WHERE ${those} AND upper_inf(known) AND subdistrict_code IS NOT NULL
   UNION ALL SELECT child_id, 'community:' || community_code FROM register_repeat WHERE ${those} AND upper_inf(known) AND community_code IS NOT NULL
   UNION ALL SELECT child_id, 'school:' || school_id::text FROM enrolment e WHERE ${those} AND upper_inf(known)${rolls.school}
   UNION ALL SELECT child_id, 'class:' || class_id::text FROM enrolment e WHERE ${those} AND upper_inf(known) AND class_id IS NOT NULL${rolls.class}
   UNION ALL SELECT child_id, 'school:' || school_id::text FROM attending_place WHERE ${those} AND upper_inf(known) AND school_id IS NOT NULL
   UNION ALL SELECT child_id, 'class:' || class_id::text FROM attending_place WHERE ${those} AND upper_inf(known) AND class_id IS NOT NULL
   UNION ALL SELECT child_id, 'school:' || school_id::text FROM enrolment_claim WHERE ${those} AND upper_inf(known)
   UNION ALL SELECT child_id, owner_kind || ':' || owner_unit FROM finding WHERE ${those} AND closed_at IS NULL AND owner_kind <> 'district'
   UNION ALL SELECT child_id, 'school:' || school_id::text FROM finding WHERE ${those} AND closed_at IS NULL AND kind = 'notEnrolled' AND school_id IS NOT NULL
   UNION ALL SELECT child_id, unnest(units) FROM return_case WHERE ${those} AND state NOT IN ('closed', 'dismissed')`;
const tokens = tokensBy({ school: '', class: '' });

/** Whether another roll has begun since a roll ended: then its school or class is a former one. */
const followed = (other: string) =>
  `EXISTS (SELECT 1 FROM enrolment n WHERE n.district_code = $1 AND n.child_id = e.child_id AND upper_inf(n.known) AND n.from_date >= e.to_date AND n.from_date <= $3::date AND ${other})`;
const otherSchool = followed('n.school_id <> e.school_id');
const otherClass = followed('n.class_id IS DISTINCT FROM e.class_id');

/**
 * The schools and classes, as tokens, that reach a child for a roll alone that another has followed: they see the time in which he was theirs, and
 * not what is known of him now. Who is on no roll since stays with his last school.
 */
export async function formerTokens(
  client: pg.ClientBase,
  district: string,
  childId: string,
  today: string,
): Promise<string[]> {
  const found = await client.query<{ token: string }>({
    name: 'former-tokens',
    values: [district, [childId], today],
    text: `SELECT 'school:' || e.school_id::text AS token FROM enrolment e WHERE ${those} AND upper_inf(e.known) AND ${otherSchool}
      UNION SELECT 'class:' || e.class_id::text FROM enrolment e WHERE ${those} AND upper_inf(e.known) AND e.class_id IS NOT NULL AND ${otherClass}
      EXCEPT SELECT token FROM (${tokensBy({ school: ` AND NOT ${otherSchool}`, class: ` AND NOT ${otherClass}` })}) x`,
  });
  return found.rows.map((row) => row.token);
}

/**
 * Rebuilds the reach of the children in `ids` from register, rosters, attending places, claims, live findings and live cases, and carries it to
 * their facts, their findings and the events of these, their papers, cases, documents and open duties.
 */
export async function rebuildReach(client: pg.ClientBase, district: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 20_000) {
    const some = ids.slice(from, from + 20_000);
    await client.query(
      `UPDATE child c SET reach = t.reach FROM (SELECT child_id, array_agg(DISTINCT token ORDER BY token) AS reach FROM (${tokens}) x GROUP BY child_id) t
       WHERE c.district_code = $1 AND c.id = t.child_id AND c.reach <> t.reach`,
      [district, some],
    );
    await carryChildReach(client, district, some);
    await carryPaperReach(client, district, some);
    await carryCaseReach(client, district, some);
    await carryChangeReach(client, district, some);
    await carryNoticeReach(client, district, some);
    await carryDutyReach(client, district, some);
  }
}

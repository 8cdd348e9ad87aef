import type pg from 'pg';
import type { Role } from '#domain/basics/roles.ts';
import { outcomeCondition } from './store-lists.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Waives an open duty. */
export async function waiveRow(
  client: Client,
  district: string,
  id: string,
  row: { at: Date; by: string; byName: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'duty-waive',
    values: [district, id, row.at, row.by, row.byName, row.reason],
    text: `UPDATE duty SET state = 'waived', settled_at = $3, settled_by = $4, settled_name = $5, settled_event = 'waived', settled_reason = $6 WHERE district_code = $1 AND id = $2`,
  });
}

/** Gives an open duty to a person, who then reaches it. */
export async function handRow(
  client: Client,
  district: string,
  id: string,
  staffId: string,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'duty-hand',
    values: [district, id, staffId, reach],
    text: `UPDATE duty SET owner_staff = $3::uuid, reach = $4::text[] WHERE district_code = $1 AND id = $2`,
  });
}

/** Adds to the history of a duty. */
export async function addDutyEvent(
  client: Client,
  district: string,
  event: {
    id: string;
    dutyId: string;
    knownAt: string;
    actorId: string;
    actorName: string;
    what: 'waived' | 'handedOver';
    words: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'duty-event',
    values: [
      district,
      event.id,
      event.dutyId,
      event.knownAt,
      event.actorId,
      event.actorName,
      event.what,
      event.words,
      event.reach,
    ],
    text: `INSERT INTO duty_event (district_code, id, duty_id, known_at, actor_id, actor_name, what, words, reach) VALUES ($1, $2, $3, $4::timestamptz, $5, $6, $7, $8, $9::text[])`,
  });
}

/** Who holds a post today at any of some units, or in a class of a school. */
export async function staffOfUnits(
  client: Client,
  district: string,
  units: readonly string[],
  schoolId: string | null,
  day: string,
): Promise<{ staff_id: string; name: string; roles: Role[] }[]> {
  const found = await client.query<{ staff_id: string; name: string; roles: Role[] }>({
    name: 'duty-staff-of-units',
    values: [district, units, schoolId, day],
    text: `SELECT s.id AS staff_id, s.name, array_agg(DISTINCT p.role) AS roles FROM post p JOIN staff s ON s.district_code = $1 AND s.id = p.staff_id
           WHERE p.district_code = $1 AND p.from_date <= $4::date AND (p.to_date IS NULL OR p.to_date >= $4::date) AND p.role NOT IN ('inspector', 'sysAdmin', 'secAdmin', 'auditAdmin')
             AND (p.unit_id = ANY($2::text[]) OR p.unit_id IN (SELECT k.id::text FROM school_class k WHERE k.district_code = $1 AND k.school_id = $3::uuid))
           GROUP BY s.id, s.name ORDER BY s.name COLLATE "zh-Hans-CN-x-icu", s.id LIMIT 300`,
  });
  return found.rows;
}

/** Duties due in a span by rule and school, with how many were done in time, late, or are still open. Waived ones are not due. */
export async function countTimeliness(
  client: Client,
  district: string,
  asked: { from: Date; before: Date; now: Date },
): Promise<
  {
    rule: string;
    school_id: string | null;
    school_name: string | null;
    due: number;
    in_time: number;
    late: number;
    open: number;
  }[]
> {
  const found = await client.query<{
    rule: string;
    school_id: string | null;
    school_name: string | null;
    due: number;
    in_time: number;
    late: number;
    open: number;
  }>({
    name: 'duty-timeliness',
    values: [district, asked.now, asked.from, asked.before],
    text: `SELECT x.*, s.name AS school_name FROM (
             SELECT d.rule, d.school_id, count(*) AS due, count(*) FILTER (WHERE ${outcomeCondition('inTime', () => '$2')}) AS in_time,
               count(*) FILTER (WHERE ${outcomeCondition('late', () => '$2')}) AS late, count(*) FILTER (WHERE ${outcomeCondition('open', () => '$2')}) AS open
             FROM duty d WHERE d.district_code = $1 AND d.due_at >= $3::timestamptz AND d.due_at < $4::timestamptz AND (${outcomeCondition('due', () => '$2')}) GROUP BY d.rule, d.school_id) x
           LEFT JOIN school s ON s.district_code = $1 AND s.id = x.school_id ORDER BY x.rule, s.code, x.school_id`,
  });
  return found.rows;
}

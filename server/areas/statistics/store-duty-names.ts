import type pg from 'pg';
import type { Role } from '#domain/basics/roles.ts';
import type { DutyPart, WorkKind } from '#domain/statistics/work.ts';
import { withinSql } from './store-figures.ts';
import { begin, cutSql, dutyLevel, endOfDays, startOfDays, workKeys, type WorkAsk } from './store-work.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A duty behind a part of the work, as it stood at the moment by which it is looked at. */
export interface DutyName {
  id: string;
  rule: string;
  why: string;
  child_id: string | null;
  /** Null where the child is out of reach. */
  child_name: string | null;
  school_name: string | null;
  class_name: string | null;
  unit_name: string | null;
  owner_role: Role;
  started_at: Date;
  due_at: Date;
  settled_at: Date | null;
  climbed: number;
  outcome: Exclude<DutyPart, 'DutiesDue'>;
  total: number;
}

/**
 * A page of the duties behind a part of one scope, the earliest due first, of those that carry one of the tokens (null: all). What was
 * settled, waived or climbed later than the moment is shown as it was then; the post that owes is the one of the start.
 */
export async function listDutiesOf(
  client: Client,
  district: string,
  ask: WorkAsk & { kind: WorkKind; key: string; part: DutyPart },
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<DutyName[]> {
  const said = begin(district, ask);
  const inGroup = withinSql('d.child_id', ask.within, said.known, said.value);
  const held = tokens === null ? null : said.value(tokens);
  const reach = held === null ? '' : ` AND x.reach && ${held}::text[]`;
  const seen = held === null ? 'c.name' : `CASE WHEN c.reach && ${held}::text[] THEN c.name END`;
  // narrowed before anything is joined; the key narrows it to the level
  const bySchool = ask.kind === 'school' || ask.kind === 'schoolLevel';
  const ofSchool = bySchool ? ` AND d.school_id = ${said.value(ask.key.split(':')[0])}::uuid` : '';
  const part = ask.part === 'DutiesDue' ? 'x.outcome IS NOT NULL' : `x.outcome = ${said.value(ask.part)}`;
  const found = await client.query<DutyName>(
    `SELECT x.id, x.rule, x.why, x.child_id, ${seen} AS child_name, x.school_name, x.class_name, x.unit_name, x.owner_role, x.started_at, x.due_at, x.settled_at, x.climbed, x.outcome, (count(*) OVER ())::int AS total
     FROM (SELECT d.id, d.rule, d.why, d.child_id, d.school_id, d.owner_role, d.started_at, d.due_at, d.reach, ${dutyLevel} AS level, CASE WHEN u.kind = 'community' THEN u.parent_code ELSE u.code END AS street,
         o.name AS school_name, k.name AS class_name, u.name AS unit_name, CASE WHEN d.settled_at <= m.cut THEN d.settled_at END AS settled_at,
         (SELECT count(*)::int FROM unnest(d.climbed_at) AS e (at) WHERE e.at <= m.cut) AS climbed,
         CASE WHEN d.state = 'settled' AND d.settled_at <= m.cut AND d.settled_at <= d.due_at THEN 'DutiesInTime'
              WHEN d.state = 'settled' AND d.settled_at <= m.cut THEN 'DutiesLate'
              WHEN (d.state = 'open' OR d.settled_at > m.cut) AND d.due_at < m.cut THEN 'DutiesOpen' END AS outcome
       FROM duty d CROSS JOIN (SELECT ${cutSql(said)} AS cut) m
       LEFT JOIN school o ON o.district_code = $1 AND o.id = d.school_id
       LEFT JOIN school_class k ON k.district_code = $1 AND k.id = d.class_id
       LEFT JOIN place u ON u.district_code = $1 AND u.code = CASE WHEN d.owner_unit_kind IN ('subdistrict', 'community') THEN d.owner_unit END
       WHERE d.district_code = $1 AND d.due_at >= ${startOfDays} AND d.due_at < ${endOfDays} AND d.started_at <= m.cut${ofSchool}${inGroup}) x
     LEFT JOIN child c ON c.district_code = $1 AND c.id = x.child_id
     WHERE ${part} AND ${workKeys[ask.kind]} = ${said.value(ask.key)}${reach} ORDER BY x.due_at, x.id LIMIT ${said.value(page.size)} OFFSET ${said.value(page.offset)}`,
    said.values,
  );
  return found.rows;
}

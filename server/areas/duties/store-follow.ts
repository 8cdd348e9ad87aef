import type pg from 'pg';
import type { Role, UnitKind } from '#domain/basics/roles.ts';
import type { DutyRuleId } from '#domain/duties/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** An open duty of a pupil that is of another place than where he is now. */
export interface LeftDuty {
  id: string;
  rule: DutyRuleId;
  case_id: string | null;
  level: number;
  top_role: Role;
  owner_role: Role;
  school_name: string | null;
  class_name: string | null;
  staff_name: string | null;
}

/** Open duties of some rules about a pupil that stand at another school than his (`elsewhere`) or at another class of it, locked. */
export async function dutiesLeft(
  client: Client,
  district: string,
  asked: { childId: string; schoolId: string; classId: string | null; elsewhere: boolean; rules: readonly string[] },
): Promise<LeftDuty[]> {
  const found = await client.query<LeftDuty>({
    name: 'duty-left',
    values: [district, asked.childId, asked.schoolId, asked.classId, asked.rules, asked.elsewhere],
    text: `SELECT d.id, d.rule, d.case_id, d.level, d.top_role, d.owner_role, s.name AS school_name, k.name AS class_name, p.name AS staff_name
           FROM duty d LEFT JOIN school s ON s.district_code = $1 AND s.id = d.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = d.class_id
           LEFT JOIN staff p ON p.district_code = $1 AND p.id = d.owner_staff
           WHERE d.district_code = $1 AND d.child_id = $2::uuid AND d.state = 'open' AND d.rule = ANY($5::text[]) AND d.school_id IS NOT NULL
             AND (($6::boolean AND d.school_id <> $3::uuid) OR (d.school_id = $3::uuid AND d.class_id IS DISTINCT FROM $4::uuid)) ORDER BY d.started_at, d.id FOR UPDATE OF d`,
  });
  return found.rows;
}

/** Gives an open duty to the place where its pupil is now; answers its reach. Deadline, start and the times at which it climbed stay. */
export async function moveDuty(
  client: Client,
  district: string,
  id: string,
  to: {
    schoolId: string;
    classId: string | null;
    owner: { role: Role; unitKind: UnitKind; unit: string };
    ladder: readonly Role[];
    level: number;
    token: readonly string[];
  },
): Promise<string[]> {
  const moved = await client.query<{ reach: string[] }>({
    name: 'duty-move',
    values: [
      district,
      id,
      to.schoolId,
      to.classId,
      to.owner.role,
      to.owner.unitKind,
      to.owner.unit,
      to.ladder,
      to.level,
      to.ladder[to.level] ?? to.owner.role,
      to.token,
    ],
    text: `UPDATE duty d SET school_id = $3::uuid, class_id = $4::uuid, owner_role = $5, owner_unit_kind = $6, owner_unit = $7, owner_staff = NULL, ladder = $8::text[], level = $9::int, top_role = $10,
             reach = ARRAY(SELECT DISTINCT token FROM unnest(c.reach || $11::text[]) AS token ORDER BY token)
           FROM child c WHERE d.district_code = $1 AND d.id = $2 AND c.district_code = $1 AND c.id = d.child_id RETURNING d.reach`,
  });
  const reach = moved.rows[0]?.reach ?? [];
  await client.query({
    name: 'duty-move-events',
    values: [district, id, reach],
    text: `UPDATE duty_event SET reach = $3::text[] WHERE district_code = $1 AND duty_id = $2`,
  });
  return reach;
}

/** Where a pupil is in school now. */
export interface PupilNow {
  childId: string;
  schoolId: string;
  classId: string | null;
}

/**
 * Pupils whose course was learned anew since a moment and who have open duties, or the next step of an open case, at a school that they left
 * by it and where they do not attend. A case that people handed to a school where its pupil never was stays there.
 */
export async function pupilsElsewhere(
  client: Client,
  district: string,
  asked: { rules: readonly string[]; caseRules: readonly string[]; since: Date; today: string },
): Promise<(PupilNow & { day: string; leftId: string })[]> {
  const found = await client.query<PupilNow & { day: string; leftId: string }>({
    name: 'duty-pupils-elsewhere',
    values: [district, asked.rules, asked.since, asked.today, asked.caseRules],
    text: `SELECT DISTINCT c.child_id AS "childId", c.school_id AS "schoolId", c.class_id AS "classId", c.from_date AS day, d.school_id AS "leftId" FROM course c
           JOIN duty d ON d.district_code = $1 AND d.child_id = c.child_id AND d.state = 'open' AND d.school_id <> c.school_id AND d.owner_unit_kind IN ('class', 'school')
           WHERE c.district_code = $1 AND lower(c.known) > $3::timestamptz AND upper_inf(c.known) AND c.state = 'inSchool' AND c.from_date <= $4::date AND (c.to_date IS NULL OR c.to_date > $4::date)
             AND (d.rule = ANY($2::text[]) OR d.rule = ANY($5::text[]) AND EXISTS (SELECT 1 FROM return_case k WHERE k.district_code = $1 AND k.id = d.case_id AND k.school_id = d.school_id
               AND k.state NOT IN ('closed', 'dismissed')))
             AND EXISTS (SELECT 1 FROM course p WHERE p.district_code = $1 AND p.child_id = c.child_id AND p.school_id = d.school_id
               AND (upper(p.known) = lower(c.known) OR upper_inf(p.known) AND p.to_date = c.from_date))
             AND NOT EXISTS (SELECT 1 FROM attending_place a WHERE a.district_code = $1 AND a.child_id = c.child_id AND upper_inf(a.known) AND a.school_id = d.school_id
               AND (a.to_date IS NULL OR a.to_date > $4::date)) LIMIT 1000`,
  });
  return found.rows;
}

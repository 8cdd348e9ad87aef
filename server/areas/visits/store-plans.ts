import type pg from 'pg';
import type { HeldPost } from '#domain/basics/roles.ts';
import type { PlanKind } from '#domain/visits/record.ts';
import { filters, type Filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A pupil to be planned for. */
export interface PlanPupil {
  child_id: string;
  household_id: string | null;
  class_id: string | null;
  class_name: string | null;
  reach: string[];
}

/** The pupils of a school on a day in order of class, household and name, less those whom a live plan of this kind holds in the same days. */
export async function readPlanPupils(
  client: Client,
  district: string,
  asked: {
    schoolId: string;
    day: string;
    kind: string;
    from: string;
    to: string;
    classIds: readonly string[] | null;
    childIds: readonly string[] | null;
  },
): Promise<(PlanPupil & { already: boolean })[]> {
  const found = await client.query<PlanPupil & { already: boolean }>({
    name: 'visits-plan-pupils',
    values: [district, asked.day, asked.schoolId, asked.classIds, asked.childIds, asked.kind, asked.from, asked.to],
    text: `SELECT e.child_id, r.household_id, e.class_id, k.name AS class_name, c.reach,
             EXISTS (SELECT 1 FROM visit_plan_item i WHERE i.district_code = $1 AND i.child_id = e.child_id AND i.kind = $6 AND i.state <> 'dropped' AND i.from_date <= $8::date AND i.to_date >= $7::date) AS already
           FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
           LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known) AND r.from_date <= $2::date AND (r.to_date IS NULL OR r.to_date > $2::date)
           WHERE e.district_code = $1 AND upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND e.school_id = $3::uuid
             AND ($4::uuid[] IS NULL OR e.class_id = ANY($4::uuid[])) AND ($5::uuid[] IS NULL OR e.child_id = ANY($5::uuid[]))
           ORDER BY k.grade, k.class_no, r.household_id, c.pinyin, c.id`,
  });
  return found.rows;
}

/** The class teachers of classes on a day. */
export async function readClassTeachers(
  client: Client,
  district: string,
  day: string,
  classIds: readonly string[],
): Promise<{ class_id: string; staff_id: string; staff_name: string }[]> {
  const found = await client.query<{ class_id: string; staff_id: string; staff_name: string }>({
    name: 'visits-class-teachers',
    values: [district, day, classIds],
    text: `SELECT p.unit_id AS class_id, p.staff_id, s.name AS staff_name FROM post p JOIN staff s ON s.district_code = $1 AND s.id = p.staff_id
           WHERE p.district_code = $1 AND p.role = 'classTeacher' AND p.unit_kind = 'class' AND p.unit_id = ANY($3::text[]) AND p.from_date <= $2::date AND (p.to_date IS NULL OR p.to_date >= $2::date)
           ORDER BY p.from_date, p.staff_id`,
  });
  return found.rows;
}

/** The posts a person holds on a day. */
export async function readPosts(client: Client, district: string, staffId: string, day: string): Promise<HeldPost[]> {
  const found = await client.query<HeldPost>({
    name: 'visits-staff-posts',
    values: [district, staffId, day],
    text: `SELECT p.role, p.unit_kind AS "unitKind", p.unit_id AS "unitId" FROM post p WHERE p.district_code = $1 AND p.staff_id = $2 AND p.from_date <= $3::date AND (p.to_date IS NULL OR p.to_date >= $3::date)`,
  });
  return found.rows;
}

/** Staff of these names who hold a post on a day: whoever made a visit is looked up by the name that is printed. */
export async function staffNamed(
  client: Client,
  district: string,
  names: readonly string[],
  day: string,
): Promise<{ id: string; name: string; units: string[] }[]> {
  const found = await client.query<{ id: string; name: string; units: string[] }>({
    name: 'visits-staff-named',
    values: [district, names, day],
    text: `SELECT s.id, s.name, array_agg(p.unit_id) AS units FROM staff s
           JOIN post p ON p.district_code = $1 AND p.staff_id = s.id AND p.from_date <= $3::date AND (p.to_date IS NULL OR p.to_date >= $3::date)
           WHERE s.district_code = $1 AND s.name = ANY($2::text[]) GROUP BY s.id, s.name ORDER BY s.id`,
  });
  return found.rows;
}

/** A plan as stored. */
export interface PlanRow {
  id: string;
  kind: PlanKind;
  name: string;
  school_id: string;
  school_name: string;
  from_date: string;
  to_date: string;
  modes: string[];
  made_name: string;
  known_at: Date;
  ended_at: Date | null;
  ended_name: string | null;
  end_reason: string | null;
  reach: string[];
}

const planColumns = `p.id, p.kind, p.name, p.school_id, s.name AS school_name, p.from_date, p.to_date, p.modes, p.made_name, p.known_at, p.ended_at, p.ended_name, p.end_reason, p.reach`;
const planSource = 'visit_plan p JOIN school s ON s.district_code = $1 AND s.id = p.school_id';

/** The plans as they stood then: made by then, and ended only where that was by then. */
function plansThen(past: Past): string {
  const ended = (column: string) => `CASE WHEN y.ended_at <= ${past.moment()} THEN y.${column} END AS ${column}`;
  return `(SELECT y.district_code, y.id, y.kind, y.name, y.school_id, y.from_date, y.to_date, y.modes, y.made_name, y.known_at, ${ended('ended_at')}, ${ended('ended_name')}, ${ended('end_reason')}, y.reach
    FROM visit_plan y WHERE y.district_code = $1 AND y.known_at <= ${past.moment()})`;
}

/** A plan within reach as it stood then; null otherwise, and where it was not made yet. */
export async function findPlanThen(client: Client, district: string, id: string, then: Then): Promise<PlanRow | null> {
  const where = filters(district, id);
  const plans = plansThen(pastOf(where, then));
  const found = await client.query<PlanRow>({
    name: 'visits-plan-then',
    values: where.values,
    text: `SELECT ${planColumns} FROM ${plans} p JOIN school s ON s.district_code = $1 AND s.id = p.school_id WHERE p.district_code = $1 AND p.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** A plan within reach, null otherwise. */
export async function findPlan(client: Client, district: string, id: string): Promise<PlanRow | null> {
  const found = await client.query<PlanRow>({
    name: 'visits-plan',
    values: [district, id],
    text: `SELECT ${planColumns} FROM ${planSource} WHERE p.district_code = $1 AND p.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** What of the plans is asked for; `live` on `today`, which is the day of the past where one is asked for. */
export interface PlanFilter {
  schoolId?: string | undefined;
  kind?: string | undefined;
  live?: 'yes' | 'no' | undefined;
  today: string;
  then: Then | null;
}

function narrowPlans(where: Filters, asked: PlanFilter): void {
  if (asked.schoolId) where.and(`p.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.kind) where.and(`p.kind = ${where.value(asked.kind)}`);
  if (asked.live === undefined) return;
  const live = `p.ended_at IS NULL AND p.to_date >= ${where.value(asked.today)}::date`;
  where.and(asked.live === 'yes' ? live : `NOT (${live})`);
}

/** A page of plans, as they stand or stood then, newest first, with the whole count. */
export async function pagePlans(
  client: Client,
  district: string,
  asked: PlanFilter,
  page: { page: number; size: number },
): Promise<{ rows: PlanRow[]; total: number }> {
  const where = filters(district);
  const plans = asked.then === null ? 'visit_plan' : plansThen(pastOf(where, asked.then));
  narrowPlans(where, asked);
  const total = await client.query<{ count: number }>({
    text: `SELECT count(*) AS count FROM ${plans} p WHERE p.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const text = `SELECT ${planColumns} FROM ${plans} p JOIN school s ON s.district_code = $1 AND s.id = p.school_id WHERE p.district_code = $1${where.where()} ORDER BY p.from_date DESC, p.known_at DESC, p.id
    LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;
  const rows = await client.query<PlanRow>({ text, values: where.values });
  return { rows: rows.rows, total: total.rows[0]?.count ?? 0 };
}

/** Adds a plan. */
export async function insertPlan(
  client: Client,
  district: string,
  plan: {
    id: string;
    kind: string;
    name: string;
    schoolId: string;
    from: string;
    to: string;
    modes: readonly string[];
    madeBy: string;
    madeName: string;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'visits-plan-insert',
    values: [
      district,
      plan.id,
      plan.kind,
      plan.name,
      plan.schoolId,
      plan.from,
      plan.to,
      plan.modes,
      plan.madeBy,
      plan.madeName,
      plan.knownAt,
      plan.reach,
    ],
    text: `INSERT INTO visit_plan (district_code, id, kind, name, school_id, from_date, to_date, modes, made_by, made_name, known_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6::date, $7::date, $8::text[], $9, $10, $11::timestamptz, $12::text[])`,
  });
}

/** Ends a plan; its open visits are dropped. */
export async function endPlanRow(
  client: Client,
  district: string,
  id: string,
  by: { at: string; name: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'visits-plan-end',
    values: [district, id, by.at, by.name, by.reason],
    text: `UPDATE visit_plan SET ended_at = $3::timestamptz, ended_name = $4, end_reason = $5 WHERE district_code = $1 AND id = $2`,
  });
  await client.query({
    name: 'visits-plan-drop',
    values: [district, id],
    text: `UPDATE visit_plan_item SET state = 'dropped' WHERE district_code = $1 AND plan_id = $2 AND state = 'open'`,
  });
}

import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import type { RowsAsked } from './store-rows.ts';

type Client = Pick<pg.ClientBase, 'query'>;
type Asked = RowsAsked & { from: string };

/** The moment up to which a book looks: the end of its day in China, or when it was known if that is earlier; `$2` day, `$3` moment. */
const until = `LEAST($3::timestamptz, (($2::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'))`;

/** Somebody with a post at a school or in one of its classes. */
export interface PostRow {
  staffId: string;
  name: string;
  role: string;
  schoolId: string | null;
  schoolName: string | null;
  classId: string | null;
}

/** Posts held on the day, as known then: of one school with its classes, or of every school and the bureau. */
export async function readPosts(client: Client, district: string, asked: RowsAsked): Promise<PostRow[]> {
  const where = filters(district, asked.day, asked.knownAt);
  if (asked.schoolId !== null) where.and(`s.id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT p.staff_id AS "staffId", f.name, p.role, s.id AS "schoolId", s.name AS "schoolName", k.id AS "classId"
    FROM post p JOIN staff f ON f.district_code = $1 AND f.id = p.staff_id
    LEFT JOIN school_class k ON k.district_code = $1 AND p.unit_kind = 'class' AND k.id::text = p.unit_id
    LEFT JOIN school s ON s.district_code = $1 AND (p.unit_kind = 'school' AND s.id::text = p.unit_id OR s.id = k.school_id)
    WHERE p.district_code = $1 AND p.unit_kind IN ('district', 'school', 'class') AND p.approved_at <= $3::timestamptz AND p.from_date <= $2::date
      AND (p.to_date IS NULL OR p.to_date >= $2::date OR p.ended_at > $3::timestamptz)${where.where()}
    ORDER BY s.code, k.grade, length(k.class_no), k.class_no, p.from_date, p.id`;
  return (await client.query<PostRow>({ text, values: where.values })).rows;
}

/** The duties of a rule that fell due: done in time, done late, not done, and how often one climbed to a level above. */
export interface DutyCount {
  rule: string;
  due: number;
  inTime: number;
  late: number;
  open: number;
  climbed: number;
}

/** Duties that fell due in a span of days, by rule, as known then; a pupil's duty is of the school in which he was when it began. */
export async function countDuties(client: Client, district: string, asked: Asked): Promise<DutyCount[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) {
    const school = where.value(asked.schoolId);
    where.and(
      `coalesce((SELECT c.school_id FROM course c WHERE c.district_code = $1 AND c.child_id = d.child_id AND c.from_date <= (d.started_at AT TIME ZONE 'Asia/Shanghai')::date AND (c.to_date IS NULL OR c.to_date > (d.started_at AT TIME ZONE 'Asia/Shanghai')::date) AND c.known @> $3::timestamptz LIMIT 1), d.school_id) = ${school}::uuid`,
    );
  }
  const done = `d.state = 'settled' AND d.settled_at <= ${until}`;
  const text = `SELECT d.rule, count(*)::int AS due, (count(*) FILTER (WHERE ${done} AND d.settled_at <= d.due_at))::int AS "inTime", (count(*) FILTER (WHERE ${done} AND d.settled_at > d.due_at))::int AS late,
      (count(*) FILTER (WHERE NOT (${done})))::int AS open, (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM unnest(d.climbed_at) t WHERE t <= ${until})))::int AS climbed
    FROM duty d WHERE d.district_code = $1 AND d.started_at <= ${until} AND d.due_at >= ($4::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND (${done} OR d.due_at < ${until}) AND NOT (d.state = 'waived' AND d.settled_at <= ${until})${where.where()} GROUP BY d.rule ORDER BY d.rule`;
  return (await client.query<DutyCount>({ text, values: where.values })).rows;
}

/** A pupil with the aid and care lists on which he stands. */
export interface ListedRow {
  childId: string;
  lists: string[];
}

/** Who stands on one of some lists on the day, as known then, whether an aid list, the register or a roster says so; the closed compartment is no part of it. */
export async function readListed(
  client: Client,
  district: string,
  asked: RowsAsked,
  lists: readonly string[],
): Promise<ListedRow[]> {
  const found = await client.query<ListedRow>({
    name: 'books-listed',
    values: [district, asked.day, asked.knownAt, lists],
    text: `SELECT x.child_id AS "childId", array_agg(DISTINCT x.tag ORDER BY x.tag) AS lists FROM (
        SELECT l.child_id, l.list AS tag FROM key_list_entry l WHERE l.district_code = $1 AND l.child_id IS NOT NULL AND l.known @> $3::timestamptz AND l.from_date <= $2::date AND (l.to_date IS NULL OR l.to_date >= $2::date)
        UNION ALL SELECT r.child_id, unnest(r.tags) FROM register_entry r WHERE r.district_code = $1 AND r.known @> $3::timestamptz AND r.from_date <= $2::date AND (r.to_date IS NULL OR r.to_date > $2::date) AND r.tags <> '{}'
        UNION ALL SELECT e.child_id, unnest(e.tags) FROM enrolment e WHERE e.district_code = $1 AND e.known @> $3::timestamptz AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND e.tags <> '{}'
      ) x WHERE x.tag = ANY($4::text[]) GROUP BY x.child_id`,
  });
  return found.rows;
}

/** A pupil on a roll with unit and class. */
export interface RollRow {
  childId: string;
  name: string;
  grade: number;
  schoolId: string;
  schoolName: string;
  classId: string | null;
  className: string | null;
}

/** Pupils on the roll on the day, as known then, by school, class and name: those of 在校学生花名册. */
export async function readRoll(client: Client, district: string, asked: RowsAsked): Promise<RollRow[]> {
  const where = filters(district, asked.day, asked.knownAt);
  if (asked.schoolId !== null) where.and(`e.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT e.child_id AS "childId", e.name, e.grade, e.school_id AS "schoolId", s.name AS "schoolName", e.class_id AS "classId", k.name AS "className"
    FROM enrolment e JOIN school s ON s.district_code = $1 AND s.id = e.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
    WHERE e.district_code = $1 AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND e.known @> $3::timestamptz AND e.grade BETWEEN 1 AND 9${where.where()}
    ORDER BY s.code, e.grade, length(k.class_no), k.class_no, e.name COLLATE "zh-Hans-CN-x-icu", e.child_id`;
  return (await client.query<RollRow>({ text, values: where.values })).rows;
}

/** The pupils of some versions of work records. */
export async function readChildrenOf(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<{ recordId: string; childId: string }[]> {
  const found = await client.query<{ recordId: string; childId: string }>({
    name: 'books-children-of',
    values: [district, ids],
    text: `SELECT record_id AS "recordId", child_id AS "childId" FROM work_record_child WHERE district_code = $1 AND record_id = ANY($2::uuid[])`,
  });
  return found.rows;
}

/** A plan of visits with how many of its pupils were met. */
export interface PlanRow {
  name: string;
  kind: string;
  schoolName: string;
  fromDate: string;
  toDate: string;
  children: number;
  met: number;
}

/** Plans of visits that touch a span of days, as known then; met is who was met by a visit of a mode that counts within his days. */
export async function readPlans(client: Client, district: string, asked: Asked): Promise<PlanRow[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) where.and(`p.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT p.name, p.kind, s.name AS "schoolName", p.from_date AS "fromDate", p.to_date AS "toDate", (count(DISTINCT i.child_id))::int AS children,
      (count(DISTINCT i.child_id) FILTER (WHERE EXISTS (SELECT 1 FROM visit v WHERE v.district_code = $1 AND v.child_id = i.child_id AND v.met AND v.mode = ANY(i.modes) AND v.day >= i.from_date AND v.day <= LEAST(p.to_date, $2::date) AND v.known @> $3::timestamptz)))::int AS met
    FROM visit_plan p JOIN school s ON s.district_code = $1 AND s.id = p.school_id LEFT JOIN visit_plan_item i ON i.district_code = $1 AND i.plan_id = p.id AND i.known_at <= $3::timestamptz
    WHERE p.district_code = $1 AND p.known_at <= $3::timestamptz AND p.from_date <= $2::date AND p.to_date >= $4::date AND (p.ended_at IS NULL OR p.ended_at > $3::timestamptz)${where.where()}
    GROUP BY s.code, s.name, p.id, p.name, p.kind, p.from_date, p.to_date ORDER BY s.code, p.from_date, p.id`;
  return (await client.query<PlanRow>({ text, values: where.values })).rows;
}

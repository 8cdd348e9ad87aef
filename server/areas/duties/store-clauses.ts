import type pg from 'pg';
import type { ClauseFactId } from '#domain/duties/clause-facts.ts';
import { filters, statementName, type Filters } from '#server/database/filters.ts';
import { outcomeCondition, ownedBySchool } from './store-lists.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The duties of a rule at a school, or, without one, of those that belong to no school's people. */
export interface ClauseDutyRow {
  school_id: string | null;
  rule: string;
  in_time: number;
  late: number;
  overdue: number;
  ahead: number;
  waived: number;
  oldest: Date | null;
  next: Date | null;
}

/** Narrows to some schools; null for all. */
function among(where: Filters, column: string, schools: readonly string[] | null): string {
  return schools === null ? '' : ` AND ${column} = ANY(${where.value(schools)}::uuid[])`;
}

/** Duties due in a span by school and rule, with how they ended or stand; one statement, within reach. */
export async function countClauseDuties(
  client: Client,
  district: string,
  asked: { from: Date; before: Date; now: Date; schools: readonly string[] | null },
): Promise<ClauseDutyRow[]> {
  const where = filters(district, asked.now, asked.from, asked.before);
  const own = asked.schools === null ? '' : `${among(where, 'd.school_id', asked.schools)} AND ${ownedBySchool}`;
  const many = (condition: string) => `(count(*) FILTER (WHERE ${condition}))::int`;
  const overdue = outcomeCondition('open', () => '$2');
  const ahead = outcomeCondition('ahead', () => '$2');
  const text = `SELECT CASE WHEN ${ownedBySchool} THEN d.school_id END AS school_id, d.rule, ${many(outcomeCondition('inTime', () => '$2'))} AS in_time, ${many(outcomeCondition('late', () => '$2'))} AS late,
      ${many(overdue)} AS overdue, ${many(ahead)} AS ahead, ${many(`d.state = 'waived'`)} AS waived, min(d.due_at) FILTER (WHERE ${overdue}) AS oldest, min(d.due_at) FILTER (WHERE ${ahead}) AS next
    FROM duty d WHERE d.district_code = $1 AND d.due_at >= $3::timestamptz AND d.due_at < $4::timestamptz${own} GROUP BY 1, 2`;
  const name = statementName('duty-clauses', text);
  return (await client.query<ClauseDutyRow>({ name, text, values: where.values })).rows;
}

/** A fact of a school, or of the district. */
export interface ClauseFactRow {
  school_id: string | null;
  fact: ClauseFactId;
  done: number;
  of: number;
  as_of: string | null;
}

/** The days of which facts are asked: the span, its last day that has come, and the first of the school year. */
export interface FactDays {
  from: string;
  to: string;
  day: string;
  opening: string;
}

/** Pupils on a roll on the day, the work records of the year with their pupils, and the class teachers of the day. */
function sources(where: Filters, schools: readonly string[] | null): string {
  const listed = `l.list = ANY($6::text[]) AND upper_inf(l.known) AND l.from_date <= $4::date AND (l.to_date IS NULL OR l.to_date >= $4::date)`;
  const registered = `r.tags && $6::text[] AND upper_inf(r.known) AND r.from_date <= $4::date AND (r.to_date IS NULL OR r.to_date > $4::date)`;
  return `on_roll AS MATERIALIZED (SELECT e.school_id, e.child_id, e.class_id, e.tags FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.from_date <= $4::date AND (e.to_date IS NULL OR e.to_date > $4::date) AND e.grade BETWEEN 1 AND 9${among(where, 'e.school_id', schools)}),
    kept AS MATERIALIZED (SELECT w.id, w.school_id, w.kind, w.sort, w.state, w.day, w.staff_ids, (lower(w.known) AT TIME ZONE 'Asia/Shanghai')::date AS since FROM work_record w
      WHERE w.district_code = $1 AND upper_inf(w.known) AND w.state <> 'withdrawn' AND w.day <= $4::date AND (w.day >= $5::date OR w.kind IN ('plan', 'pairing'))${among(where, 'w.school_id', schools)}),
    named AS MATERIALIZED (SELECT w.school_id, x.child_id, bool_or(w.sort = 'teacherGuardian') AS guardian, bool_or(w.sort = 'guardianPupil') AS pupil, bool_or(w.sort = 'entryNotice') AS notice, bool_or(w.kind = 'aid') AS aided
      FROM kept w JOIN work_record_child x ON x.district_code = $1 AND x.record_id = w.id WHERE w.kind IN ('letter', 'aid') GROUP BY 1, 2),
    by_school AS MATERIALIZED (SELECT o.school_id, count(*) AS pupils, count(*) FILTER (WHERE n.guardian) AS guardians, count(*) FILTER (WHERE n.pupil) AS signed FROM on_roll o LEFT JOIN named n ON n.child_id = o.child_id AND n.school_id = o.school_id GROUP BY 1),
    teaching AS MATERIALIZED (SELECT DISTINCT k.school_id, k.id AS class_id, p.staff_id FROM post p JOIN school_class k ON k.district_code = $1 AND k.id::text = p.unit_id
      WHERE p.district_code = $1 AND p.unit_kind = 'class' AND p.role = 'classTeacher' AND p.from_date <= $4::date AND (p.to_date IS NULL OR p.to_date >= $4::date)${among(where, 'k.school_id', schools)}),
    entitled AS MATERIALIZED (SELECT o.school_id, o.child_id FROM on_roll o WHERE o.tags && $6::text[]
      UNION SELECT o.school_id, o.child_id FROM key_list_entry l JOIN on_roll o ON o.child_id = l.child_id WHERE l.district_code = $1 AND ${listed}
      UNION SELECT o.school_id, o.child_id FROM register_entry r JOIN on_roll o ON o.child_id = r.child_id WHERE r.district_code = $1 AND ${registered})`;
}

/** Letters, class teachers, aid and the school's own plan: what has to be complete. */
const complete = `SELECT b.school_id, f.fact, f.done, f.of, NULL::date AS as_of FROM by_school b CROSS JOIN LATERAL (VALUES ('guardianLetters', b.guardians, b.pupils), ('pupilLetters', b.signed, b.pupils)) AS f (fact, done, of)
    UNION ALL SELECT t.school_id, 'teacherLetters', count(s.staff_id), count(*), NULL FROM (SELECT DISTINCT school_id, staff_id FROM teaching) t
      LEFT JOIN (SELECT DISTINCT w.school_id, unnest(w.staff_ids) AS staff_id FROM kept w WHERE w.kind = 'letter' AND w.sort = 'schoolTeacher') s ON s.school_id = t.school_id AND s.staff_id = t.staff_id GROUP BY 1
    UNION ALL SELECT o.school_id, 'classTeachers', count(t.class_id), count(*), NULL FROM (SELECT DISTINCT school_id, class_id FROM on_roll WHERE class_id IS NOT NULL) o LEFT JOIN (SELECT DISTINCT class_id FROM teaching) t ON t.class_id = o.class_id GROUP BY 1
    UNION ALL SELECT e.school_id, 'aided', count(*) FILTER (WHERE n.aided), count(*), NULL FROM entitled e LEFT JOIN named n ON n.child_id = e.child_id AND n.school_id = e.school_id GROUP BY 1
    UNION ALL SELECT o.school_id, f.fact, count(w.sort), 1, NULL FROM by_school o CROSS JOIN (VALUES ('workPlan'), ('leadingGroup')) AS f (fact)
      LEFT JOIN (SELECT DISTINCT school_id, sort FROM kept WHERE kind = 'plan') w ON w.school_id = o.school_id AND w.sort = f.fact GROUP BY 1, 2`;

const withPaper = `EXISTS (SELECT 1 FROM work_record_paper p WHERE p.district_code = $1 AND p.record_id = w.id)`;
/** Records that are counted, each kind with what of it is done. */
const counted = `SELECT c.school_id, c.fact, count(*) FILTER (WHERE c.done), count(*), NULL FROM (
        SELECT w.school_id, CASE w.kind WHEN 'activity' THEN CASE WHEN w.sort IN ('classMeeting', 'collective') THEN 'activities' ELSE 'publicity' END WHEN 'aid' THEN 'aidRecords' WHEN 'pairing' THEN 'pairings' ELSE 'inspections' END AS fact,
          CASE w.kind WHEN 'pairing' THEN w.state = 'ended' WHEN 'inspection' THEN w.state IN ('stands', 'settled') ELSE ${withPaper} END AS done
        FROM kept w WHERE w.kind IN ('activity', 'aid', 'inspection') AND w.day >= $2::date OR w.kind = 'pairing' AND (w.state = 'helped' OR w.since >= $5::date)) c GROUP BY 1, 2
    UNION ALL SELECT w.school_id, 'findingsSettled', count(*) FILTER (WHERE w.state = 'settled'), count(*), NULL FROM kept w WHERE w.kind = 'inspection' AND w.day >= $2::date AND w.state IN ('open', 'mended', 'settled') GROUP BY 1
    UNION ALL SELECT n.school_id, 'entryNotices', count(*), count(*), NULL FROM named n WHERE n.notice GROUP BY 1`;

/** Visits, cases, changes, reports and lists of the span. */
function ofTheSpan(where: Filters, schools: readonly string[] | null): string {
  const signed = `(SELECT DISTINCT g.visit_id FROM visit_signature g WHERE g.district_code = $1 AND g.party = 'guardian' AND g.means IN ('drawn', 'scan', 'byOther'))`;
  const back = `EXISTS (SELECT 1 FROM case_state b WHERE b.district_code = $1 AND b.case_id = s.case_id AND b.round = s.round AND upper_inf(b.known) AND b.state IN ('returned', 'followed', 'closed') AND b.from_date <= $4::date)`;
  return `SELECT i.school_id, 'plannedVisits', count(*) FILTER (WHERE i.state = 'done'), count(*), NULL FROM visit_plan_item i WHERE i.district_code = $1 AND i.plan_id IS NOT NULL AND i.state <> 'dropped' AND i.due_date BETWEEN $2::date AND $3::date${among(where, 'i.school_id', schools)} GROUP BY 1
    UNION ALL SELECT v.school_id, 'visits', count(g.visit_id), count(*), NULL FROM visit v LEFT JOIN ${signed} g ON g.visit_id = v.id WHERE v.district_code = $1 AND upper_inf(v.known) AND v.day BETWEEN $2::date AND $4::date${among(where, 'v.school_id', schools)} GROUP BY 1
    UNION ALL SELECT s.school_id, 'dropouts', count(*) FILTER (WHERE ${back}), count(*), NULL FROM case_state s WHERE s.district_code = $1 AND s.kind = 'dropout' AND s.state = 'confirmed' AND upper_inf(s.known) AND s.from_date BETWEEN $2::date AND $4::date${among(where, 's.school_id', schools)} GROUP BY 1
    UNION ALL SELECT g.school_id, 'changes', count(*) FILTER (WHERE g.state = 'done'), count(*), NULL FROM registry_change g WHERE g.district_code = $1 AND g.asked_on BETWEEN $2::date AND $4::date AND g.state NOT IN ('refused', 'withdrawn', 'corrected')${among(where, 'g.school_id', schools)} GROUP BY 1
    UNION ALL SELECT p.school_id, 'signedReports', count(*) FILTER (WHERE p.state = 'accepted'), count(*), NULL FROM period_report p WHERE p.district_code = $1 AND p.to_date BETWEEN $2::date AND $3::date AND p.state IN ('signed', 'accepted')${among(where, 'p.school_id', schools)} GROUP BY 1
    UNION ALL SELECT f.school_id, 'firstDayLists', count(DISTINCT f.day), count(DISTINCT f.day), NULL FROM first_day_list f WHERE f.district_code = $1 AND f.day BETWEEN $2::date AND $4::date${among(where, 'f.school_id', schools)} GROUP BY 1
    UNION ALL SELECT t.scope_key::uuid, 'retention', coalesce((t.counts ->> 'S1')::int, 0), coalesce((t.counts ->> 'S1')::int, 0) + coalesce((t.counts ->> 'Gone')::int, 0) + coalesce((t.counts ->> 'Drop')::int, 0), y.to_date
      FROM tally t JOIN tally_run y ON y.district_code = $1 AND y.period_kind = 'year' AND y.from_date = t.from_date AND y.scope_kind = 'school'
      WHERE t.district_code = $1 AND t.period_kind = 'year' AND t.from_date = $5::date AND t.scope_kind = 'school'${schools === null ? '' : ` AND t.scope_key = ANY(${where.value(schools)}::text[])`}`;
}

/** Households called on since the school year opened, of all; they belong to no school. */
const homes = `SELECT NULL::uuid, 'surveyedHomes', (SELECT count(*) FROM (SELECT DISTINCT y.household_id FROM survey y WHERE y.district_code = $1 AND y.day BETWEEN $5::date AND $4::date) y), (SELECT count(*) FROM household h WHERE h.district_code = $1), NULL`;

/** Every fact behind the clauses by school, in one statement within reach; the households of the district only where all schools are asked for. */
export async function countClauseFacts(
  client: Client,
  district: string,
  days: FactDays,
  aidLists: readonly string[],
  schools: readonly string[] | null,
): Promise<ClauseFactRow[]> {
  const where = filters(district, days.from, days.to, days.day, days.opening, aidLists);
  const text = `WITH ${sources(where, schools)}
    SELECT z.school_id, z.fact, z.done::int AS done, z.of::int AS of, z.as_of FROM (${complete}
    UNION ALL ${counted}
    UNION ALL ${ofTheSpan(where, schools)}${schools === null ? `\n    UNION ALL ${homes}` : ''}) z`;
  const name = statementName('duty-clause-facts', text);
  return (await client.query<ClauseFactRow>({ name, text, values: where.values })).rows;
}

/** The name of the district, for the unit of a sheet. */
export async function nameOfDistrict(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string }>({
    name: 'duty-district-name',
    values: [district],
    text: `SELECT name FROM district WHERE district_code = $1`,
  });
  return found.rows[0]?.name ?? '';
}

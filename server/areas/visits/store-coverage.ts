import type pg from 'pg';
import type { CoverageState } from '#domain/visits/record.ts';
import type { Coverage } from '#domain/visits/rules.ts';
import { filters, prefixEnd, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import { itemsThen } from './store-items-then.ts';

type Client = Pick<pg.ClientBase, 'query'>;

const inTime = `i.visit_day IS NOT NULL AND (i.to_date IS NULL OR i.visit_day <= i.to_date)`;
/** What of the visits is known: now, or on a day as known then. */
const knownOf = (past: Past | null): string =>
  past === null ? 'upper_inf(v.known)' : `${past.known('v')} AND v.day <= ${past.day()}`;
function tried(past: Past | null): string {
  return `EXISTS (SELECT 1 FROM visit v WHERE v.district_code = $1 AND v.child_id = i.child_id AND ${knownOf(past)} AND NOT v.met AND v.day >= i.from_date AND (i.to_date IS NULL OR v.day <= i.to_date))`;
}
/** The planned visits, as they stand or stood then. */
const itemsOf = (past: Past | null): string => (past === null ? 'visit_plan_item' : `(${itemsThen(past)})`);

/** Each planned visit of a list of plans (`$2`) with its door until a day and how it stands, and how lines of them are counted. Doors are texts: comparing pairs took most of the time. */
function standing(past: Past | null): string {
  return `SELECT i.plan_id, i.class_id, i.staff_id, concat(coalesce(i.household_id, i.child_id), i.to_date) AS door, i.visit_day IS NOT NULL AS visited, ${inTime} AS covered, i.visit_day IS NULL AND ${tried(past)} AS tried
  FROM ${itemsOf(past)} i WHERE i.district_code = $1 AND i.plan_id = ANY($2::uuid[]) AND i.state <> 'dropped'`;
}
const counts = `count(*)::int AS due, count(*) FILTER (WHERE x.covered)::int AS covered, count(*) FILTER (WHERE x.visited AND NOT x.covered)::int AS late,
  count(*) FILTER (WHERE x.tried)::int AS attempted, count(*) FILTER (WHERE NOT x.visited AND NOT x.tried)::int AS none,
  count(DISTINCT x.door)::int AS households, count(DISTINCT x.door) FILTER (WHERE x.covered)::int AS "householdsCovered"`;

/** The coverage of several plans, counted in the database as `coverageOf` counts it; a plan without visits within reach is missing. */
export async function countPlans(
  client: Client,
  district: string,
  planIds: readonly string[],
  then: Then | null,
): Promise<Map<string, Coverage>> {
  if (planIds.length === 0) return new Map();
  const where = filters(district, planIds);
  const past = then === null ? null : pastOf(where, then);
  const text = `WITH x AS MATERIALIZED (${standing(past)}) SELECT x.plan_id AS "planId", ${counts} FROM x GROUP BY x.plan_id`;
  const name = statementName('visits-plans-counted', text);
  const found = await client.query<Coverage & { planId: string }>({ name, text, values: where.values });
  return new Map(found.rows.map(({ planId, ...sums }) => [planId, sums] as const));
}

/** The coverage of a class of a plan, with the ids of who visits. */
export type ClassCoverage = Coverage & { classId: string | null; className: string | null; staffIds: string[] };

/** The coverage of a plan as a whole and class by class, pupils without a class last; counted in one pass, since a door may have pupils in several classes. */
export async function countPlan(
  client: Client,
  district: string,
  planId: string,
  then: Then | null,
): Promise<{ counts: Coverage; classes: ClassCoverage[] }> {
  const where = filters(district, [planId]);
  const past = then === null ? null : pastOf(where, then);
  const text = `WITH x AS MATERIALIZED (${standing(past)})
      SELECT c.whole, c.class_id AS "classId", k.name AS "className", c."staffIds", c.due, c.covered, c.late, c.attempted, c.none, c.households, c."householdsCovered"
      FROM (SELECT grouping(x.class_id) = 1 AS whole, x.class_id, coalesce(array_agg(DISTINCT x.staff_id) FILTER (WHERE x.staff_id IS NOT NULL), '{}') AS "staffIds", ${counts}
            FROM x GROUP BY GROUPING SETS ((), (x.class_id))) c
      LEFT JOIN school_class k ON k.district_code = $1 AND k.id = c.class_id ORDER BY c.whole DESC, k.grade, length(k.class_no), k.class_no`;
  const name = statementName('visits-plan-counted', text);
  const found = await client.query<ClassCoverage & { whole: boolean }>({ name, text, values: where.values });
  const [first, ...classes] = found.rows.map(({ whole: _whole, ...line }) => line);
  if (!first) throw new Error('no sum');
  const { classId: _id, className: _name, staffIds: _staff, ...sums } = first;
  return { counts: sums, classes };
}

/** The names of people by their ids. */
export async function namesOfVisitors(
  client: Client,
  district: string,
  staffIds: readonly string[],
): Promise<Map<string, string>> {
  if (staffIds.length === 0) return new Map();
  const found = await client.query<{ id: string; name: string }>({
    name: 'visits-visitors',
    values: [district, staffIds],
    text: `SELECT t.id, t.name FROM staff t WHERE t.district_code = $1 AND t.id = ANY($2::uuid[])`,
  });
  return new Map(found.rows.map(({ id, name }) => [id, name] as const));
}

/** What of the planned visits of a plan is asked for. */
export interface ItemFilter {
  planId: string;
  by: 'pupil' | 'household';
  state: CoverageState | 'uncovered' | null;
  classId: string | null;
  noClass: boolean;
  /** The start of a name, of the given name, of pinyin or initials; null for all. */
  words: string | null;
  /** The past that is asked for; null for how they stand now. */
  then: Then | null;
}

type States = Readonly<Record<CoverageState | 'uncovered', string>>;

const statesOf = (past: Past | null): States => ({
  covered: inTime,
  uncovered: `NOT (${inTime})`,
  late: `i.visit_day IS NOT NULL AND NOT (${inTime})`,
  attempted: `i.visit_day IS NULL AND ${tried(past)}`,
  none: `i.visit_day IS NULL AND NOT ${tried(past)}`,
});
/** The same of a household: it is covered by any of its pupils, and stands as the best of them otherwise. */
const doorStatesOf = (states: States): States => ({
  covered: `bool_or(${states.covered})`,
  uncovered: `NOT bool_or(${states.covered})`,
  late: `NOT bool_or(${states.covered}) AND bool_or(${states.late})`,
  attempted: `bool_and(i.visit_day IS NULL) AND bool_or(${states.attempted})`,
  none: `bool_and(${states.none})`,
});

function named(where: Filters, words: string): string {
  const from = where.value(words);
  const to = where.value(prefixEnd(words));
  const columns = /^[a-z]+$/.test(words) ? ['c.pinyin', 'c.initials'] : ['c.name', 'c.name_tail'];
  return columns.map((column) => `(${column} >= ${from} AND ${column} < ${to})`).join(' OR ');
}

/** The lines that a filter leaves, each with the ids of its planned visits. */
function linesOf(where: Filters, asked: ItemFilter): { text: string; order: string } {
  const past = asked.then === null ? null : pastOf(where, asked.then);
  const states = statesOf(past);
  if (asked.classId !== null) where.and(`i.class_id = ${where.value(asked.classId)}::uuid`);
  if (asked.noClass) where.and('i.class_id IS NULL');
  const source = `FROM ${itemsOf(past)} i JOIN child c ON c.district_code = $1 AND c.id = i.child_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = i.class_id
    WHERE i.district_code = $1 AND i.plan_id = $2 AND i.state <> 'dropped'`;
  if (asked.by === 'pupil') {
    if (asked.state !== null) where.and(states[asked.state]);
    if (asked.words !== null) where.and(named(where, asked.words));
    return {
      text: `SELECT ARRAY[i.id] AS ids, k.grade, length(k.class_no) AS digits, k.class_no, i.due_date, c.pinyin, i.id ${source}${where.where()}`,
      order: 'x.grade, x.digits, x.class_no, x.due_date, x.pinyin, x.id',
    };
  }
  const narrowed = where.where();
  const having = [
    ...(asked.state === null ? [] : [doorStatesOf(states)[asked.state]]),
    ...(asked.words === null ? [] : [`bool_or(${named(where, asked.words)})`]),
  ].map((condition) => `(${condition})`);
  return {
    text: `SELECT array_agg(i.id ORDER BY i.due_date, c.pinyin, i.id) AS ids, min(i.due_date) AS due_date, min(c.pinyin) AS pinyin ${source}${narrowed}
      GROUP BY coalesce(i.household_id, i.child_id), i.to_date${having.length === 0 ? '' : ` HAVING ${having.join(' AND ')}`}`,
    order: 'x.due_date, x.pinyin, x.ids',
  };
}

/** A page of the lines of a plan, each as the ids of its planned visits, with how many lines there are. */
export async function pagePlanLines(
  client: Client,
  district: string,
  asked: ItemFilter,
  page: { page: number; size: number },
): Promise<{ lines: string[][]; total: number }> {
  const where = filters(district, asked.planId);
  const { text, order } = linesOf(where, asked);
  const total = await client.query<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM (${text}) x`,
    values: [...where.values],
  });
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;
  const found = await client.query<{ ids: string[] }>({
    text: `SELECT x.ids FROM (${text}) x ORDER BY ${order} ${limit}`,
    values: where.values,
  });
  return { lines: found.rows.map((row) => row.ids), total: total.rows[0]?.count ?? 0 };
}

import type pg from 'pg';
import type { MadeVisit } from '#domain/visits/rules.ts';
import { filters, statementName } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import { itemsThen } from './store-items-then.ts';
import type { NotMetReason, PlanKind, VisitMode } from '#domain/visits/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A planned visit as it is written. */
export interface NewItem {
  id: string;
  plan_id: string | null;
  kind: PlanKind;
  child_id: string;
  household_id: string | null;
  school_id: string | null;
  class_id: string | null;
  staff_id: string | null;
  case_id: string | null;
  purpose: string;
  modes: readonly string[];
  from_date: string;
  due_date: string;
  to_date: string | null;
  reach: readonly string[];
}

/** A planned visit as stored, with names, and what was tried within its days. */
export interface ItemRow extends Omit<NewItem, 'modes'> {
  modes: VisitMode[];
  state: 'open' | 'done' | 'dropped';
  visit_id: string | null;
  visit_day: string | null;
  child_name: string;
  class_name: string | null;
  staff_name: string | null;
  attempts: number;
  last_attempt: NotMetReason | null;
  last_attempt_day: string | null;
}

/** Adds planned visits in one statement. */
export async function insertItems(
  client: Client,
  district: string,
  items: readonly NewItem[],
  knownAt: string,
): Promise<void> {
  await client.query({
    name: 'visits-items-insert',
    values: [district, JSON.stringify(items), knownAt],
    text: `INSERT INTO visit_plan_item (district_code, id, plan_id, kind, child_id, household_id, school_id, class_id, staff_id, case_id, purpose, modes, from_date, due_date, to_date, state, known_at, reach)
           SELECT $1, x.id, x.plan_id, x.kind, x.child_id, x.household_id, x.school_id, x.class_id, x.staff_id, x.case_id, x.purpose, x.modes, x.from_date, x.due_date, x.to_date, 'open', $3::timestamptz, x.reach
           FROM jsonb_to_recordset($2::jsonb) AS x (id uuid, plan_id uuid, kind text, child_id uuid, household_id uuid, school_id uuid, class_id uuid, staff_id uuid, case_id uuid, purpose text, modes text[],
             from_date date, due_date date, to_date date, reach text[])`,
  });
}

const itemColumns = `i.id, i.plan_id, i.kind, i.child_id, i.household_id, i.school_id, i.class_id, i.staff_id, i.case_id, i.purpose, i.modes, i.from_date, i.due_date, i.to_date, i.state, i.visit_id, i.visit_day, i.reach,
  c.name AS child_name, k.name AS class_name, t.name AS staff_name, a.attempts, a.last_attempt, a.last_attempt_day`;
/** The planned visits with their names; of the past, as they stood then. */
const sourceOf = (
  items: string,
  known: string,
): string => `${items} i JOIN child c ON c.district_code = $1 AND c.id = i.child_id
  LEFT JOIN school_class k ON k.district_code = $1 AND k.id = i.class_id LEFT JOIN staff t ON t.district_code = $1 AND t.id = i.staff_id
  LEFT JOIN LATERAL (SELECT count(*)::int AS attempts, (array_agg(v.not_met ORDER BY v.day DESC, v.at DESC))[1] AS last_attempt, max(v.day) AS last_attempt_day FROM visit v
    WHERE v.district_code = $1 AND v.child_id = i.child_id AND ${known} AND NOT v.met AND v.day >= i.from_date AND (i.to_date IS NULL OR v.day <= i.to_date)) a ON true`;
const itemSource = sourceOf('visit_plan_item', 'upper_inf(v.known)');

/** The planned visits of a plan that were not dropped, in order of class and day. */
export async function itemsOfPlan(client: Client, district: string, planId: string): Promise<ItemRow[]> {
  const found = await client.query<ItemRow>({
    name: 'visits-items-of-plan',
    values: [district, planId],
    text: `SELECT ${itemColumns} FROM ${itemSource} WHERE i.district_code = $1 AND i.plan_id = $2 AND i.state <> 'dropped' ORDER BY k.grade, k.class_no, i.due_date, c.pinyin, i.id`,
  });
  return found.rows;
}

/** Planned visits by id as they stood then, in order of day. */
async function itemsByIdThen(client: Client, district: string, ids: readonly string[], then: Then): Promise<ItemRow[]> {
  const where = filters(district, ids);
  const past = pastOf(where, then);
  const stood = sourceOf(`(${itemsThen(past)})`, `${past.known('v')} AND v.day <= ${past.day()}`);
  const text = `SELECT ${itemColumns} FROM ${stood} WHERE i.district_code = $1 AND i.id = ANY($2::uuid[]) ORDER BY i.due_date, c.pinyin, i.id`;
  const name = statementName('visits-items-then', text);
  return (await client.query<ItemRow>({ name, text, values: where.values })).rows;
}

/** Planned visits by id, as they stand or stood then, in order of day. */
export async function itemsById(
  client: Client,
  district: string,
  ids: readonly string[],
  then: Then | null = null,
): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  if (then !== null) return itemsByIdThen(client, district, ids, then);
  const found = await client.query<ItemRow>({
    name: 'visits-items-by-id',
    values: [district, ids],
    text: `SELECT ${itemColumns} FROM ${itemSource} WHERE i.district_code = $1 AND i.id = ANY($2::uuid[]) ORDER BY i.due_date, c.pinyin, i.id`,
  });
  return found.rows;
}

/** The open visits of a person that begin by `until`, the earliest due first. */
export async function itemsOfStaff(
  client: Client,
  district: string,
  staffId: string,
  until: string,
): Promise<ItemRow[]> {
  const found = await client.query<ItemRow>({
    name: 'visits-items-of-staff',
    values: [district, staffId, until],
    text: `SELECT ${itemColumns} FROM ${itemSource} WHERE i.district_code = $1 AND i.staff_id = $2 AND i.state = 'open' AND i.due_date <= $3::date ORDER BY i.due_date, c.pinyin, i.id LIMIT 500`,
  });
  return found.rows;
}

/** A planned visit as settling needs it. */
export interface SettlingItem {
  id: string;
  case_id: string | null;
  modes: string[];
  from_date: string;
  to_date: string | null;
  visit_id: string | null;
}

/** The planned visits of a child that are open or done, held until the end of the transaction. */
export async function lockItemsOfChild(client: Client, district: string, childId: string): Promise<SettlingItem[]> {
  const found = await client.query<SettlingItem>({
    name: 'visits-items-settling',
    values: [district, childId],
    text: `SELECT id, case_id, modes, from_date, to_date, visit_id FROM visit_plan_item WHERE district_code = $1 AND child_id = $2 AND state <> 'dropped' ORDER BY id FOR UPDATE`,
  });
  return found.rows;
}

/** The visits of a child as settling needs them. */
export async function madeVisits(client: Client, district: string, childId: string): Promise<MadeVisit[]> {
  const found = await client.query<MadeVisit>({
    name: 'visits-made',
    values: [district, childId],
    text: `SELECT id, mode, met, day, case_id AS "caseId" FROM visit WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
  });
  return found.rows;
}

/** Says which visit settles a planned one, or opens it again. */
export async function writeSettled(
  client: Client,
  district: string,
  id: string,
  visit: { id: string; day: string } | null,
): Promise<void> {
  await client.query({
    name: 'visits-settle',
    values: [district, id, visit?.id ?? null, visit?.day ?? null],
    text: `UPDATE visit_plan_item SET state = CASE WHEN $3::uuid IS NULL THEN 'open' ELSE 'done' END, visit_id = $3, visit_day = $4::date WHERE district_code = $1 AND id = $2`,
  });
}

/** The case of an open planned visit of a child, the earliest due; null without one. */
export async function openCaseOf(client: Client, district: string, childId: string): Promise<string | null> {
  const found = await client.query<{ case_id: string }>({
    name: 'visits-open-case',
    values: [district, childId],
    text: `SELECT case_id FROM visit_plan_item WHERE district_code = $1 AND child_id = $2 AND kind = 'case' AND state = 'open' ORDER BY due_date, id LIMIT 1`,
  });
  return found.rows[0]?.case_id ?? null;
}

/** The open planned visits of a case. */
export async function openItemsOfCase(
  client: Client,
  district: string,
  caseId: string,
): Promise<{ id: string; staff_id: string | null; due_date: string }[]> {
  const found = await client.query<{ id: string; staff_id: string | null; due_date: string }>({
    name: 'visits-items-of-case',
    values: [district, caseId],
    text: `SELECT id, staff_id, due_date FROM visit_plan_item WHERE district_code = $1 AND case_id = $2 AND state = 'open' ORDER BY due_date, id`,
  });
  return found.rows;
}

/** Drops planned visits that are not owed any more. */
export async function dropItems(client: Client, district: string, ids: readonly string[]): Promise<void> {
  await client.query({
    name: 'visits-items-drop',
    values: [district, ids],
    text: `UPDATE visit_plan_item SET state = 'dropped' WHERE district_code = $1 AND id = ANY($2::uuid[]) AND state = 'open'`,
  });
}

/** Hands open planned visits of a plan to a person, with another day where given; answers how many. */
export async function assignItems(
  client: Client,
  district: string,
  planId: string,
  ids: readonly string[],
  to: { staffId: string; dueDate: string | null },
): Promise<number> {
  const done = await client.query({
    name: 'visits-items-assign',
    values: [district, planId, ids, to.staffId, to.dueDate],
    text: `UPDATE visit_plan_item SET staff_id = $4, due_date = coalesce($5::date, due_date) WHERE district_code = $1 AND plan_id = $2 AND id = ANY($3::uuid[]) AND state = 'open'`,
  });
  return done.rowCount ?? 0;
}

/** Gives an open visit of a case another person and day. */
export async function assignCaseItem(
  client: Client,
  district: string,
  id: string,
  to: { staffId: string | null; dueDate: string },
): Promise<void> {
  await client.query({
    name: 'visits-case-assign',
    values: [district, id, to.staffId, to.dueDate],
    text: `UPDATE visit_plan_item SET staff_id = $3, due_date = $4::date WHERE district_code = $1 AND id = $2 AND state = 'open'`,
  });
}

import type pg from 'pg';
import { roleUnit, type HeldPost, type Role, type UnitKind } from '#domain/basics/roles.ts';
import { dutyRuleList } from '#domain/duties/catalogue.ts';
import { substituteRules } from '#domain/duties/follow.ts';
import type { DutyFigure, DutyRuleId, DutyState } from '#domain/duties/record.ts';
import { filters, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import { dutiesThen } from './store-then.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A duty with what lists show. */
export interface DutyRecord {
  id: string;
  rule: DutyRuleId;
  rule_version: string;
  subject_id: string;
  occasion: string;
  child_id: string | null;
  case_id: string | null;
  school_id: string | null;
  class_id: string | null;
  owner_role: Role;
  owner_unit_kind: UnitKind;
  owner_unit: string;
  owner_staff: string | null;
  ladder: Role[];
  level: number;
  top_role: Role;
  urgent: boolean;
  why: string;
  started_by: string;
  started_at: Date;
  due_at: Date;
  climbed_at: Date[];
  state: DutyState;
  settled_at: Date | null;
  settled_name: string | null;
  settled_event: string | null;
  settled_reason: string | null;
  reach: string[];
  child_name: string | null;
  school_name: string | null;
  class_name: string | null;
  staff_name: string | null;
  unit_name: string | null;
}

/** Who asks for his own duties. */
export interface Holder {
  now: Date;
  staffId: string | null;
  posts: readonly HeldPost[];
  /** The classes that he stands in for today, each with the days: what the class teacher owes of those days is his as well. */
  substituted?: readonly Substituted[] | undefined;
}

/** A class that somebody stands in for, from the first to the last day. */
export interface Substituted {
  classId: string;
  fromDay: string;
  toDay: string;
}

/** The bureau's roles from a role upwards: a duty that climbed further is still held below. */
const bureau: readonly Role[] = ['bureauOfficer', 'bureauLeader'];

/** The rules that the bureau holds from the start beside the school, in words of the database; they have their index. */
const joint = dutyRuleList
  .filter((rule) => !rule.urgent && rule.ladder.slice(1, rule.heldAbove + 1).some((role) => bureau.includes(role)))
  .map((rule) => `d.rule = '${rule.id}'`)
  .join(' OR ');

/** The condition under which a duty is one's own: owed by one's post or handed to one, or climbed to one's post. */
export function heldCondition(where: Filters, holder: Holder): string {
  const parts = holder.staffId === null ? [] : [`d.owner_staff = ${where.value(holder.staffId)}::uuid`];
  for (const post of holder.posts) {
    const role = where.value(post.role);
    const unit = where.value(post.unitId);
    parts.push(`d.owner_unit = ${unit} AND d.owner_role = ${role} AND d.owner_staff IS NULL`);
    const reached = `d.level > 0 AND array_position(d.ladder, ${role}) BETWEEN 2 AND d.level + 1`;
    if (roleUnit[post.role] === 'school') parts.push(`d.school_id = ${unit}::uuid AND ${reached}`);
    if (roleUnit[post.role] === 'district')
      // What climbed to the bureau is past due or an emergency, or of a rule that it holds from the start: each has its index.
      parts.push(
        `(d.due_at <= ${where.value(holder.now)}::timestamptz OR d.urgent OR ${joint}) AND d.top_role = ANY(${where.value(bureau.slice(Math.max(0, bureau.indexOf(post.role))))}::text[]) AND ${reached}`,
      );
  }
  for (const { classId, fromDay, toDay } of holder.substituted ?? [])
    parts.push(
      `d.owner_unit = ${where.value(classId)} AND d.owner_role = 'classTeacher' AND d.owner_staff IS NULL AND d.rule = ANY(${where.value(substituteRules)}::text[]) AND left(d.occasion, 10) BETWEEN ${where.value(fromDay)} AND ${where.value(toDay)}`,
    );
  return parts.length === 0 ? 'false' : parts.map((part) => `(${part})`).join(' OR ');
}

const shown = `d.id, d.rule, d.rule_version, d.subject_id, d.occasion, d.child_id, d.case_id, d.school_id, d.class_id, d.owner_role, d.owner_unit_kind, d.owner_unit, d.owner_staff, d.ladder, d.level, d.top_role, d.urgent,
  d.why, d.started_by, d.started_at, d.due_at, d.climbed_at, d.state, d.settled_at, d.settled_name, d.settled_event, d.settled_reason, d.reach,
  c.name AS child_name, s.name AS school_name, k.name AS class_name, p.name AS staff_name, pl.name AS unit_name`;
const names = `LEFT JOIN child c ON c.district_code = $1 AND c.id = d.child_id
  LEFT JOIN school s ON s.district_code = $1 AND s.id = d.school_id
  LEFT JOIN school_class k ON k.district_code = $1 AND k.id = d.class_id
  LEFT JOIN staff p ON p.district_code = $1 AND p.id = d.owner_staff
  LEFT JOIN place pl ON pl.district_code = $1 AND pl.code = CASE WHEN d.owner_unit_kind IN ('subdistrict', 'community') THEN d.owner_unit END`;

/**
 * Which duties of `d` timeliness counts under an outcome, or as due in whatever way they ended; `now` gives the placeholder of the
 * moment of asking, where it is needed. A waived duty is none of them; an open one whose time is not up is `ahead`, and not due.
 */
export function outcomeCondition(outcome: DutyFigure, now: () => string): string {
  switch (outcome) {
    case 'inTime':
      return `d.state = 'settled' AND d.settled_at <= d.due_at`;
    case 'late':
      return `d.state = 'settled' AND d.settled_at > d.due_at`;
    case 'open':
      return `d.state = 'open' AND d.due_at < ${now()}::timestamptz`;
    case 'ahead':
      return `d.state = 'open' AND d.due_at >= ${now()}::timestamptz`;
    case 'due':
      return `d.state = 'settled' OR (d.state = 'open' AND d.due_at < ${now()}::timestamptz)`;
  }
}

/** Whose duty it is: of the school's own people, or else of bureau, street and community, whatever school the child is in. */
export const ownedBySchool = `d.owner_unit_kind IN ('school', 'class') AND d.school_id IS NOT NULL`;

/** What of the duties is asked for. */
export interface DutyFilter {
  holder: Holder | null;
  state: DutyState | 'all';
  /** Only those of an outcome, all that are due, or those not due yet. */
  outcome?: DutyFigure | undefined;
  /** Only those due before a moment. */
  before?: Date | undefined;
  from?: Date | undefined;
  rule?: DutyRuleId | undefined;
  /** Only those of the rules of a clause. */
  rules?: readonly DutyRuleId[] | undefined;
  /** Owed by the people of a school, or by bureau, street and community. */
  owedBy?: 'school' | 'office' | undefined;
  schoolId?: string | undefined;
  noSchool?: boolean | undefined;
  childId?: string | undefined;
  caseId?: string | undefined;
  /** The past that is asked for; left out for how they stand now. */
  then?: Then | null | undefined;
}

function narrow(where: Filters, asked: DutyFilter, now: Date): void {
  if (asked.state !== 'all') where.and(`d.state = '${asked.state}'`);
  if (asked.outcome) where.and(outcomeCondition(asked.outcome, () => where.value(now)));
  if (asked.holder) where.and(heldCondition(where, asked.holder));
  if (asked.from) where.and(`d.due_at >= ${where.value(asked.from)}::timestamptz`);
  if (asked.before) where.and(`d.due_at < ${where.value(asked.before)}::timestamptz`);
  if (asked.rule) where.and(`d.rule = ${where.value(asked.rule)}`);
  if (asked.rules) where.and(`d.rule = ANY(${where.value(asked.rules)}::text[])`);
  if (asked.owedBy) where.and(asked.owedBy === 'school' ? ownedBySchool : `NOT (${ownedBySchool})`);
  if (asked.schoolId) where.and(`d.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.noSchool === true) where.and('d.school_id IS NULL');
  if (asked.childId) where.and(`d.child_id = ${where.value(asked.childId)}::uuid`);
  if (asked.caseId) where.and(`d.case_id = ${where.value(asked.caseId)}::uuid`);
}

/** Where the duties are read from: as they stand, or stood then. */
function sourceOf(where: Filters, then: Then | null | undefined): string {
  return then ? `(${dutiesThen(pastOf(where, then))})` : 'duty';
}

/** How many duties the filters leave, and how many of them are open and past due. */
export async function countDuties(
  client: Client,
  district: string,
  asked: DutyFilter,
  now: Date,
): Promise<{ total: number; overdue: number }> {
  const where = filters(district, now);
  const duties = sourceOf(where, asked.then);
  narrow(where, asked, now);
  const text = `SELECT count(*) AS total, count(*) FILTER (WHERE d.state = 'open' AND d.due_at < $2::timestamptz) AS overdue FROM ${duties} d WHERE d.district_code = $1${where.where()}`;
  const name = statementName('duty-count', text);
  const found = await client.query<{ total: number; overdue: number }>({ name, text, values: where.values });
  return found.rows[0] ?? { total: 0, overdue: 0 };
}

/** A page of duties, the earliest due first. */
export async function pageDuties(
  client: Client,
  district: string,
  asked: DutyFilter,
  now: Date,
  page: { page: number; size: number },
): Promise<DutyRecord[]> {
  const where = filters(district);
  const duties = sourceOf(where, asked.then);
  narrow(where, asked, now);
  const limit = `LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;
  const text = asked.then
    ? `SELECT ${shown} FROM (SELECT d.* FROM ${duties} d WHERE d.district_code = $1${where.where()} ORDER BY d.due_at, d.id ${limit}) d ${names} ORDER BY d.due_at, d.id`
    : `SELECT ${shown} FROM duty d ${names} WHERE d.district_code = $1 AND d.id IN (SELECT d.id FROM duty d WHERE d.district_code = $1${where.where()} ORDER BY d.due_at, d.id ${limit}) ORDER BY d.due_at, d.id`;
  return (await client.query<DutyRecord>({ name: statementName('duty-page', text), text, values: where.values })).rows;
}

/** One duty within reach, null otherwise; locked when it is about to change. */
export async function findDuty(
  client: Client,
  district: string,
  id: string,
  lock: boolean,
): Promise<DutyRecord | null> {
  const found = await client.query<DutyRecord>({
    name: lock ? 'duty-lock' : 'duty-one',
    values: [district, id],
    text: `SELECT ${shown} FROM duty d ${names} WHERE d.district_code = $1 AND d.id = $2${lock ? ' FOR UPDATE OF d' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** The events of a duty that are not told by its row, oldest first. */
export async function listDutyEvents(
  client: Client,
  district: string,
  id: string,
): Promise<{ known_at: Date; actor_name: string; words: string }[]> {
  const found = await client.query<{ known_at: Date; actor_name: string; words: string }>({
    name: 'duty-events',
    values: [district, id],
    text: `SELECT known_at, actor_name, words FROM duty_event WHERE district_code = $1 AND duty_id = $2 ORDER BY known_at, id`,
  });
  return found.rows;
}

/** Sections of a desk. */
export interface DeskTimes {
  now: Date;
  todayEnds: Date;
  weekEnds: Date;
}

/** A duty on a desk, with how many stand in its section. */
export interface DeskDutyRow extends DutyRecord {
  section: 'overdue' | 'today' | 'week' | 'later';
  total: number;
}

/** The first of a holder's open duties in each section, emergencies first (they belong to today), then the earliest due. */
export async function deskDuties(
  client: Client,
  district: string,
  holder: Holder,
  times: DeskTimes,
  each: number,
): Promise<DeskDutyRow[]> {
  const where = filters(district, times.now, times.todayEnds, times.weekEnds, each);
  where.and(heldCondition(where, holder));
  const text = `SELECT x.section, x.total, ${shown} FROM (
      SELECT f.id, f.section, count(*) OVER (PARTITION BY f.section) AS total, row_number() OVER (PARTITION BY f.section ORDER BY f.urgent DESC, f.due_at, f.id) AS place FROM (
        SELECT d.id, d.urgent, d.due_at, CASE WHEN d.due_at < $2::timestamptz THEN 'overdue' WHEN d.urgent OR d.due_at < $3::timestamptz THEN 'today' WHEN d.due_at < $4::timestamptz THEN 'week' ELSE 'later' END AS section
        FROM duty d WHERE d.district_code = $1 AND d.state = 'open'${where.where()}) f) x
    JOIN duty d ON d.district_code = $1 AND d.id = x.id ${names} WHERE x.place <= $5 ORDER BY d.urgent DESC, d.due_at, d.id`;
  return (await client.query<DeskDutyRow>({ name: statementName('duty-desk', text), text, values: where.values })).rows;
}

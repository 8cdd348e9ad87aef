import type { ChangeKind, ChangeState } from '#domain/enrolment/changes-record.ts';
import { filters, statementName } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import type { Client } from './store-course.ts';

/** A change as stored. */
export interface ChangeRecord {
  id: string;
  childId: string;
  name: string;
  kind: ChangeKind;
  state: ChangeState;
  schoolId: string | null;
  classId: string | null;
  grade: number | null;
  toSchoolId: string | null;
  toClassId: string | null;
  toGrade: number | null;
  fromDay: string;
  endsOn: string | null;
  askedOn: string;
  askedAt: Date;
  askedBy: string;
  askedName: string;
  stateSince: string;
  dueDate: string | null;
  doneOn: string | null;
  firstId: string | null;
  /** A renewal asked later than it should have been. */
  askedLate: boolean;
  sealed: Buffer;
  units: string[];
  reach: string[];
}

const columns = `x.id, x.child_id AS "childId", x.name, x.kind, x.state, x.school_id AS "schoolId", x.class_id AS "classId", x.grade, x.to_school_id AS "toSchoolId", x.to_class_id AS "toClassId",
  x.to_grade AS "toGrade", x.from_day AS "fromDay", x.ends_on AS "endsOn", x.asked_on AS "askedOn", x.asked_at AS "askedAt", x.asked_by AS "askedBy", x.asked_name AS "askedName",
  x.state_since AS "stateSince", x.due_date AS "dueDate", x.done_on AS "doneOn", x.first_id AS "firstId", x.asked_late AS "askedLate", x.sealed, x.units, x.reach`;

/** States in which a change is under way, in words of the database. */
const open = `x.state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late')`;

/** A change within reach, null otherwise; locked when it is about to change. */
export async function findChange(
  client: Client,
  district: string,
  id: string,
  lock: boolean,
): Promise<ChangeRecord | null> {
  const found = await client.query<ChangeRecord>({
    name: lock ? 'change-lock' : 'change-one',
    values: [district, id],
    text: `SELECT ${columns} FROM registry_change x WHERE x.district_code = $1 AND x.id = $2${lock ? ' FOR UPDATE' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** The changes of a child, the newest first. */
export async function changesOfChild(client: Client, district: string, childId: string): Promise<ChangeRecord[]> {
  const found = await client.query<ChangeRecord>({
    name: 'change-of-child',
    values: [district, childId],
    text: `SELECT ${columns} FROM registry_change x WHERE x.district_code = $1 AND x.child_id = $2 ORDER BY x.asked_at DESC, x.id`,
  });
  return found.rows;
}

/** Adds a change. */
export async function insertChange(client: Client, district: string, row: ChangeRecord): Promise<void> {
  await client.query({
    name: 'change-insert',
    values: [
      district,
      row.id,
      row.childId,
      row.name,
      row.kind,
      row.state,
      row.schoolId,
      row.classId,
      row.grade,
      row.toSchoolId,
      row.toClassId,
      row.toGrade,
      row.fromDay,
      row.endsOn,
      row.askedOn,
      row.askedAt,
      row.askedBy,
      row.askedName,
      row.stateSince,
      row.dueDate,
      row.doneOn,
      row.firstId,
      row.sealed,
      row.units,
      row.reach,
      row.askedLate,
    ],
    text: `INSERT INTO registry_change (district_code, id, child_id, name, kind, state, school_id, class_id, grade, to_school_id, to_class_id, to_grade, from_day, ends_on, asked_on, asked_at, asked_by, asked_name,
             state_since, due_date, done_on, first_id, told_ending, told_lapsed, sealed, changed_at, units, reach, asked_late)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::date, $14::date, $15::date, $16, $17, $18, $19::date, $20::date, $21::date, $22, false, false, $23, $16, $24::text[], $25::text[], $26)`,
  });
}

/** Writes where a change stands. */
export async function updateChange(client: Client, district: string, row: ChangeRecord, at: Date): Promise<void> {
  await client.query({
    name: 'change-update',
    values: [district, row.id, row.state, row.toClassId, row.toGrade, row.fromDay, row.endsOn, row.stateSince, row.dueDate, row.doneOn, at, row.units, row.reach], // prettier-ignore
    text: `UPDATE registry_change SET state = $3, to_class_id = $4, to_grade = $5, from_day = $6::date, ends_on = $7::date, state_since = $8::date, due_date = $9::date, done_on = $10::date, changed_at = $11,
             units = $12::text[], reach = $13::text[] WHERE district_code = $1 AND id = $2`,
  });
}

/** Writes what a change seals, with papers that came later. */
export async function updateSeal(client: Client, district: string, id: string, sealed: Buffer): Promise<void> {
  await client.query({
    name: 'change-seal',
    values: [district, id, sealed],
    text: `UPDATE registry_change SET sealed = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** A step of a change as stored. */
export interface ChangeEvent {
  id: string;
  number: number;
  what: string;
  state: ChangeState;
  day: string;
  at: Date;
  words: string;
  sealed: Buffer | null;
  actorId: string;
  actorName: string;
  actorRole: string;
  dueDate: string | null;
}

/** Adds a step under the next number. */
export async function insertChangeEvent(
  client: Client,
  district: string,
  of: { changeId: string; childId: string; reach: readonly string[] },
  event: Omit<ChangeEvent, 'number'>,
): Promise<void> {
  const last = await client.query<{ number: number }>({
    name: 'change-event-last',
    values: [district, of.changeId],
    text: `SELECT coalesce(max(v.number), 0)::int AS number FROM registry_change_event v WHERE v.district_code = $1 AND v.change_id = $2`,
  });
  await client.query({
    name: 'change-event-insert',
    values: [district, event.id, of.changeId, of.childId, (last.rows[0]?.number ?? 0) + 1, event.what, event.state, event.day, event.at, event.words, event.sealed, event.actorId, event.actorName, event.actorRole, event.dueDate, of.reach], // prettier-ignore
    text: `INSERT INTO registry_change_event (district_code, id, change_id, child_id, number, what, state, day, at, words, sealed, actor_id, actor_name, actor_role, due_date, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9, $10, $11, $12, $13, $14, $15::date, $16::text[])`,
  });
}

/** The steps of a change in order. */
export async function listChangeEvents(client: Client, district: string, changeId: string): Promise<ChangeEvent[]> {
  const found = await client.query<ChangeEvent>({
    name: 'change-events',
    values: [district, changeId],
    text: `SELECT v.id, v.number, v.what, v.state, v.day, v.at, v.words, v.sealed, v.actor_id AS "actorId", v.actor_name AS "actorName", v.actor_role AS "actorRole", v.due_date AS "dueDate"
           FROM registry_change_event v WHERE v.district_code = $1 AND v.change_id = $2 ORDER BY v.number`,
  });
  return found.rows;
}

/** What a list of changes is asked for. */
export interface ChangesAsked {
  kind?: ChangeKind | undefined;
  state: ChangeState | 'open' | 'all';
  schoolId?: string | undefined;
  childId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  overdue?: 'yes' | undefined;
  q?: string | undefined;
  /** The past that is asked for; null for what stands now. */
  then: Then | null;
}

/** A change as a list shows it, with the names of its places. */
export interface ChangeView extends ChangeRecord {
  schoolName: string | null;
  className: string | null;
  toSchoolName: string | null;
  toClassName: string | null;
}

/**
 * The changes as they stood then: state, due day and what they had led to by the steps that were taken and known. What was asked with them
 * (kind, places, days) stands as it was last written.
 */
export function changesThen(past: Past): string {
  const known = (alias: string) => past.happened(`${alias}.day`, `${alias}.at`);
  return `SELECT y.district_code, y.id, y.child_id, y.name, y.kind, w.state, y.school_id, y.class_id, y.grade, y.to_school_id, CASE WHEN w.state IN ('done', 'corrected') THEN y.to_class_id END AS to_class_id,
      y.to_grade, y.from_day, y.ends_on, y.asked_on, y.asked_at, y.asked_by, y.asked_name, w.state_since, w.due_date, w.done_on, y.first_id, y.asked_late, y.sealed, y.units, y.reach
    FROM registry_change y JOIN LATERAL (SELECT v.state, v.due_date,
        (SELECT min(s.day) FROM registry_change_event s WHERE s.district_code = $1 AND s.change_id = y.id AND ${known('s')} AND s.number > coalesce((SELECT max(o.number) FROM registry_change_event o WHERE o.district_code = $1 AND o.change_id = y.id AND ${known('o')} AND o.state <> v.state), 0)) AS state_since,
        (SELECT min(d.day) FROM registry_change_event d WHERE d.district_code = $1 AND d.change_id = y.id AND ${known('d')} AND d.state = 'done') AS done_on
      FROM registry_change_event v WHERE v.district_code = $1 AND v.change_id = y.id AND ${known('v')} ORDER BY v.number DESC LIMIT 1) w ON true WHERE y.district_code = $1`;
}

function conditions(district: string, asked: ChangesAsked, today: string) {
  const where = filters(district);
  const changes = asked.then === null ? 'registry_change x' : `(${changesThen(pastOf(where, asked.then))}) x`;
  if (asked.kind) where.and(`x.kind = ${where.value(asked.kind)}`);
  if (asked.state === 'open') where.and(open);
  else if (asked.state !== 'all') where.and(`x.state = ${where.value(asked.state)}`);
  if (asked.schoolId) {
    const school = where.value(asked.schoolId);
    where.and(`x.school_id = ${school}::uuid OR x.to_school_id = ${school}::uuid`);
  }
  if (asked.childId) where.and(`x.child_id = ${where.value(asked.childId)}`);
  if (asked.from) where.and(`x.asked_on >= ${where.value(asked.from)}::date`);
  if (asked.to) where.and(`x.asked_on <= ${where.value(asked.to)}::date`);
  if (asked.overdue) where.and(`${open} AND x.due_date < ${where.value(today)}::date`);
  if (asked.q) where.and(`strpos(x.name, ${where.value(asked.q)}) > 0`);
  return { where, changes };
}

/** How many changes there are by state. */
export async function countChanges(
  client: Client,
  district: string,
  asked: ChangesAsked,
  today: string,
): Promise<Record<string, number>> {
  const { where, changes } = conditions(district, asked, today);
  const text = `SELECT x.state, count(*)::int AS count FROM ${changes} WHERE x.district_code = $1${where.where()} GROUP BY x.state`;
  const found = await client.query<{ state: string; count: number }>({
    name: statementName('changes-count', text),
    text,
    values: where.values,
  });
  return Object.fromEntries(found.rows.map((row) => [row.state, row.count]));
}

/** Changes, the newest first; `limit` null reads all. */
export async function readChanges(
  client: Client,
  district: string,
  asked: ChangesAsked,
  today: string,
  limit: { size: number; offset: number } | null,
): Promise<ChangeView[]> {
  const { where, changes } = conditions(district, asked, today);
  const page = limit ? ` LIMIT ${where.value(limit.size)} OFFSET ${where.value(limit.offset)}` : '';
  const text = `SELECT ${columns}, s.name AS "schoolName", k.name AS "className", t.name AS "toSchoolName", n.name AS "toClassName" FROM ${changes}
    LEFT JOIN school s ON s.district_code = $1 AND s.id = x.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id
    LEFT JOIN school t ON t.district_code = $1 AND t.id = x.to_school_id LEFT JOIN school_class n ON n.district_code = $1 AND n.id = x.to_class_id
    WHERE x.district_code = $1${where.where()} ORDER BY x.asked_at DESC, x.id${page}`;
  return (await client.query<ChangeView>({ name: statementName('changes-list', text), text, values: where.values }))
    .rows;
}

/** A change with the names of its places; null out of reach. */
export async function findChangeView(client: Client, district: string, id: string): Promise<ChangeView | null> {
  const found = await client.query<ChangeView>({
    name: 'change-view',
    values: [district, id],
    text: `SELECT ${columns}, s.name AS "schoolName", k.name AS "className", t.name AS "toSchoolName", n.name AS "toClassName" FROM registry_change x
      LEFT JOIN school s ON s.district_code = $1 AND s.id = x.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id
      LEFT JOIN school t ON t.district_code = $1 AND t.id = x.to_school_id LEFT JOIN school_class n ON n.district_code = $1 AND n.id = x.to_class_id
      WHERE x.district_code = $1 AND x.id = $2`,
  });
  return found.rows[0] ?? null;
}

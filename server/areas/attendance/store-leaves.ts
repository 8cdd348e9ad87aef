import type pg from 'pg';
import type { Asker, LeaveKind, LeaveState, VerifyOutcome, VerifyReason } from '#domain/attendance/record.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A leave as stored, with the names a list shows. */
export interface LeaveRecord {
  id: string;
  child_id: string;
  name: string;
  school_id: string;
  school_name: string;
  class_id: string | null;
  class_name: string | null;
  kind: LeaveKind;
  asker: Asker;
  from_day: string;
  to_day: string;
  paper_required: boolean;
  paper_id: string | null;
  sealed_reason: Buffer | null;
  state: LeaveState;
  requested_by: string;
  requested_name: string;
  requested_at: Date;
  decided_name: string | null;
  ended_day: string | null;
  told: VerifyReason[];
  verify_why: VerifyReason | null;
  verified_outcome: VerifyOutcome | null;
  verified_name: string | null;
  sealed_verified: Buffer | null;
}

const source = `leave l JOIN child c ON c.district_code = $1 AND c.id = l.child_id JOIN school s ON s.district_code = $1 AND s.id = l.school_id
  LEFT JOIN school_class k ON k.district_code = $1 AND k.id = l.class_id`;
const shown = `l.id, l.child_id, c.name, l.school_id, s.name AS school_name, l.class_id, k.name AS class_name, l.kind, l.asker, l.from_day, l.to_day, l.paper_required, l.paper_id, l.sealed_reason, l.state,
  l.requested_by, l.requested_name, l.requested_at, l.decided_name, l.ended_day, l.told, l.verify_why, l.verified_outcome, l.verified_name, l.sealed_verified`;

/** A leave within reach, locked when it is about to change; null otherwise. */
export async function findLeave(
  client: Client,
  district: string,
  id: string,
  lock: boolean,
): Promise<LeaveRecord | null> {
  const found = await client.query<LeaveRecord>({
    name: lock ? 'attendance-leave-lock' : 'attendance-leave',
    values: [district, id],
    text: `SELECT ${shown} FROM ${source} WHERE l.district_code = $1 AND l.id = $2${lock ? ' FOR UPDATE OF l' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** What of the leaves is asked for. */
export interface LeaveFilter {
  show: 'current' | 'requested' | 'verify' | 'all';
  schoolId?: string | undefined;
  classId?: string | undefined;
  childId?: string | undefined;
}

/** A page of leaves, the latest first. */
export async function pageLeaves(
  client: Client,
  district: string,
  asked: LeaveFilter,
  page: { size: number; offset: number },
): Promise<{ rows: LeaveRecord[]; total: number }> {
  const where = filters(district);
  if (asked.show === 'current') where.and(`l.state IN ('requested', 'approved')`);
  if (asked.show === 'requested') where.and(`l.state = 'requested'`);
  if (asked.show === 'verify') where.and(`l.verify_why IS NOT NULL AND l.verified_at IS NULL`);
  if (asked.schoolId) where.and(`l.school_id = ${where.value(asked.schoolId)}`);
  if (asked.classId) where.and(`l.class_id = ${where.value(asked.classId)}`);
  if (asked.childId) where.and(`l.child_id = ${where.value(asked.childId)}`);
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM leave l WHERE l.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const rows = await client.query<LeaveRecord>({
    text: `SELECT ${shown} FROM ${source} WHERE l.district_code = $1${where.where()} ORDER BY l.from_day DESC, l.id LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`,
    values: where.values,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** A leave that bears on a roll call: it covers the day, or ended before it without return. */
export interface LeaveOnDay {
  id: string;
  child_id: string;
  kind: LeaveKind;
  from_day: string;
  to_day: string;
}

/** The approved leaves of pupils that began by a day and have not been ended. */
export async function leavesOn(
  client: Client,
  district: string,
  childIds: readonly string[],
  day: string,
): Promise<LeaveOnDay[]> {
  if (childIds.length === 0) return [];
  const found = await client.query<LeaveOnDay>({
    name: 'attendance-leaves-on',
    values: [district, childIds, day],
    text: `SELECT id, child_id, kind, from_day, to_day FROM leave WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND state = 'approved' AND from_day <= $3::date ORDER BY to_day`,
  });
  return found.rows;
}

/** Keeps a leave; false when its id stands already. */
export async function insertLeave(
  client: Client,
  district: string,
  row: {
    id: string;
    childId: string;
    schoolId: string;
    classId: string | null;
    kind: LeaveKind;
    asker: Asker;
    fromDay: string;
    toDay: string;
    paperRequired: boolean;
    paperId: string | null;
    sealedReason: Buffer | null;
    state: LeaveState;
    by: string;
    byName: string;
    at: Date;
    decided: boolean;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'attendance-leave-insert',
    values: [
      district,
      row.id,
      row.childId,
      row.schoolId,
      row.classId,
      row.kind,
      row.asker,
      row.fromDay,
      row.toDay,
      row.paperRequired,
      row.paperId,
      row.sealedReason,
      row.state,
      row.by,
      row.byName,
      row.at,
      row.decided,
      row.reach,
    ],
    text: `INSERT INTO leave (district_code, id, child_id, school_id, class_id, kind, asker, from_day, to_day, paper_required, paper_id, sealed_reason, state, requested_by, requested_name, requested_at,
             decided_by, decided_name, decided_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9::date, $10, $11, $12, $13, $14::text, $15::text, $16::timestamptz,
             CASE WHEN $17::boolean THEN $14::text END, CASE WHEN $17::boolean THEN $15::text END, CASE WHEN $17::boolean THEN $16::timestamptz END, $18::text[])`,
  });
}

/** Approves or refuses a leave. */
export async function decideLeaveRow(
  client: Client,
  district: string,
  id: string,
  state: 'approved' | 'refused',
  by: { id: string; name: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'attendance-leave-decide',
    values: [district, id, state, by.id, by.name, by.at],
    text: `UPDATE leave SET state = $3, decided_by = $4, decided_name = $5, decided_at = $6 WHERE district_code = $1 AND id = $2`,
  });
}

/** Ends a leave: the pupil is back on this day. */
export async function endLeaveRow(client: Client, district: string, id: string, day: string): Promise<void> {
  await client.query({
    name: 'attendance-leave-end',
    values: [district, id, day],
    text: `UPDATE leave SET state = 'ended', ended_day = $3::date WHERE district_code = $1 AND id = $2`,
  });
}

/** Adds the paper of a leave. */
export async function setLeavePaper(client: Client, district: string, id: string, paperId: string): Promise<void> {
  await client.query({
    name: 'attendance-leave-paper',
    values: [district, id, paperId],
    text: `UPDATE leave SET paper_id = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** Keeps that a leave was told of for verification. */
export async function tellLeave(client: Client, district: string, id: string, why: VerifyReason): Promise<void> {
  await client.query({
    name: 'attendance-leave-told',
    values: [district, id, why],
    text: `UPDATE leave SET told = array_append(told, $3), verify_why = $3, verified_outcome = NULL, verified_name = NULL, verified_at = NULL WHERE district_code = $1 AND id = $2`,
  });
}

/** Keeps what verifying a leave found; a prolonged one runs on to its new end and may be told of again. */
export async function verifyLeaveRow(
  client: Client,
  district: string,
  id: string,
  row: {
    outcome: VerifyOutcome;
    state: LeaveState;
    toDay: string;
    told: readonly VerifyReason[];
    endedDay: string | null;
    byName: string;
    at: Date;
    sealed: Buffer;
  },
): Promise<void> {
  await client.query({
    name: 'attendance-leave-verify',
    values: [district, id, row.outcome, row.state, row.toDay, row.told, row.endedDay, row.byName, row.at, row.sealed],
    text: `UPDATE leave SET verified_outcome = $3, state = $4, to_day = $5::date, told = $6::text[], ended_day = $7::date, verified_name = $8, verified_at = $9, sealed_verified = $10 WHERE district_code = $1 AND id = $2`,
  });
}

/** An approved leave as the job that looks for overdue ones needs it. */
export interface RunningLeave {
  id: string;
  child_id: string;
  school_id: string;
  class_id: string | null;
  kind: LeaveKind;
  from_day: string;
  to_day: string;
  paper_id: string | null;
  told: VerifyReason[];
  /** When it was last prolonged by a verification; null where it never was. */
  prolonged_at: Date | null;
}

/** The approved leaves that are past their end, or began long enough ago to be too long. */
export async function listRunningLeaves(
  client: Client,
  district: string,
  today: string,
  beganBefore: string,
): Promise<RunningLeave[]> {
  const found = await client.query<RunningLeave>({
    name: 'attendance-leaves-running',
    values: [district, today, beganBefore],
    text: `SELECT id, child_id, school_id, class_id, kind, from_day, to_day, paper_id, told, CASE WHEN verified_outcome = 'prolonged' THEN verified_at END AS prolonged_at FROM leave
           WHERE district_code = $1 AND state = 'approved' AND (to_day < $2::date OR from_day <= $3::date AND kind IN ('illness', 'personal')) ORDER BY id`,
  });
  return found.rows;
}

/** Pupils whose roll calls show illness or personal leave on many days since a day, without any leave that covers them. */
export async function listLongWithoutLeave(
  client: Client,
  district: string,
  since: string,
  least: { illness: number; personal: number },
): Promise<
  {
    child_id: string;
    school_id: string;
    class_id: string;
    kind: 'illness' | 'personal';
    days: string[];
    reach: string[];
  }[]
> {
  const found = await client.query<{
    child_id: string;
    school_id: string;
    class_id: string;
    kind: 'illness' | 'personal';
    days: string[];
    reach: string[];
  }>({
    name: 'attendance-long-without-leave',
    values: [district, since, least.illness, least.personal],
    text: `SELECT x.child_id, x.school_id, x.class_id, x.kind, x.days, c.reach FROM (
             SELECT a.child_id, a.kind, (array_agg(a.school_id ORDER BY a.day DESC))[1] AS school_id, (array_agg(a.class_id ORDER BY a.day DESC))[1] AS class_id, array_agg(DISTINCT a.day ORDER BY a.day) AS days, sum(a.weight) AS sum
             FROM absence a WHERE a.district_code = $1 AND a.day >= $2::date AND a.kind IN ('illness', 'personal') AND a.leave_id IS NULL AND upper_inf(a.known) GROUP BY a.child_id, a.kind) x
           JOIN child c ON c.district_code = $1 AND c.id = x.child_id
           WHERE x.sum > CASE x.kind WHEN 'illness' THEN $3::int ELSE $4::int END
             AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.district_code = $1 AND l.child_id = x.child_id AND l.kind = x.kind AND l.to_day >= x.days[1])`,
  });
  return found.rows;
}

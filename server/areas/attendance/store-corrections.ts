import type pg from 'pg';
import type { CorrectedKind, CorrectionState, DayPart, KeptKind } from '#domain/attendance/record.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A correction as stored, with the names a list shows. */
export interface CorrectionRecord {
  id: string;
  child_id: string;
  name: string;
  school_id: string;
  school_name: string;
  class_id: string;
  class_name: string;
  day: string;
  part: DayPart;
  from_kind: KeptKind | 'present';
  to_kind: CorrectedKind;
  why: 'crossing' | 'duty' | null;
  sealed_words: Buffer;
  state: CorrectionState;
  asked_by: string;
  asked_name: string;
  asked_at: Date;
  decided_name: string | null;
  decided_at: Date | null;
  sealed_decision: Buffer | null;
}

const source = `attendance_correction x JOIN child c ON c.district_code = $1 AND c.id = x.child_id JOIN school s ON s.district_code = $1 AND s.id = x.school_id
  JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id`;
const shown = `x.id, x.child_id, c.name, x.school_id, s.name AS school_name, x.class_id, k.name AS class_name, x.day, x.part, x.from_kind, x.to_kind, x.why, x.sealed_words, x.state,
  x.asked_by, x.asked_name, x.asked_at, x.decided_name, x.decided_at, x.sealed_decision`;

/** A correction within reach, locked; null otherwise. */
export async function lockCorrection(client: Client, district: string, id: string): Promise<CorrectionRecord | null> {
  const found = await client.query<CorrectionRecord>({
    name: 'attendance-correction-lock',
    values: [district, id],
    text: `SELECT ${shown} FROM ${source} WHERE x.district_code = $1 AND x.id = $2 FOR UPDATE OF x`,
  });
  return found.rows[0] ?? null;
}

/** A page of corrections, the latest first; `day` for those of one day. */
export async function pageCorrections(
  client: Client,
  district: string,
  asked: {
    state?: CorrectionState | undefined;
    schoolId?: string | undefined;
    childId?: string | undefined;
    day?: string | undefined;
  },
  page: { size: number; offset: number },
): Promise<{ rows: CorrectionRecord[]; total: number }> {
  const where = filters(district);
  if (asked.state) where.and(`x.state = ${where.value(asked.state)}`);
  if (asked.schoolId) where.and(`x.school_id = ${where.value(asked.schoolId)}`);
  if (asked.childId) where.and(`x.child_id = ${where.value(asked.childId)}`);
  if (asked.day) where.and(`x.day = ${where.value(asked.day)}::date`);
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM attendance_correction x WHERE x.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const rows = await client.query<CorrectionRecord>({
    text: `SELECT ${shown} FROM ${source} WHERE x.district_code = $1${where.where()} ORDER BY x.asked_at DESC, x.id LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`,
    values: where.values,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** A correction about to be kept. */
export interface NewCorrection {
  id: string;
  childId: string;
  schoolId: string;
  classId: string;
  day: string;
  part: DayPart;
  fromKind: KeptKind | 'present';
  toKind: CorrectedKind;
  why: 'crossing' | 'duty' | null;
  sealedWords: Buffer;
  state: 'done' | 'waiting';
  by: string;
  byName: string;
  at: Date;
  reach: readonly string[];
}

/** Keeps a correction. */
export async function insertCorrection(client: Client, district: string, row: NewCorrection): Promise<void> {
  await client.query({
    name: 'attendance-correction-insert',
    values: [
      district,
      row.id,
      row.childId,
      row.schoolId,
      row.classId,
      row.day,
      row.part,
      row.fromKind,
      row.toKind,
      row.why,
      row.sealedWords,
      row.state,
      row.by,
      row.byName,
      row.at,
      row.reach,
    ],
    text: `INSERT INTO attendance_correction (district_code, id, child_id, school_id, class_id, day, part, from_kind, to_kind, why, sealed_words, state, asked_by, asked_name, asked_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::text[])`,
  });
}

/** Whether a change of a pupil's mark waits for consent. */
export async function hasWaiting(
  client: Client,
  district: string,
  of: { childId: string; day: string; part: DayPart },
): Promise<boolean> {
  const found = await client.query({
    name: 'attendance-correction-waiting',
    values: [district, of.childId, of.day, of.part],
    text: `SELECT 1 FROM attendance_correction WHERE district_code = $1 AND child_id = $2 AND day = $3::date AND part = $4 AND state = 'waiting'`,
  });
  return found.rows.length > 0;
}

/** The pupils of a class whose mark of a day and part waits for consent. */
export async function listWaiting(
  client: Client,
  district: string,
  of: { classId: string; day: string; part: DayPart },
): Promise<string[]> {
  const found = await client.query<{ child_id: string }>({
    name: 'attendance-correction-waiting-class',
    values: [district, of.classId, of.day, of.part],
    text: `SELECT child_id FROM attendance_correction WHERE district_code = $1 AND class_id = $2 AND day = $3::date AND part = $4 AND state = 'waiting'`,
  });
  return found.rows.map((row) => row.child_id);
}

/** What the corrections of a class that wait for consent would make of the marks, by child. */
export async function listWaitingKinds(
  client: Client,
  district: string,
  of: { classId: string; day: string; part: DayPart },
): Promise<Map<string, string>> {
  const found = await client.query<{ child_id: string; to_kind: string }>({
    name: 'attendance-correction-waiting-kinds',
    values: [district, of.classId, of.day, of.part],
    text: `SELECT child_id, to_kind FROM attendance_correction WHERE district_code = $1 AND class_id = $2 AND day = $3::date AND part = $4 AND state = 'waiting'`,
  });
  return new Map(found.rows.map((row) => [row.child_id, row.to_kind] as const));
}

/** Keeps the decision on a correction. */
export async function decideCorrectionRow(
  client: Client,
  district: string,
  id: string,
  row: { state: 'consented' | 'refused'; by: string; byName: string; at: Date; sealed: Buffer },
): Promise<void> {
  await client.query({
    name: 'attendance-correction-decide',
    values: [district, id, row.state, row.by, row.byName, row.at, row.sealed],
    text: `UPDATE attendance_correction SET state = $3, decided_by = $4, decided_name = $5, decided_at = $6, sealed_decision = $7 WHERE district_code = $1 AND id = $2`,
  });
}

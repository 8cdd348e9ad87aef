import type pg from 'pg';
import { filters, statementName } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import type { Answer, ChildMark, DayPart, KeptKind } from '#domain/attendance/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A roll call as stored. */
export interface RollCallRow {
  id: string;
  school_id: string;
  class_id: string;
  day: string;
  part: DayPart;
  weight: number;
  on_roll: number;
  present: number;
  source: 'call' | 'late' | 'sheet';
  late_reason: string | null;
  marked_by: string;
  marked_name: string;
  marked_at: Date;
}

/** An absence as stored. */
export interface AbsenceRow {
  id: string;
  child_id: string;
  school_id: string;
  class_id: string;
  day: string;
  part: DayPart;
  weight: number;
  kind: KeptKind;
  answer: Answer | null;
  answered_at: Date | null;
  leave_id: string | null;
  marked_name: string;
  reach: string[];
}

const absenceColumns =
  'id, child_id, school_id, class_id, day, part, weight, kind, answer, answered_at, leave_id, marked_name, reach';
const rollCallColumns =
  'id, school_id, class_id, day, part, weight, on_roll, present, source, late_reason, marked_by, marked_name, marked_at';

/** The roll call of a class that stands, null when it is not marked. */
export async function findRollCall(
  client: Client,
  district: string,
  of: { classId: string; day: string; part: DayPart },
): Promise<RollCallRow | null> {
  const found = await client.query<RollCallRow>({
    name: 'attendance-roll-call',
    values: [district, of.classId, of.day, of.part],
    text: `SELECT ${rollCallColumns} FROM roll_call WHERE district_code = $1 AND class_id = $2 AND day = $3::date AND part = $4 AND upper_inf(known)`,
  });
  return found.rows[0] ?? null;
}

/** Keeps a roll call; false when the class has one already. */
export async function insertRollCall(
  client: Client,
  district: string,
  row: Omit<RollCallRow, 'marked_at'> & { markedAt: Date; knownAt: string; reach: readonly string[] },
): Promise<boolean> {
  const made = await client.query({
    name: 'attendance-roll-call-insert',
    values: [
      district,
      row.id,
      row.school_id,
      row.class_id,
      row.day,
      row.part,
      row.weight,
      row.on_roll,
      row.present,
      row.source,
      row.late_reason,
      row.marked_by,
      row.marked_name,
      row.markedAt,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO roll_call (district_code, ${rollCallColumns}, known, reach)
           VALUES ($1, $2, $3, $4, $5::date, $6, $7::real, $8, $9, $10, $11, $12, $13, $14, tstzrange($15::timestamptz, NULL), $16::text[])
           ON CONFLICT (district_code, class_id, day, part) WHERE upper_inf(known) DO NOTHING`,
  });
  return made.rowCount === 1;
}

/** An absence about to be kept. */
export interface NewAbsence {
  id: string;
  childId: string;
  schoolId: string;
  classId: string;
  day: string;
  part: DayPart;
  weight: number;
  kind: KeptKind;
  leaveId: string | null;
  answer?: Answer | null;
  answeredName?: string | null;
  answeredAt?: Date | null;
  by: string;
  byName: string;
  at: Date;
  reach: readonly string[];
}

/** Keeps absences in one statement. */
export async function insertAbsences(
  client: Client,
  district: string,
  knownAt: string,
  list: readonly NewAbsence[],
): Promise<void> {
  if (list.length === 0) return;
  const values: unknown[] = [district, knownAt];
  const put = (value: unknown) => `$${String(values.push(value))}`;
  const lines = list.map(
    (row) =>
      `($1, ${put(row.id)}, ${put(row.childId)}, ${put(row.schoolId)}, ${put(row.classId)}, ${put(row.day)}::date, ${put(row.part)}, ${put(row.weight)}::real, ${put(row.kind)}, ` +
      `${put(row.answer ?? null)}, ${put(row.answeredName ?? null)}, ${put(row.answeredAt ?? null)}::timestamptz, ${put(row.leaveId)}::uuid, ${put(row.by)}, ${put(row.byName)}, ${put(row.at)}::timestamptz, tstzrange($2::timestamptz, NULL), ${put(row.reach)}::text[])`,
  );
  await client.query({
    text: `INSERT INTO absence (district_code, id, child_id, school_id, class_id, day, part, weight, kind, answer, answered_name, answered_at, leave_id, marked_by, marked_name, marked_at, known, reach) VALUES ${lines.join(', ')}`,
    values,
  });
}

/** The absences of a class on a day and part that stand. */
export async function listAbsences(
  client: Client,
  district: string,
  of: { classId: string; day: string; part: DayPart },
): Promise<AbsenceRow[]> {
  const found = await client.query<AbsenceRow>({
    name: 'attendance-absences',
    values: [district, of.classId, of.day, of.part],
    text: `SELECT ${absenceColumns} FROM absence WHERE district_code = $1 AND class_id = $2 AND day = $3::date AND part = $4 AND upper_inf(known)`,
  });
  return found.rows;
}

/** The absences of a pupil over a span that stand. */
export async function listAbsencesOf(
  client: Client,
  district: string,
  childId: string,
  from: string,
  to: string,
): Promise<AbsenceRow[]> {
  const found = await client.query<AbsenceRow>({
    name: 'attendance-absences-child',
    values: [district, childId, from, to],
    text: `SELECT ${absenceColumns} FROM absence WHERE district_code = $1 AND child_id = $2 AND day >= $3::date AND day <= $4::date AND upper_inf(known) ORDER BY day, part DESC`,
  });
  return found.rows;
}

/** An absence that stands, by its id, locked; null when superseded or out of reach. */
export async function findAbsence(client: Client, district: string, id: string): Promise<AbsenceRow | null> {
  const found = await client.query<AbsenceRow>({
    name: 'attendance-absence',
    values: [district, id],
    text: `SELECT ${absenceColumns} FROM absence WHERE district_code = $1 AND id = $2 AND upper_inf(known) FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** The absence of a pupil on a day and part that stands; null when there is none. */
export async function findAbsenceOf(
  client: Client,
  district: string,
  of: { childId: string; day: string; part: DayPart },
): Promise<AbsenceRow | null> {
  const found = await client.query<AbsenceRow>({
    name: 'attendance-absence-of',
    values: [district, of.childId, of.day, of.part],
    text: `SELECT ${absenceColumns} FROM absence WHERE district_code = $1 AND child_id = $2 AND day = $3::date AND part = $4 AND upper_inf(known) FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** Ends what is known of an absence: another version, or none, follows. */
export async function closeAbsence(client: Client, district: string, id: string, knownAt: string): Promise<void> {
  await client.query({
    name: 'attendance-absence-close',
    values: [district, id, knownAt],
    text: `UPDATE absence SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2 AND upper_inf(known)`,
  });
}

/** Writes the guardian's answer on an absence whose mark stays. */
export async function setAnswer(
  client: Client,
  district: string,
  id: string,
  answer: { answer: Answer; by: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'attendance-answer',
    values: [district, id, answer.answer, answer.by, answer.at],
    text: `UPDATE absence SET answer = $3, answered_name = $4, answered_at = $5 WHERE district_code = $1 AND id = $2`,
  });
}

/**
 * The marks of children over a span: an absence where there is one, else present where the class was marked in which he was called: of the
 * roll, or of the school where he attends; nowhere while he was suspended.
 * Days on which neither stands are not among them.
 */
export async function readMarks(
  client: Client,
  district: string,
  childIds: readonly string[],
  from: string,
  to: string,
  then: Then | null = null,
): Promise<ChildMark[]> {
  if (childIds.length === 0) return [];
  const where = filters(district, childIds, from, to);
  const past = then === null ? null : pastOf(where, then);
  const known = (alias: string) => (past === null ? `upper_inf(${alias}.known)` : past.known(alias));
  const text = `WITH away AS (
             SELECT a.child_id, a.from_date, a.to_date, a.class_id FROM attending_place a WHERE a.district_code = $1 AND a.child_id = ANY($2::uuid[]) AND ${known('a')} AND a.kind <> 'regularClass'
             UNION ALL SELECT c.child_id, c.from_date, c.to_date, NULL FROM course c WHERE c.district_code = $1 AND c.child_id = ANY($2::uuid[]) AND ${known('c')} AND c.state = 'suspended')
           SELECT b.child_id AS "childId", b.day, b.part, b.weight, b.kind, true AS said FROM absence b
           WHERE b.district_code = $1 AND b.child_id = ANY($2::uuid[]) AND b.day >= $3::date AND b.day <= $4::date AND ${known('b')}
           UNION ALL SELECT e.child_id, r.day, r.part, r.weight, NULL, false FROM enrolment e
           JOIN roll_call r ON r.district_code = $1 AND r.class_id = e.class_id AND r.day >= $3::date AND r.day <= $4::date AND ${known('r')}
             AND r.day >= e.from_date AND (e.to_date IS NULL OR r.day < e.to_date)
           WHERE e.district_code = $1 AND e.child_id = ANY($2::uuid[]) AND ${known('e')}
             AND NOT EXISTS (SELECT 1 FROM away w WHERE w.child_id = e.child_id AND r.day >= w.from_date AND (w.to_date IS NULL OR r.day < w.to_date))
           UNION ALL SELECT w.child_id, r.day, r.part, r.weight, NULL, false FROM away w
           JOIN roll_call r ON r.district_code = $1 AND r.class_id = w.class_id AND r.day >= $3::date AND r.day <= $4::date AND ${known('r')}
             AND r.day >= w.from_date AND (w.to_date IS NULL OR r.day < w.to_date)`;
  const name = statementName('attendance-marks', text);
  const found = await client.query<ChildMark & { said: boolean }>({ name, text, values: where.values });
  const keyOf = (mark: ChildMark) => `${mark.childId} ${mark.day} ${mark.part}`;
  const marks = new Map<string, ChildMark>();
  for (const { said, ...mark } of found.rows) if (said || !marks.has(keyOf(mark))) marks.set(keyOf(mark), mark);
  return [...marks.values()];
}

/** Every version of the absences of a pupil on a day, oldest first. */
export async function listVersions(
  client: Client,
  district: string,
  childId: string,
  day: string,
): Promise<{ part: DayPart; kind: KeptKind; by: string; from: Date; to: Date | null; answer: Answer | null }[]> {
  const found = await client.query<{
    part: DayPart;
    kind: KeptKind;
    by: string;
    from: Date;
    to: Date | null;
    answer: Answer | null;
  }>({
    name: 'attendance-versions',
    values: [district, childId, day],
    text: `SELECT part, kind, marked_name AS by, lower(known) AS from, upper(known) AS to, answer FROM absence
           WHERE district_code = $1 AND child_id = $2 AND day = $3::date ORDER BY part DESC, lower(known), id`,
  });
  return found.rows;
}

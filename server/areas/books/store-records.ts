import type pg from 'pg';
import type { WorkKind, WorkState } from '#domain/books/work-record.ts';
import { filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A version of a work record as stored. */
export interface WorkRow {
  id: string;
  first_id: string;
  version: number;
  kind: WorkKind;
  sort: string;
  state: WorkState;
  school_id: string;
  school_name: string;
  class_id: string | null;
  class_name: string | null;
  day: string;
  due_date: string | null;
  staff_ids: string[];
  sealed: Buffer;
  by_id: string;
  by_name: string;
  reason: string | null;
  known_at: Date;
  reach: string[];
}

const columns = `w.id, w.first_id, w.version, w.kind, w.sort, w.state, w.school_id, s.name AS school_name, w.class_id, k.name AS class_name, w.day, w.due_date, w.staff_ids, w.sealed, w.by_id, w.by_name, w.reason, lower(w.known) AS known_at, w.reach`;
const joined = `work_record w JOIN school s ON s.district_code = $1 AND s.id = w.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = w.class_id`;

/** A page of the records that stand, or stood then, the latest day first. */
export async function pageRecords(
  client: Client,
  district: string,
  asked: { kind?: string | undefined; state?: string | undefined; schoolId?: string | undefined; page: number; size: number; then: Then | null }, // prettier-ignore
): Promise<{ rows: WorkRow[]; total: number }> {
  const where = filters(district);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  const stood = past === null ? 'upper_inf(w.known)' : `${past.known('w')} AND w.day <= ${past.day()}`;
  if (asked.kind !== undefined) where.and(`w.kind = ${where.value(asked.kind)}`);
  if (asked.state === undefined) where.and(`w.state <> 'withdrawn'`);
  else where.and(`w.state = ${where.value(asked.state)}`);
  if (asked.schoolId !== undefined) where.and(`w.school_id = ${where.value(asked.schoolId)}::uuid`);
  const rest = `WHERE w.district_code = $1 AND ${stood}${where.where()}`;
  const total = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM work_record w ${rest}`, [
    ...where.values,
  ]);
  const text = `SELECT ${columns} FROM ${joined} ${rest} ORDER BY w.day DESC, w.first_id LIMIT ${where.value(asked.size)} OFFSET ${where.value((asked.page - 1) * asked.size)}`;
  const found = await client.query<WorkRow>({ text, values: where.values });
  return { rows: found.rows, total: total.rows[0]?.n ?? 0 };
}

/** The version of a record that stands now, held until the end of the transaction. */
export async function findRecord(client: Client, district: string, firstId: string): Promise<WorkRow | null> {
  const found = await client.query<WorkRow>({
    name: 'books-record',
    values: [district, firstId],
    text: `SELECT ${columns} FROM ${joined} WHERE w.district_code = $1 AND w.first_id = $2 AND upper_inf(w.known) FOR UPDATE OF w`,
  });
  return found.rows[0] ?? null;
}

/** Every version of a record, the newest first. */
export async function readVersions(client: Client, district: string, firstId: string): Promise<WorkRow[]> {
  const found = await client.query<WorkRow>({
    name: 'books-record-versions',
    values: [district, firstId],
    text: `SELECT ${columns} FROM ${joined} WHERE w.district_code = $1 AND w.first_id = $2 ORDER BY w.version DESC`,
  });
  return found.rows;
}

/** Whether a pupil is helped already, in another record than the one named. */
export async function isHelped(
  client: Client,
  district: string,
  childId: string,
  but: string | null,
): Promise<boolean> {
  const found = await client.query({
    name: 'books-is-helped',
    values: [district, childId, but],
    text: `SELECT 1 FROM work_record_child x JOIN work_record w ON w.district_code = $1 AND w.id = x.record_id
      WHERE x.district_code = $1 AND x.child_id = $2::uuid AND w.kind = 'pairing' AND w.state = 'helped' AND upper_inf(w.known) AND w.first_id IS DISTINCT FROM $3::uuid LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** Records of a span of days that stood as known at a moment, by school, day and the order in which they were kept; plans and help to pupils from before it too. */
export async function readRecords(
  client: Client,
  district: string,
  asked: { schoolId: string | null; from: string; day: string; knownAt: string },
): Promise<WorkRow[]> {
  const where = filters(district, asked.from, asked.day, asked.knownAt);
  if (asked.schoolId !== null) where.and(`w.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT ${columns} FROM ${joined} WHERE w.district_code = $1 AND w.day <= $3::date AND (w.day >= $2::date OR w.kind IN ('plan', 'pairing')) AND w.known @> $4::timestamptz AND w.state <> 'withdrawn'${where.where()} ORDER BY s.code, w.day, w.kind, w.first_id`;
  return (await client.query<WorkRow>({ text, values: where.values })).rows;
}

/** The pupils of some versions, within reach, by name; the class is that of the record's own school. */
export async function readRecordChildren(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<{ record_id: string; child_id: string; name: string; class_name: string | null }[]> {
  const found = await client.query<{ record_id: string; child_id: string; name: string; class_name: string | null }>({
    name: 'books-record-children',
    values: [district, ids],
    text: `SELECT x.record_id, x.child_id, c.name, k.name AS class_name FROM work_record_child x JOIN work_record w ON w.district_code = $1 AND w.id = x.record_id JOIN child c ON c.district_code = $1 AND c.id = x.child_id
      LEFT JOIN enrolment e ON e.district_code = $1 AND e.child_id = x.child_id AND upper_inf(e.known) AND e.to_date IS NULL AND e.school_id = w.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
      WHERE x.district_code = $1 AND x.record_id = ANY($2::uuid[]) ORDER BY c.name COLLATE "zh-Hans-CN-x-icu", x.child_id`,
  });
  return found.rows;
}

/** Names of staff by id. */
export async function readStaffNames(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = await client.query<{ id: string; name: string }>({
    name: 'books-staff-names',
    values: [district, ids],
    text: `SELECT id, name FROM staff WHERE district_code = $1 AND id = ANY($2::uuid[])`,
  });
  return new Map(found.rows.map((row) => [row.id, row.name]));
}

/** Which of some staff hold or held a post at a school or in one of its classes that did not end before a day. */
export async function staffOfSchool(
  client: Client,
  district: string,
  asked: { schoolId: string; day: string; ids: readonly string[] },
): Promise<Set<string>> {
  const found = await client.query<{ staff_id: string }>({
    name: 'books-staff-of-school',
    values: [district, asked.schoolId, asked.day, asked.ids],
    text: `SELECT DISTINCT p.staff_id FROM post p LEFT JOIN school_class k ON k.district_code = $1 AND p.unit_kind = 'class' AND k.id::text = p.unit_id
      WHERE p.district_code = $1 AND p.staff_id = ANY($4::uuid[]) AND (p.to_date IS NULL OR p.to_date >= $3::date) AND (p.unit_kind = 'school' AND p.unit_id = $2::text OR k.school_id = $2::uuid)`,
  });
  return new Set(found.rows.map((row) => row.staff_id));
}

/** Which of some pupils are or were on the roll of a school, or of one of its classes, not ended before a day, with the reach of each. */
export async function pupilsOfSchool(
  client: Client,
  district: string,
  asked: { schoolId: string; classId: string | null; day: string; ids: readonly string[] },
): Promise<Map<string, string[]>> {
  const found = await client.query<{ id: string; reach: string[] }>({
    name: 'books-pupils-of-school',
    values: [district, asked.schoolId, asked.classId, asked.day, asked.ids],
    text: `SELECT c.id, c.reach FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id
      WHERE e.district_code = $1 AND e.child_id = ANY($5::uuid[]) AND e.school_id = $2 AND ($3::uuid IS NULL OR e.class_id = $3) AND upper_inf(e.known) AND (e.to_date IS NULL OR e.to_date > $4::date)`,
  });
  return new Map(found.rows.map((row) => [row.id, row.reach]));
}

/** Whether a class is one of a school. */
export async function isClassOf(client: Client, district: string, classId: string, schoolId: string): Promise<boolean> {
  const found = await client.query({
    name: 'books-class-of',
    values: [district, classId, schoolId],
    text: `SELECT 1 FROM school_class WHERE district_code = $1 AND id = $2 AND school_id = $3`,
  });
  return found.rowCount === 1;
}

/** Ends what is known of the version that stood. */
export async function closeRecord(client: Client, district: string, id: string, knownAt: string): Promise<void> {
  await client.query({
    name: 'books-record-close',
    values: [district, id, knownAt],
    text: `UPDATE work_record SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2 AND upper_inf(known)`,
  });
}

/** A version to be kept. */
export type NewRecord = Omit<WorkRow, 'school_name' | 'class_name' | 'known_at'> & { knownAt: string };

/** Keeps a version with its pupils, each with the pupil's own reach. */
export async function insertRecord(
  client: Client,
  district: string,
  row: NewRecord,
  children: readonly { id: string; rowId: string; reach: readonly string[] }[],
): Promise<void> {
  await client.query({
    name: 'books-record-add',
    values: [
      district,
      row.id,
      row.first_id,
      row.version,
      row.kind,
      row.sort,
      row.state,
      row.school_id,
      row.class_id,
      row.day,
      row.due_date,
      row.staff_ids,
      row.sealed,
      row.by_id,
      row.by_name,
      row.reason,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO work_record (district_code, id, first_id, version, kind, sort, state, school_id, class_id, day, due_date, staff_ids, sealed, by_id, by_name, reason, known, reach)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::uuid[], $13, $14, $15, $16, tstzrange($17::timestamptz, NULL), $18::text[])`,
  });
  // Many rows at once: the letters of a whole school are kept while others of the district wait to write.
  for (let from = 0; from < children.length; from += 200) {
    const values: unknown[] = [district, row.id];
    const lines = children.slice(from, from + 200).map(({ rowId, id, reach }) => {
      const at = values.push(rowId, id, reach);
      return `($1, $${String(at - 2)}, $2, $${String(at - 1)}, $${String(at)}::text[])`;
    });
    const text = `INSERT INTO work_record_child (district_code, id, record_id, child_id, reach) VALUES ${lines.join(', ')}`;
    await client.query({ text, values });
  }
}

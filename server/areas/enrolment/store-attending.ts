import type { AttendingKind } from '#domain/enrolment/changes-record.ts';
import type { Client } from './store-course.ts';

/** An attending place as it is written. */
export interface AttendingWrite {
  id: string;
  childId: string;
  kind: AttendingKind;
  schoolId: string | null;
  classId: string | null;
  quota: number | null;
  changeId: string;
  sealed: Buffer;
  fromDate: string;
  toDate: string | null;
  knownAt: string;
  reach: readonly string[];
}

/** An attending place as it is read. */
export interface AttendingRow {
  id: string;
  changeId: string;
  sealed: Buffer;
  fromDate: string;
  toDate: string | null;
}

/** The attending places of a child as known now. */
export async function readAttending(client: Client, district: string, childId: string): Promise<AttendingRow[]> {
  const found = await client.query<AttendingRow>({
    name: 'attending-of-child',
    values: [district, childId],
    text: `SELECT a.id, a.change_id AS "changeId", a.sealed, a.from_date AS "fromDate", a.to_date AS "toDate" FROM attending_place a WHERE a.district_code = $1 AND a.child_id = $2 AND upper_inf(a.known) ORDER BY a.from_date`,
  });
  return found.rows;
}

/** Ends what is known of an attending place, and keeps it until a day where one is given. */
export async function endAttending(
  client: Client,
  district: string,
  asked: { id: string; kept: { id: string; until: string; sealed: Buffer } | null; knownAt: string },
): Promise<void> {
  await client.query({
    name: 'attending-close',
    values: [district, asked.id, asked.knownAt],
    text: `UPDATE attending_place SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2`,
  });
  if (asked.kept === null) return;
  await client.query({
    name: 'attending-keep',
    values: [district, asked.id, asked.kept.id, asked.kept.until, asked.knownAt, asked.kept.sealed],
    text: `INSERT INTO attending_place (district_code, id, child_id, kind, school_id, class_id, quota, change_id, sealed, during, from_date, to_date, known, reach)
           SELECT a.district_code, $3::uuid, a.child_id, a.kind, a.school_id, a.class_id, a.quota, a.change_id, $6::bytea, daterange(a.from_date, $4::date), a.from_date, $4::date, tstzrange($5::timestamptz, NULL), a.reach
           FROM attending_place a WHERE a.district_code = $1 AND a.id = $2`,
  });
}

/** Writes an attending place. */
export async function insertAttending(client: Client, district: string, row: AttendingWrite): Promise<void> {
  await client.query({
    name: 'attending-insert',
    values: [district, row.id, row.childId, row.kind, row.schoolId, row.classId, row.quota, row.changeId, row.sealed, row.fromDate, row.toDate, row.knownAt, row.reach], // prettier-ignore
    text: `INSERT INTO attending_place (district_code, id, child_id, kind, school_id, class_id, quota, change_id, sealed, during, from_date, to_date, known, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, daterange($10::date, $11::date), $10::date, $11::date, tstzrange($12::timestamptz, NULL), $13::text[])`,
  });
}

/** A lesson of home teaching as stored. */
export interface LessonRow {
  id: string;
  day: string;
  lessons: number;
  sealed: Buffer;
  byName: string;
}

/** Adds a day of home teaching; false when this id is there already. */
export async function insertLesson(
  client: Client,
  district: string,
  row: LessonRow & { childId: string; changeId: string; byId: string; at: Date; reach: readonly string[] },
): Promise<boolean> {
  const done = await client.query({
    name: 'lesson-insert',
    values: [district, row.id, row.childId, row.changeId, row.day, row.lessons, row.sealed, row.byId, row.byName, row.at, row.reach], // prettier-ignore
    text: `INSERT INTO home_lesson (district_code, id, child_id, change_id, day, lessons, sealed, by_id, by_name, at, reach)
           VALUES ($1, $2, $3, $4, $5::date, $6, $7, $8, $9, $10, $11::text[]) ON CONFLICT ON CONSTRAINT home_lesson_pk DO NOTHING`,
  });
  return done.rowCount === 1;
}

/** The days of home teaching of a change, the newest first. */
export async function listLessons(client: Client, district: string, changeId: string): Promise<LessonRow[]> {
  const found = await client.query<LessonRow>({
    name: 'lessons-of-change',
    values: [district, changeId],
    text: `SELECT h.id, h.day, h.lessons, h.sealed, h.by_name AS "byName" FROM home_lesson h WHERE h.district_code = $1 AND h.change_id = $2 ORDER BY h.day DESC, h.at DESC`,
  });
  return found.rows;
}

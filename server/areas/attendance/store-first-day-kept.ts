import type pg from 'pg';
import type { FirstDayReason } from '#domain/attendance/record.ts';
import type { Whereabouts } from '#domain/dropout/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A version of what was entered of a pupil. */
export interface EntryRow {
  id: string;
  child_id: string;
  why: FirstDayReason;
  whereabouts: Whereabouts;
  sealed_words: Buffer;
  entered_name: string;
  entered_at: Date;
}

/** Ends what is known of an entry: another version follows. */
export async function closeEntry(client: Client, district: string, id: string, knownAt: string): Promise<void> {
  await client.query({
    name: 'first-day-entry-close',
    values: [district, id, knownAt],
    text: `UPDATE first_day_entry SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2 AND upper_inf(known)`,
  });
}

/** Keeps an entry. */
export async function insertEntry(
  client: Client,
  district: string,
  row: Omit<EntryRow, 'entered_at'> & {
    schoolId: string;
    classId: string;
    day: string;
    by: string;
    at: Date;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'first-day-entry-insert',
    values: [
      district,
      row.id,
      row.child_id,
      row.schoolId,
      row.classId,
      row.day,
      row.why,
      row.whereabouts,
      row.sealed_words,
      row.by,
      row.entered_name,
      row.at,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO first_day_entry (district_code, id, child_id, school_id, class_id, day, why, whereabouts, sealed_words, entered_by, entered_name, entered_at, known, reach)
           VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9, $10, $11, $12, tstzrange($13::timestamptz, NULL), $14::text[])`,
  });
}

/** The versions of entries that were superseded, of these pupils, the last first. */
export async function listEarlier(
  client: Client,
  district: string,
  day: string,
  childIds: readonly string[],
): Promise<EntryRow[]> {
  if (childIds.length === 0) return [];
  const found = await client.query<EntryRow>({
    name: 'first-day-entry-earlier',
    values: [district, day, childIds],
    text: `SELECT id, child_id, why, whereabouts, sealed_words, entered_name, entered_at FROM first_day_entry
           WHERE district_code = $1 AND day = $2::date AND child_id = ANY($3::uuid[]) AND NOT upper_inf(known) ORDER BY upper(known) DESC, id`,
  });
  return found.rows;
}

/** A class whose list is complete. */
export interface DoneRow {
  id: string;
  class_id: string;
  on_roll: number;
  present: number;
  accounted: number;
  done_name: string;
  done_at: Date;
}

/** The classes of a school, or one class, whose list is complete. */
export async function listDone(
  client: Client,
  district: string,
  day: string,
  of: { schoolId: string } | { classId: string },
): Promise<DoneRow[]> {
  const byClass = 'classId' in of;
  const found = await client.query<DoneRow>({
    name: byClass ? 'first-day-done-class' : 'first-day-done-school',
    values: [district, day, byClass ? of.classId : of.schoolId],
    text: `SELECT id, class_id, on_roll, present, accounted, done_name, done_at FROM first_day_class
           WHERE district_code = $1 AND day = $2::date AND upper_inf(known) AND ${byClass ? 'class_id' : 'school_id'} = $3`,
  });
  return found.rows;
}

/** How many times the list of a class was complete, as it stands or as it was. */
export async function countDone(client: Client, district: string, day: string, classId: string): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'first-day-done-count',
    values: [district, day, classId],
    text: `SELECT count(*)::int AS count FROM first_day_class WHERE district_code = $1 AND day = $2::date AND class_id = $3`,
  });
  return found.rows[0]?.count ?? 0;
}

/** Ends what is known of a complete list. */
export async function closeDone(client: Client, district: string, id: string, knownAt: string): Promise<void> {
  await client.query({
    name: 'first-day-done-close',
    values: [district, id, knownAt],
    text: `UPDATE first_day_class SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2 AND upper_inf(known)`,
  });
}

/** Keeps that the list of a class is complete. */
export async function insertDone(
  client: Client,
  district: string,
  row: {
    id: string;
    schoolId: string;
    classId: string;
    day: string;
    onRoll: number;
    present: number;
    accounted: number;
    by: string;
    byName: string;
    at: Date;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'first-day-done-insert',
    values: [
      district,
      row.id,
      row.schoolId,
      row.classId,
      row.day,
      row.onRoll,
      row.present,
      row.accounted,
      row.by,
      row.byName,
      row.at,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO first_day_class (district_code, id, school_id, class_id, day, on_roll, present, accounted, done_by, done_name, done_at, known, reach)
           VALUES ($1, $2, $3, $4, $5::date, $6, $7, $8, $9, $10, $11, tstzrange($12::timestamptz, NULL), $13::text[])`,
  });
}

/** A list as a principal signed it. */
export interface SignedRow {
  id: string;
  school_id: string;
  version: number;
  counts: unknown;
  sealed: Buffer;
  signed_name: string;
  signed_at: Date;
}

const signedColumns = 'id, school_id, version, counts, sealed, signed_name, signed_at';

/** Every version signed for a school and day, the first first. */
export async function listSigned(
  client: Client,
  district: string,
  schoolId: string,
  day: string,
): Promise<SignedRow[]> {
  const found = await client.query<SignedRow>({
    name: 'first-day-signed',
    values: [district, schoolId, day],
    text: `SELECT ${signedColumns} FROM first_day_list WHERE district_code = $1 AND school_id = $2 AND day = $3::date ORDER BY version`,
  });
  return found.rows;
}

/** Which schools within reach have signed for a day, each by its last version. */
export async function listSigners(
  client: Client,
  district: string,
  day: string,
): Promise<{ school_id: string; signed_name: string; signed_at: Date }[]> {
  const found = await client.query<{ school_id: string; signed_name: string; signed_at: Date }>({
    name: 'first-day-signers',
    values: [district, day],
    text: `SELECT DISTINCT ON (school_id) school_id, signed_name, signed_at FROM first_day_list WHERE district_code = $1 AND day = $2::date ORDER BY school_id, version DESC`,
  });
  return found.rows;
}

/** Keeps a signed list; false when that version stands already. */
export async function insertSigned(
  client: Client,
  district: string,
  row: Omit<SignedRow, 'signed_at'> & { day: string; by: string; at: Date; knownAt: string; reach: readonly string[] },
): Promise<boolean> {
  const made = await client.query({
    name: 'first-day-sign',
    values: [
      district,
      row.id,
      row.school_id,
      row.day,
      row.version,
      JSON.stringify(row.counts),
      row.sealed,
      row.by,
      row.signed_name,
      row.at,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO first_day_list (district_code, id, school_id, day, version, counts, sealed, signed_by, signed_name, signed_at, known_at, reach)
           VALUES ($1, $2, $3, $4::date, $5, $6::jsonb, $7, $8, $9, $10, $11, $12::text[]) ON CONFLICT ON CONSTRAINT first_day_list_version_uq DO NOTHING`,
  });
  return made.rowCount === 1;
}

/** The classes that were told of as owing the list of a day. */
export async function listToldFirstDay(client: Client, district: string, day: string): Promise<string[]> {
  const found = await client.query<{ class_id: string }>({
    name: 'first-day-told',
    values: [district, day],
    text: `SELECT class_id FROM first_day_told WHERE district_code = $1 AND day = $2::date`,
  });
  return found.rows.map((row) => row.class_id);
}

/** Keeps that a class was told of; false when it had been. */
export async function rememberFirstDay(
  client: Client,
  district: string,
  row: { schoolId: string; classId: string; day: string; at: Date },
): Promise<boolean> {
  const made = await client.query({
    name: 'first-day-remember',
    values: [district, row.schoolId, row.classId, row.day, row.at],
    text: `INSERT INTO first_day_told (district_code, school_id, class_id, day, told_at) VALUES ($1, $2, $3, $4::date, $5) ON CONFLICT ON CONSTRAINT first_day_told_pk DO NOTHING`,
  });
  return made.rowCount === 1;
}

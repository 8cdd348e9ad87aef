import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import type { StagePlace } from './stage-persons.ts';
import type { ListKind } from './read-rows.ts';

/** A list handed in, as its row stands. */
export interface FileRow {
  id: string;
  kind: ListKind;
  list: string | null;
  sealed_name: Buffer | null;
  stored_name: string | null;
  fingerprint: Buffer;
  bytes: number;
  as_of: string;
  valid_to: string | null;
  dry_run: boolean;
  state: string;
  rows_read: number;
  rows: number;
  accepted: number;
  unchanged: number;
  repeated: number;
  held: number;
  still_held: number;
  preview: unknown;
  problem: { code: string; words: string } | null;
  started_by: string;
  started_name: string;
  created_at: Date;
  finished_at: Date | null;
}

const fileColumns = `f.id, f.kind, f.list, f.sealed_name, f.stored_name, f.fingerprint, f.bytes::float8 AS bytes, f.as_of, f.valid_to, f.dry_run, f.state, f.rows_read, f.rows, f.accepted,
  f.unchanged, f.repeated, f.held, f.preview, f.problem, f.started_by, f.started_name, f.created_at, f.finished_at,
  (SELECT count(*)::int FROM held_row h WHERE h.district_code = $1 AND h.import_id = f.id AND h.state = 'held') AS still_held`;

/** Writes down a list handed in. */
export async function insertFile(
  client: pg.ClientBase,
  district: string,
  file: {
    id: string;
    kind: ListKind;
    list: string | null;
    sealedName: Buffer;
    storedName: string;
    fingerprint: Buffer;
    bytes: number;
    asOf: string;
    validTo: string | null;
    dryRun: boolean;
    startedBy: string;
    startedName: string;
    at: Date;
  },
): Promise<void> {
  await client.query(
    `INSERT INTO import_file (district_code, id, kind, list, sealed_name, stored_name, fingerprint, bytes, as_of, valid_to, dry_run, state, started_by, started_name, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, $13, $14)`,
    [
      district,
      file.id,
      file.kind,
      file.list,
      file.sealedName,
      file.storedName,
      file.fingerprint,
      file.bytes,
      file.asOf,
      file.validTo,
      file.dryRun,
      file.startedBy,
      file.startedName,
      file.at,
    ],
  );
}

/** One list handed in, or undefined. */
export async function findFile(client: pg.ClientBase, district: string, id: string): Promise<FileRow | undefined> {
  return (
    await client.query<FileRow>(`SELECT ${fileColumns} FROM import_file f WHERE f.district_code = $1 AND f.id = $2`, [
      district,
      id,
    ])
  ).rows[0];
}

/** A page of lists handed in, newest first. */
export async function pageFiles(
  client: pg.ClientBase,
  district: string,
  kind: string | undefined,
  page: number,
  size: number,
): Promise<{ rows: FileRow[]; total: number }> {
  const where = filters(district);
  if (kind) where.and(`f.kind = ${where.value(kind)}`);
  const total = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM import_file f WHERE f.district_code = $1${where.where()}`,
    where.values,
  );
  const limit = `LIMIT ${where.value(size)} OFFSET ${where.value((page - 1) * size)}`;
  const rows = await client.query<FileRow>(
    `SELECT ${fileColumns} FROM import_file f WHERE f.district_code = $1${where.where()} ORDER BY f.created_at DESC, f.id DESC ${limit}`,
    where.values,
  );
  return { rows: rows.rows, total: total.rows[0]?.count ?? 0 };
}

/** Moves a list from one of the states `from` to another; false when it was in none of them. */
export async function moveState(
  client: pg.ClientBase,
  district: string,
  id: string,
  from: readonly string[],
  to: string,
  more: { dryRun?: boolean; problem?: unknown; finishedAt?: Date | null } = {},
): Promise<boolean> {
  const moved = await client.query(
    `UPDATE import_file SET state = $4, dry_run = coalesce($5::boolean, dry_run), problem = $6::jsonb, finished_at = $7 WHERE district_code = $1 AND id = $2 AND state = ANY($3::text[])`,
    [
      district,
      id,
      from,
      to,
      more.dryRun ?? null,
      more.problem === undefined ? null : JSON.stringify(more.problem),
      more.finishedAt ?? null,
    ],
  );
  return moved.rowCount === 1;
}

/** Tells how many rows are read; answers whether reading may go on. */
export async function tellProgress(pool: pg.Pool, district: string, id: string, rows: number): Promise<boolean> {
  const told = await pool.query(
    `UPDATE import_file SET rows_read = $3 WHERE district_code = $1 AND id = $2 AND state IN ('reading', 'publishing')`,
    [district, id, rows],
  );
  return told.rowCount === 1;
}

/** Counts of a published or previewed list. */
export interface Counts {
  rows: number;
  accepted: number;
  unchanged: number;
  repeated: number;
  held: number;
}

/** Writes the end of an import: counts, preview, state. */
export async function finishFile(
  client: pg.ClientBase,
  district: string,
  id: string,
  state: string,
  counts: Counts,
  preview: unknown,
  at: Date | null,
): Promise<void> {
  await client.query(
    `UPDATE import_file SET state = $3, rows = $4, rows_read = $4, accepted = $5, unchanged = $6, repeated = $7, held = $8, preview = $9::jsonb, finished_at = $10, problem = NULL WHERE district_code = $1 AND id = $2`,
    [
      district,
      id,
      state,
      counts.rows,
      counts.accepted,
      counts.unchanged,
      counts.repeated,
      counts.held,
      JSON.stringify(preview),
      at,
    ],
  );
}

/** Empties the staging rows of a list. */
export async function clearStaging(client: pg.ClientBase, district: string, id: string): Promise<void> {
  await client.query(`DELETE FROM import_row WHERE district_code = $1 AND import_id = $2`, [district, id]);
}

/** Streets and communities that stand on a day, for matching addresses. */
export async function readPlaces(client: pg.ClientBase, district: string, day: string): Promise<StagePlace[]> {
  return (
    await client.query<StagePlace>(
      `SELECT code, name, parent_code AS "parentCode", kind FROM place WHERE district_code = $1 AND (to_date IS NULL OR to_date >= $2::date)`,
      [district, day],
    )
  ).rows;
}

/** Codes and names of the schools. */
export async function readSchools(
  client: pg.ClientBase,
  district: string,
): Promise<{ id: string; code: string; name: string }[]> {
  return (
    await client.query<{ id: string; code: string; name: string }>(
      `SELECT id, code, name FROM school WHERE district_code = $1`,
      [district],
    )
  ).rows;
}

/** Counts the outcomes of staged rows. */
export async function countOutcomes(
  client: pg.ClientBase,
  district: string,
  id: string,
): Promise<Counts & { newChildren: number; knownChildren: number; proposals: number; secondSchool: number }> {
  const found = await client.query<Record<string, number>>(
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE held_code IS NOT NULL)::int AS held,
       count(*) FILTER (WHERE held_code IS NULL AND outcome = 'unchanged')::int AS unchanged, count(*) FILTER (WHERE held_code IS NULL AND outcome = 'repeated')::int AS repeated,
       count(*) FILTER (WHERE held_code IS NULL AND (outcome IS NULL OR outcome NOT IN ('unchanged', 'repeated')))::int AS accepted,
       count(*) FILTER (WHERE held_code IS NULL AND child_id IS NULL)::int AS "newChildren", count(*) FILTER (WHERE held_code IS NULL AND child_id IS NOT NULL)::int AS "knownChildren",
       count(*) FILTER (WHERE held_code IS NULL AND outcome IN ('suspect', 'conflict'))::int AS proposals, count(*) FILTER (WHERE held_code IS NULL AND outcome = 'claim')::int AS "secondSchool"
     FROM import_row WHERE district_code = $1 AND import_id = $2`,
    [district, id],
  );
  const row = found.rows[0] ?? {};
  const of = (key: string) => row[key] ?? 0;
  return {
    rows: of('rows'),
    accepted: of('accepted'),
    unchanged: of('unchanged'),
    repeated: of('repeated'),
    held: of('held'),
    newChildren: of('newChildren'),
    knownChildren: of('knownChildren'),
    proposals: of('proposals'),
    secondSchool: of('secondSchool'),
  };
}

/** The held rows of staging, in the order of the file. */
export async function listStagedHeld(
  client: pg.ClientBase,
  district: string,
  id: string,
): Promise<{ row: number; code: string; reason: string; name: string; also: string[] }[]> {
  return (
    await client.query<{ row: number; code: string; reason: string; name: string; also: string[] }>(
      `SELECT row_no AS row, held_code AS code, held_reason AS reason, name, coalesce(held_also, '{}') AS also FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NOT NULL ORDER BY row_no`,
      [district, id],
    )
  ).rows;
}

/** A few rows of the preview, one of each outcome first. */
export async function sampleOutcomes(
  client: pg.ClientBase,
  district: string,
  id: string,
): Promise<{ row: number; name: string; outcome: string; words: string | null }[]> {
  return (
    await client.query<{ row: number; name: string; outcome: string; words: string | null }>(
      `SELECT row_no AS row, name, outcome, words FROM (
         SELECT row_no, name, CASE WHEN held_code IS NOT NULL THEN 'held' WHEN outcome IS NULL AND child_id IS NULL THEN 'new' ELSE coalesce(outcome, 'changed') END AS outcome, held_reason AS words,
           row_number() OVER (PARTITION BY held_code IS NOT NULL, outcome ORDER BY row_no) AS place
         FROM import_row WHERE district_code = $1 AND import_id = $2) x WHERE place <= 8 ORDER BY outcome, row_no LIMIT 60`,
      [district, id],
    )
  ).rows;
}

/** Ids of children known before that this list touched. */
export async function touchedChildren(client: pg.ClientBase, district: string, id: string): Promise<string[]> {
  return (
    await client.query<{ child_id: string }>(
      `SELECT DISTINCT child_id FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL AND child_id IS NOT NULL AND outcome IS DISTINCT FROM 'unchanged'`,
      [district, id],
    )
  ).rows.map((row) => row.child_id);
}

/** The moment at which a dry run pretends to become known: the clock, but never before what is known already. Takes no lock. */
export async function readNextKnown(client: pg.ClientBase, district: string, at: Date): Promise<string> {
  const found = await client.query<{ at: string }>(
    `SELECT to_char(greatest($2::timestamptz, (SELECT known_at + interval '1 microsecond' FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
    [district, at],
  );
  return found.rows[0]?.at ?? at.toISOString();
}

/** Lists that stand in the way of a restart: read half-way when the server was stopped. */
export async function listInterrupted(pool: pg.Pool): Promise<{ district_code: string; id: string }[]> {
  return (
    await pool.query<{ district_code: string; id: string }>(
      `SELECT district_code, id FROM import_file WHERE state IN ('waiting', 'reading', 'publishing') ORDER BY created_at`,
    )
  ).rows;
}

import type pg from 'pg';
import type { RunFigures } from './rollup.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A list that a run read, by its import and fingerprint. */
export interface RunInput {
  kind: string;
  importId: string | null;
  fingerprint: string;
  rows: number;
  asOf: string;
}

/** The lists handed in for a day or before. */
export async function listRunInputs(client: Client, district: string, asOf: string): Promise<RunInput[]> {
  const found = await client.query<RunInput>({
    name: 'run-inputs',
    values: [district, asOf],
    text: `SELECT kind, id AS "importId", encode(fingerprint, 'hex') AS fingerprint, rows, as_of AS "asOf" FROM import_file
           WHERE district_code = $1 AND state = 'done' AND NOT dry_run AND as_of <= $2::date ORDER BY created_at, id`,
  });
  return found.rows;
}

/** The sealed names of files that were handed in. */
export async function readInputNames(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<{ id: string; sealed_name: Buffer | null }[]> {
  const found = await client.query<{ id: string; sealed_name: Buffer | null }>({
    name: 'run-input-names',
    values: [district, ids],
    text: `SELECT id, sealed_name FROM import_file WHERE district_code = $1 AND id = ANY($2::uuid[])`,
  });
  return found.rows;
}

/** Whether a run stands for a later day that has come: then a run for an earlier day only looks back. */
export async function laterRunStands(client: Client, district: string, asOf: string, today: string): Promise<boolean> {
  const found = await client.query({
    name: 'run-later',
    values: [district, asOf, today],
    text: `SELECT 1 FROM comparison_run WHERE district_code = $1 AND as_of > $2::date AND as_of <= $3::date LIMIT 1`,
  });
  return found.rowCount !== 0;
}

/** A run to be kept. */
export interface RunWrite {
  id: string;
  asOf: string;
  knownAt: string;
  formula: string;
  inputs: readonly RunInput[];
  figures: RunFigures;
  sealed: Buffer;
  by: string;
  byName: string;
}

/** Keeps a run. */
export async function insertRun(client: Client, district: string, run: RunWrite): Promise<void> {
  await client.query({
    name: 'run-insert',
    values: [
      district,
      run.id,
      run.asOf,
      run.knownAt,
      run.formula,
      JSON.stringify(run.inputs),
      JSON.stringify(run.figures),
      run.sealed,
      run.by,
      run.byName,
    ],
    text: `INSERT INTO comparison_run (district_code, id, as_of, known_at, formula, inputs, result, sealed_lists, started_by, started_name)
           VALUES ($1, $2, $3::date, $4::timestamptz, $5, $6, $7, $8, $9, $10)`,
  });
}

/** A run as it is kept. */
export interface RunRow {
  id: string;
  as_of: string;
  known_at: Date;
  /** The same to the microsecond. */
  made_at: string;
  formula: string;
  inputs: RunInput[];
  result: RunFigures;
  started_name: string;
  signed_name: string | null;
  signed_at: Date | null;
  sign_note: string | null;
}

const columns = `id, as_of, known_at, to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS made_at, formula, inputs, result, started_name, signed_name, signed_at, sign_note`;

/** A page of runs, newest first. */
export async function pageRuns(
  client: Client,
  district: string,
  page: { page: number; size: number },
): Promise<{ rows: RunRow[]; total: number }> {
  const total = await client.query<{ count: number }>({
    name: 'run-count',
    values: [district],
    text: `SELECT count(*) AS count FROM comparison_run WHERE district_code = $1`,
  });
  const rows = await client.query<RunRow>({
    name: 'run-page',
    values: [district, page.size, (page.page - 1) * page.size],
    text: `SELECT ${columns} FROM comparison_run WHERE district_code = $1 ORDER BY known_at DESC LIMIT $2 OFFSET $3`,
  });
  return { rows: rows.rows, total: total.rows[0]?.count ?? 0 };
}

/** One run with its sealed lists. */
export async function findRun(
  client: Client,
  district: string,
  id: string,
): Promise<(RunRow & { sealed_lists: Buffer }) | null> {
  const found = await client.query<RunRow & { sealed_lists: Buffer }>({
    name: 'run-find',
    values: [district, id],
    text: `SELECT ${columns}, sealed_lists FROM comparison_run WHERE district_code = $1 AND id = $2`,
  });
  return found.rows[0] ?? null;
}

/** Signs a run that is not signed; false when it is. */
export async function signRunRow(
  client: Client,
  district: string,
  id: string,
  sign: { by: string; byName: string; at: Date; note: string },
): Promise<boolean> {
  const done = await client.query({
    name: 'run-sign',
    values: [district, id, sign.by, sign.byName, sign.at, sign.note],
    text: `UPDATE comparison_run SET signed_by = $3, signed_name = $4, signed_at = $5, sign_note = $6 WHERE district_code = $1 AND id = $2 AND signed_at IS NULL`,
  });
  return done.rowCount !== 0;
}

/** The run whose figures stand: of the latest day that has come, as known last; else the last one made. */
export async function latestRun(client: Client, district: string, today: string): Promise<RunRow | null> {
  const found = await client.query<RunRow>({
    name: 'run-latest',
    values: [district, today],
    text: `SELECT ${columns} FROM comparison_run WHERE district_code = $1 ORDER BY (as_of <= $2::date) DESC, CASE WHEN as_of <= $2::date THEN as_of END DESC NULLS LAST, known_at DESC LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** The run whose figures stood on a day, as known at a moment (null: now): of the latest day up to it, as known last; null where none was made. */
export async function runAsOf(
  client: Client,
  district: string,
  day: string,
  knownAt: string | null,
): Promise<RunRow | null> {
  const found = await client.query<RunRow>({
    name: 'run-as-of',
    values: [district, day, knownAt],
    text: `SELECT ${columns} FROM comparison_run WHERE district_code = $1 AND as_of <= $2::date AND ($3::timestamptz IS NULL OR known_at <= $3::timestamptz) ORDER BY as_of DESC, known_at DESC LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** The last run of each day up to one, as known at a moment (null: now), newest day first. */
export async function listTrendRuns(
  client: Client,
  district: string,
  asked: { day: string; knownAt: string | null; count: number },
): Promise<Pick<RunRow, 'id' | 'as_of' | 'known_at' | 'result'>[]> {
  const found = await client.query<Pick<RunRow, 'id' | 'as_of' | 'known_at' | 'result'>>({
    name: 'run-trend',
    values: [district, asked.count, asked.day, asked.knownAt],
    text: `SELECT id, as_of, known_at, result FROM (SELECT DISTINCT ON (as_of) id, as_of, known_at, result FROM comparison_run WHERE district_code = $1 AND as_of <= $3::date AND ($4::timestamptz IS NULL OR known_at <= $4::timestamptz) ORDER BY as_of DESC, known_at DESC) x ORDER BY as_of DESC LIMIT $2`,
  });
  return found.rows;
}

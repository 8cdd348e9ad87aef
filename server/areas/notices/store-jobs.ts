import type pg from 'pg';
import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A bulk issue as stored; `sealed` holds its order. */
export interface JobRow {
  id: string;
  kind: DocumentKind;
  unit_kind: IssuingUnit['kind'];
  unit_id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  total: number;
  done: number;
  skipped: { childId: string; words: string }[];
  problem: string | null;
  stored_name: string | null;
  pages: number | null;
  sealed: Buffer;
  started_by: string;
  started_name: string;
  created_at: Date;
  finished_at: Date | null;
}

const columns = `j.id, j.kind, j.unit_kind, j.unit_id, j.state, j.total, j.done, j.skipped, j.problem, j.stored_name, j.pages, j.sealed, j.started_by, j.started_name, j.created_at, j.finished_at`;

/** Begins a bulk issue. */
export async function insertJob(
  client: Client,
  district: string,
  row: {
    id: string;
    kind: DocumentKind;
    unit: IssuingUnit;
    total: number;
    sealed: Buffer;
    startedBy: string;
    startedName: string;
    at: Date;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'notices-job-add',
    values: [
      district,
      row.id,
      row.kind,
      row.unit.kind,
      row.unit.id,
      row.total,
      row.sealed,
      row.startedBy,
      row.startedName,
      row.at,
      row.reach,
    ],
    text: `INSERT INTO document_job (district_code, id, kind, unit_kind, unit_id, state, total, sealed, started_by, started_name, created_at, reach)
           VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11::text[])`,
  });
}

/** One bulk issue within reach, null otherwise; locked when it goes on. */
export async function findJob(client: Client, district: string, id: string, lock = false): Promise<JobRow | null> {
  const found = await client.query<JobRow>({
    name: lock ? 'notices-job-lock' : 'notices-job-one',
    values: [district, id],
    text: `SELECT ${columns} FROM document_job j WHERE j.district_code = $1 AND j.id = $2${lock ? ' FOR UPDATE' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** A page of bulk issues within reach, the newest first. */
export async function pageJobs(
  client: Client,
  district: string,
  page: { page: number; size: number },
): Promise<{ rows: JobRow[]; total: number }> {
  const total = await client.query<{ total: number }>({
    name: 'notices-jobs-count',
    values: [district],
    text: `SELECT count(*) AS total FROM document_job j WHERE j.district_code = $1`,
  });
  const rows = await client.query<JobRow>({
    name: 'notices-jobs',
    values: [district, page.size, (page.page - 1) * page.size],
    text: `SELECT ${columns} FROM document_job j WHERE j.district_code = $1 ORDER BY j.created_at DESC, j.id DESC LIMIT $2 OFFSET $3`,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Notes how far a bulk issue is. */
export async function writeProgress(
  client: Client,
  district: string,
  id: string,
  done: number,
  skipped: JobRow['skipped'],
): Promise<void> {
  await client.query({
    name: 'notices-job-progress',
    values: [district, id, done, JSON.stringify(skipped)],
    text: `UPDATE document_job SET state = 'running', done = $3, skipped = $4::jsonb WHERE district_code = $1 AND id = $2`,
  });
}

/** Ends a bulk issue; answers whether it was still going on. */
export async function endJob(
  client: Client,
  district: string,
  id: string,
  end: { state: 'done' | 'failed' | 'cancelled'; at: Date; problem?: string; storedName?: string; pages?: number },
): Promise<boolean> {
  const changed = await client.query({
    name: 'notices-job-end',
    values: [district, id, end.state, end.at, end.problem ?? null, end.storedName ?? null, end.pages ?? null],
    text: `UPDATE document_job SET state = $3, finished_at = $4, problem = $5, stored_name = $6, pages = $7
           WHERE district_code = $1 AND id = $2 AND state IN ('waiting', 'running')`,
  });
  return changed.rowCount === 1;
}

/** Bulk issues of every district that a stop cut off, oldest first. */
export async function listUnfinishedJobs(pool: pg.Pool): Promise<{ district_code: string; id: string }[]> {
  const found = await pool.query<{ district_code: string; id: string }>(
    `SELECT district_code, id FROM document_job WHERE state IN ('waiting', 'running') ORDER BY created_at`,
  );
  return found.rows;
}

import type pg from 'pg';
import type { BookId, SheetId } from '#domain/books/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A file made by a job, as stored; `sealed` holds its order. */
export interface BookFileRow {
  id: string;
  what: BookId | SheetId;
  format: 'xlsx' | 'pdf';
  title: string;
  school_id: string | null;
  day: string;
  known_at: string;
  full_numbers: boolean;
  state: 'waiting' | 'running' | 'done' | 'failed';
  done: number;
  total: number;
  step: string;
  problem: string | null;
  print: string | null;
  file_print: string | null;
  stored_name: string | null;
  pages: number | null;
  bytes: number | null;
  sealed: Buffer;
  made_by: string;
  made_name: string;
  created_at: Date;
  finished_at: Date | null;
}

const columns = `b.id, b.what, b.format, b.title, b.school_id, b.day, to_char(b.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known_at, b.full_numbers, b.state, b.done, b.total, b.step, b.problem, b.print, b.file_print, b.stored_name, b.pages, b.bytes, b.sealed, b.made_by, b.made_name, b.created_at, b.finished_at`;

/** Begins a file. */
export async function insertFile(
  client: Client,
  district: string,
  row: Pick<BookFileRow, 'id' | 'what' | 'format' | 'title' | 'day' | 'total' | 'sealed'> & { schoolId: string | null; knownAt: string; full: boolean; by: string; byName: string; at: Date; reach: readonly string[] }, // prettier-ignore
): Promise<void> {
  await client.query({
    name: 'books-file-add',
    values: [
      district,
      row.id,
      row.what,
      row.format,
      row.title,
      row.schoolId,
      row.day,
      row.knownAt,
      row.full,
      row.total,
      row.sealed,
      row.by,
      row.byName,
      row.at,
      row.reach,
    ],
    text: `INSERT INTO book_file (district_code, id, what, format, title, school_id, day, known_at, full_numbers, state, total, step, sealed, made_by, made_name, created_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, '等待制作', $11, $12, $13, $14, $15::text[])`,
  });
}

/** One file within reach, null otherwise. */
export async function findFile(client: Client, district: string, id: string): Promise<BookFileRow | null> {
  const found = await client.query<BookFileRow>({
    name: 'books-file-one',
    values: [district, id],
    text: `SELECT ${columns} FROM book_file b WHERE b.district_code = $1 AND b.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** A page of files within reach, the newest first. */
export async function pageFiles(
  client: Client,
  district: string,
  page: { page: number; size: number },
): Promise<{ rows: BookFileRow[]; total: number }> {
  const total = await client.query<{ total: number }>({
    name: 'books-files-count',
    values: [district],
    text: `SELECT count(*)::int AS total FROM book_file b WHERE b.district_code = $1`,
  });
  const rows = await client.query<BookFileRow>({
    name: 'books-files',
    values: [district, page.size, (page.page - 1) * page.size],
    text: `SELECT ${columns} FROM book_file b WHERE b.district_code = $1 ORDER BY b.created_at DESC, b.id DESC LIMIT $2 OFFSET $3`,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Notes how far a file is. */
export async function writeProgress(
  client: Client,
  district: string,
  id: string,
  done: number,
  step: string,
): Promise<void> {
  // prettier-ignore
  await client.query({
    name: 'books-file-progress',
    values: [district, id, done, step],
    text: `UPDATE book_file SET state = 'running', done = $3, step = $4 WHERE district_code = $1 AND id = $2 AND state IN ('waiting', 'running')`,
  });
}

/** Ends a file that was made, or that could not be made. */
export async function endFile(
  client: Client,
  district: string,
  id: string,
  end: { at: Date; problem: string } | { at: Date; print: string; filePrint: string; storedName: string; pages: number | null; bytes: number }, // prettier-ignore
): Promise<void> {
  const made = 'problem' in end ? null : end;
  await client.query({
    name: 'books-file-end',
    values: [
      district,
      id,
      made ? 'done' : 'failed',
      end.at,
      'problem' in end ? end.problem : null,
      made?.print ?? null,
      made?.filePrint ?? null,
      made?.storedName ?? null,
      made?.pages ?? null,
      made?.bytes ?? null,
      made ? '已完成' : '未能完成',
    ],
    text: `UPDATE book_file SET state = $3::text, finished_at = $4, problem = $5, print = $6, file_print = $7, stored_name = $8, pages = $9, bytes = $10, step = $11, done = CASE WHEN $3::text = 'done' THEN total ELSE done END
           WHERE district_code = $1 AND id = $2 AND state IN ('waiting', 'running')`,
  });
}

/** Files of every district that a stop cut off, oldest first. */
export async function listUnfinishedFiles(pool: pg.Pool): Promise<{ district_code: string; id: string }[]> {
  const found = await pool.query<{ district_code: string; id: string }>(
    `SELECT district_code, id FROM book_file WHERE state IN ('waiting', 'running') ORDER BY created_at`,
  );
  return found.rows;
}

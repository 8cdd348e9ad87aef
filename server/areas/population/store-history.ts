import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** What happened to a child's record; a row of a list names the file, whose name is sealed. */
export interface HistoryRow {
  at: string;
  actor: string;
  what: string;
  words: string;
  reason: string | null;
  file_id: string | null;
  sealed_name: Buffer | null;
  row_no: number | null;
}

/** What happened to a child's record, newest first: corrections, lists, surveys. */
export async function readHistory(client: Client, district: string, childId: string): Promise<HistoryRow[]> {
  return (
    await client.query<HistoryRow>(
      `SELECT to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, x.actor, x.what, x.words, x.reason, x.file_id, x.sealed_name, x.row_no FROM (
         SELECT known_at AS at, actor_name AS actor, what, '更正：' || what AS words, reason, NULL::uuid AS file_id, NULL::bytea AS sealed_name, NULL::int AS row_no FROM child_change WHERE district_code = $1 AND child_id = $2
         UNION ALL SELECT lower(r.known), coalesce(f.started_name, '入户登记'), 'register', CASE WHEN f.id IS NULL THEN '适龄档案登记' ELSE '适龄档案' END, NULL, f.id, f.sealed_name, r.row_no
           FROM register_entry r LEFT JOIN import_file f ON f.district_code = $1 AND f.id = r.import_id WHERE r.district_code = $1 AND r.child_id = $2
         UNION ALL SELECT lower(e.known), f.started_name, 'roster', '学籍名册', NULL, f.id, f.sealed_name, e.row_no
           FROM enrolment e JOIN import_file f ON f.district_code = $1 AND f.id = e.import_id WHERE e.district_code = $1 AND e.child_id = $2
       ) x ORDER BY x.at DESC LIMIT 100`,
      [district, childId],
    )
  ).rows;
}

import type pg from 'pg';
import type { CopyTable } from '#domain/interchange/copy-tables.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A request as stored, with the name of its subject. */
export interface CopyRow {
  id: string;
  subjectKind: 'child' | 'school';
  childId: string | null;
  schoolId: string | null;
  subjectName: string;
  receivedOn: string;
  askedBy: string;
  askedName: string;
  askedAt: Date;
  sealed: Buffer;
  state: 'asked' | 'made';
  approvalId: string | null;
  approvedName: string | null;
  madeAt: Date | null;
  madeName: string | null;
  jsonFile: string | null;
  pdfFile: string | null;
  fingerprint: string | null;
  records: number | null;
  decision: 'approved' | 'refused' | null;
  expiresAt: Date | null;
}

const columns = `q.id, q.subject_kind AS "subjectKind", q.child_id AS "childId", q.school_id AS "schoolId", coalesce(c.name, s.name, '') AS "subjectName", q.received_on AS "receivedOn",
  q.asked_by AS "askedBy", q.asked_name AS "askedName", q.asked_at AS "askedAt", q.sealed, q.state, q.approval_id AS "approvalId", q.approved_name AS "approvedName", q.made_at AS "madeAt",
  q.made_name AS "madeName", q.json_file AS "jsonFile", q.pdf_file AS "pdfFile", q.fingerprint, q.records, a.decision, a.expires_at AS "expiresAt"`;
const sources = `access_request q LEFT JOIN child c ON c.district_code = $1 AND c.id = q.child_id LEFT JOIN school s ON s.district_code = $1 AND s.id = q.school_id
  LEFT JOIN approval a ON a.district_code = $1 AND a.id = q.approval_id`;

/** A request, null where there is none; locked when its copy is about to be made. */
export async function findCopy(client: Client, district: string, id: string, lock = false): Promise<CopyRow | null> {
  const found = await client.query<CopyRow>({
    name: lock ? 'copy-lock' : 'copy-one',
    values: [district, id],
    text: `SELECT ${columns} FROM ${sources} WHERE q.district_code = $1 AND q.id = $2${lock ? ' FOR UPDATE OF q' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** Requests, the newest first, with their number. */
export async function pageCopies(
  client: Client,
  district: string,
  asked: { state: string | undefined; size: number; offset: number },
): Promise<{ rows: CopyRow[]; total: number }> {
  const found = await client.query<CopyRow>({
    name: 'copies-page',
    values: [district, asked.state ?? null, asked.size, asked.offset],
    text: `SELECT ${columns} FROM ${sources} WHERE q.district_code = $1 AND ($2::text IS NULL OR q.state = $2) ORDER BY q.asked_at DESC, q.id LIMIT $3 OFFSET $4`,
  });
  const total = await client.query<{ count: number }>({
    name: 'copies-count',
    values: [district, asked.state ?? null],
    text: `SELECT count(*)::int AS count FROM access_request q WHERE q.district_code = $1 AND ($2::text IS NULL OR q.state = $2)`,
  });
  return { rows: found.rows, total: total.rows[0]?.count ?? 0 };
}

/** Writes a request down. */
export async function insertCopy(
  client: Client,
  district: string,
  row: { id: string; subjectKind: 'child' | 'school'; subjectId: string; receivedOn: string; by: string; byName: string; at: Date; sealed: Buffer; approvalId: string }, // prettier-ignore
): Promise<void> {
  await client.query({
    name: 'copy-insert',
    values: [district, row.id, row.subjectKind, row.subjectKind === 'child' ? row.subjectId : null, row.subjectKind === 'school' ? row.subjectId : null, row.receivedOn, row.by, row.byName, row.at, row.sealed, row.approvalId], // prettier-ignore
    text: `INSERT INTO access_request (district_code, id, subject_kind, child_id, school_id, received_on, asked_by, asked_name, asked_at, sealed, state, approval_id)
           VALUES ($1, $2, $3, $4::uuid, $5::uuid, $6::date, $7, $8, $9, $10, 'asked', $11)`,
  });
}

/** Writes that the copy of a request is made. */
export async function markMade(
  client: Client,
  district: string,
  id: string,
  made: { at: Date; byName: string; approvedName: string; jsonFile: string; pdfFile: string | null; fingerprint: string; records: number }, // prettier-ignore
): Promise<void> {
  await client.query({
    name: 'copy-made',
    values: [district, id, made.at, made.byName, made.approvedName, made.jsonFile, made.pdfFile, made.fingerprint, made.records], // prettier-ignore
    text: `UPDATE access_request SET state = 'made', made_at = $3, made_name = $4, approved_name = $5, json_file = $6, pdf_file = $7, fingerprint = $8, records = $9 WHERE district_code = $1 AND id = $2`,
  });
}

/** The name of a child or school, null where there is none. */
export async function findSubject(
  client: Client,
  district: string,
  kind: 'child' | 'school',
  id: string,
): Promise<string | null> {
  const text =
    kind === 'child'
      ? 'SELECT c.name FROM child c WHERE c.district_code = $1 AND c.id = $2 AND c.merged_into IS NULL'
      : 'SELECT s.name FROM school s WHERE s.district_code = $1 AND s.id = $2';
  return (await client.query<{ name: string }>({ name: `copy-subject-${kind}`, text, values: [district, id] })).rows[0]?.name ?? null; // prettier-ignore
}

/** The rows of one table about a subject, in the order of their keys; columns as the database names them. */
export async function readTable(
  client: Client,
  district: string,
  of: CopyTable,
  subjectId: string,
): Promise<Record<string, unknown>[]> {
  const { table, column, through, only, closed } = of;
  const parentTable = through?.table ?? '';
  const subjectRows = through
    ? `x.${column} IN (SELECT y.${through.key} FROM ${parentTable} y WHERE y.district_code = $1 AND y.${through.column} = $2)`
    : `x.${column} = $2`;
  const text = `SELECT x.* FROM ${table} x WHERE x.district_code = $1 AND ${subjectRows}${only === undefined ? '' : ` AND ${only}`}`;
  if (closed === 'role') await client.query('SET LOCAL ROLE baoxue_closed');
  if (closed === 'setting') await client.query(`SELECT set_config('app.closed', '1', true)`);
  const found = await client.query<Record<string, unknown>>(text, [district, subjectId]);
  if (closed === 'role') await client.query('RESET ROLE');
  if (closed === 'setting') await client.query(`SELECT set_config('app.closed', '', true)`);
  const sortable = (value: unknown) =>
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'string' || typeof value === 'number'
        ? String(value)
        : '';
  const key = (row: Record<string, unknown>) =>
    ['known', 'known_at', 'from_date', 'day', 'number', 'id'].map((name) => sortable(row[name])).join(' ');
  return found.rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Who opened the record of a child: moment, act, role and purpose, from the audit trail. */
export async function readLooks(
  client: Client,
  district: string,
  childId: string,
): Promise<{ at: Date; verb: string; reason: string | null; role: string | null }[]> {
  const found = await client.query<{ at: Date; verb: string; reason: string | null; role: string | null }>({
    name: 'copy-looks',
    values: [district, childId],
    text: `SELECT e.known_at AS at, e.verb, e.reason,
             (SELECT string_agg(DISTINCT p.role, ',') FROM account a JOIN post p ON p.district_code = $1 AND p.staff_id = a.staff_id WHERE a.district_code = $1 AND e.actor_id IN (a.id::text, a.staff_id::text)) AS role
           FROM audit_entry e WHERE e.district_code = $1 AND e.subject_kind = 'child' AND e.subject_id = $2 AND e.outcome = 'done' ORDER BY e.sequence`,
  });
  return found.rows;
}

/** Names of schools, classes, places and fields of the bureau's own, by their ids or codes. */
export async function readNames(
  client: Client,
  district: string,
  of: readonly string[],
): Promise<Record<string, string>> {
  const found = await client.query<{ id: string; name: string }>({
    name: 'copy-names',
    values: [district, of],
    text: `SELECT s.id::text AS id, s.name FROM school s WHERE s.district_code = $1 AND s.id::text = ANY ($2::text[])
           UNION ALL SELECT c.id::text, c.name FROM school_class c WHERE c.district_code = $1 AND c.id::text = ANY ($2::text[])
           UNION ALL SELECT p.code, p.name FROM place p WHERE p.district_code = $1 AND p.code = ANY ($2::text[])
           UNION ALL SELECT f.id::text, f.name FROM own_field f WHERE f.district_code = $1 AND f.id::text = ANY ($2::text[])`,
  });
  return Object.fromEntries(found.rows.map(({ id, name }) => [id, name]));
}

/** The name of the district, as its papers print it. */
export async function readDistrictName(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string }>({ name: 'copy-district', values: [district], text: 'SELECT name FROM district WHERE district_code = $1' }); // prettier-ignore
  return found.rows[0]?.name ?? '';
}

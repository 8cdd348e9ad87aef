import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import { documentColumns, type DocumentRow } from './store-documents.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What of the documents is asked for. */
export interface DocumentFilter {
  kind?: string | undefined;
  state?: string | undefined;
  childId?: string | undefined;
  caseId?: string | undefined;
  jobId?: string | undefined;
  year?: number | undefined;
  /** A part of the number or of the child's name. */
  q?: string | undefined;
  today: string;
  /** The past that is asked for; null for how they stand now. */
  then: Then | null;
}

/** The documents as they stood then: issued by the day and known, served where the receipt was by then, and not yet void where that came later. */
function documentsThen(past: Past): string {
  const voided = (column: string) => `CASE WHEN y.voided_at <= ${past.moment()} THEN y.${column} END AS ${column}`;
  return `SELECT y.district_code, y.id, y.kind, y.child_id, y.child_name, y.case_id, y.unit_kind, y.unit_id, y.unit_name, y.year, y.number_words, y.template_version, y.deadline, y.needs_service, y.sealed,
      y.stored_name, y.fingerprint, y.bytes, y.pages, y.issued_by, y.issued_name, y.signer_name, y.issued_day, y.known_at, y.job_id, CASE WHEN g.served THEN y.served_day END AS served_day,
      CASE WHEN y.served_day IS NULL OR g.served THEN y.due_date END AS due_date, ${voided('voided_at')}, ${voided('voided_name')}, ${voided('void_reason')}, y.reach
    FROM issued_document y CROSS JOIN LATERAL (SELECT y.served_day IS NOT NULL AND EXISTS (SELECT 1 FROM service_receipt r WHERE r.district_code = $1 AND r.document_id = y.id AND r.outcome = 'served'
        AND ${past.happened('r.served_day', 'r.known_at')}) AS served) g
    WHERE y.district_code = $1 AND ${past.happened('y.issued_day', 'y.known_at')}`;
}

/** A page of documents within reach, the newest first, with the whole count. */
export async function pageDocuments(
  client: Client,
  district: string,
  asked: DocumentFilter,
  page: { page: number; size: number },
): Promise<{ rows: DocumentRow[]; total: number }> {
  const where = filters(district);
  const documents = asked.then === null ? 'issued_document' : `(${documentsThen(pastOf(where, asked.then))})`;
  if (asked.kind) where.and(`d.kind = ${where.value(asked.kind)}`);
  if (asked.childId) where.and(`d.child_id = ${where.value(asked.childId)}::uuid`);
  if (asked.caseId) where.and(`d.case_id = ${where.value(asked.caseId)}::uuid`);
  if (asked.jobId) where.and(`d.job_id = ${where.value(asked.jobId)}::uuid`);
  if (asked.year) where.and(`d.year = ${where.value(asked.year)}::int`);
  if (asked.q) {
    const part = where.value(asked.q);
    where.and(`(position(${part}::text in d.number_words) > 0 OR position(${part}::text in d.child_name) > 0)`);
  }
  if (asked.state === 'voided') where.and('d.voided_at IS NOT NULL');
  else if (asked.state) where.and('d.voided_at IS NULL');
  if (asked.state === 'served') where.and('d.served_day IS NOT NULL');
  if (asked.state === 'issued') where.and('d.served_day IS NULL');
  if (asked.state === 'unserved') where.and('d.needs_service AND d.served_day IS NULL');
  if (asked.state === 'overdue') where.and(`d.due_date < ${where.value(asked.today)}::date`);
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM ${documents} d WHERE d.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const rows = await client.query<DocumentRow>({
    text: `SELECT ${documentColumns} FROM ${documents} d WHERE d.district_code = $1${where.where()} ORDER BY d.issued_day DESC, d.id DESC LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`,
    values: where.values,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

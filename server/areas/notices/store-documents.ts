import type pg from 'pg';
import type { DocumentKind, IssuingUnit, ServiceMode, TemplateDeadline } from '#domain/notices/record.ts';
import type { z } from 'zod';

type Client = Pick<pg.ClientBase, 'query'>;

/** A document as stored; `sealed` holds what was laid out and the fields. */
export interface DocumentRow {
  id: string;
  kind: DocumentKind;
  child_id: string;
  child_name: string;
  case_id: string | null;
  unit_kind: IssuingUnit['kind'];
  unit_id: string;
  unit_name: string;
  number_words: string | null;
  template_version: number;
  deadline: z.infer<typeof TemplateDeadline> | null;
  needs_service: boolean;
  sealed: Buffer;
  stored_name: string;
  fingerprint: Buffer;
  bytes: number;
  pages: number;
  issued_by: string;
  issued_name: string;
  signer_name: string;
  issued_day: string;
  known_at: Date;
  job_id: string | null;
  served_day: string | null;
  due_date: string | null;
  voided_at: Date | null;
  voided_name: string | null;
  void_reason: string | null;
  reach: string[];
}

/** The columns of a document, from `d`. */
export const documentColumns = `d.id, d.kind, d.child_id, d.child_name, d.case_id, d.unit_kind, d.unit_id, d.unit_name, d.number_words, d.template_version, d.deadline, d.needs_service, d.sealed,
  d.stored_name, d.fingerprint, d.bytes, d.pages, d.issued_by, d.issued_name, d.signer_name, d.issued_day, d.known_at, d.job_id, d.served_day, d.due_date, d.voided_at,
  d.voided_name, d.void_reason, d.reach`;

/** A document to be kept. */
export interface NewDocument {
  id: string;
  kind: DocumentKind;
  childId: string;
  childName: string;
  caseId: string | null;
  unit: IssuingUnit;
  unitName: string;
  scheme: string | null;
  year: number;
  number: number | null;
  numberWords: string | null;
  templateVersion: number;
  deadline: z.infer<typeof TemplateDeadline> | null;
  needsService: boolean;
  sealed: Buffer;
  storedName: string;
  fingerprint: Buffer;
  bytes: number;
  pages: number;
  issuedBy: string;
  issuedName: string;
  signerName: string;
  issuedDay: string;
  knownAt: string;
  jobId: string | null;
  units: readonly string[];
  reach: readonly string[];
}

/** Keeps an issued document. */
export async function insertDocument(client: Client, district: string, row: NewDocument): Promise<void> {
  await client.query({
    name: 'notices-insert',
    values: [
      district,
      row.id,
      row.kind,
      row.childId,
      row.childName,
      row.caseId,
      row.unit.kind,
      row.unit.id,
      row.unitName,
      row.scheme,
      row.year,
      row.number,
      row.numberWords,
      row.templateVersion,
      row.deadline === null ? null : JSON.stringify(row.deadline),
      row.needsService,
      row.sealed,
      row.storedName,
      row.fingerprint,
      row.bytes,
      row.pages,
      row.issuedBy,
      row.issuedName,
      row.signerName,
      row.issuedDay,
      row.knownAt,
      row.jobId,
      row.units,
      row.reach,
    ],
    text: `INSERT INTO issued_document (district_code, id, kind, child_id, child_name, case_id, unit_kind, unit_id, unit_name, scheme, year, number, number_words, template_version, deadline,
             needs_service, sealed, stored_name, fingerprint, bytes, pages, issued_by, issued_name, signer_name, issued_day, known_at, job_id, units, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25::date, $26::timestamptz, $27, $28::text[], $29::text[])`,
  });
}

/** One document within reach, null otherwise; locked when it is about to change. */
export async function findDocument(
  client: Client,
  district: string,
  id: string,
  lock = false,
): Promise<DocumentRow | null> {
  const found = await client.query<DocumentRow>({
    name: lock ? 'notices-lock' : 'notices-one',
    values: [district, id],
    text: `SELECT ${documentColumns} FROM issued_document d WHERE d.district_code = $1 AND d.id = $2${lock ? ' FOR UPDATE' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** The documents of a case, oldest first. */
export async function documentRowsOfCase(client: Client, district: string, caseId: string): Promise<DocumentRow[]> {
  const found = await client.query<DocumentRow>({
    name: 'notices-of-case',
    values: [district, caseId],
    text: `SELECT ${documentColumns} FROM issued_document d WHERE d.district_code = $1 AND d.case_id = $2 ORDER BY d.known_at, d.id`,
  });
  return found.rows;
}

/** The documents of a bulk issue in order of their numbers, `size` from the `from`th on. */
export async function documentRowsOfJob(client: Client, district: string, jobId: string): Promise<DocumentRow[]> {
  const found = await client.query<DocumentRow>({
    name: 'notices-of-job',
    values: [district, jobId],
    text: `SELECT ${documentColumns} FROM issued_document d WHERE d.district_code = $1 AND d.job_id = $2 ORDER BY d.number, d.known_at, d.id`,
  });
  return found.rows;
}

/** Puts a document to a case; answers in whose name it was issued, null where it is out of reach. */
export async function markCase(
  client: Client,
  district: string,
  id: string,
  caseId: string,
): Promise<IssuingUnit | null> {
  const found = await client.query<IssuingUnit>({
    name: 'notices-case',
    values: [district, id, caseId],
    text: `UPDATE issued_document SET case_id = $3 WHERE district_code = $1 AND id = $2 RETURNING unit_kind AS kind, unit_id AS id`,
  });
  return found.rows[0] ?? null;
}

/** Notes the day of service and the deadline that runs from it. */
export async function markServed(
  client: Client,
  district: string,
  id: string,
  servedDay: string,
  dueDate: string | null,
): Promise<void> {
  await client.query({
    name: 'notices-served',
    values: [district, id, servedDay, dueDate],
    text: `UPDATE issued_document SET served_day = $3::date, due_date = $4::date WHERE district_code = $1 AND id = $2`,
  });
}

/** Notes that a document is void; its file and number stay. */
export async function markVoid(
  client: Client,
  district: string,
  id: string,
  by: { at: string; id: string; name: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'notices-void',
    values: [district, id, by.at, by.id, by.name, by.reason],
    text: `UPDATE issued_document SET voided_at = $3::timestamptz, voided_by = $4, voided_name = $5, void_reason = $6 WHERE district_code = $1 AND id = $2`,
  });
}

/** A record of service as stored; `sealed` holds names, signature and notes. */
export interface ServiceRow {
  id: string;
  document_id: string;
  mode: ServiceMode;
  outcome: 'served' | 'failed';
  day: string;
  served_day: string | null;
  paper_ids: string[];
  sealed: Buffer;
  recorded_name: string;
  known_at: Date;
}

/** The records of service of a document, oldest first. */
export async function serviceRows(client: Client, district: string, documentId: string): Promise<ServiceRow[]> {
  const found = await client.query<ServiceRow>({
    name: 'notices-services',
    values: [district, documentId],
    text: `SELECT id, document_id, mode, outcome, day, served_day, paper_ids, sealed, recorded_name, known_at FROM service_receipt
           WHERE district_code = $1 AND document_id = $2 ORDER BY known_at, id`,
  });
  return found.rows;
}

/** Keeps a record of service. */
export async function insertService(
  client: Client,
  district: string,
  row: Omit<ServiceRow, 'known_at'> & {
    childId: string;
    recordedBy: string;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'notices-service-add',
    values: [
      district,
      row.id,
      row.document_id,
      row.childId,
      row.mode,
      row.outcome,
      row.day,
      row.served_day,
      row.paper_ids,
      row.sealed,
      row.recordedBy,
      row.recorded_name,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO service_receipt (district_code, id, document_id, child_id, mode, outcome, day, served_day, paper_ids, sealed, recorded_by, recorded_name, known_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7::date, $8::date, $9::uuid[], $10, $11, $12, $13::timestamptz, $14::text[])`,
  });
}

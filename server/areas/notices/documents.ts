import { asNumbered } from '#domain/notices/rules.ts';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { DocumentState } from '#domain/notices/record.ts';
import { documentKindWords, documentStateWords, serviceModeWords } from '#domain/notices/words.ts';
import { renderPdf } from '#server/documents/render.ts';
import { readStoredFile, storeFile } from '#server/files/store.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { openLaid, openServed, picturesOf } from './sealed.ts';
import { findDocument, markVoid, serviceRows, type DocumentRow, type ServiceRow } from './store-documents.ts';
import { pageDocuments } from './store-document-list.ts';
import { mayIssue, readNames, standsIn } from './units.ts';

/** Where a document stands. */
export function stateOf(row: DocumentRow): DocumentState {
  if (row.voided_at) return 'voided';
  return row.served_day === null ? 'issued' : 'served';
}

/** A document as lists show it; past its deadline by a day, which is today where no past is asked for. */
export function shownDocument(
  context: Context,
  row: DocumentRow,
  day: string = context.today,
): z.input<typeof contract.DocumentRow> {
  const state = stateOf(row);
  return {
    id: row.id,
    kind: row.kind,
    kindWords: documentKindWords[row.kind],
    numberWords: row.number_words,
    childId: row.child_id,
    childName: row.child_name,
    caseId: row.case_id,
    unitWords: row.unit_name,
    state,
    stateWords: documentStateWords[state],
    issuedDay: row.issued_day,
    issuedName: row.issued_name,
    signerName: row.signer_name,
    servedDay: row.served_day,
    dueDate: row.due_date,
    overdue: state !== 'voided' && row.due_date !== null && row.due_date < day,
  };
}

/** A page of documents within reach, as they stand or stood then. */
export async function listDocuments(
  context: Context,
  input: ParsedOf<typeof contract.listDocuments>,
): Promise<z.input<(typeof contract.listDocuments)['output']>> {
  const then = askedThen(context, input);
  const today = then?.day ?? context.today;
  const { rows, total } = await pageDocuments(
    context.client,
    context.district,
    { ...input, q: input.q === undefined ? undefined : asNumbered(input.q), today, then },
    input,
  );
  return { rows: rows.map((row) => shownDocument(context, row, today)), total, page: input.page, size: input.size };
}

/** A record of service as pages and books show it. */
export function shownService(context: Context, row: ServiceRow): z.output<typeof contract.ServiceRow> {
  const { signature, ...opened } = openServed(context, row.id, row.sealed);
  return {
    id: row.id,
    mode: row.mode,
    modeWords: serviceModeWords[row.mode],
    outcome: row.outcome,
    day: row.day,
    servedDay: row.served_day,
    ...opened,
    signed: Array.isArray(signature),
    papers: row.paper_ids,
    recordedName: row.recorded_name,
    recordedAt: row.known_at.toISOString(),
  };
}

/** A document within reach; else not found. */
export async function requireDocument(context: Context, id: string, lock = false): Promise<DocumentRow> {
  const row = await findDocument(context.client, context.district, id, lock);
  if (!row) throw notFound('文书', '份');
  return row;
}

/** One document with its service and what may be done. */
export async function getDocument(
  context: Context,
  input: { id: string },
): Promise<z.input<(typeof contract.getDocument)['output']>> {
  const row = await requireDocument(context, input.id);
  const names = await readNames(context);
  const issues = context.reachFor('notices.issue') !== null;
  const unit = { kind: row.unit_kind, id: row.unit_id };
  const void_ = issues && row.voided_at === null && mayIssue(row.kind, names, unit);
  context.note({ subjectKind: 'document', subjectId: row.id, detail: { childId: row.child_id } });
  return {
    ...shownDocument(context, row),
    pages: row.pages,
    bytes: row.bytes,
    fingerprint: row.fingerprint.toString('hex'),
    templateVersion: row.template_version,
    deadline: row.deadline,
    needsService: row.needs_service,
    issuedAt: row.known_at.toISOString(),
    jobId: row.job_id,
    fields: openLaid(context, row.id, row.sealed).fields,
    voided: row.voided_at && {
      at: row.voided_at.toISOString(),
      byName: row.voided_name ?? '',
      reason: row.void_reason ?? '',
    },
    services: (await serviceRows(context.client, context.district, row.id)).map((one) => shownService(context, one)),
    allowed: {
      serve: issues && standsIn(names, unit) && row.needs_service && row.voided_at === null && row.served_day === null,
      void: void_,
      why: whyNot(row, void_),
    },
  };
}

function whyNot(row: DocumentRow, mayVoid: boolean): string | null {
  if (row.voided_at) return '这份文书已作废。';
  if (!row.needs_service) return '这种文书不需要送达回证。';
  if (row.served_day !== null) return '这份文书已送达。';
  return mayVoid ? null : '作废由签发单位办理。';
}

const print = (content: Buffer): Buffer => createHash('sha256').update(content).digest();

/** The very file that was issued. A file lost from the store is laid out again and given only when its fingerprint is the issued one. */
export async function fileOf(context: Context, row: DocumentRow): Promise<Buffer> {
  const { keys, config } = context.platform;
  const kept = await readStoredFile(keys, config.dataDirectory, row.stored_name).catch(() => null);
  if (kept && print(kept).equals(row.fingerprint)) return kept;
  const laid = openLaid(context, row.id, row.sealed);
  const { content } = await renderPdf(config.dataDirectory, laid.papers, picturesOf(laid));
  if (!print(content).equals(row.fingerprint))
    throw new Failure('file-unreadable', '这份文书的原件已丢失或被改动，请联系系统管理员从备份恢复文件目录。');
  await storeFile(keys, config.dataDirectory, row.stored_name, Readable.from([content]));
  return content;
}

/** What a document's file is called, without its ending. */
export function plainNameOf(row: Pick<DocumentRow, 'kind' | 'child_name' | 'number_words' | 'issued_day'>): string {
  return `${documentKindWords[row.kind]}_${row.child_name}_${row.number_words ?? row.issued_day}`;
}

/** What a document's file is called. */
export function fileNameOf(row: Pick<DocumentRow, 'kind' | 'child_name' | 'number_words' | 'issued_day'>): string {
  return `${plainNameOf(row)}.pdf`;
}

/** The file of a document exactly as issued, void ones too. */
export async function downloadDocument(context: Context, input: { id: string }): Promise<FileAnswer> {
  const row = await requireDocument(context, input.id);
  const body = await fileOf(context, row);
  context.note({
    subjectKind: 'document',
    subjectId: row.id,
    detail: { childId: row.child_id, fingerprint: row.fingerprint.toString('hex') },
  });
  return { fileName: fileNameOf(row), contentType: 'application/pdf', body };
}

/** Makes a document void, with the reason; its file, number and service stay. Only the unit that issued it may. */
export async function voidDocument(context: Context, input: { id: string; reason: string }): Promise<{ done: true }> {
  const row = await requireDocument(context, input.id, true);
  if (row.voided_at) throw new Failure('wrong-step', '这份文书已经作废。');
  if (!mayIssue(row.kind, await readNames(context), { kind: row.unit_kind, id: row.unit_id }))
    throw new Failure('not-allowed', '文书只能由签发单位作废。');
  await markVoid(context.client, context.district, row.id, {
    at: await context.knownAt(),
    id: context.actor.id,
    name: context.actor.name,
    reason: input.reason,
  });
  context.note({ subjectKind: 'document', subjectId: row.id, reason: input.reason, detail: { childId: row.child_id } });
  await context.announce({
    kind: 'notices.voided',
    documentId: row.id,
    documentKind: row.kind,
    childId: row.child_id,
    caseId: row.case_id,
    schoolId: row.unit_kind === 'school' ? row.unit_id : null,
    at: context.now.toISOString(),
    dueDate: null,
  });
  return { done: true };
}

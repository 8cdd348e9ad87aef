import { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { bookIds, type BookId, type SheetId } from '#domain/books/record.ts';
import { bookWords, sheetWords } from '#domain/books/words.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Paper } from '#server/documents/model.ts';
import { renderPdf } from '#server/documents/render.ts';
import { readStoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import { enqueue } from '#server/http/enqueue.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { xlsxType } from '#server/spreadsheets/sheet-file.ts';
import { stepsOf } from './book.ts';
import { askedOf, makeSheet, reachOfFile, unitOf } from './make.ts';
import { largestAtOnce, printSheet } from './print.ts';
import type { SheetAsk } from './sheet.ts';
import { sheetDefinitions } from './sheets/all.ts';
import { findFile, insertFile, pageFiles, type BookFileRow } from './store-files.ts';

/** What a job is to make, as it is sealed in the file's row. */
const Order = z.object({
  ask: z.unknown(),
  approvedBy: z.string().nullable(),
  reach: z.object({ all: z.boolean(), tokens: z.array(z.string()) }),
});

const place = (district: string, id: string) => ({ table: 'book_file', column: 'sealed', district, id });

/** Opens what a job is to make. */
export function orderOf(context: Context, row: BookFileRow) {
  const order = Order.parse(openJson(context.keys, place(context.district, row.id), row.sealed));
  // as: sealed by orderFile as askedOf answered it
  return { ...order, ask: order.ask as SheetAsk };
}

/** Whether something is a book and not a sheet. */
export function isBook(what: BookId | SheetId): what is BookId {
  return bookIds.some((id) => id === what);
}

/** Uses up the approval of an export with full numbers; the name of who gave it. */
async function approvedBy(
  context: Context,
  what: BookId | SheetId,
  input: { identities: 'masked' | 'full'; approvalId?: string | undefined },
): Promise<string | null> {
  if (input.identities === 'masked') return null;
  if (isBook(what) || !sheetDefinitions[what].numbers)
    throw new Failure('input-wrong', '这份册表没有证件号码栏，不需要完整号码。', {
      issues: [{ path: 'identities', words: '请选择遮盖号码。' }],
    });
  const approval = await useApproval(context, 'exportIdentities', { exportOf: 'books' }, { approvalId: input.approvalId }); // prettier-ignore
  context.note({ reason: approval.purpose });
  return approval.approvedBy;
}

function noted(context: Context, what: string, ask: SheetAsk, more: Record<string, unknown>): void {
  const { schoolId, day, knownAt, level, period, full } = ask;
  context.note({
    subjectKind: 'export',
    subjectId: `books.${what}`,
    detail: { schoolId, asOf: day, knownAt, level, period, identities: full ? 'full' : 'masked', ...more },
  });
}

/** The first rows of a sheet, numbers masked. */
export async function previewSheet(
  context: Context,
  input: ParsedOf<typeof contract.previewSheet>,
): Promise<OutputOf<typeof contract.previewSheet>> {
  const ask = await askedOf(context, input, false);
  const made = await makeSheet(context, input.sheet, ask);
  noted(context, input.sheet, ask, { rows: made.rows.length, fingerprint: made.fingerprint });
  return {
    title: made.title,
    unit: made.unit,
    counting: made.definition.counting,
    day: ask.day,
    knownAt: ask.knownAt,
    layout: made.layout,
    columns: made.columns.map(({ id, words, group, kind }) => ({ id, words, group: group ?? null, kind })),
    rows: made.rows.slice(0, 20),
    total: made.rows.length,
    large: made.rows.length > largestAtOnce.pdf,
    fingerprint: made.fingerprint,
  };
}

/** A sheet as a file at once; one with too many rows is to be ordered. */
export async function exportSheet(context: Context, input: ParsedOf<typeof contract.exportSheet>): Promise<FileAnswer> {
  const approver = await approvedBy(context, input.sheet, input);
  const ask = await askedOf(context, input, approver !== null);
  const made = await makeSheet(context, input.sheet, ask);
  if (made.rows.length > largestAtOnce[input.format])
    throw new Failure('wrong-step', `这张表有 ${String(made.rows.length)} 行，请用“后台制作”。`);
  const render = (papers: readonly Paper[]) => renderPdf(context.platform.config.dataDirectory, papers);
  const { pages: _pages, ...file } = await printSheet(render, made, input.format, {
    name: context.actor.name,
    approvedBy: approver,
  });
  noted(context, input.sheet, ask, { rows: made.rows.length, fingerprint: made.fingerprint, format: input.format });
  return file;
}

/** Orders a book or a large sheet; a job makes it under the reach of who ordered it. */
export async function orderFile(context: Context, input: ParsedOf<typeof contract.orderFile>): Promise<{ id: string }> {
  if (await findFile(context.client, context.district, input.id)) return { id: input.id };
  const { what } = input;
  const format = isBook(what) ? 'pdf' : input.format;
  const approver = await approvedBy(context, what, input);
  const ask = await askedOf(context, input, approver !== null);
  if (what === 'districtBook' && !context.reach.all) throw new Failure('not-allowed', '全区的册由区教育局制作。');
  // A file belongs to one school or to the bureau: of several schools together nobody at a school would find it again.
  if (ask.schoolId === null && (what === 'schoolBook' || !context.reach.all))
    throw new Failure('input-wrong', '请先选择学校，册表按学校制作。', { issues: [{ path: 'schoolId', words: '请选择学校。' }] }); // prettier-ignore
  if (!isBook(what) && context.reachFor(sheetDefinitions[what].permission) === null)
    throw new Failure('not-allowed', `您的岗位不查看“${sheetWords[what]}”。`);
  const schoolId = what === 'districtBook' ? null : ask.schoolId;
  const { reach, district, keys, actor } = context;
  await insertFile(context.client, district, {
    id: input.id,
    what,
    format,
    title: `${isBook(what) ? bookWords[what] : sheetWords[what]}　${await unitOf(context, schoolId)}`,
    schoolId,
    day: ask.day,
    knownAt: ask.knownAt,
    full: ask.full,
    total: isBook(what) ? stepsOf(what) : 2,
    sealed: sealJson(keys, place(district, input.id), { ask: { ...ask, schoolId }, approvedBy: approver, reach }),
    by: actor.id,
    byName: actor.name,
    at: context.now,
    reach: reachOfFile(schoolId),
  });
  await enqueue(context, 'books', input.id);
  noted(context, what, ask, { fileId: input.id, format });
  return { id: input.id };
}

/** Whether a file may be opened: one with full numbers by its maker alone. */
const mayOpen = (context: Context, row: BookFileRow) =>
  row.state === 'done' && (!row.full_numbers || row.made_by === context.actor.id);

/** A page of the files that one's units have. */
export async function listFiles(
  context: Context,
  input: { page: number; size: number },
): Promise<OutputOf<typeof contract.listFiles>> {
  const { rows, total } = await pageFiles(context.client, context.district, input);
  return {
    rows: rows.map((row) => ({
      id: row.id,
      what: row.what,
      format: row.format,
      title: row.title,
      day: row.day,
      knownAt: row.known_at,
      full: row.full_numbers,
      state: row.state,
      done: row.done,
      total: row.total,
      step: row.step,
      problem: row.problem,
      fingerprint: row.print,
      filePrint: row.file_print,
      pages: row.pages,
      bytes: row.bytes,
      madeName: row.made_name,
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      mayOpen: mayOpen(context, row),
    })),
    total,
    page: input.page,
    size: input.size,
  };
}

/** A file that was made; of others with full numbers it is not found. */
export async function downloadFile(context: Context, input: { id: string }): Promise<FileAnswer> {
  const row = await findFile(context.client, context.district, input.id);
  if (!row || (row.full_numbers && row.made_by !== context.actor.id)) throw notFound('册表', '份');
  if (row.stored_name === null) throw new Failure('wrong-step', '还没有做好，请等进度到 100% 后再下载。');
  const { keys, config } = context.platform;
  context.note({
    subjectKind: 'export',
    subjectId: `books.${row.what}`,
    detail: { fileId: row.id, fingerprint: row.print, asOf: row.day, knownAt: row.known_at },
  });
  return {
    fileName: `${row.title.replaceAll('　', '_')}_${row.day}.${row.format}`,
    contentType: row.format === 'pdf' ? 'application/pdf' : xlsxType,
    body: await readStoredFile(keys, config.dataDirectory, row.stored_name),
  };
}

import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices.ts';
import { Failure } from '#domain/basics/failure.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import type { Paper } from '#server/documents/model.ts';
import { fileNameFrom } from '#server/files/file-name.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { createZipWriter } from '#server/spreadsheets/zip-writer.ts';
import { requireJob } from './bulk.ts';
import { plainNameOf, requireDocument } from './documents.ts';
import { openDraft } from './issue.ts';
import { openLaid } from './sealed.ts';
import { documentRowsOfJob, type DocumentRow } from './store-documents.ts';

/** What a Word file is. */
export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Papers as a Word file. Its library is read when the first is asked for: that takes longer than everything else at a start. */
export async function wordFileOf(papers: readonly Paper[], mark: string): Promise<Buffer> {
  const made = await import('#server/documents/word.ts');
  return made.wordFileOf(papers, mark);
}

/** A document before it is issued, as a Word file to work on: no number is taken, and each page says that it is a draft. */
export async function draftDocument(
  context: Context,
  input: ParsedOf<typeof contract.draftDocument>,
): Promise<FileAnswer> {
  const { name, child, papers } = await openDraft(context, input);
  context.note({ subjectKind: 'child', subjectId: input.childId, detail: { kind: input.kind } });
  const body = await wordFileOf(papers, '草稿　未编号、未签发，不作文书使用');
  return { fileName: `${name}_${child.name}_草稿.docx`, contentType: wordType, body };
}

/** The copy of an issued document, from what was laid out then: each page says that it is a copy and which paper holds. */
function copyOf(context: Context, row: DocumentRow): { papers: readonly Paper[]; mark: string } {
  const original = row.number_words ?? `${row.issued_day} 签发的`;
  const voided = row.voided_at === null ? '' : '，原件已作废';
  return {
    papers: openLaid(context, row.id, row.sealed).papers,
    mark: `副本　可编辑，不作文书使用，以${original}原件为准${voided}`,
  };
}

/** An issued document as a Word file to work on; what was signed by hand stays with the paper that was issued. */
export async function copyDocument(context: Context, input: { id: string }): Promise<FileAnswer> {
  const row = await requireDocument(context, input.id);
  const { papers, mark } = copyOf(context, row);
  const body = await wordFileOf(papers, mark);
  context.note({ subjectKind: 'document', subjectId: row.id, detail: { childId: row.child_id } });
  return { fileName: `${plainNameOf(row)}_副本.docx`, contentType: wordType, body };
}

/** Names of files that stand beside each other: one that is there already gets a number. */
function distinct(names: readonly string[]): string[] {
  const met = new Map<string, number>();
  return names.map((name) => {
    const before = met.get(name) ?? 0;
    met.set(name, before + 1);
    return before === 0 ? name : `${name}（${String(before + 1)}）`;
  });
}

/** The copies of all documents of a bulk issue as Word files in one zip, laid out one after the other while it is fetched. */
export async function copyJob(context: Context, input: { id: string }): Promise<FileAnswer> {
  const job = await requireJob(context, input.id);
  if (job.state === 'waiting' || job.state === 'running')
    throw new Failure('wrong-step', '这次批量签发还没有结束，请等进度到 100% 后再下载。');
  const rows = await documentRowsOfJob(context.client, context.district, job.id);
  if (rows.length === 0) throw new Failure('wrong-step', '这次批量签发没有签发任何文书。');
  const names = distinct(rows.map((row) => fileNameFrom(plainNameOf(row))));
  context.note({ subjectKind: 'documentJob', subjectId: job.id, detail: { total: rows.length } });
  const body = new PassThrough();
  const zip = createZipWriter(body);
  const write = async () => {
    for (const [at, row] of rows.entries()) {
      const { papers, mark } = copyOf(context, row);
      const part = zip.begin(`${names[at] ?? row.id}_副本.docx`);
      await part.write(await wordFileOf(papers, mark));
      await part.end();
      // Others are answered in between.
      await setImmediate();
    }
    await zip.finish();
    body.end();
  };
  write().catch((error: unknown) => body.destroy(error instanceof Error ? error : new Error('no zip')));
  return {
    fileName: `${documentKindWords[job.kind]}_Word副本_${context.today}.zip`,
    contentType: 'application/zip',
    body,
  };
}

import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices-work.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import { readStoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import { enqueue } from '#server/http/enqueue.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { prepare, requireWithin } from './issue.ts';
import type { BulkOrder } from './jobs.ts';
import { endJob, findJob, insertJob, pageJobs, type JobRow } from './store-jobs.ts';
import { tokenOf } from './units.ts';

/** Orders documents for many children; a job issues them, each with its own number and file, and binds all into one PDF. */
export async function issueBulk(
  context: Context,
  input: ParsedOf<typeof contract.issueBulk>,
): Promise<{ id: string; total: number }> {
  const before = await findJob(context.client, context.district, input.id);
  if (before) return { id: before.id, total: before.total };
  const wanted = [...new Set(input.items.map((item) => item.childId))];
  const children = await briefsOf(context, wanted);
  if (children.size < wanted.length)
    throw new Failure('not-found', '名单中有学生不在您的管理范围内，请刷新名单后重新选择。');
  const [first] = children.values();
  const prepared = await prepare(context, input, first ?? null);
  for (const child of children.values()) requireWithin(input.kind, prepared.unit, child);
  const order: BulkOrder = {
    prepared: { ...prepared, jobId: input.id },
    fields: input.fields,
    items: input.items.map((item) => ({ id: context.newId(), ...item })),
  };
  const token = tokenOf(prepared.unit);
  await insertJob(context.client, context.district, {
    id: input.id,
    kind: input.kind,
    unit: prepared.unit,
    total: input.items.length,
    sealed: sealJson(
      context.keys,
      { table: 'document_job', column: 'sealed', district: context.district, id: input.id },
      order,
    ),
    startedBy: context.actor.id,
    startedName: context.actor.name,
    at: context.now,
    reach: token === null ? [] : [token],
  });
  await enqueue(context, 'notices', input.id);
  context.note({
    subjectKind: 'documentJob',
    subjectId: input.id,
    detail: { kind: input.kind, total: input.items.length },
  });
  return { id: input.id, total: input.items.length };
}

/** Bulk issues as pages show them, with the names of who got none. */
async function shownJobs(context: Context, rows: readonly JobRow[]): Promise<z.input<typeof contract.Job>[]> {
  const left = [...new Set(rows.flatMap((row) => row.skipped.map((one) => one.childId)))];
  const children = left.length === 0 ? null : await briefsOf(context, left);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    kindWords: documentKindWords[row.kind],
    state: row.state,
    total: row.total,
    done: row.done,
    skipped: row.skipped.map((one) => ({ ...one, childName: children?.get(one.childId)?.name ?? '' })),
    problem: row.problem,
    pages: row.pages,
    startedName: row.started_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}

/** A bulk issue within reach; else not found. */
export async function requireJob(context: Context, id: string): Promise<JobRow> {
  const row = await findJob(context.client, context.district, id);
  if (!row) throw notFound('批量签发');
  return row;
}

/** A page of the bulk issues of one's unit. */
export async function listJobs(
  context: Context,
  input: { page: number; size: number },
): Promise<z.input<(typeof contract.listJobs)['output']>> {
  const { rows, total } = await pageJobs(context.client, context.district, input);
  return { rows: await shownJobs(context, rows), total, page: input.page, size: input.size };
}

/** How far a bulk issue is. */
export async function getJob(context: Context, input: { id: string }): Promise<z.input<typeof contract.Job>> {
  const [job] = await shownJobs(context, [await requireJob(context, input.id)]);
  if (!job) throw notFound('批量签发');
  return job;
}

/** Stops a bulk issue; what is issued stays issued. */
export async function cancelJob(context: Context, input: { id: string }): Promise<{ done: true }> {
  await requireJob(context, input.id);
  if (!(await endJob(context.client, context.district, input.id, { state: 'cancelled', at: context.now })))
    throw new Failure('wrong-step', '这次批量签发已经结束。');
  context.note({ subjectKind: 'documentJob', subjectId: input.id });
  return { done: true };
}

/** The PDF of all documents of a bulk issue. */
export async function downloadJob(context: Context, input: { id: string }): Promise<FileAnswer> {
  const row = await requireJob(context, input.id);
  if (row.stored_name === null) throw new Failure('wrong-step', '合订文件还没有做好，请等进度到 100% 后再下载。');
  const { keys, config } = context.platform;
  const body = await readStoredFile(keys, config.dataDirectory, row.stored_name);
  context.note({ subjectKind: 'documentJob', subjectId: row.id, detail: { total: row.total } });
  return {
    fileName: `${documentKindWords[row.kind]}_合订_${context.today}.pdf`,
    contentType: 'application/pdf',
    body,
  };
}

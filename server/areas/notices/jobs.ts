import type { TaskList } from 'graphile-worker';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Failure } from '#domain/basics/failure.ts';
import { numberWords } from '#domain/notices/rules.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import { startRenderer, type Renderer } from '#server/documents/render.ts';
import { storeFile } from '#server/files/store.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import type { Prepared } from './issue.ts';
import { checkFields, draftFor, keepDocument } from './issue.ts';
import { storePdf } from './keep-file.ts';
import { numbersFor } from './numbering.ts';
import { openLaid } from './sealed.ts';
import { documentRowsOfJob } from './store-documents.ts';
import { endJob, findJob, listUnfinishedJobs, writeProgress, type JobRow } from './store-jobs.ts';

/** Documents issued in one transaction of a bulk issue. */
const chunk = 20;

const Order = z.object({
  prepared: z.unknown(),
  fields: z.record(z.string(), z.string()),
  items: z.array(
    z.object({
      id: z.string(),
      childId: z.string(),
      caseId: z.string().nullable(),
      fields: z.record(z.string(), z.string()),
    }),
  ),
});
/** What a bulk issue is to do, as it is sealed in the job. */
export interface BulkOrder {
  prepared: Prepared;
  fields: Record<string, string>;
  items: { id: string; childId: string; caseId: string | null; fields: Record<string, string> }[];
}

function orderOf(context: Context, job: JobRow): BulkOrder {
  const opened = openJson(
    context.keys,
    { table: 'document_job', column: 'sealed', district: context.district, id: job.id },
    job.sealed,
  );
  const order = Order.parse(opened);
  // as: sealed by issueBulk as it was prepared
  return { ...order, prepared: order.prepared as Prepared };
}

type Item = BulkOrder['items'][number];

/** Issues some documents in one transaction; children who can get none are answered with the reason. Whom an area above refuses stands in `refused` before the failure. */
async function issueSome(
  context: Context,
  order: BulkOrder,
  items: readonly Item[],
  renderer: Renderer,
  refused: Map<string, string>,
): Promise<JobRow['skipped']> {
  const { prepared } = order;
  const children = await briefsOf(
    context,
    items.map((item) => item.childId),
  );
  const skipped: JobRow['skipped'] = [];
  const ready = items.flatMap((item) => {
    const child = children.get(item.childId);
    const fields = { ...order.fields, ...item.fields };
    try {
      if (!child) throw new Failure('not-found', '没有找到这名学生的档案。');
      const why = refused.get(item.id);
      if (why !== undefined) throw new Failure('wrong-step', why);
      checkFields(prepared, fields);
      return [{ item, child, fields }];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      skipped.push({ childId: item.childId, words: error.message });
      return [];
    }
  });
  await context.knownAt(); // the chain lock before the counter, as issueFor takes them
  const orders = ready.map(({ item: { childId, caseId }, fields }) => ({ childId, caseId, fields }));
  const numbers = await numbersFor(context, prepared, orders, (at, failure) => {
    const item = ready[at]?.item;
    if (item) refused.set(item.id, failure.message);
  });
  const laid = ready.map(({ item, child, fields }, at) => {
    const numbered = numbers[at] ?? null;
    const words = numbered && numberWords(numbered.scheme, numbered.year, numbered.number);
    const draft = draftFor(context, prepared, child, { fields }, words);
    const file = renderer.render(draft.papers).then((pdf) => storePdf(context, pdf));
    file.catch(() => undefined); // told where it is awaited; another may fail before
    return { item, child, fields, draft, numbered, file };
  });
  // Kept in order while those behind are still being laid out and stored.
  for (const { item, child, fields, draft, numbered, file } of laid) {
    const asked = { id: item.id, caseId: item.caseId, fields };
    const made = { ...draft, number: numbered?.number ?? null, year: numbered?.year, file: await file };
    await keepDocument(context, { ...prepared, scheme: numbered?.scheme ?? null }, child, asked, made).catch(
      (error: unknown) => {
        if (error instanceof Failure) refused.set(item.id, error.message);
        throw error;
      },
    );
  }
  return skipped;
}

/** Runs a piece of a job's work as the person who ordered it. */
function asJob<T>(
  platform: Platform,
  district: string,
  name: string,
  audit: string | null,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  return runAs(platform, { actor: platformActor(district, name), reach: { all: true, tokens: [] }, audit }, work);
}

/** Issues the next documents of a job and notes how far it is; false when nothing is left to issue. */
async function step(
  platform: Platform,
  district: string,
  id: string,
  name: string,
  renderer: Renderer,
  refused = new Map<string, string>(),
): Promise<boolean> {
  const before = refused.size;
  const done = asJob(platform, district, name, 'notices.issueBulk', async (context) => {
    const job = await findJob(context.client, district, id, true);
    context.note({ subjectKind: 'documentJob', subjectId: id, detail: { done: job?.done ?? 0 } });
    if (!job || (job.state !== 'waiting' && job.state !== 'running') || job.done >= job.total) return false;
    const order = orderOf(context, job);
    const items = order.items.slice(job.done, job.done + chunk);
    const skipped = await issueSome(context, order, items, renderer, refused);
    await writeProgress(context.client, district, id, job.done + items.length, [...job.skipped, ...skipped]);
    return job.done + items.length < job.total;
  });
  return done.catch((error: unknown) => {
    // Taken back whole; tried again without the one who was refused, so that the numbers have no gap.
    if (refused.size === before) throw error;
    return step(platform, district, id, name, renderer, refused);
  });
}

/** Binds all documents of a job into one PDF, pages in the order of the numbers. */
async function bind(platform: Platform, district: string, id: string, renderer: Renderer): Promise<void> {
  const papers = await asJob(platform, district, '批量签发', null, async (context) =>
    (await documentRowsOfJob(context.client, district, id)).flatMap(
      (row) => openLaid(context, row.id, row.sealed).papers,
    ),
  );
  const pdf = papers.length === 0 ? null : await renderer.render(papers);
  const stored =
    pdf &&
    (await storeFile(platform.keys, platform.config.dataDirectory, platform.newId(), Readable.from([pdf.content])));
  await asJob(platform, district, '批量签发', null, (context) =>
    endJob(context.client, district, id, {
      state: 'done',
      at: context.now,
      ...(pdf && stored && { storedName: stored.storedName, pages: pdf.pages }),
    }),
  );
}

/** Performs a bulk issue to its end; called again after a stop it goes on where it was. */
export async function performJob(platform: Platform, district: string, id: string): Promise<void> {
  const job = await asJob(platform, district, '批量签发', null, (context) => findJob(context.client, district, id));
  if (!job || (job.state !== 'waiting' && job.state !== 'running')) return;
  const renderer = startRenderer(platform.config.dataDirectory, 2);
  try {
    while (await step(platform, district, id, job.started_name, renderer));
    const after = await asJob(platform, district, '批量签发', null, (context) => findJob(context.client, district, id));
    if (after?.state === 'running') await bind(platform, district, id, renderer);
  } catch (error) {
    platform.log.error({ job: id, message: error instanceof Error ? error.message.slice(0, 200) : '' }, 'bulk issue');
    await asJob(platform, district, '批量签发', null, (context) =>
      endJob(context.client, district, id, {
        state: 'failed',
        at: context.now,
        problem:
          error instanceof Failure
            ? error.message
            : '签发时出现意外，已签发的仍有效。请联系系统管理员后重新办理其余学生。',
      }),
    );
  } finally {
    await renderer.stop();
  }
}

/** What the runner of jobs does for documents. */
export function noticeTasks(platform: Platform): TaskList {
  return {
    notices: async (payload) => {
      // as: written by issueBulk
      const { district, id } = payload as { district: string; id: string };
      await performJob(platform, district, id);
    },
  };
}

/** Bulk issues cut off by a stop, to be put in the queue again. */
export async function interruptedNotices(platform: Platform): Promise<{ district: string; id: string }[]> {
  return (await listUnfinishedJobs(platform.database.loaderPool)).map((row) => ({
    district: row.district_code,
    id: row.id,
  }));
}

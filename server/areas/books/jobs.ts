import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { TaskList } from 'graphile-worker';
import { Failure } from '#domain/basics/failure.ts';
import { startRenderer } from '#server/documents/render.ts';
import { storeFile } from '#server/files/store.ts';
import type { Context, Platform, Reach } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { wholeReach } from '#server/http/under-reach.ts';
import { makeBook, printBook, type MadeBook } from './book.ts';
import { isBook, orderOf } from './files.ts';
import { makeSheet, type MadeSheet } from './make.ts';
import { printSheet } from './print.ts';
import { endFile, findFile, listUnfinishedFiles, writeProgress } from './store-files.ts';

function asJob<T>(
  platform: Platform,
  district: string,
  work: (context: Context) => Promise<T>,
  options: { reach?: Reach; audit?: string } = {},
): Promise<T> {
  // prettier-ignore
  const actor = platformActor(district, '后台制作');
  return runAs(platform, { actor, reach: options.reach ?? wholeReach, audit: options.audit ?? null }, work);
}

/**
 * Makes a file under the reach of who ordered it; progress is told in transactions of its own, so that it is seen meanwhile. It is laid out
 * when what was read is read: a thread of its own, ended with the file, and no transaction that waits for it.
 */
async function make(platform: Platform, district: string, id: string) {
  const tell = (done: number, step: string) =>
    asJob(platform, district, (context) => writeProgress(context.client, district, id, done, step));
  const found = await asJob(platform, district, async (context) => {
    const row = await findFile(context.client, district, id);
    return row && { row, order: orderOf(context, row) };
  });
  if (!found || (found.row.state !== 'waiting' && found.row.state !== 'running')) return null;
  const { row, order } = found;
  const { what } = row;
  await tell(0, '读取数据');
  const make = (context: Context): Promise<MadeBook | MadeSheet> =>
    isBook(what) ? makeBook(context, what, order.ask, tell) : makeSheet(context, what, order.ask);
  const made = await asJob(platform, district, make, { reach: order.reach });
  await tell(row.total - 1, '排版');
  const maker = { name: row.made_name, approvedBy: order.approvedBy };
  const renderer = startRenderer(platform.config.dataDirectory);
  try {
    const { body, pages } =
      'sections' in made
        ? await printBook(renderer.render, made, row.made_name).then((pdf) => ({ body: pdf.content, pages: pdf.pages }))
        : await printSheet(renderer.render, made, row.format, maker);
    return { body, pages, print: made.fingerprint };
  } finally {
    await renderer.stop();
  }
}

/** Performs an order to its end; called again after a stop it begins anew, and the same order gives the same bytes. */
export async function performFile(platform: Platform, district: string, id: string): Promise<void> {
  try {
    const made = await make(platform, district, id);
    if (!made) return;
    const { body, pages, print } = made;
    const stored = await storeFile(platform.keys, platform.config.dataDirectory, platform.newId(), Readable.from([body])); // prettier-ignore
    const filePrint = createHash('sha256').update(body).digest('hex');
    await asJob(
      platform,
      district,
      async (context) => {
        const end = { at: context.now, print, filePrint, storedName: stored.storedName, pages, bytes: stored.bytes };
        await endFile(context.client, district, id, end);
        context.note({ subjectKind: 'bookFile', subjectId: id, detail: { fingerprint: print, filePrint, pages } });
      },
      { audit: 'books.makeFile' },
    );
  } catch (error) {
    platform.log.error({ file: id, message: error instanceof Error ? error.message.slice(0, 300) : '' }, 'books');
    const problem = error instanceof Failure ? error.message : '制作时出现意外。请稍后重新制作；如反复出现，请联系系统管理员。'; // prettier-ignore
    await asJob(platform, district, (context) => endFile(context.client, district, id, { at: context.now, problem }));
  }
}

/** What the runner of jobs does for books. */
export function bookTasks(platform: Platform): TaskList {
  return {
    books: async (payload) => {
      // as: written by orderFile
      const { district, id } = payload as { district: string; id: string };
      await performFile(platform, district, id);
    },
  };
}

/** Files cut off by a stop, to be put in the queue again. */
export async function interruptedBooks(platform: Platform): Promise<{ district: string; id: string }[]> {
  return (await listUnfinishedFiles(platform.database.loaderPool)).map((row) => ({ district: row.district_code, id: row.id })); // prettier-ignore
}

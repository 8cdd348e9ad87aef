import { Readable } from 'node:stream';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { parseChildTag } from '#domain/population/parse.ts';
import { sealName } from '#server/crypto/sealed-name.ts';
import { storeFile } from '#server/files/store.ts';
import type { Actor, Context, Platform } from '#server/http/context.ts';
import { enqueue } from '#server/http/enqueue.ts';
import { runAs } from '#server/http/run.ts';
import { performImport, type Performed } from './perform.ts';
import type { ListKind } from './read-rows.ts';
import { findFile, insertFile, moveState } from './store.ts';

export { importTasks, interruptedImports } from './jobs.ts';
export { retryHeldPresence, retryHeldRoster } from './retry-held.ts';
export { formerTokens, rebuildReach } from './publish-reach.ts';
export { carryCaseReach } from './publish-cases.ts';
export { carryDutyReach } from './publish-duties.ts';
export { carryNoticeReach } from './publish-notices.ts';
export { carryPaperReach } from './publish-papers.ts';
export { withPlainFile } from './stage.ts';
export { nameForms } from './name-search.ts';

/** A list to hand in. */
export interface HandIn {
  kind: ListKind;
  fileName: string;
  asOf: string;
  dryRun: boolean;
  list?: string | undefined;
  validTo?: string | undefined;
}

/** Refuses a list name that the platform does not know. */
export function checkListName(input: { kind: ListKind; list?: string | undefined }): void {
  if (input.kind === 'keylist' && input.list !== undefined && parseChildTag(input.list) === null) {
    throw new Failure(
      'input-wrong',
      `不认识的名单“${input.list}”。可用：低保、特困、脱贫、残疾、孤儿、事实无人抚养、留守、随迁等。`,
      { issues: [{ path: 'list', words: '不认识的名单' }] },
    );
  }
}

/** Writes down a list whose file is already in the store, and asks the worker to read it. */
export async function handIn(
  context: Context,
  input: HandIn,
  stored: { storedName: string; fingerprint: Buffer; bytes: number },
): Promise<string> {
  checkListName(input);
  const id = context.newId();
  await insertFile(context.client, context.district, {
    id,
    kind: input.kind,
    list: input.list ?? null,
    sealedName: sealName(context.keys, 'import_file', context.district, id, input.fileName),
    ...stored,
    asOf: input.asOf,
    validTo: input.validTo ?? null,
    dryRun: input.dryRun,
    startedBy: context.actor.id,
    startedName: context.actor.name,
    at: context.now,
  });
  context.note({
    subjectKind: 'import',
    subjectId: id,
    detail: {
      kind: input.kind,
      asOf: input.asOf,
      bytes: stored.bytes,
      fingerprint: stored.fingerprint.toString('hex'),
      dryRun: input.dryRun,
    },
  });
  return id;
}

/** Hands a file in and performs it at once in this process: the command line, the sample, the tests. */
export async function importNow(platform: Platform, actor: Actor, input: HandIn, content: Buffer): Promise<Performed> {
  checkListName(input);
  const stored = await storeFile(
    platform.keys,
    platform.config.dataDirectory,
    platform.newId(),
    Readable.from([content]),
  );
  const id = await runAs(
    platform,
    { actor, reach: { all: true, tokens: [] }, audit: 'imports.uploadList' },
    (context) => handIn(context, input, stored),
  );
  return performImport(platform, actor, id);
}

async function requireFile(context: Context, id: string): Promise<void> {
  if (!(await findFile(context.client, context.district, id))) throw notFound('导入记录');
}

/** Turns a checked preview into a real import. */
export async function publishChecked(context: Context, id: string): Promise<void> {
  await requireFile(context, id);
  if (!(await moveState(context.client, context.district, id, ['checked'], 'waiting', { dryRun: false })))
    throw new Failure('wrong-step', '这次导入不在“已预览”状态，请刷新页面。');
  context.note({ subjectKind: 'import', subjectId: id });
  await enqueue(context, 'import', id);
}

/** Stops an import that is not yet published; nothing of it stays in effect. */
export async function cancelWaiting(context: Context, id: string): Promise<void> {
  await requireFile(context, id);
  if (
    !(await moveState(
      context.client,
      context.district,
      id,
      ['waiting', 'reading', 'checked', 'publishing', 'failed'],
      'cancelled',
      { finishedAt: context.now },
    ))
  ) {
    throw new Failure('wrong-step', '这次导入已经生效或已取消，不能再取消。已生效的内容请用更正。');
  }
  context.note({ subjectKind: 'import', subjectId: id });
}

/** Takes up an import that failed, was cancelled or was cut off, from its stored file. */
export async function resumeStopped(context: Context, id: string): Promise<void> {
  await requireFile(context, id);
  if (
    !(await moveState(
      context.client,
      context.district,
      id,
      ['failed', 'cancelled', 'reading', 'publishing', 'waiting'],
      'waiting',
    ))
  )
    throw new Failure('wrong-step', '这次导入已经完成，不需要继续。');
  context.note({ subjectKind: 'import', subjectId: id });
  await enqueue(context, 'import', id);
}

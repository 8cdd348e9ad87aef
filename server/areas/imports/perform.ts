import { Failure } from '#domain/basics/failure.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import { gatherStatistics } from '#server/database/gather.ts';
import { inTransaction, takenBack } from '#server/database/transaction.ts';
import type { Actor, Platform } from '#server/http/context.ts';
import { runAs } from '#server/http/run.ts';
import { randomId } from '#server/platform.ts';
import { makeHeldIndex } from './held-index.ts';
import { keepHeld, listKnownHeld, listMissing, settleCorrected } from './publish-held.ts';
import { planForBulk, type Publishing } from './publish-bulk.ts';
import { publishFollowing, publishStaged } from './publish-list.ts';
import { keepRegistryCheck } from './publish-registry.ts';
import { retryHeldPresence } from './retry-held.ts';
import { stageWorld } from './stage-world.ts';
import { stageFile, withPlainFile, type StageReport } from './stage.ts';
import {
  clearStaging,
  countOutcomes,
  findFile,
  finishFile,
  listStagedHeld,
  moveState,
  readNextKnown,
  sampleOutcomes,
  tellProgress,
  type FileRow,
} from './store.ts';
import { beginPublishing, holdPublishing, oneAtATime } from './store-turns.ts';

/** A held row as the command line tells it. */
export interface HeldLine {
  row: number;
  code: string;
  reason: string;
  name: string;
  also: string[];
}

/** What an import did, with its held rows. */
export interface Performed {
  id: string;
  state: string;
  rows: number;
  accepted: number;
  unchanged: number;
  repeated: number;
  held: HeldLine[];
}

/** What publishing would do, or did. */
interface Published {
  counts: Awaited<ReturnType<typeof countOutcomes>>;
  held: HeldLine[];
  sample: Awaited<ReturnType<typeof sampleOutcomes>>;
  /** Rows held before that this list settles. */
  settled: string[];
  missing: { count: number; names: string[] };
}

/** Reads the file of an import into staging. Reading again after a stop starts from the first row. */
async function read(platform: Platform, district: string, file: FileRow): Promise<StageReport> {
  const { loaderPool } = platform.database;
  if (!file.stored_name) throw new Failure('not-found', '原文件已不在，请重新上传。');
  // Random ids, not ordered ones: ids of one moment share their head, which the exclusion index of child and time cannot split.
  const fileName = openName(platform.keys, 'import_file', district, file);
  const world = await stageWorld(platform, district, { ...file, import_id: file.id }, randomId);
  return withPlainFile(platform, file.stored_name, fileName, (plain) =>
    inTransaction(loaderPool, { district, actor: 'import', all: true, tokens: [] }, async (client) => {
      await clearStaging(client, district, file.id);
      const known = await listKnownHeld({ client, district }, file);
      const held = makeHeldIndex(platform.keys, district, file.kind, known);
      return stageFile(client, world, { importId: file.id, kind: file.kind, file: plain, fileName, held }, (rows) =>
        tellProgress(loaderPool, district, file.id, rows),
      );
    }),
  );
}

const outcomeWords: Record<string, string> = {
  new: '新增',
  changed: '更新',
  unchanged: '与已有记录相同',
  repeated: '与名单中前面的行是同一人',
  conflict: '同号不同名，列入同一人核对',
  suspect: '号码有误，姓名生日相符，列入同一人核对',
  claim: '另一所学校已有学籍，列为双重学籍',
};

/** What an import that broke off tells who started it; what nobody foresaw is logged without its details. */
function failureOf(platform: Platform, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: '' };
  platform.log.error({ name, message }, 'import failed');
  return new Failure(
    'internal',
    '导入时平台出现意外，名单没有任何一行生效。可以点“继续”再试；如反复出现，请联系系统管理员。',
  );
}

/**
 * Performs an import: reads, checks and seals row by row into staging, then publishes in one transaction with its audit link.
 * A dry run publishes and takes everything back, so the preview is what would really happen.
 */
export async function performImport(platform: Platform, actor: Actor, id: string): Promise<Performed> {
  const { district } = actor;
  return oneAtATime(platform, district, async () => {
    const pool = platform.database.loaderPool;
    const scope = { district, actor: actor.id, all: true, tokens: [] };
    const file = await inTransaction(pool, scope, async (client) => {
      const found = await findFile(client, district, id);
      if (!found) throw new Failure('not-found', '没有找到这次导入。');
      return (await moveState(client, district, id, ['waiting', 'reading', 'publishing'], 'reading')) ? found : null;
    });
    if (!file) throw new Failure('wrong-step', '这次导入已经结束。');
    try {
      const report = await read(platform, district, file);
      await beginPublishing(pool, district, id);
      return file.dry_run
        ? await preview(platform, actor, file, report)
        : await publishAll(platform, actor, file, report);
    } catch (error) {
      const failure = failureOf(platform, error);
      await inTransaction(pool, scope, async (client) => {
        await clearStaging(client, district, id);
        await moveState(client, district, id, ['waiting', 'reading', 'publishing'], 'failed', {
          problem: { code: failure.code, words: failure.message },
          finishedAt: platform.clock.now(),
        });
      });
      throw failure;
    }
  });
}

async function publishRows(publishing: Publishing, file: FileRow, report: StageReport): Promise<Published> {
  await publishStaged(file.kind, publishing);
  const settled = await settleCorrected(publishing, file.started_by);
  const missing =
    report.corrections === 0 && (file.kind === 'register' || file.kind === 'roster' || file.kind === 'registry')
      ? await listMissing(publishing, file.kind === 'register' ? 'register' : 'roster')
      : { count: 0, names: [] };
  const counts = await countOutcomes(publishing.client, publishing.district, file.id);
  const held = await listStagedHeld(publishing.client, publishing.district, file.id);
  const sample = await sampleOutcomes(publishing.client, publishing.district, file.id);
  return { counts, held, sample, settled, missing };
}

function previewOf(report: StageReport, result: Published) {
  const { counts, sample } = result;
  return {
    columns: report.columns,
    unknownColumns: report.unknownColumns,
    warnings: report.warnings,
    newChildren: counts.newChildren,
    knownChildren: counts.knownChildren,
    proposals: counts.proposals,
    secondSchool: counts.secondSchool,
    missing: result.missing.count,
    missingNames: result.missing.names,
    corrected: result.settled.length,
    sample: sample.map((row) => ({
      row: row.row,
      name: row.name,
      outcome: row.outcome,
      words: row.words ?? outcomeWords[row.outcome] ?? '',
    })),
  };
}

async function preview(platform: Platform, actor: Actor, file: FileRow, report: StageReport): Promise<Performed> {
  const { district } = actor;
  const pool = platform.database.loaderPool;
  const done = await takenBack(pool, { district, actor: actor.id, all: true, tokens: [] }, async (client) => {
    const knownAt = await readNextKnown(client, district, platform.clock.now());
    const publishing = await planForBulk({ client, district, importId: file.id, asOf: file.as_of, knownAt });
    return publishRows(publishing, file, report);
  });
  await inTransaction(pool, { district, actor: actor.id, all: true, tokens: [] }, async (client) => {
    await clearStaging(client, district, file.id);
    await finishFile(client, district, file.id, 'checked', { ...done.counts }, previewOf(report, done), null);
  });
  return { id: file.id, state: 'checked', ...done.counts, held: done.held };
}

async function publishAll(platform: Platform, actor: Actor, file: FileRow, report: StageReport): Promise<Performed> {
  const { district } = actor;
  const result = await runAs(
    platform,
    { actor, reach: { all: true, tokens: [] }, audit: 'imports.published', pool: platform.database.loaderPool },
    async (context) => {
      const { client } = context;
      const knownAt = await context.knownAt();
      if (!(await holdPublishing(client, district, file.id)))
        throw new Failure('wrong-step', '导入已被取消，名单没有任何一行生效。');
      const publishing = await planForBulk({ client, district, importId: file.id, asOf: file.as_of, knownAt });
      const done = await publishRows(publishing, file, report);
      if (file.kind === 'registry') await keepRegistryCheck(context, publishing, file);
      else await keepHeld(publishing, file.kind, platform.keys);
      await publishFollowing(file.kind, publishing);
      if (file.kind === 'roster') await context.announce({ kind: 'imports.rosterPublished', importId: file.id, asOf: file.as_of, at: context.now.toISOString() }); // prettier-ignore
      const presenceRetried = file.kind === 'roster' ? await retryHeldPresence(context) : 0;
      await clearStaging(client, district, file.id);
      await finishFile(client, district, file.id, 'done', done.counts, previewOf(report, done), context.now);
      context.note({
        subjectKind: 'import',
        subjectId: file.id,
        detail: {
          kind: file.kind,
          asOf: file.as_of,
          fingerprint: file.fingerprint.toString('hex'),
          rows: done.counts.rows,
          accepted: done.counts.accepted,
          unchanged: done.counts.unchanged,
          repeated: done.counts.repeated,
          held: done.counts.held,
          corrected: done.settled.length,
          correctedRows: done.settled.slice(0, 500),
          presenceRetried,
        },
      });
      return done;
    },
  );
  if (result.counts.accepted > 1000) await gatherStatistics(platform.database, platform.log);
  return { id: file.id, state: 'done', ...result.counts, held: result.held };
}

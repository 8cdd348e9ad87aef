import { access, mkdtemp, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { Failure } from '#domain/basics/failure.ts';
import { withoutMasked } from '#domain/basics/correction.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { createCopyRows } from '#server/database/copy-rows.ts';
import { openStoredFileTo } from '#server/files/store.ts';
import type { Platform } from '#server/http/context.ts';
import { restored, sameCells, type HeldIndex } from './held-index.ts';
import { readAhead } from './read-ahead.ts';
import type { FoundColumns, ListKind, ListRow } from './read-rows.ts';
import {
  stageKeylistRow,
  stageRegisterRow,
  stageRegistryRow,
  stageRosterRow,
  type StageWorld,
} from './stage-persons.ts';
import { stagePresenceRow, stageSchoolRow } from './stage-others.ts';
import { addStagedRow, sealCells, type StagedRow } from './staged-row.ts';
import { copyIntoStaging } from './store-staged.ts';

const stageOf: Record<ListKind, (world: StageWorld, rowNo: number, raw: RawRow) => StagedRow> = {
  schools: stageSchoolRow,
  register: stageRegisterRow,
  roster: stageRosterRow,
  presence: stagePresenceRow,
  keylist: stageKeylistRow,
  registry: stageRegistryRow,
};

/** Reads one raw row. A masked number that says who the row speaks of holds it; another masked number is left out with a warning. */
export function stageRow(kind: ListKind, world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const masked = withoutMasked(raw);
  const row = stageOf[kind](world, rowNo, masked.raw);
  if (masked.dropped.length > 0)
    row.warnings.push({ code: 'number-masked', words: '电话或监护人号码是遮盖后的（含*号），没有采用' });
  if (masked.held === null) return row;
  const others = row.held === null ? [] : [row.held.code, ...row.held.also];
  return {
    ...row,
    sealedCells: sealCells(world.keys, world.district, row.entryNewId, masked.raw),
    held: {
      code: masked.held,
      reason: '证件号码或学籍号是遮盖后的（含*号），请填写完整号码；用导出的更正表时请勿改动“行标识”一列',
      also: others.filter((code) => code !== 'id-check-digit' && code !== masked.held),
    },
  };
}

/** Reads a row of a file against the rows held before: masked numbers are put back, what it corrects is noted for publishing, and why a number was lost is said. */
function stageAgainst(
  held: HeldIndex,
  kind: ListKind,
  world: StageWorld,
  { rowNo, raw, heldId, lost }: ListRow,
): StagedRow {
  const named = held.take(heldId, raw);
  const whole = restored(named, raw);
  const row = stageRow(kind, world, rowNo, whole);
  const corrects = named?.id ?? held.correctedBy(whole, row.schoolId);
  if (corrects !== null) row.facts = { ...row.facts, corrects };
  if (named?.state === 'accepted' && row.held && sameCells(named.raw, whole))
    row.facts = { ...row.facts, already: true };
  if (lost && row.held)
    row.held = {
      ...row.held,
      reason: `${row.held.reason}（号码在表格里成了数值，末几位已丢失：请把该列改为文本格式后重新填写）`,
    };
  return row;
}

/** What reading a file found, beside its rows. */
export interface StageReport extends FoundColumns {
  rows: number;
  /** Rows that name the held row they correct: with any, the file is no whole list. */
  corrections: number;
  warnings: { code: string; words: string; count: number; firstRow: number }[];
}

type Warned = Map<string, StageReport['warnings'][number]>;

/** Counts what a row is warned of by its words, of which 200 are kept. */
function countWarnings(warned: Warned, row: StagedRow, rowNo: number): void {
  for (const warning of row.warnings) {
    const known = warned.get(warning.words);
    if (known) known.count += 1;
    else if (warned.size < 200) warned.set(warning.words, { ...warning, count: 1, firstRow: rowNo });
  }
}

/** Puts the unsealed file into memory-backed temporary space for the time of `work`; it is removed whatever happens. */
export async function withPlainFile<T>(
  platform: Platform,
  storedName: string,
  fileName: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const memory = await access('/dev/shm', constants.W_OK).then(
    () => true,
    () => false,
  );
  const folder = await mkdtemp(path.join(memory ? '/dev/shm' : tmpdir(), 'baoxue-import-'));
  try {
    const file = path.join(folder, `list${path.extname(fileName).slice(0, 8)}`);
    await openStoredFileTo(platform.keys, platform.config.dataDirectory, storedName, file);
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads a file row by row into the staging table. `progress` is told every 2,000 rows and may stop the reading. */
export async function stageFile(
  client: pg.PoolClient,
  world: StageWorld,
  source: { importId: string; kind: ListKind; file: string; fileName: string; held: HeldIndex },
  progress: (rows: number) => Promise<boolean>,
): Promise<StageReport> {
  const report: StageReport = { rows: 0, corrections: 0, columns: [], unknownColumns: [], warnings: [] };
  const warned: Warned = new Map();
  async function* lines(): AsyncGenerator<Buffer> {
    let told = 0;
    const rows = createCopyRows();
    const { kind, file, fileName, held } = source;
    for await (const batch of readAhead({ kind, file, fileName }, (found) => Object.assign(report, found))) {
      for (const line of batch) {
        const row = stageAgainst(held, kind, world, line);
        if (line.heldId !== null) report.corrections += 1;
        countWarnings(warned, row, line.rowNo);
        report.rows += 1;
        addStagedRow(rows, world.district, source.importId, row);
      }
      if (batch.length > 0) yield rows.take();
      if (report.rows - told >= 2000) {
        told = report.rows;
        if (!(await progress(report.rows))) throw new Failure('wrong-step', '导入已被取消。');
      }
    }
    yield rows.end();
  }
  await pipeline(Readable.from(lines(), { objectMode: true, highWaterMark: 4 }), copyIntoStaging(client));
  report.warnings = [...warned.values()].sort((a, b) => b.count - a.count).slice(0, 50);
  return report;
}

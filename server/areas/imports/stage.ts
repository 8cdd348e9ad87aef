import { access, mkdtemp, rm } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import type pg from 'pg';
import { Failure } from '#domain/basics/failure.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { openStoredFileTo } from '#server/files/store.ts';
import type { Platform } from '#server/http/context.ts';
import { readAhead } from './read-ahead.ts';
import type { FoundColumns, ListKind } from './read-rows.ts';
import { stageKeylistRow, stageRegisterRow, stageRosterRow, type StageWorld } from './stage-persons.ts';
import { stagePresenceRow, stageSchoolRow } from './stage-others.ts';
import { copyLine, stagedColumns, type StagedRow } from './staged-row.ts';

const stageOf: Record<ListKind, (world: StageWorld, rowNo: number, raw: RawRow) => StagedRow> = {
  schools: stageSchoolRow,
  register: stageRegisterRow,
  roster: stageRosterRow,
  presence: stagePresenceRow,
  keylist: stageKeylistRow,
};

/** Reads one raw row again, as the correction of a held row does. */
export function stageRow(kind: ListKind, world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  return stageOf[kind](world, rowNo, raw);
}

/** What reading a file found, beside its rows. */
export interface StageReport extends FoundColumns {
  rows: number;
  warnings: { code: string; words: string; count: number; firstRow: number }[];
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
  source: { importId: string; kind: ListKind; file: string; fileName: string },
  progress: (rows: number) => Promise<boolean>,
): Promise<StageReport> {
  const report: StageReport = { rows: 0, columns: [], unknownColumns: [], warnings: [] };
  const warned = new Map<string, { code: string; words: string; count: number; firstRow: number }>();
  async function* lines(): AsyncGenerator<string> {
    let told = 0;
    for await (const batch of readAhead(source, (found) => Object.assign(report, found))) {
      let block = '';
      for (const { rowNo, raw, lost } of batch) {
        const row = stageRow(source.kind, world, rowNo, raw);
        if (lost && row.held)
          row.held = {
            ...row.held,
            reason: `${row.held.reason}（号码在表格里成了数值，末几位已丢失：请把该列改为文本格式后重新填写）`,
          };
        for (const warning of row.warnings) {
          const known = warned.get(warning.words);
          if (known) known.count += 1;
          else if (warned.size < 200) warned.set(warning.words, { ...warning, count: 1, firstRow: rowNo });
        }
        report.rows += 1;
        block += copyLine(world.district, source.importId, row);
      }
      if (block !== '') yield block;
      if (report.rows - told >= 2000) {
        told = report.rows;
        if (!(await progress(report.rows))) throw new Failure('wrong-step', '导入已被取消。');
      }
    }
  }
  const copy = client.query(copyStreams.from(`COPY import_row (${stagedColumns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(lines(), { objectMode: true, highWaterMark: 4 }), copy);
  report.warnings = [...warned.values()].sort((a, b) => b.count - a.count).slice(0, 50);
  return report;
}

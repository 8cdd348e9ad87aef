import { mkdtemp, rm, writeFile, access } from 'node:fs/promises';
import { constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import type pg from 'pg';
import type { listKinds } from '#contract/imports.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isTotalRow, type ColumnSpec, type RawRow } from '#domain/basics/list-row.ts';
import { presenceColumns, rosterColumns, schoolColumns } from '#domain/enrolment/columns.ts';
import { keylistColumns, registerColumns } from '#domain/population/columns.ts';
import {
  findHeader,
  isRepeatedHeader,
  isTotalRow as isFootRow,
  type FoundHeader,
} from '#server/spreadsheets/header.ts';
import { openSheet } from '#server/spreadsheets/read.ts';
import type { SheetRow } from '#server/spreadsheets/sheet-row.ts';
import { readStoredFile } from '#server/files/store.ts';
import type { Platform } from '#server/http/context.ts';
import { stageKeylistRow, stageRegisterRow, stageRosterRow, type StageWorld } from './stage-persons.ts';
import { stagePresenceRow, stageSchoolRow } from './stage-others.ts';
import { copyLine, stagedColumns, type StagedRow } from './staged-row.ts';

/** A kind of list. */
export type ListKind = (typeof listKinds)[number];

/** Columns of each list. */
export const columnsOf: Record<ListKind, readonly ColumnSpec[]> = {
  schools: schoolColumns,
  register: registerColumns,
  roster: rosterColumns,
  presence: presenceColumns,
  keylist: keylistColumns,
};

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
export interface StageReport {
  rows: number;
  columns: { label: string; found: string | null; required: boolean }[];
  unknownColumns: string[];
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
    await writeFile(file, await readStoredFile(platform.keys, platform.config.dataDirectory, storedName), {
      mode: 0o600,
    });
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pick(row: SheetRow, indexes: readonly (readonly [string, number])[]): RawRow {
  const raw: Record<string, string> = {};
  for (const [key, index] of indexes) {
    const cell = row.cells[index];
    if (cell) raw[key] = cell;
  }
  return raw;
}

async function* readRows(
  file: string,
  fileName: string,
  kind: ListKind,
  report: StageReport,
): AsyncGenerator<{ rowNo: number; raw: RawRow; lost: boolean }[]> {
  const sheet = await openSheet(file, { fileName });
  const columns = columnsOf[kind];
  let indexes: (readonly [string, number])[] | null = null;
  let head: FoundHeader | null = null;
  let waiting: SheetRow[] = [];
  const numberColumns = new Set<number>();
  for await (const batch of sheet.rows()) {
    let rows = batch;
    if (!indexes) {
      waiting = [...waiting, ...batch];
      const header = findHeader(waiting, columns);
      if (!header) {
        if (waiting.length < 40) continue;
        throw headerMissing(columns);
      }
      const missing = header.missing.filter((column) => column.required);
      if (missing.length > 0) {
        throw new Failure(
          'file-columns-missing',
          `表头里没有找到：${missing.map((column) => column.label).join('、')}。请按模板补上这${missing.length > 1 ? '几列' : '一列'}再导入（列的先后不限）。`,
          { missing: missing.map((column) => column.label) },
        );
      }
      const headerRow = waiting.find((row) => row.number === header.rowNumber);
      report.columns = columns.map((column) => {
        const index = header.map.get(column.key);
        return {
          label: column.label,
          found: index === undefined ? null : (headerRow?.cells[index] ?? ''),
          required: column.required,
        };
      });
      report.unknownColumns = header.unknown;
      head = header;
      indexes = [...header.map.entries()];
      for (const [key, index] of indexes)
        if (key === 'documentNumber' || key === 'registryNo') numberColumns.add(index);
      rows = waiting.filter((row) => row.number > header.rowNumber);
      waiting = [];
    }
    const found = indexes;
    const nameIndex = head?.map.get('name') ?? -1;
    yield rows
      .filter((row) => !isFootRow(row.cells, nameIndex) && !(head !== null && isRepeatedHeader(row.cells, head)))
      .map((row) => ({
        rowNo: row.number,
        raw: pick(row, found),
        lost: row.lostDigits?.some((index) => numberColumns.has(index)) ?? false,
      }))
      .filter(({ raw }) => Object.keys(raw).length > 0 && !isTotalRow(raw));
  }
  if (!indexes) throw headerMissing(columns);
}

function headerMissing(columns: readonly ColumnSpec[]): Failure {
  const labels = columns
    .filter((column) => column.required)
    .map((column) => column.label)
    .join('、');
  return new Failure(
    'file-columns-missing',
    `没有找到表头。前 20 行里应有一行列名，至少包括：${labels}。请核对是否选错了名单种类或工作表。`,
  );
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
    for await (const batch of readRows(source.file, source.fileName, source.kind, report)) {
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

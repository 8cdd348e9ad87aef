import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { dayNumber } from '#domain/basics/calendar.ts';
import { parseDate } from '#domain/basics/dates.ts';
import { guardText } from './guard.ts';
import { headRows, thirds, wideRow } from './sheet-heads.ts';
import * as markup from './sheet-markup.ts';
import { beginSheet, writeWorkbook } from './xlsx-package.ts';
import { createZipWriter } from './zip-writer.ts';

/** A column of an export; width in characters of the body font, a Han character counting two. */
export interface ExportColumn {
  label: string;
  width?: number;
  /** 'text' keeps every digit (document numbers); 'number' writes numbers as numbers; 'date' writes YYYY-MM-DD as a date. */
  kind?: 'text' | 'number' | 'date';
  /** Words over neighbouring columns of the same group: the head has two rows then. */
  group?: string | undefined;
}

/** What is exported; a row has one value per column, undefined and null are empty cells. */
export interface ExportSheet {
  title?: string;
  /** The unit that fills the form in, printed at the left of the note row. */
  unit?: string;
  note?: string;
  /** What is counted (单位：人) and the day, printed in the note row, the day at its right; with a unit only. */
  counting?: string;
  day?: string;
  /** Places to sign in one row under the table. */
  signers?: readonly string[];
  /** What proves the sheet, behind everything else. */
  proof?: string;
  columns: readonly ExportColumn[];
  rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;
  /** Who exported and when; printed at the head of every page and behind the last row. */
  watermark?: string;
  /** How many rows there should be; fewer and the file says that it is not complete. */
  complete?: { total: number };
}

/** What became of an export; `error` is what the source of rows threw. */
export interface ExportResult {
  rows: number;
  complete: boolean;
  error?: unknown;
}

/** Rows a sheet can hold less what we add around them. */
const mostRows = 1_048_500;
const longestText = 32_767;
const serialOfEpoch = 25_569;

/** The closing sentence of an export, also found by readers to skip it. */
function closingWords(result: ExportResult, total: number | undefined): string {
  if (result.complete) return `共 ${result.rows} 行，导出完整`;
  return total === undefined
    ? `导出未完成：读取中断，实有 ${result.rows} 行`
    : `导出未完成：应有 ${total} 行，实有 ${result.rows} 行`;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value);
}

function cellMarkup(reference: string, value: unknown, { kind, label }: Pick<ExportColumn, 'kind' | 'label'>): string {
  if (kind === 'number' && typeof value === 'number' && Number.isFinite(value))
    return markup.numberCell(reference, value, label === '序号' ? markup.styles.counted : markup.styles.number);
  const text = textOf(value);
  if (kind === 'date' && text.length === 10 && text > '1900-03-01' && parseDate(text) === text)
    return markup.numberCell(reference, dayNumber(text) + serialOfEpoch, markup.styles.date);
  return markup.textCell(
    reference,
    guardText(text).slice(0, longestText),
    kind === 'number' ? markup.styles.number : markup.styles.text,
  );
}

/** Hands the rows on one by one and tells at the end whether they were all; an error of the source ends the export, not the file. */
async function eachRow(
  sheet: ExportSheet,
  take: (row: readonly unknown[]) => Promise<void> | undefined,
): Promise<ExportResult> {
  let rows = 0;
  const source =
    Symbol.asyncIterator in sheet.rows ? sheet.rows[Symbol.asyncIterator]() : sheet.rows[Symbol.iterator]();
  for (;;) {
    let next: IteratorResult<readonly unknown[]>;
    try {
      next = await source.next();
    } catch (error) {
      return { rows, complete: false, error };
    }
    if (next.done === true) return { rows, complete: sheet.complete === undefined || rows >= sheet.complete.total };
    if (rows >= mostRows) {
      await source.return?.();
      return { rows, complete: false };
    }
    rows++;
    const waiting = take(next.value);
    if (waiting !== undefined) await waiting;
  }
}

/** Widths of columns that most lists have, so that a name, a number or a school stands in one line. */
const usualWidths: Readonly<Record<string, number>> = {
  序号: 6,
  姓名: 14,
  性别: 6,
  出生日期: 12,
  证件类型: 14,
  证件号码: 22,
  学籍号: 24,
  街道: 14,
  社区: 16,
  学校: 20,
  就读学校: 20,
  年级与班级: 18,
  班级: 18,
  特殊类别: 16,
  需要关注: 16,
};

function widthOf(column: ExportColumn): number {
  const wished = column.width ?? usualWidths[column.label] ?? (column.kind === 'date' ? 12 : 10);
  return Math.min(60, Math.max(wished, Math.min(markup.charactersWide(column.label) + 2, 24)));
}

/** The height of a row whose longest cell needs several lines, as an attribute; one line keeps the sheet's own height. */
function heightOf(row: readonly unknown[], widths: readonly number[]): string {
  let lines = 1;
  for (let index = 0; index < widths.length; index++) {
    const value = row[index];
    const room = widths[index] ?? 10;
    if (typeof value !== 'string' || value.length * 2 <= room) continue;
    const needed = value
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(markup.charactersWide(line) / room)), 0);
    lines = Math.max(lines, needed);
  }
  return lines === 1 ? '' : ` ht="${Math.min(409, lines * 14 + 2)}" customHeight="1"`;
}

/** The height in points of a note that is merged over all columns: as many lines as it needs. */
function noteHeight(text: string, widths: readonly number[]): number {
  const room = widths.reduce((sum, one) => sum + one, 0);
  return 4 + 14 * Math.max(1, Math.ceil(markup.charactersWide(text) / room));
}

/**
 * Writes an .xlsx as offices print it: title and note merged over the table, header frozen and repeated on each page,
 * thin borders, A4 landscape one page wide (A3 where it would be too small to read), and at the end whether the export is complete. Cells that begin with
 * = + - @ tab or a line break get an apostrophe in front (see `guardText`); nothing is ever a formula. Streams: memory does not grow with the rows.
 * Throws only when the target cannot be written; a failing source gives a file that says it is incomplete.
 */
export async function writeXlsx(target: string | Writable, sheet: ExportSheet): Promise<ExportResult> {
  const stream = typeof target === 'string' ? createWriteStream(target) : target;
  const ended = finished(stream, { readable: false });
  ended.catch(() => undefined);
  const zip = createZipWriter(stream);
  const letters = sheet.columns.map((_, index) => markup.columnName(index));
  const widths = sheet.columns.map(widthOf);
  const official = sheet.day !== undefined;
  const note = official
    ? ''
    : [sheet.unit === undefined ? '' : `填报单位：${sheet.unit}`, sheet.note ?? '']
        .filter((part) => part !== '')
        .join('　　');
  const above = [sheet.title ?? '', note]
    .map((text, index) => ({
      text,
      style: index === 0 ? markup.styles.title : markup.styles.note,
      height: index === 0 ? 30 : noteHeight(text, widths),
    }))
    .filter(({ text }) => text !== '');
  const grouped = sheet.columns.some((column) => column.group !== undefined);
  const firstHeadRow = above.length + (official ? 2 : 1);
  const headRow = firstHeadRow + (grouped ? 1 : 0);
  await writeWorkbook(zip, [{ name: markup.sheetNameOf(sheet.title ?? ''), firstHeadRow, headRow }]);
  const body = beginSheet(zip, 1);
  await body.write(markup.sheetStart(headRow, widths));
  const merged: string[] = [];
  let at = 0;
  async function add(made: { rows: string; merged: string[] }): Promise<void> {
    merged.push(...made.merged);
    await body.write(made.rows);
  }
  const wide = (text: string, style: number, height: number) => add(wideRow(++at, letters.length, text, style, height));
  for (const { text, style, height } of above) await wide(text, style, height);
  if (official)
    await add(thirds(++at, letters.length, [`填报单位：${sheet.unit ?? ''}`, sheet.counting ?? '', sheet.day ?? '']));
  await add(headRows(firstHeadRow, sheet.columns, widths));
  at = headRow;
  const result = await eachRow(sheet, (row) => {
    at++;
    let cells = `<row r="${at}"${heightOf(row, widths)}>`;
    for (let index = 0; index < letters.length; index++)
      cells += cellMarkup(`${letters[index] ?? ''}${at}`, row[index], sheet.columns[index] ?? { label: '' });
    return body.write(`${cells}</row>`);
  });
  await wide(closingWords(result, sheet.complete?.total), markup.styles.closing, 18);
  if (sheet.note !== undefined && official) await wide(sheet.note, markup.styles.note, noteHeight(sheet.note, widths));
  if (sheet.signers !== undefined)
    await wide(sheet.signers.map((one) => `${one}：`).join('　'.repeat(12)), markup.styles.note, 30);
  if (sheet.proof !== undefined) await wide(sheet.proof, markup.styles.note, 32);
  if (sheet.watermark !== undefined && sheet.watermark !== '')
    await wide(`导出标识：${sheet.watermark}`, markup.styles.note, 18);
  await body.write(markup.sheetEnd(merged, widths, sheet.watermark ?? ''));
  await body.end();
  await zip.finish();
  stream.end();
  await ended;
  return result;
}

/** A text as a field of a .csv; guarded before, where it may begin like a formula. */
export function csvField(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Writes a .csv in UTF-8 with byte-order mark, lines ended by CR LF, for programs: the header is its first line, the last
 * line says whether it is complete. Guarded like `writeXlsx`. Excel shortens long numbers in a .csv: officials get .xlsx.
 */
export async function writeCsv(
  target: string | Writable,
  sheet: Omit<ExportSheet, 'title' | 'unit' | 'note'>,
): Promise<ExportResult> {
  const stream = typeof target === 'string' ? createWriteStream(target) : target;
  const ended = finished(stream, { readable: false });
  ended.catch(() => undefined);
  let pending = '\ufeff';
  async function flush(): Promise<void> {
    if (stream.destroyed) await ended;
    if (!stream.write(pending)) await Promise.race([once(stream, 'drain'), ended]);
    pending = '';
  }
  function line(values: readonly string[]): Promise<void> | undefined {
    pending += `${values.map(csvField).join(',')}\r\n`;
    return pending.length > 65_536 ? flush() : undefined;
  }
  await line(sheet.columns.map((column) => guardText(column.label)));
  const result = await eachRow(sheet, (row) =>
    line(
      sheet.columns.map((column, index) =>
        column.kind === 'number' && typeof row[index] === 'number' ? textOf(row[index]) : guardText(textOf(row[index])),
      ),
    ),
  );
  await line([closingWords(result, sheet.complete?.total)]);
  if (sheet.watermark !== undefined && sheet.watermark !== '') await line([`导出标识：${sheet.watermark}`]);
  await flush();
  stream.end();
  await ended;
  return result;
}

import { finished } from 'node:stream/promises';
import { guardText } from './guard.ts';
import * as markup from './sheet-markup.ts';
import { xlsxInMemory, type XlsxFile } from './sheet-file.ts';
import { headRows, wideRow } from './sheet-heads.ts';
import { beginSheet, writeWorkbook } from './xlsx-package.ts';
import { createZipWriter } from './zip-writer.ts';

/** A form as a sheet: columns of one group under one merged head, the last line standing out as 合计. */
export interface FormSheetFile {
  title: string;
  /** Unit, period and day, at the left of the line below the title. */
  line: string;
  columns: readonly { group: string | null; label: string; width: number; number: boolean }[];
  rows: readonly (readonly (string | number | null)[])[];
  notes: readonly string[];
  /** Where people sign: 填表人, 审核人, 日期. */
  foot: string;
}

/** Sheet names of a workbook, each once and as Excel accepts them. */
function namesOf(sheets: readonly FormSheetFile[]): string[] {
  const used: string[] = [];
  for (const { title } of sheets) {
    const name = markup.sheetNameOf(title);
    used.push(used.includes(name) ? `${name.slice(0, 27)} ${String(used.length + 1)}` : name);
  }
  return used;
}

/** Title and line stand in the first two rows, the head below them. */
const firstHeadRow = 3;
const headRowOf = ({ columns }: FormSheetFile) => firstHeadRow + (columns.some(({ group }) => group !== null) ? 1 : 0);

/** The rows of a form's body, the first of them in row `first`. */
function bodyRows({ columns, rows }: FormSheetFile, first: number): string[] {
  return rows.map((row, index) => {
    const at = first + index;
    const cells = columns.map(({ number }, column) => {
      const value = row[column] ?? '';
      const place = `${markup.columnName(column)}${at}`;
      if (typeof value === 'number') return markup.numberCell(place, value, markup.styles.number);
      return markup.textCell(place, guardText(value), number ? markup.styles.number : markup.styles.text);
    });
    return `<row r="${at}" ht="20" customHeight="1">${cells.join('')}</row>`;
  });
}

function sheetXml(sheet: FormSheetFile, watermark: string): string {
  const columns = sheet.columns.map(({ group, label }) => ({ label, group: group ?? undefined }));
  const widths = sheet.columns.map((column) => column.width);
  const { note, title } = markup.styles;
  const headRow = headRowOf(sheet);
  const below = headRow + sheet.rows.length + 1;
  const wide = (row: number, text: string, style: number, height: number) =>
    wideRow(row, columns.length, text, style, height);
  const above = [wide(1, sheet.title, title, 30), wide(2, sheet.line, note, 18)];
  const head = headRows(firstHeadRow, columns, widths);
  const under = [
    ...sheet.notes.map((text, index) => wide(below + index, text, note, 18)),
    wide(below + sheet.notes.length, sheet.foot, note, 26),
  ];
  const merged = [...above, head, ...under].flatMap((rows) => rows.merged);
  return [
    markup.sheetStart(headRow, widths),
    ...above.map(({ rows }) => rows),
    head.rows,
    ...bodyRows(sheet, headRow + 1),
    ...under.map(({ rows }) => rows),
    markup.sheetEnd(merged, widths, watermark),
  ].join('');
}

/** Forms as one workbook, a sheet each: title, unit and period, merged heads repeated on each page, A4 landscape one page wide. */
export async function formFile(
  fileName: string,
  sheets: readonly FormSheetFile[],
  watermark: string,
): Promise<XlsxFile> {
  const names = namesOf(sheets);
  const listed = sheets.map((sheet, index) => ({ name: names[index] ?? '', firstHeadRow, headRow: headRowOf(sheet) }));
  const { file } = await xlsxInMemory(fileName, async (target) => {
    const ended = finished(target, { readable: false });
    const zip = createZipWriter(target);
    await writeWorkbook(zip, listed);
    for (const [index, sheet] of sheets.entries()) {
      const part = beginSheet(zip, index + 1);
      await part.write(sheetXml(sheet, watermark));
      await part.end();
    }
    await zip.finish();
    target.end();
    await ended;
  });
  return file;
}

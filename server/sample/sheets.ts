import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { CellObject, Range, WorkSheet } from '@e965/xlsx';
import iconv from 'iconv-lite';

/** What a cell holds: text, a number, or a day stored the way Excel stores days (YYYY-MM-DD here). */
export type SheetCell = string | number | { readonly day: string };

/** A sheet as an office would hand it in. */
export interface SheetContent {
  /** Lines above the header; each is merged over the whole width where the form can merge. */
  readonly titles: readonly string[];
  readonly headers: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** The last line, 合计 …, or none. */
  readonly total?: readonly SheetCell[];
  readonly sheetName?: string;
  /** Columns whose equal neighbours are merged downwards, so that only the first cell holds the value (not in csv). */
  readonly mergeDown?: readonly string[];
}

/** The form of a file; `csv-gb18030` has no mark, `csv-utf8-bom` has one, `csv-utf8` has none. */
export type SheetForm = 'xlsx' | 'xls' | 'csv-utf8' | 'csv-utf8-bom' | 'csv-gb18030';

/** The ending of a file of that form, without the dot. */
export function endingOf(form: SheetForm): 'xlsx' | 'xls' | 'csv' {
  return form === 'xlsx' || form === 'xls' ? form : 'csv';
}

/** Writes one file; makes the folder when it is missing. */
export function writeSheet(path: string, form: SheetForm, content: SheetContent): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, form === 'xlsx' || form === 'xls' ? workbook(form, content) : csv(form, content));
}

function workbook(form: 'xlsx' | 'xls', content: SheetContent): Buffer {
  const width = content.headers.length;
  const lines = allLines(content);
  const sheet: WorkSheet = {
    '!ref': utils.encode_range({ s: { c: 0, r: 0 }, e: { c: width - 1, r: lines.length - 1 } }),
  };
  lines.forEach((line, r) => {
    line.forEach((value, c) => {
      if (value !== '') sheet[utils.encode_cell({ r, c })] = cellObject(value);
    });
  });
  const merges = [
    ...content.titles.map((_, r) => ({ s: { c: 0, r }, e: { c: width - 1, r } })),
    ...mergesDown(content),
  ];
  for (const merge of merges)
    for (let r = merge.s.r + 1; r <= merge.e.r; r += 1) sheet[utils.encode_cell({ r, c: merge.s.c })] = { t: 'z' };
  if (merges.length > 0) sheet['!merges'] = merges;
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, content.sheetName ?? 'Sheet1');
  // The library types its answer as any; with type 'buffer' it is a Buffer.
  return write(book, { type: 'buffer', bookType: form === 'xls' ? 'biff8' : 'xlsx', compression: true }) as Buffer;
}

function mergesDown(content: SheetContent): Range[] {
  const top = content.titles.length + 1;
  return (content.mergeDown ?? []).flatMap((header) => {
    const c = content.headers.indexOf(header);
    const merges: Range[] = [];
    let first = 0;
    for (let at = 1; at <= content.rows.length; at += 1) {
      if (at < content.rows.length && content.rows[at]?.[c] === content.rows[first]?.[c]) continue;
      if (at - first > 1 && content.rows[first]?.[c] !== '')
        merges.push({ s: { c, r: top + first }, e: { c, r: top + at - 1 } });
      first = at;
    }
    return c < 0 ? [] : merges;
  });
}

function allLines(content: SheetContent): (readonly SheetCell[])[] {
  return [
    ...content.titles.map((title) => [title]),
    content.headers,
    ...content.rows,
    ...(content.total === undefined ? [] : [content.total]),
  ];
}

function cellObject(value: SheetCell): CellObject {
  if (typeof value === 'string') return { t: 's', v: value };
  if (typeof value === 'number') return { t: 'n', v: value };
  const serial = Date.parse(`${value.day}T00:00:00Z`) / 86_400_000 + 25_569;
  return { t: 'n', v: serial, z: 'yyyy/m/d' };
}

function csv(form: SheetForm, content: SheetContent): Buffer {
  const text = `${allLines(content)
    .map((line) => line.map(field).join(','))
    .join('\r\n')}\r\n`;
  if (form === 'csv-gb18030') return iconv.encode(text, 'gb18030');
  return Buffer.from(form === 'csv-utf8-bom' ? `\uFEFF${text}` : text, 'utf8');
}

function field(value: SheetCell): string {
  const text = typeof value === 'object' ? value.day.replaceAll('-', '/') : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import type { Limits } from './limits.ts';
import { emptyFile, unreadable } from './refusals.ts';
import { readSharedStrings, type SharedStrings } from './shared-strings.ts';
import { batchSize, chooseSheet, type SheetReader, type SheetRow } from './sheet-row.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import { createRowParser } from './xlsx-rows.ts';
import { listEntries, unpackEntry } from './zip-entries.ts';

/** Opens an .xlsx: sizes and structure are checked at once, texts and rows are read when `rows()` is asked. */
export async function openXlsx(
  path: string,
  bytes: number,
  wanted: string | undefined,
  limits: Limits,
): Promise<SheetReader> {
  const entries = await listEntries(path, limits);
  const parts = await readWorkbookParts(path, entries);
  const visible = parts.sheets.some((sheet) => !sheet.hidden)
    ? parts.sheets.filter((sheet) => !sheet.hidden)
    : parts.sheets;
  const names = visible.map((sheet) => sheet.name);
  const sheetName = wanted ?? chooseSheet(names);
  const sheet = visible.find((candidate) => candidate.name === sheetName);
  const part = entries.get(sheet?.path ?? '');
  if (!sheet || !part) throw unreadable(`没有名为“${sheetName ?? ''}”的工作表`);
  let strings: SharedStrings | undefined;

  async function* rows(): AsyncGenerator<SheetRow[]> {
    if (!part) return;
    const texts = entries.get(parts.sharedStringsPath ?? '');
    if (texts) strings ??= await readSharedStrings(unpackEntry(path, texts), limits);
    const parser = createRowParser({ strings, looks: parts.looks, since1904: parts.since1904, limits });
    let any = false;
    for await (const chunk of unpackEntry(path, part)) {
      parser.push(chunk);
      if (parser.rows.length < batchSize && !parser.done) continue;
      while (parser.rows.length >= batchSize) {
        any = true;
        yield parser.rows.splice(0, batchSize);
      }
      if (parser.done) break;
    }
    if (!parser.done) parser.end();
    if (parser.rows.length > 0) yield parser.rows;
    else if (!any) throw emptyFile();
  }
  return { kind: 'xlsx', sheetName: sheet.name, sheets: names, rows, bytes };
}

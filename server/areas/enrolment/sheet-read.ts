import { Failure } from '#domain/basics/failure.ts';
import { isTotalRow, type ColumnSpec, type RawRow } from '#domain/basics/list-row.ts';
import { withPlainFile } from '#server/areas/imports/actions.ts';
import { removeStoredFile } from '#server/files/store.ts';
import type { Platform } from '#server/http/context.ts';
import { findHeader, isRepeatedHeader, isTotalRow as isFootRow } from '#server/spreadsheets/header.ts';
import { openSheet } from '#server/spreadsheets/read.ts';
import type { SheetRow } from '#server/spreadsheets/sheet-row.ts';

/** Reads the rows of a sheet by its header; the uploaded file is removed, its rows are kept sealed. */
export async function readWorkSheet(
  platform: Platform,
  storedName: string,
  fileName: string,
  { columns, most }: { columns: readonly ColumnSpec[]; most: number },
): Promise<{ rowNo: number; raw: RawRow }[]> {
  const rows = await withPlainFile(platform, storedName, fileName, async (file) => {
    const read: SheetRow[] = [];
    for await (const batch of (await openSheet(file, { fileName })).rows()) {
      read.push(...batch);
      if (read.length > most + 60) break;
    }
    return read;
  });
  await removeStoredFile(platform.config.dataDirectory, storedName);
  const header = findHeader(rows.slice(0, 20), columns);
  const missing = header?.missing.filter((column) => column.required) ?? columns.filter((one) => one.required);
  if (!header || missing.length > 0)
    throw new Failure(
      'file-columns-missing',
      `表头里没有找到：${missing.map((column) => column.label).join('、')}。请下载模板填写后再上传（列的先后不限）。`,
      { missing: missing.map((column) => column.label) },
    );
  const nameIndex = header.map.get('name') ?? -1;
  const found = rows
    .filter((row) => row.number > header.rowNumber)
    .filter((row) => !isFootRow(row.cells, nameIndex) && !isRepeatedHeader(row.cells, header))
    .map((row) => ({
      rowNo: row.number,
      raw: Object.fromEntries([...header.map].flatMap(([key, at]) => (row.cells[at] ? [[key, row.cells[at]]] : []))), // prettier-ignore -- as: cells are text
    }))
    .filter(({ raw }) => Object.keys(raw).length > 0 && !isTotalRow(raw));
  if (found.length === 0) throw new Failure('file-empty', '表格里没有要办理的行，请按模板填写后再上传。');
  if (found.length > most) throw new Failure('file-too-large', `一份表格最多 ${String(most)} 行，请分成几份上传。`);
  return found;
}

import { readFile } from 'node:fs/promises';
import { read, type CellObject, type WorkSheet } from '@e965/xlsx';
import { lookOfFormat, numberToText, serialToText } from './cell-numbers.ts';
import { unguardText } from './guard.ts';
import type { Limits } from './limits.ts';
import { emptyFile, encryptedFile, tooMany, tooManyBytes, unreadable, wrongKind } from './refusals.ts';
import { batchSize, chooseSheet, type SheetReader, type SheetRow } from './sheet-row.ts';

/** The name of a stream as an OLE file stores it. */
function streamName(name: string): Buffer {
  return Buffer.from(`${name}\0`, 'utf16le');
}

/**
 * Refuses an OLE file that is no .xls by the streams it holds: an encrypted .xlsx, a Word file and the like. One of no
 * known version is refused too: the library would look in it for a zip and unpack that without limits.
 */
function checkStreams(bytes: Buffer): void {
  const version = bytes.length < 1024 ? 0 : bytes.readUInt16LE(26);
  if (version !== 3 && version !== 4) throw unreadable('.xls 结构已损坏');
  const holds = (name: string) => bytes.includes(streamName(name));
  if (holds('EncryptedPackage')) throw encryptedFile();
  if (holds('Workbook') || holds('Book')) return;
  if (holds('WordDocument')) throw wrongKind('Word 文档');
  if (holds('PowerPoint Document')) throw wrongKind('PowerPoint 演示文稿');
  throw wrongKind('其他 Office 文件');
}

function cellText(cell: CellObject, since1904: boolean): { text: string; lost: boolean } {
  if (cell.t === 's') return { text: unguardText(String(cell.v ?? '')), lost: false };
  if (cell.t === 'b') return { text: cell.v === true ? '是' : '否', lost: false };
  if (cell.t !== 'n' || typeof cell.v !== 'number') return { text: '', lost: false };
  const look = lookOfFormat(String(cell.z ?? 'General'));
  const shown = look === 'number' ? null : serialToText(cell.v, look, since1904);
  if (shown !== null) return { text: shown, lost: false };
  return numberToText(Math.abs(cell.v) >= 1e15 ? cell.v.toExponential(14) : String(cell.v));
}

function* sheetRows(sheet: WorkSheet, since1904: boolean, limits: Limits): Generator<SheetRow> {
  const data = sheet['!data'] ?? [];
  let rowCount = 0;
  let cellCount = 0;
  for (let index = 0; index < data.length; index++) {
    const number = index + 1;
    const cells: string[] = [];
    const lost: number[] = [];
    data[index]?.forEach((cell, column) => {
      const { text, lost: isLost } = cellText(cell, since1904);
      if (text === '') return;
      if (column >= limits.columns) throw tooMany('列数', limits.columns, number);
      if (text.length > limits.cellCharacters) throw tooMany('单元格字数', limits.cellCharacters, number);
      if (++cellCount > limits.cells) throw tooMany('单元格数量', limits.cells, number);
      while (cells.length < column) cells.push('');
      cells[column] = text;
      if (isLost) lost.push(column);
    });
    if (cells.length === 0) continue;
    if (++rowCount > limits.rows) throw tooMany('行数', limits.rows, number);
    yield lost.length === 0 ? { number, cells } : { number, cells, lostDigits: lost };
  }
}

/** Runs the parser; what it throws is told as an encrypted or a damaged file. */
function readWorkbook(bytes: Buffer, sheet?: string) {
  try {
    return read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
      ...(sheet === undefined ? { bookSheets: true, bookProps: false } : { sheets: sheet }),
    });
  } catch (error) {
    if (
      error instanceof Error &&
      /^(?:File is password|Unsupported password|Password is|ECMA-376 Encrypted)/u.test(error.message)
    )
      throw encryptedFile();
    throw unreadable('.xls 结构已损坏');
  }
}

/** Opens a .xls (Excel 97 to 2003); it is read whole, hence the smaller limit on its size. */
export async function openXls(
  path: string,
  bytes: number,
  wanted: string | undefined,
  limits: Limits,
): Promise<SheetReader> {
  if (bytes > limits.xlsBytes) throw tooManyBytes(bytes, limits.xlsBytes);
  const content = await readFile(path);
  checkStreams(content);
  const listed = readWorkbook(content);
  const hidden = new Set(
    (listed.Workbook?.Sheets ?? []).flatMap((sheet, index) => (sheet.Hidden ? [listed.SheetNames[index]] : [])),
  );
  const visible = listed.SheetNames.filter((name) => !hidden.has(name));
  const names = visible.length > 0 ? visible : listed.SheetNames;
  const sheetName = wanted ?? chooseSheet(names);
  if (sheetName === undefined || !names.includes(sheetName)) throw unreadable(`没有名为“${sheetName ?? ''}”的工作表`);
  const name = sheetName;

  async function* rows(): AsyncGenerator<SheetRow[]> {
    const workbook = readWorkbook(await readFile(path), name);
    const sheet = workbook.Sheets[name];
    let batch: SheetRow[] = [];
    let any = false;
    if (sheet) {
      for (const row of sheetRows(sheet, workbook.Workbook?.WBProps?.date1904 === true, limits)) {
        batch.push(row);
        any = true;
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
    }
    if (!any) throw emptyFile();
    if (batch.length > 0) yield batch;
  }
  return { kind: 'xls', sheetName: name, sheets: names, rows, bytes };
}

import { basename } from 'node:path';
import { createCsvParser, sniffDelimiter } from './csv-fields.ts';
import { unguardText } from './guard.ts';
import type { Limits } from './limits.ts';
import { emptyFile, tooMany, wrongKind } from './refusals.ts';
import { batchSize, type SheetReader, type SheetRow } from './sheet-row.ts';
import { decodeFile, findEncoding } from './text-encoding.ts';

const sampleCharacters = 64 * 1024;

/** A number a spreadsheet program saved in scientific form, with fewer digits than it had. */
function lostItsEnd(text: string): boolean {
  const match = /^[1-9](?:\.(\d+))?E\+?(\d{2})$/iu.exec(text);
  return match !== null && (match[1] ?? '').length < Number(match[2]);
}

/** A field as text: `="0123"` and the tabs that keep numbers as text are taken off. */
function plainField(field: string): string {
  const trimmed = field.trim();
  const wrapped = /^="(.*)"$/su.exec(trimmed);
  return wrapped ? (wrapped[1] ?? '') : unguardText(field);
}

function toRow(number: number, fields: string[], limits: Limits): SheetRow | undefined {
  const cells = fields.map(plainField);
  while (cells.length > 0 && (cells.at(-1) ?? '').trim() === '') cells.pop();
  if (cells.length === 0) return undefined;
  if (cells.length > limits.columns) throw tooMany('列数', limits.columns, number);
  const lost = cells.flatMap((cell, index) => (cell.length < 24 && lostItsEnd(cell.trim()) ? [index] : []));
  return lost.length === 0 ? { number, cells } : { number, cells, lostDigits: lost };
}

/** Control characters no text table holds: the file is something else. */
const controls = /[\0-\x08\x0e-\x1a\x1c-\x1f]/u;

/** Opens a text table (.csv, .txt, .tsv) in UTF-8, UTF-16 with a byte-order mark, or GB18030, split by comma, semicolon or tab. */
export async function openCsv(path: string, fileName: string, bytes: number, limits: Limits): Promise<SheetReader> {
  const encoding = await findEncoding(path);
  let sample = '';
  for await (const text of decodeFile(path, encoding)) {
    sample += text;
    if (sample.length >= sampleCharacters) break;
  }
  if (controls.test(sample.slice(0, sampleCharacters))) throw wrongKind('无法识别的二进制文件');
  if (sample.trim() === '') throw emptyFile();
  const stated = /^sep=(.)\r?\n/u.exec(sample);
  const delimiter = stated?.[1] ?? sniffDelimiter(sample.slice(0, sampleCharacters));

  async function* rows(): AsyncGenerator<SheetRow[]> {
    const parser = createCsvParser(delimiter, limits.cellCharacters);
    const batch: SheetRow[] = [];
    let rowCount = 0;
    let cellCount = 0;
    function take(): void {
      for (const { number, fields } of parser.records.splice(0)) {
        if (stated !== null && number === 1) continue;
        const row = toRow(number, fields, limits);
        if (row === undefined) continue;
        if (++rowCount > limits.rows) throw tooMany('行数', limits.rows, number);
        cellCount += row.cells.length;
        if (cellCount > limits.cells) throw tooMany('单元格数量', limits.cells, number);
        batch.push(row);
      }
    }
    for await (const text of decodeFile(path, encoding)) {
      parser.push(text);
      take();
      while (batch.length >= batchSize) yield batch.splice(0, batchSize);
    }
    parser.end();
    take();
    if (rowCount === 0) throw emptyFile();
    while (batch.length > 0) yield batch.splice(0, batchSize);
  }
  const sheetName = basename(fileName).replace(/\.[^.]*$/u, '');
  return { kind: 'csv', sheetName, sheets: [sheetName], rows, bytes };
}

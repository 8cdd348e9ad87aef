import { takeCell, type PlainCell } from './cell-shortcut.ts';
import { numberToText, serialToText, type NumberLook } from './cell-numbers.ts';
import { unguardText } from './guard.ts';
import type { Limits } from './limits.ts';
import { tooMany, unreadable } from './refusals.ts';
import { preservesSpace, trimUnlessPreserved, type SharedStrings } from './shared-strings.ts';
import type { SheetRow } from './sheet-row.ts';
import { rememberAbove } from './text-above.ts';
import { createXmlScanner, decodeEntities, decodeEscapes, isNamed, type XmlHandler } from './xml-scan.ts';

/** What cells refer to. */
export interface CellContext {
  strings: SharedStrings | undefined;
  looks: readonly NumberLook[];
  since1904: boolean;
  limits: Limits;
}

/** Takes the XML of a sheet chunk by chunk and gives its rows. */
export interface RowParser {
  push(chunk: Buffer): void;
  end(): void;
  /** True once the data of the sheet have ended. */
  done: boolean;
  /** Rows finished so far; the caller takes them out. */
  rows: SheetRow[];
}

const letterC = 99;
const letterF = 102;
const letterR = 114;
const letterS = 115;
const letterT = 116;
const letterV = 118;
const highestRow = 1_048_576;

/** What is being collected as text: nothing, a value, an inline string. */
const collectNothing = 0;
const collectValue = 1;
const collectText = 2;

/** Kinds of cell by the `t` attribute; a number unless it says otherwise. */
const kinds = new Map([
  ['s', 1],
  ['str', 2],
  ['inlineStr', 2],
  ['b', 3],
  ['e', 4],
  ['d', 5],
]);
const kindShared = 1;
const kindText = 2;
const kindBoolean = 3;
const kindError = 4;
const kindDate = 5;

function readInteger(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
    if (value > 1e9) return -1;
  }
  return end > start ? value : -1;
}

/** Column from 0 of a reference such as BT115; -1 when it is none. */
function readColumn(bytes: Buffer, start: number, end: number): number {
  let column = 0;
  for (let at = start; at < end; at++) {
    const letter = (bytes[at] ?? 0) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
    if (column > 100_000) return -1;
  }
  return column - 1;
}

/** A streaming parser of one sheet: cached values of formulas, no formulas; errors as ''; booleans as 是 and 否. */
export function createRowParser(context: CellContext): RowParser {
  const { strings, looks, since1904, limits } = context;
  let begun = false;
  let rowNumber = 0;
  let rowCount = 0;
  let cellCount = 0;
  let cells: string[] = [];
  let lost: number[] | undefined;
  let column = -1;
  let kind = 0;
  let style = 0;
  let collecting = collectNothing;
  let piece = '';
  let value = '';
  let sharedIndex = -1;
  let preserved = false;
  let inPhonetic = false;
  const plain: PlainCell = {
    column: 0,
    style: 0,
    kind: 'empty',
    index: 0,
    value: '',
    start: 0,
    end: 0,
    preserved: false,
  };
  const inlineText = rememberAbove(
    (text, spaces) => unguardText(decodeEscapes(trimUnlessPreserved(decodeEntities(text), spaces))),
    limits.columns,
  );

  /** Reads the attributes r, s and t of a cell in one pass over its tag. */
  function beginCell(bytes: Buffer, from: number, tagEnd: number): void {
    column++;
    kind = 0;
    style = 0;
    value = '';
    sharedIndex = -1;
    let at = from;
    while (at < tagEnd) {
      while (at < tagEnd && (bytes[at] ?? 0) <= 32) at++;
      const nameStart = at;
      while (at < tagEnd && bytes[at] !== 61) at++;
      const nameLength = at - nameStart;
      const mark = bytes[at + 1] === 39 ? 39 : 34;
      while (at < tagEnd && bytes[at] !== mark) at++;
      const valueStart = ++at;
      while (at < tagEnd && bytes[at] !== mark) at++;
      if (nameLength === 1 && at < tagEnd) {
        const name = bytes[nameStart];
        if (name === letterR) column = readColumn(bytes, valueStart, at);
        else if (name === letterS) style = readInteger(bytes, valueStart, at);
        else if (name === letterT)
          kind =
            at - valueStart === 1 && bytes[valueStart] === letterS
              ? kindShared
              : (kinds.get(bytes.toString('latin1', valueStart, at)) ?? 0);
      }
      at++;
    }
    if (column < 0) throw unreadable('单元格位置有误', { row: rowNumber });
  }

  /** Takes a plain cell at once; see `takeCell`. */
  function shortcut(bytes: Buffer, start: number): number {
    if (parser.done) return -1;
    const after = takeCell(bytes, start, limits.cellCharacters * 8, plain);
    if (after === -1) return -1;
    column = plain.column;
    if (plain.kind === 'empty') return after;
    style = plain.style;
    sharedIndex = plain.kind === 'shared' ? plain.index : -1;
    if (plain.kind === 'number') {
      kind = 0;
      value = plain.value;
    } else if (plain.kind === 'inline') {
      keepCell(inlineText(column, bytes, plain.start, plain.end, plain.preserved));
      return after;
    } else {
      kind = kindShared;
      value = '';
    }
    endCell();
    return after;
  }

  function numericText(): string {
    const look = looks[style] ?? 'number';
    if (look !== 'number') {
      const shown = serialToText(Number(value), look, since1904);
      if (shown !== null) return shown;
    }
    const number = numberToText(value);
    if (number.lost) (lost ??= []).push(column);
    return number.text;
  }

  function cellText(): string {
    if (kind === kindShared) {
      const text = strings?.get(sharedIndex);
      if (text === undefined) throw unreadable('引用了不存在的文字', { row: rowNumber });
      return unguardText(text);
    }
    if (kind === kindText) return unguardText(decodeEscapes(value));
    if (kind === kindBoolean) return value === '1' || value === 'true' ? '是' : '否';
    if (kind === kindError) return '';
    if (kind === kindDate) return value.replace('T', ' ').replace(/(?: 00:00:00(?:\.0+)?)?Z?$/u, '');
    return numericText();
  }

  function endCell(): void {
    if (value === '' && sharedIndex === -1) return;
    keepCell(cellText());
  }

  function keepCell(text: string): void {
    if (text === '') return;
    if (text.length > limits.cellCharacters) throw tooMany('单元格字数', limits.cellCharacters, rowNumber);
    if (column >= limits.columns) throw tooMany('列数', limits.columns, rowNumber);
    if (++cellCount > limits.cells) throw tooMany('单元格数量', limits.cells, rowNumber);
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }

  function beginRow(bytes: Buffer, from: number, tagEnd: number): void {
    const given = / r\s*=\s*["'](\d{1,8})["']/u.exec(` ${bytes.toString('latin1', from, tagEnd)}`);
    rowNumber = given ? Number(given[1]) : rowNumber + 1;
    if (rowNumber > highestRow) throw unreadable('行号有误');
    cells = [];
    lost = undefined;
    column = -1;
  }

  function endRow(): void {
    if (cells.length === 0) return;
    if (++rowCount > limits.rows) throw tooMany('行数', limits.rows, rowNumber);
    parser.rows.push(
      lost === undefined ? { number: rowNumber, cells } : { number: rowNumber, cells, lostDigits: lost },
    );
  }

  const handler: XmlHandler = {
    shortcut,
    open(bytes, start, end, tagEnd) {
      if (parser.done) return;
      if (end - start === 1) {
        const letter = bytes[start];
        if (letter === letterC) beginCell(bytes, end, tagEnd);
        else if (letter === letterV) {
          collecting = collectValue;
          piece = '';
        } else if (letter === letterT && !inPhonetic) {
          collecting = collectText;
          piece = '';
          preserved = preservesSpace(bytes, end, tagEnd);
        } else if (letter === letterF) collecting = collectNothing;
      } else if (isNamed(bytes, start, end, 'row')) beginRow(bytes, end, tagEnd);
      else if (isNamed(bytes, start, end, 'sheetData')) begun = true;
      else if (isNamed(bytes, start, end, 'rPh')) inPhonetic = true;
    },
    close(bytes, start, end) {
      if (parser.done) return;
      if (end - start === 1) {
        const letter = bytes[start];
        if (letter === letterC) endCell();
        else if (letter === letterV || letter === letterT) {
          if (collecting === collectValue) value = piece;
          else if (collecting === collectText) value += trimUnlessPreserved(piece, preserved);
          collecting = collectNothing;
        }
      } else if (isNamed(bytes, start, end, 'row')) endRow();
      else if (isNamed(bytes, start, end, 'sheetData')) parser.done = begun;
      else if (isNamed(bytes, start, end, 'rPh')) inPhonetic = false;
    },
    text(bytes, start, end, raw) {
      if (collecting === collectNothing) return;
      if (end - start > limits.cellCharacters * 8 || piece.length > limits.cellCharacters * 8)
        throw tooMany('单元格字数', limits.cellCharacters, rowNumber);
      if (kind === kindShared && collecting === collectValue) {
        sharedIndex = readInteger(bytes, start, end);
        if (sharedIndex === -1) throw unreadable('引用了不存在的文字', { row: rowNumber });
        return;
      }
      const part = bytes.toString('utf8', start, end);
      const decoded = raw ? part : decodeEntities(part);
      piece = piece === '' ? decoded : piece + decoded;
    },
  };
  const scanner = createXmlScanner(handler);
  const parser: RowParser = {
    rows: [],
    done: false,
    push: (chunk) => {
      scanner.push(chunk);
    },
    end: () => {
      scanner.end();
      if (!parser.done) throw unreadable('工作表不完整，可能上传或保存时中断');
    },
  };
  return parser;
}

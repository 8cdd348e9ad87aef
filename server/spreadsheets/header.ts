import { normalizeText } from '#domain/basics/text.ts';
import type { SheetRow } from './sheet-row.ts';

/** A column that an import understands: its name on paper and the other names it goes by. */
export interface ColumnSpec {
  key: string;
  label: string;
  aliases?: readonly string[];
  required?: boolean;
}

/** Where the header of a sheet stands and what it says. */
export interface FoundHeader {
  /** Row in the file; data begin behind it. */
  rowNumber: number;
  /** Cell index (from 0) of each column found. */
  map: Map<string, number>;
  /** Columns not found, required or not. */
  missing: ColumnSpec[];
  /** Headings that no column claims, as written. */
  unknown: string[];
  /** Headings by cell as they were read, for `isRepeatedHeader`. */
  headings: string[];
}

const rowsLookedAt = 20;
const totalWords = /^(?:本页|本表|全校|全区|总)?(?:合计|总计|小计|共计|累计|总人数|合计人数|人数合计)/u;
const footWords =
  /^(?:填表人|填报人|填表单位|填报单位|填表日期|填报日期|审核人|审批人|制表人|制表单位|制表日期|经办人|负责人|单位负责人|校长签字|校长签名|校长|联系人|报送日期|打印日期|填表说明|说明|备注|注|注意|导出标识)(?:[:(]|$)/u;
const closingWords = /^(?:共\s*\d+\s*行|导出未完成)/u;

/** A heading as it is compared: half width, lower case, without spaces, brackets, stars, colons. */
export function normalizeHeading(text: string): string {
  return normalizeText(text)
    .toLowerCase()
    .replace(/[\s()[\]{}<>【】〔〕「」《》*:;、,.。"'“”_-]/gu, '');
}

/** A heading without what stands in brackets, so that 出生日期（YYYYMMDD） is 出生日期. */
function withoutBrackets(text: string): string {
  return normalizeHeading(normalizeText(text).replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕/gu, ''));
}

/** Finds for each cell the column it names; the readings of a cell are tried in order, a column is taken once. */
function matchCells(readings: readonly (readonly string[])[], names: ReadonlyMap<string, string>): Map<string, number> {
  const map = new Map<string, number>();
  const taken = new Set<number>();
  const depth = Math.max(0, ...readings.map((cell) => cell.length));
  for (let level = 0; level < depth; level++) {
    readings.forEach((cell, index) => {
      const key = taken.has(index) ? undefined : names.get(cell[level] ?? '');
      if (key === undefined || map.has(key)) return;
      map.set(key, index);
      taken.add(index);
    });
  }
  return map;
}

function readCell(text: string): string[] {
  return [normalizeHeading(text), withoutBrackets(text)];
}

/** The cells of a head of two rows: 监护人 over 姓名 reads 监护人姓名, then 姓名; a cell only in the upper row reads as it is. */
function readTwoRows(upper: readonly string[], lower: readonly string[]): string[][] {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const above = upper[index] ?? '';
    const below = lower[index] ?? '';
    if (above.trim() !== '') group = above;
    return below.trim() === '' ? readCell(above) : [...readCell(group + below), ...readCell(below)];
  });
}

/**
 * Finds the header among the first 20 rows: the row, or two rows one above the other, that names most of the columns.
 * Titles above it are passed over; columns may stand in any order; of two equal headings the first counts. Null when no
 * row names two columns (one, if only one is asked for).
 */
export function findHeader(rows: readonly SheetRow[], columns: readonly ColumnSpec[]): FoundHeader | null {
  const names = new Map<string, string>();
  for (const column of columns)
    for (const name of [column.label, ...(column.aliases ?? [])])
      if (!names.has(normalizeHeading(name))) names.set(normalizeHeading(name), column.key);
  let best: { row: SheetRow; map: Map<string, number>; headings: string[] } | undefined;
  rows.slice(0, rowsLookedAt).forEach((row, index) => {
    const above = rows[index - 1];
    const single = matchCells(row.cells.map(readCell), names);
    if (single.size > (best?.map.size ?? 0)) best = { row, map: single, headings: row.cells };
    if (above === undefined || above.number !== row.number - 1) return;
    const double = matchCells(readTwoRows(above.cells, row.cells), names);
    if (double.size <= (best?.map.size ?? 0)) return;
    best = {
      row,
      map: double,
      headings: Array.from(
        { length: Math.max(above.cells.length, row.cells.length) },
        (_, cell) => row.cells[cell]?.trim() || (above.cells[cell] ?? ''),
      ),
    };
  });
  if (best === undefined || best.map.size < Math.min(2, columns.length)) return null;
  const { row, map, headings } = best;
  const claimed = new Set(map.values());
  return {
    rowNumber: row.number,
    map,
    missing: columns.filter((column) => !map.has(column.key)),
    unknown: headings.flatMap((heading, index) =>
      heading.trim() === '' || claimed.has(index) ? [] : [heading.trim()],
    ),
    headings,
  };
}

/** True of a row with nothing in it but spaces. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** True of a row that repeats the header further down, as sheets glued together do. */
export function isRepeatedHeader(cells: readonly string[], header: FoundHeader): boolean {
  const asked = header.map.size;
  let other = 0;
  for (const index of header.map.values()) if ((cells[index] ?? '') === '') other += 1;
  let same = 0;
  // Nearly every row is a record: it is told by its empty cells and its first few others, most of them without being read closely.
  for (const index of header.map.values()) {
    if (other * 2 >= asked) return false;
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const heading = header.headings[index] ?? '';
    if (cell === heading || normalizeHeading(cell) === normalizeHeading(heading)) same += 1;
    else other += 1;
  }
  return other * 2 < asked && same >= Math.min(2, asked);
}

/**
 * True of a row that is no record but a total or a foot: 合计, 总计, 小计, 共计, 填表人：…, 共 N 行，导出完整. `nameIndex` is
 * the column of the name: a row with a person's name in it is a record whatever its other cells say.
 */
export function isTotalRow(cells: readonly string[], nameIndex: number): boolean {
  const firstIndex = cells.findIndex((cell) => cell !== '' && normalizeText(cell) !== '');
  if (firstIndex === -1) return false;
  const first = normalizeText(cells[firstIndex] ?? '');
  const compact = first.replaceAll(' ', '');
  if (footWords.test(compact) || closingWords.test(first)) return true;
  const name = normalizeText(cells[nameIndex] ?? '').replaceAll(' ', '');
  if (totalWords.test(name) && !/^\p{Script=Han}{2,4}$/u.test(name.replace(totalWords, ''))) return true;
  const nameIsPerson = name !== '' && !/^[\d.,%人名个\s]+$/u.test(name);
  return (
    !nameIsPerson &&
    cells.slice(firstIndex, firstIndex + 3).some((cell) => totalWords.test(normalizeText(cell).replaceAll(' ', '')))
  );
}

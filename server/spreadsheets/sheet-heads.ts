import { guardText } from './guard.ts';
import { charactersWide, columnName, styles, textCell } from './sheet-markup.ts';

/** Markup of one or more rows, with the ranges merged in them. */
interface Rows {
  rows: string;
  merged: string[];
}

/** A row that one text fills, merged over all columns. */
export function wideRow(row: number, columns: number, text: string, style: number, height: number): Rows {
  const cell = textCell(`A${row}`, guardText(text), style);
  return {
    rows: `<row r="${row}" ht="${height}" customHeight="1">${cell}</row>`,
    merged: columns > 1 ? [`A${row}:${columnName(columns - 1)}${row}`] : [],
  };
}

/** One row in three parts over a number of columns: left, centred, at the right; with fewer than three columns all of it stands in the first. */
export function thirds(row: number, columns: number, parts: readonly string[]): Rows {
  const rowOf = (cells: string) => `<row r="${row}" ht="18" customHeight="1">${cells}</row>`;
  if (columns < 3) {
    const text = parts.filter((part) => part !== '').join('　');
    const merged = columns === 2 ? [`A${row}:B${row}`] : [];
    return { rows: rowOf(textCell(`A${row}`, guardText(text), styles.note)), merged };
  }
  const left = Math.ceil(columns / 3);
  const middle = Math.floor((columns - left) / 2);
  const spans = [
    [0, left - 1, styles.plain],
    [left, left + middle - 1, styles.centred],
    [left + middle, columns - 1, styles.right],
  ] as const;
  let cells = '';
  const merged: string[] = [];
  for (const [index, [from, to, style]] of spans.entries()) {
    cells += textCell(`${columnName(from)}${row}`, guardText(parts[index] ?? ''), style);
    if (to > from) merged.push(`${columnName(from)}${row}:${columnName(to)}${row}`);
  }
  return { rows: rowOf(cells), merged };
}

/** The head: one row, or two where columns stand in groups; a group is merged over its columns, a column of none over both rows. */
export function headRows(
  first: number,
  columns: readonly { label: string; group?: string | undefined }[],
  widths: readonly number[],
): Rows {
  const cell = (index: number, row: number, text: string) =>
    textCell(`${columnName(index)}${row}`, guardText(text), styles.head);
  const lines = Math.max(
    1,
    ...columns.map(({ label }, index) => Math.ceil(charactersWide(label) / Math.max(2, (widths[index] ?? 10) - 1))),
  );
  const height = lines === 1 ? '' : ` ht="${lines * 14 + 2}" customHeight="1"`;
  if (columns.every((column) => column.group === undefined)) {
    const cells = columns.map(({ label }, index) => cell(index, first, label)).join('');
    return { rows: `<row r="${first}"${height}>${cells}</row>`, merged: [] };
  }
  const second = first + 1;
  const merged: string[] = [];
  let upper = '';
  let lower = '';
  for (let at = 0; at < columns.length;) {
    const { group, label = '' } = columns[at] ?? {};
    let to = at;
    if (group === undefined) merged.push(`${columnName(at)}${first}:${columnName(at)}${second}`);
    else {
      while (columns[to + 1]?.group === group) to++;
      if (to > at) merged.push(`${columnName(at)}${first}:${columnName(to)}${first}`);
    }
    for (let index = at; index <= to; index++) {
      upper += cell(index, first, index > at ? '' : (group ?? label));
      lower += cell(index, second, group === undefined ? '' : (columns[index]?.label ?? ''));
    }
    at = to + 1;
  }
  return { rows: `<row r="${first}">${upper}</row><row r="${second}"${height}>${lower}</row>`, merged };
}

import type { ColumnSpec } from '#domain/basics/list-row.ts';
import type { ListRow } from './read-rows.ts';

/** Rows of a list between two threads: the cells of all rows one after the other, so that no name of a column is copied with each cell. */
export interface PackedRows {
  numbers: number[];
  /** How many cells each row has. */
  counts: Uint16Array;
  /** The column of each cell, by its place among the columns of the list. */
  columns: Uint8Array;
  cells: string[];
  /** Places of the rows whose number lost its last digits. */
  lost: number[];
  /** Places of the rows that name the held row they correct, with its id. */
  heldIds: [number, string][];
}

/** Packs rows that were read by these columns, of which there are fewer than 256. */
export function packRows(columns: readonly ColumnSpec[], rows: readonly ListRow[]): PackedRows {
  const places = new Map(columns.map(({ key }, place) => [key, place]));
  const counts = new Uint16Array(rows.length);
  const of = new Uint8Array(rows.length * columns.length);
  const packed = { numbers: [] as number[], cells: [] as string[], lost: [] as number[], heldIds: [] as [number, string][] }; // prettier-ignore
  rows.forEach((row, place) => {
    packed.numbers.push(row.rowNo);
    const before = packed.cells.length;
    for (const key in row.raw) {
      of[packed.cells.length] = places.get(key) ?? 0;
      packed.cells.push(row.raw[key] ?? '');
    }
    counts[place] = packed.cells.length - before;
    if (row.lost) packed.lost.push(place);
    if (row.heldId !== null) packed.heldIds.push([place, row.heldId]);
  });
  return { ...packed, counts, columns: of.slice(0, packed.cells.length) };
}

/** The rows as they were packed, with their cells in the same order: the print of a row depends on it. */
export function unpackRows(columns: readonly ColumnSpec[], packed: PackedRows): ListRow[] {
  const keys = columns.map(({ key }) => key);
  const lost = new Set(packed.lost);
  const heldIds = new Map(packed.heldIds);
  let at = 0;
  return packed.numbers.map((rowNo, place) => {
    const raw: Record<string, string> = {};
    for (const end = at + (packed.counts[place] ?? 0); at < end; at += 1)
      raw[keys[packed.columns[at] ?? 0] ?? ''] = packed.cells[at] ?? '';
    return { rowNo, raw, lost: lost.has(place), heldId: heldIds.get(place) ?? null };
  });
}

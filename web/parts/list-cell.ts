import type { ReactNode } from 'react';
import { count } from '#web/ui/words.ts';

/** A column of a list: what it shows, and whether a phone shows it. */
export interface ListColumn<Row> {
  key: string;
  title: string;
  /** What stands in the cell; default the row's value under `key`. */
  render?: (row: Row) => ReactNode;
  width?: number;
  /** Shown on a phone's card; when no column says so, the first four are. */
  phone?: boolean;
  /** Value of the input `sort` that orders by this column. */
  sort?: string;
  /** Hidden until chosen. */
  extra?: boolean;
  align?: 'left' | 'right';
}

/** What a cell shows: the column's own words, else the row's value under the column's key; '—' when there is none. */
export function cellOf<Row extends object>(column: ListColumn<Row>, row: Row): ReactNode {
  if (column.render) return column.render(row);
  const value: unknown = Object.entries(row).find(([name]) => name === column.key)?.[1];
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'number' ? count(value) : String(value);
}

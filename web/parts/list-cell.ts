import type { ReactNode } from 'react';
import { count } from '#web/ui/words.ts';

/** What a cell shows: the column's own words, else the row's value under the column's key; '—' when there is none. */
export function cellOf<Row extends object>(column: { key: string; render?: (row: Row) => ReactNode }, row: Row): ReactNode {
  if (column.render) return column.render(row);
  const value: unknown = Object.entries(row).find(([name]) => name === column.key)?.[1];
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'number' ? count(value) : String(value);
}

import type { Keys } from './keys.ts';
import { openJson, sealJson } from './seal.ts';

/** Tables whose rows are files that people handed in under a name of their own, which may be a child's. */
export const namedTables = ['import_file', 'change_sheet', 'registry_check'] as const;
/** A table of files that were handed in. */
export type NamedTable = (typeof namedTables)[number];

const place = (table: NamedTable, district: string, id: string) => ({ table, column: 'sealed_name', district, id });

/** Seals what a file that was handed in is called. */
export function sealName(keys: Keys, table: NamedTable, district: string, id: string, name: string): Buffer {
  return sealJson(keys, place(table, district, id), name);
}

/** What a file that was handed in is called; nothing where no row of that file is there. */
export function openName(
  keys: Keys,
  table: NamedTable,
  district: string,
  row: { id: string; sealed_name: Buffer | null },
): string {
  // as: sealed by sealName from a text
  return row.sealed_name === null ? '' : (openJson(keys, place(table, district, row.id), row.sealed_name) as string);
}

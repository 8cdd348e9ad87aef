import { z } from 'zod';

/** First entry of a backup: what it holds and what restoring it needs. It never holds a key. */
export const BackupHeader = z.object({
  format: z.literal('baoxue-backup'),
  /** 1: tables only; 2: with the files of the store. */
  formatVersion: z.union([z.literal(1), z.literal(2)]),
  /** When the snapshot was asked for, ISO instant. */
  madeAt: z.string(),
  /** Number of the last migration of the database. */
  migration: z.int().positive(),
  /** Names of the data keys without which the encrypted columns cannot be read. */
  keyIds: z.array(z.string()),
  /** The tables in the order in which they can be loaded, with the columns in the order in which they are written. */
  tables: z.array(
    z.object({ name: z.string(), kind: z.enum(['district', 'reference', 'local']), columns: z.array(z.string()) }),
  ),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

/** Last entry of a backup: proof that everything before it is complete. */
export const BackupSums = z.object({
  tables: z.array(
    z.object({ name: z.string(), rows: z.int().nonnegative(), bytes: z.int().nonnegative(), sha256: z.string() }),
  ),
  /** Every file of the store, sealed as it lies there. */
  files: z.array(z.object({ name: z.string(), bytes: z.int().nonnegative(), sha256: z.string() })).default([]),
});
export type BackupSums = z.infer<typeof BackupSums>;

/** Names of the entries; a table's rows are in numbered parts of at most this many bytes. */
export const entryNames = { header: 'header.json', sums: 'sums.json' } as const;
export const partBytes = 1024 * 1024;

/** The entry that holds part `part` of the table with this number. */
export function partName(table: number, part: number): string {
  return `tables/${String(table).padStart(4, '0')}/${String(part).padStart(8, '0')}.copy`;
}

/** The entry that holds part `part` of a stored file. */
export function filePartName(file: string, part: number): string {
  return `files/${file}/${String(part).padStart(8, '0')}`;
}

/** Which part of which stored file an entry holds; null when it holds none. */
export function partOfFile(entry: string): { file: string; part: number } | null {
  const found = /^files\/([^/]+)\/(\d{8})$/.exec(entry);
  return found ? { file: found[1] ?? '', part: Number(found[2]) } : null;
}

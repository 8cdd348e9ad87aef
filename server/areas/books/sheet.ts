import type { BookLevel, FieldSubject, SheetColumn, SheetId } from '#domain/books/record.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import type { PeriodKind } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';

/** A cell as it is read; numbers and days are written as such. */
export type Cell = string | number | null;

/** What a sheet is made for. */
export interface SheetAsk {
  /** Null: everything within reach. */
  schoolId: string | null;
  day: string;
  /** UTC, microseconds; no later than what is known. */
  knownAt: string;
  level: BookLevel;
  period: PeriodKind;
  /** Whether numbers stand in full (approved). */
  full: boolean;
}

/** A row before it is laid out: whom it is about, and its cells by the ids of the columns. */
export interface SheetRow {
  subject: string | null;
  cells: Readonly<Record<string, Cell>>;
}

/** A sheet: its columns, where its rows come from, and who may see it. Adding one is a file of this shape in `sheets/`. */
export interface SheetDefinition {
  id: SheetId;
  /** Without it the sheet is not offered; rows are read under its reach. */
  permission: Permission;
  /** Whom a row is about: own fields of that kind may be its columns. */
  subject: FieldSubject | null;
  /** What is counted, printed over the table. */
  counting: string;
  /** Whether the period matters beside the day. */
  period: boolean;
  /** Whether it holds numbers of identity. */
  numbers: boolean;
  /** The words behind the table: what the rows are and how they were counted. */
  note: string;
  columns: readonly SheetColumn[];
  read(context: Context, ask: SheetAsk): Promise<SheetRow[]>;
}

/** A column in one line of a definition. */
export function column(
  id: string,
  words: string,
  width: number,
  kind: SheetColumn['kind'] = 'text',
  group?: string,
): SheetColumn {
  return { id, words, width, kind, ...(group === undefined ? {} : { group }) };
}

import { z } from 'zod';

/** The sheets that offices print: rosters, archives, ledgers, changes, and the three tables of movements (D§4.1–4.7). */
export const sheetIds = [
  'roster',
  'schoolAge',
  'suspected',
  'dropout',
  'persuasion',
  'changes',
  'table1',
  'table2',
  'table3',
] as const;
/** A sheet. */
export type SheetId = (typeof sheetIds)[number];

/** The books: 一校一册 of a school (D§4.5) and that of the district. */
export const bookIds = ['schoolBook', 'districtBook'] as const;
/** A book. */
export type BookId = (typeof bookIds)[number];

/** How a column is written: words, a count, a day, or a number of identity that is masked unless approved. */
export type ColumnKind = 'text' | 'number' | 'date' | 'identity';

/** A column of a sheet; `group` stands over neighbouring columns of the same group, width in characters, a Han character counting two. */
export interface SheetColumn {
  id: string;
  words: string;
  group?: string | undefined;
  width: number;
  kind: ColumnKind;
}

/** Whom the rows of a sheet are about: own fields of that kind may be columns of it. */
export const fieldSubjects = ['child', 'school'] as const;
/** A subject of own fields. */
export type FieldSubject = (typeof fieldSubjects)[number];

/** Kinds of own field. */
export const fieldKinds = ['text', 'number', 'date', 'choice'] as const;
/** A kind of own field. */
export type FieldKind = (typeof fieldKinds)[number];

/** A field that a bureau added to children or schools; values of a personal one are kept sealed. */
export interface OwnField {
  id: string;
  subject: FieldSubject;
  name: string;
  kind: FieldKind;
  choices: readonly string[];
  personal: boolean;
  active: boolean;
}

/** The columns of a layout in their order; own fields stand as `own:<id>`. */
export const LayoutColumns = z
  .array(z.object({ id: z.string().min(1).max(60), shown: z.boolean() }))
  .min(1, '至少保留一栏。')
  .max(80);
/** The columns of a layout. */
export type LayoutColumns = z.infer<typeof LayoutColumns>;

/** Both levels, or one of them. */
export const bookLevels = ['all', 'primary', 'junior'] as const;
/** Which grades a sheet holds: all, 1–6 or 7–9. */
export type BookLevel = (typeof bookLevels)[number];

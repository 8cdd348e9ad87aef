import type { SheetId } from '#domain/books/record.ts';
import type { SheetDefinition } from '../sheet.ts';
import { changes } from './changes.ts';
import { dropout, schoolAge, suspected } from './ledgers.ts';
import { persuasion } from './persuasion.ts';
import { roster } from './roster.ts';
import { table1, table2, table3 } from './tables.ts';

/** Every sheet by its id. */
export const sheetDefinitions: Record<SheetId, SheetDefinition> = {
  roster,
  schoolAge,
  suspected,
  dropout,
  persuasion,
  changes,
  table1,
  table2,
  table3,
};

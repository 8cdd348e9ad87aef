import type { Context } from '#server/http/context.ts';
import { emptiedRow } from './sheet-desk.ts';
import {
  listSheetRows,
  listSheetsToEmpty,
  markSheetEmptied,
  updateSheetRow,
  type SheetKindName,
} from './store-sheets.ts';

/** How many sheets are emptied in one go. */
const atOnce = 20;

/** Whether sheets of a kind that were handed in before a moment still hold their cells. */
export async function sheetsToEmpty(context: Context, kind: SheetKindName, before: Date): Promise<boolean> {
  return (await listSheetsToEmpty(context.client, context.district, kind, before, 1)).length > 0;
}

/** Takes the cells out of sheets that were handed in before a moment: who handed in how many rows, and how they stood, stays. Answers how many sheets. */
export async function emptySheets(context: Context, kind: SheetKindName, before: Date, words: string): Promise<number> {
  const { client, district, now } = context;
  const ids = await listSheetsToEmpty(client, district, kind, before, atOnce);
  for (const id of ids) {
    for (const row of await listSheetRows(client, district, id, true))
      await updateSheetRow(client, district, emptiedRow(context, row, words));
    await markSheetEmptied(client, district, id, now);
  }
  return ids.length;
}

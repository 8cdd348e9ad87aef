import { settledBy } from '#domain/visits/rules.ts';
import type { Context } from '#server/http/context.ts';
import { lockItemsOfChild, madeVisits, writeSettled } from './store-items.ts';

/** Works out anew which visits settle what is planned for a child; after a correction a planned visit may be open again. */
export async function settleChild(context: Context, childId: string): Promise<void> {
  const { client, district } = context;
  const items = await lockItemsOfChild(client, district, childId);
  if (items.length === 0) return;
  const visits = await madeVisits(client, district, childId);
  for (const item of items) {
    const settling = settledBy(
      { caseId: item.case_id, modes: item.modes, fromDate: item.from_date, toDate: item.to_date },
      visits,
    );
    if ((settling?.id ?? null) !== item.visit_id) await writeSettled(client, district, item.id, settling);
  }
}

import type { Context } from '#server/http/context.ts';
import { computeSigns } from './compute.ts';
import { takeDay } from './store-facts.ts';

export { hearRisk } from './listen.ts';

/** Computes every sign of the district anew, once a day; needs the whole district in sight. Answers how many changed, null when it was done today. */
export async function refreshSigns(context: Context): Promise<number | null> {
  if (!(await takeDay(context.client, context.district, context.today, context.now))) return null;
  return computeSigns(context, null);
}

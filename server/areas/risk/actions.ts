import type { Context } from '#server/http/context.ts';
import { computeSigns } from './compute.ts';
import { dayTaken, takeDay } from './store-facts.ts';

export { hearRisk } from './listen.ts';

/** Whether the signs of the district are still to be computed today. */
export async function mustRefreshSigns(context: Context): Promise<boolean> {
  return !(await dayTaken(context.client, context.district, context.today));
}

/** Computes every sign of the district anew, once a day; needs the whole district in sight. Answers how many changed, null when it was done today. */
export async function refreshSigns(context: Context): Promise<number | null> {
  if (!(await takeDay(context.client, context.district, context.today, context.now))) return null;
  return computeSigns(context, null);
}

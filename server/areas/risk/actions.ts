import type { Context } from '#server/http/context.ts';
import { computeSigns } from './compute.ts';
import { computeAllScoreSigns, scoreRuleOf } from './score-signs.ts';
import { dayTaken, lastScoreRule, takeDay } from './store-facts.ts';

export { hearRisk } from './listen.ts';
export { mustPurgeScores, purgeScores } from './score-purge.ts';
export { enterScoreRows } from './score-sheets.ts';

/** Whether the signs of the district are still to be computed today. */
export async function mustRefreshSigns(context: Context): Promise<boolean> {
  return !(await dayTaken(context.client, context.district, context.today));
}

/** Computes every sign of the district anew, once a day; needs the whole district in sight. Answers how many changed, null when it was done today. */
export async function refreshSigns(context: Context): Promise<number | null> {
  const { client, district, today, now } = context;
  const [rule, before] = [await scoreRuleOf(context), await lastScoreRule(client, district)];
  if (!(await takeDay(client, district, today, now, rule))) return null;
  const changed = await computeSigns(context, null);
  return rule === before ? changed : changed + (await computeAllScoreSigns(context));
}

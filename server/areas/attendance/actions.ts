import type { Listener } from '#server/http/context.ts';
import { findBrief } from '#server/areas/population/actions.ts';

import { inWholeDistrict } from '#server/http/under-reach.ts';
import { recountBoth } from './merged.ts';
import { watchChild } from './store-standing.ts';

export { substitutionsNow } from './access.ts';
export { announceClassesDue, checkLeaves } from './due.ts';
export { announceFirstDay, mustAnnounceFirstDay } from './first-day-due.ts';
export { presenceOn } from './present.ts';
export { recountTerm } from './standing.ts';

/** Hears the steps of cases: the child's presence is told from then on; and merges: the standings are those of one person. */
export const hearAttendance: Listener = async (context, news) => {
  if (news.kind === 'comparison.personsMerged' || news.kind === 'comparison.personsSplit')
    return inWholeDistrict(context, () => recountBoth(context, news.keptId, news.mergedId));
  if (news.kind !== 'dropout.stepped') return;
  await inWholeDistrict(context, async () => {
    const brief = await findBrief(context, news.childId);
    if (brief) await watchChild(context.client, context.district, news.childId, context.now, brief.reach);
  });
};

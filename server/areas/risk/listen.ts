import { absenceSign } from '#domain/risk/rules.ts';
import { chinaDay } from '#server/clock.ts';
import type { Context, Listener } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { computeSigns, keepSigns } from './compute.ts';
import { computeScoreSigns } from './score-signs.ts';
import { markActed } from './store.ts';
import { listHousehold, readReach, saveCase } from './store-facts.ts';

/** Steps that the platform takes by itself, or that only wait: nobody has acted. */
const notActing: readonly string[] = ['cross', 'presence', 'noticeEnded', 'remind', 'followUpDue', 'watchDue'];
const openStates: readonly string[] = ['suspected', 'confirming', 'dismissing', 'confirmed', 'persuading', 'closing'];
const confirmedStates: readonly string[] = ['confirmed', 'persuading', 'closing', 'returned', 'followed'];

async function hearStanding(context: Context, news: Extract<News, { kind: 'attendance.standingChanged' }>) {
  const sign = absenceSign(news);
  await keepSigns(context, new Map([[news.childId, sign ? [sign] : []]]), ['absence'], [news.childId]);
}

async function hearCase(context: Context, news: Extract<News, { kind: 'dropout.stepped' }>) {
  const { client, district } = context;
  const [child] = await readReach(client, district, [news.childId]);
  if (!child) return;
  const day = chinaDay(new Date(news.at));
  await saveCase(client, district, {
    child_id: news.childId,
    first_opened: day,
    confirmed: confirmedStates.includes(news.state),
    returned_day: news.state === 'returned' && news.step !== 'followUp' ? day : null,
    open: openStates.includes(news.state),
    reach: child.reach,
  });
  if (!notActing.includes(news.step)) await markActed(client, district, news.childId, '已办理劝返', context.now);
  await computeSigns(context, await listHousehold(client, district, news.childId));
}

/** Hears what changes signs (absence, cases) and what acts on them (contacts, visits, steps); changes nothing but signs. */
export const hearRisk: Listener = async (context, news) => {
  switch (news.kind) {
    case 'attendance.standingChanged':
      await inWholeDistrict(context, () => hearStanding(context, news));
      return;
    case 'dropout.stepped':
      await inWholeDistrict(context, () => hearCase(context, news));
      return;
    case 'attendance.contacted':
      await inWholeDistrict(context, () =>
        markActed(context.client, context.district, news.childId, '已与家长联系', context.now),
      );
      return;
    case 'visits.recorded':
      await inWholeDistrict(context, () =>
        markActed(context.client, context.district, news.childId, news.met ? '已走访' : '上门未遇', context.now),
      );
      return;
    case 'comparison.personsMerged':
    case 'comparison.personsSplit':
      await inWholeDistrict(context, async () => {
        await computeSigns(context, [news.keptId, news.mergedId]);
        await computeScoreSigns(context, [news.keptId, news.mergedId]);
      });
      return;
    default:
      return;
  }
};

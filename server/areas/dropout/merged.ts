import { z } from 'zod';
import { caseStates, openStates } from '#domain/dropout/record.ts';
import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { meetCase } from './open.ts';
import { finishMet } from './report.ts';
import { findCase, lockCaseOf } from './store-cases.ts';
import { endFollowUps } from './store-returns.ts';
import { finish, rulesNow } from './work.ts';

/** What is kept of two cases that became one, so that they can be two again. */
const Joined = z.object({
  mergedCase: z.uuid(),
  mergedState: z.enum(caseStates),
  keptCase: z.uuid(),
  keptState: z.enum(caseStates),
  keptRound: z.number().int(),
});

function earliest(...days: readonly (string | null)[]): string | null {
  return days.filter((day) => day !== null).toSorted()[0] ?? null;
}

/**
 * Two records with a case each became one person: an open case of the merged record joins that of the kept one, as a second report would,
 * and comes to rest; one at rest is only named. Both timelines say so. Where only one had a case it has moved already.
 */
export async function joinCases(context: Context, news: NewsOf<'comparison.personsMerged'>): Promise<void> {
  const { client, district, now } = context;
  const merged = await lockCaseOf(client, district, news.mergedId);
  const kept = await lockCaseOf(client, district, news.keptId);
  if (!merged || !kept) return;
  const rules = await rulesNow(context);
  if (!openStates.includes(merged.state)) {
    const words = '两份档案合并为一人：另一份档案有过个案，已办结，记录留在原个案';
    await finish(context, { record: kept, step: null, ...rules }, { what: 'merged', words });
    return;
  }
  const { crossedOn, discoveredOn, lastSeenOn, clockStart } = merged;
  const met = await meetCase(context, news.keptId, null, {
    source: 'report',
    clockStart,
    crossedOn,
    discoveredOn,
    lastSeenOn,
    findingId: null,
    reason: '两份档案合并为一人',
  });
  if (met.met === 'reopened') await endFollowUps(client, district, kept.id, kept.round, now);
  const joined: z.infer<typeof Joined> = {
    mergedCase: merged.id,
    mergedState: merged.state,
    keptCase: kept.id,
    keptState: kept.state,
    keptRound: met.record.round,
  };
  news.remember('dropout', joined);
  await finishMet(
    context,
    met,
    {
      what: 'merged',
      words: '两份档案合并为一人：另一份档案的在办个案并入本个案',
      change: {
        crossedOn: earliest(met.record.crossedOn, crossedOn),
        discoveredOn: earliest(met.record.discoveredOn, discoveredOn),
        clockStart: earliest(met.record.clockStart, clockStart) ?? clockStart,
      },
    },
    rules,
  );
  await finish(
    context,
    { record: merged, step: null, ...rules },
    { what: 'merged', words: '两份档案合并为一人：本个案并入另一份档案的个案', next: 'dismissed' },
  );
}

/** The merge was taken back: the case that joined goes on where it stood; one that was only opened again for it, and on which nobody has worked, comes to rest. */
export async function partCases(context: Context, news: NewsOf<'comparison.personsSplit'>): Promise<void> {
  const known = Joined.safeParse(news.remembered['dropout']);
  if (!known.success) return;
  const { client, district } = context;
  const joined = known.data;
  const rules = await rulesNow(context);
  const merged = await findCase(client, district, joined.mergedCase, true);
  if (merged?.state === 'dismissed')
    await finish(
      context,
      { record: merged, step: null, ...rules },
      { what: 'split', words: '合并已撤销，本个案继续办理', next: joined.mergedState },
    );
  const kept = await findCase(client, district, joined.keptCase, true);
  if (!kept) return;
  const untouched =
    !openStates.includes(joined.keptState) && kept.round === joined.keptRound && kept.state === 'suspected';
  await finish(
    context,
    { record: kept, step: null, ...rules },
    {
      what: 'split',
      words: '合并已撤销，另一份档案的个案已分出',
      ...(untouched ? { next: 'dismissed' as const } : {}),
    },
  );
}

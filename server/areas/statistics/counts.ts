import type { Period, ScopeKind, Tally } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { asKnownAt } from './known-then.ts';
import { countFigures } from './store-figures.ts';
import { gatherTallies } from './tallies.ts';

/** The counts of each street and level of a period as known at a moment, by `street|level`; pupils without a known address under an empty street. */
export async function countByStreetAndLevel(
  context: Context,
  period: Period,
  knownAt: string,
): Promise<Map<string, Tally>> {
  const ask = { kind: 'street', byLevel: true, period, knownAt } as const;
  return inWholeDistrict(context, () =>
    asKnownAt(context, ask, async (moment) =>
      gatherTallies(await countFigures(context.client, context.district, { ...ask, knownAt: moment })),
    ),
  );
}

/** The counts of every scope of a kind over a period as known now, recounted from the courses. */
export async function countWhole(context: Context, kind: ScopeKind, period: Period): Promise<Map<string, Tally>> {
  return inWholeDistrict(context, async () =>
    gatherTallies(await countFigures(context.client, context.district, { kind, period, knownAt: null })),
  );
}

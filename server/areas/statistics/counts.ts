import { emptyTally, type Period, type ScopeKind, type Tally } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { countFigures, type FigureCount } from './store-figures.ts';

function tallied(counts: readonly FigureCount[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { key, part, count } of counts) {
    const tally = tallies.get(key) ?? emptyTally();
    tally[part] = count;
    tallies.set(key, tally);
  }
  return tallies;
}

/** The counts of each street and level of a period as known at a moment, by `street|level`; pupils without a known address under an empty street. */
export async function countByStreetAndLevel(
  context: Context,
  period: Period,
  knownAt: string,
): Promise<Map<string, Tally>> {
  const ask = { kind: 'street', byLevel: true, period, knownAt } as const;
  return inWholeDistrict(context, async () => tallied(await countFigures(context.client, context.district, ask)));
}

/** The counts of every scope of a kind over a period as known now, recounted from the courses. */
export async function countWhole(context: Context, kind: ScopeKind, period: Period): Promise<Map<string, Tally>> {
  return inWholeDistrict(context, async () =>
    tallied(await countFigures(context.client, context.district, { kind, period, knownAt: null })),
  );
}

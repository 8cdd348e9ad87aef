import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Period, ScopeKind } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { pupils as randomPupils } from '#server/testing/histories.ts';
import { openWorld, type World } from '#server/testing/world.ts';
import { asKnownAt } from './known-then.ts';
import { countFigures } from './store-figures.ts';
import { lastKnown } from './store-tallies.ts';
import { gatherTallies } from './tallies.ts';
import { layCourses } from './testing.ts';

let world: World;
const period: Period = { kind: 'month', from: '2026-11-01', to: '2026-11-20' };

beforeAll(async () => {
  world = await openWorld();
  await layCourses(world, fc.sample(randomPupils, { numRuns: 20, seed: 23 }).flat());
});
afterAll(() => world.stop());

const within = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
  runAs(world.platform, { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null }, work);

const countIn = async ({ client, district }: Context, kind: ScopeKind, knownAt: string | null) =>
  Object.fromEntries(gatherTallies(await countFigures(client, district, { kind, period, knownAt })));

/** What is counted as known at a moment, and the moments at which it was counted; `meanwhile` happens within the first count. */
function asked(kind: ScopeKind, knownAt: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
  return within(async (context) => {
    const moments: (string | null)[] = [];
    const counted = await asKnownAt(context, { kind, knownAt }, async (moment) => {
      if (moments.push(moment) === 1) await meanwhile();
      return countIn(context, kind, moment);
    });
    expect(counted).toEqual(await countIn(context, kind, knownAt));
    return { moments, counted };
  });
}

/** Takes one row that is known now back, a second after what was known last; answers the moment before. */
async function takeBack(table: 'course' | 'register_entry'): Promise<string> {
  const inSchool = table === 'course' ? ` AND t.state = 'inSchool' AND t.grade < 9` : '';
  const before = await within(({ client, district }) => lastKnown(client, district, true));
  const done = await world.platform.database.loaderPool.query(
    `UPDATE ${table} SET known = tstzrange(lower(known), $2::timestamptz + interval '1 second') WHERE district_code = $1
       AND id = (SELECT t.id FROM ${table} t WHERE t.district_code = $1 AND upper_inf(t.known) AND t.to_date IS NULL AND t.from_date < '2026-11-01'${inSchool} ORDER BY t.from_date, t.id LIMIT 1)`,
    [world.district, before],
  );
  expect(done.rowCount).toBe(1);
  return before;
}

it('STA-07 what was known when nothing became known since is counted as what is known now', async () => {
  const last = await within(({ client, district }) => lastKnown(client, district, true));
  for (const kind of ['school', 'street', 'district'] as const) {
    const { moments, counted } = await asked(kind, last);
    expect(moments).toEqual([null]);
    expect(Object.keys(counted).length).toBeGreaterThan(0);
  }
});

it('STA-07 a moment before a later entry is counted as known then, and so is one that an entry overtakes while it is counted', async () => {
  const before = await takeBack('course');
  const { moments, counted } = await asked('district', before);
  expect(moments).toEqual([before]);
  expect(counted).not.toEqual(await within((context) => countIn(context, 'district', null)));

  const last = await within(({ client, district }) => lastKnown(client, district, true));
  expect((await asked('district', last, () => takeBack('course'))).moments).toEqual([null, last]);
});

it('STA-07 a later address is asked for by the counts of streets alone', async () => {
  const before = await takeBack('register_entry');
  expect((await asked('street', before)).moments).toEqual([before]);
  expect((await asked('school', before)).moments).toEqual([null]);
});

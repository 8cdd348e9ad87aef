import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { identityGap, tallies, movementsOf, stocksOf } from '#domain/statistics/components.ts';
import { courseParts, emptyTally, scopeKinds, type Period, type Pupil, type Tally } from '#domain/statistics/record.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { knownAt, pupils as randomPupils } from '#server/testing/histories.ts';
import { openWorld, type World } from '#server/testing/world.ts';
import { countFigures, listFigureEntries, listFigureNames, type FigureAsk } from './store-figures.ts';
import { layCourses, momentOf, type Laid } from './testing.ts';

let world: World;
let laid: Laid[];

/** Runs a read in the scope of the whole district, as the server does. */
function reading<T>(work: (client: Parameters<typeof countFigures>[0]) => Promise<T>): Promise<T> {
  const scope = { district: world.district, actor: 'test', all: true, tokens: [] };
  return inTransaction(world.platform.database.appPool, scope, work);
}

async function counted(ask: FigureAsk): Promise<Map<string, Tally>> {
  const found = new Map<string, Tally>();
  for (const { key, part, count } of await reading((client) => countFigures(client, world.district, ask))) {
    const tally = found.get(key) ?? emptyTally();
    tally[part] = count;
    found.set(key, tally);
  }
  return found;
}

const plain = (tallied: Map<string, Tally>) =>
  Object.fromEntries([...tallied].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, tally]) => [key, { ...tally }]));

/** Periods of all lengths around the histories. */
const periods: Period[] = fc
  .sample(fc.record({ start: fc.integer({ min: -300, max: 500 }), length: fc.integer({ min: 1, max: 365 }) }), {
    numRuns: 6,
    seed: 7,
  })
  .map(({ start, length }) => {
    const from = addCalendarDays('2026-09-01', start);
    return { kind: 'month' as const, from, to: addCalendarDays(from, length - 1) };
  });

beforeAll(async () => {
  world = await openWorld();
  const groups = fc.sample(randomPupils, { numRuns: 60, seed: 11 }).flat();
  laid = await layCourses(world, groups);
});
afterAll(() => world.stop());

const asKnown = (moment: number): Pupil[] => laid.map((pupil) => knownAt(pupil, moment));

it('STA-07 STA-03 one statement classifies the district as the domain does, in every scope, period and moment', async () => {
  expect(laid.length).toBeGreaterThan(250);
  let movements = 0;
  for (const kind of scopeKinds)
    for (const [at, period] of periods.entries())
      for (const moment of [at % 3, null]) {
        const ask = { kind, period, knownAt: moment === null ? null : momentOf(moment) };
        const found = await counted(ask);
        const pupils = asKnown(moment ?? 99);
        expect([kind, period, moment, plain(found)]).toEqual([
          kind,
          period,
          moment,
          plain(tallies(pupils, kind, period)),
        ]);
        for (const tally of found.values()) {
          expect(identityGap(tally)).toBe(0);
          movements += tally.Back + tally.Drop + tally.Gone + tally.Susp;
        }
      }
  expect(movements).toBeGreaterThan(200);
});

it('STA-07 asked for one school, its scopes are counted as in the whole', async () => {
  const [period] = periods;
  if (period === undefined) throw new Error('no period');
  const schoolId = laid[0]?.versions.at(-1)?.[0]?.schoolId ?? '';
  for (const kind of ['class', 'schoolGrade', 'school'] as const) {
    const all = await counted({ kind, period, knownAt: null });
    const own = await counted({ kind, period, knownAt: null, schoolId });
    const keys = laid.flatMap((pupil) => pupil.versions.at(-1) ?? []).filter((one) => one.schoolId === schoolId);
    const mine = new Set(
      keys.map((one) =>
        kind === 'class'
          ? (one.classId ?? `${schoolId}:`)
          : kind === 'school'
            ? schoolId
            : `${schoolId}:${String(one.grade)}`,
      ),
    );
    for (const key of mine) expect([key, own.get(key)]).toEqual([key, all.get(key)]);
  }
});

it('STA-08 the names behind each count are as many as it says, and the same as the domain names', async () => {
  const [, period] = periods;
  if (period === undefined) throw new Error('no period');
  const found = await counted({ kind: 'school', period, knownAt: null });
  const pupils = asKnown(99);
  let asked = 0;
  for (const [key, tally] of found)
    for (const part of courseParts) {
      if (tally[part] === 0) continue;
      asked += 1;
      const ask = { kind: 'school' as const, period, knownAt: null, key, parts: [part] };
      const first = await reading((client) =>
        listFigureNames(client, world.district, ask, null, { size: 3, offset: 0 }),
      );
      expect([key, part, first[0]?.total]).toEqual([key, part, tally[part]]);
      const whole = await reading((client) =>
        listFigureNames(client, world.district, ask, null, { size: 200, offset: 0 }),
      );
      const expected = pupils.flatMap((pupil) =>
        [...movementsOf(pupil, 'school', period), ...stocksOf(pupil, 'school', period)]
          .filter((one) => one.key === key && one.part === part)
          .map(() => pupil.childId),
      );
      expect(whole.map((row) => row.child_id).sort()).toEqual(expected.sort());
      expect(first.map((row) => row.child_id)).toEqual(whole.slice(0, 3).map((row) => row.child_id));
    }
  expect(asked).toBeGreaterThan(15);
  const [key] = found.keys();
  const entries = await reading((client) =>
    listFigureEntries(client, world.district, { kind: 'school', period, knownAt: null, key: key ?? '' }),
  );
  const sum = courseParts.reduce((total, part) => total + (found.get(key ?? '')?.[part] ?? 0), 0);
  expect(entries.length).toBe(sum);
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { knownAt, pupils as randomPupils } from '#server/testing/histories.ts';
import { movementsOf, stocksOf, tallies } from './components.ts';
import { homesOf, noHomes, withHomes } from './homes.ts';
import { namer, tallier } from './packed-count.ts';
import { emptyGround, packer, repacked, type Courses, type Ground } from './packed.ts';
import { courseParts, scopeKinds, type Period, type Pupil } from './record.ts';

const asked = fc.record({ start: fc.integer({ min: -300, max: 500 }), length: fc.integer({ min: 1, max: 366 }) });

function periodOf({ start, length }: { start: number; length: number }): Period {
  const from = addCalendarDays('2026-09-01', start);
  return { kind: 'month', from, to: addCalendarDays(from, length - 1) };
}

function pack(ground: Ground, pupils: readonly Pupil[]): Courses {
  const { add, done } = packer(ground);
  for (const { childId, spells } of pupils) for (const spell of spells) add(childId, spell);
  return done();
}

function homesFor(pupils: readonly Pupil[], { childIds }: Courses) {
  const lived = pupils.map(({ childId, street }) => ({ childId, street, fromDate: '2020-01-01', toDate: null }));
  const homes = withHomes(noHomes(), [], lived);
  return childIds.map((childId) => homesOf(homes, childId));
}

/** Counts in two slices, as the server does. */
function counted(courses: Courses, ask: Parameters<typeof tallier>[1]) {
  const { count, tallies: made } = tallier(courses, ask);
  const half = Math.floor(courses.childIds.length / 2);
  count(0, half);
  count(half, courses.childIds.length);
  return Object.fromEntries(made());
}

it('STA-41 packed courses are counted as the rules count spell by spell, in every scope, over one ground for all periods', () => {
  const ground = emptyGround();
  let scopes = 0;
  fc.assert(
    fc.property(randomPupils, fc.array(asked, { minLength: 1, maxLength: 3 }), fc.nat(3), (made, periods, moment) => {
      const pupils = made.map((pupil) => knownAt(pupil, moment));
      const courses = pack(ground, pupils);
      const homes = homesFor(pupils, courses);
      for (const period of periods.map(periodOf))
        for (const kind of scopeKinds) {
          const found = counted(courses, { kind, period, homes });
          scopes += Object.keys(found).length;
          expect([kind, period, found]).toEqual([kind, period, Object.fromEntries(tallies(pupils, kind, period))]);
          const street = '420102001';
          const own = tallies(pupils.filter((one) => one.street === street), kind, period); // prettier-ignore
          expect(counted(courses, { kind, period, homes, street })).toEqual(Object.fromEntries(own));
        }
    }),
    { numRuns: 150, seed: 20261129 },
  );
  expect(scopes).toBeGreaterThan(5_000);
});

it('STA-41 the children behind a part are those whom the rules name, each with his day', () => {
  const ground = emptyGround();
  let named = 0;
  fc.assert(
    fc.property(randomPupils, asked, (made, of) => {
      const pupils = made.map((pupil) => knownAt(pupil, 99));
      const courses = pack(ground, pupils);
      const period = periodOf(of);
      for (const kind of ['district', 'school', 'class', 'streetLevel'] as const)
        for (const key of tallies(pupils, kind, period).keys())
          for (const part of courseParts) {
            const { ids, days, name } = namer(courses, {
              kind,
              period,
              key,
              parts: [part],
              homes: homesFor(pupils, courses),
            });
            name(0, courses.childIds.length);
            const behind = pupils.flatMap((pupil) =>
              [...stocksOf(pupil, kind, period), ...movementsOf(pupil, kind, period)].flatMap((one) =>
                one.part === part && one.key === key ? [`${pupil.childId} ${one.day}`] : [],
              ),
            );
            named += behind.length;
            expect(ids.map((id, at) => `${id} ${days[at] ?? ''}`).sort()).toEqual(behind.sort());
          }
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(named).toBeGreaterThan(1_500);
});

it('STA-41 with some children read again, the packed courses are those of the whole packed anew', () => {
  fc.assert(
    fc.property(randomPupils, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), asked, (made, again, of) => {
      const [before, after] = [made.map((pupil) => knownAt(pupil, 0)), made.map((pupil) => knownAt(pupil, 99))];
      const ground = emptyGround();
      const touched = after.filter((_, at) => again[at]);
      const ids = new Set(touched.map((pupil) => pupil.childId));
      const courses = repacked(pack(ground, before), ids, pack(ground, touched));
      const stand = after.map((pupil, at) => (again[at] ? pupil : before[at])).filter((pupil) => pupil !== undefined);
      expect([...courses.childIds].sort()).toEqual(stand.map((pupil) => pupil.childId).sort());
      const period = periodOf(of);
      for (const kind of ['district', 'class', 'cohort'] as const)
        expect(counted(courses, { kind, period })).toEqual(Object.fromEntries(tallies(stand, kind, period)));
    }),
    { numRuns: 300, seed: 3 },
  );
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { countDoors, noDoors, withMore, type DoorHousehold, type DoorSurvey } from './doors.ts';

const results = ['children', 'noChild', 'empty', 'refused', 'notMet'];
const day = fc.integer({ min: 0, max: 400 }).map((days) => addCalendarDays('2025-09-01', days));
const door = fc.record({
  street: fc.constantFrom(null, '420102001', '420102002'),
  since: fc.nat(50),
  surveys: fc.array(fc.record({ day, result: fc.constantFrom(...results), known: fc.integer({ min: 50, max: 400 }) }), { maxLength: 5 }), // prettier-ignore
});

/** The obvious way: each household's surveys of the span as known at the moment, in order, the last says how it stands. */
function recount(
  households: readonly DoorHousehold[],
  surveys: readonly DoorSurvey[],
  asked: { from: string; to: string; moment: number },
) {
  const counts = new Map<string, Record<string, number>>();
  for (const { id, street, since } of households) {
    if (since > asked.moment) continue;
    const own = counts.get(street ?? '') ?? { Households: 0, Surveyed: 0, Refused: 0, NotMet: 0 };
    counts.set(street ?? '', own);
    const last = surveys
      .filter(
        (one) => one.householdId === id && one.known <= asked.moment && one.day >= asked.from && one.day <= asked.to,
      )
      .sort((a, b) => (a.day === b.day ? a.known - b.known : a.day < b.day ? -1 : 1))
      .at(-1);
    const add = (part: string) => (own[part] = (own[part] ?? 0) + 1);
    add('Households');
    if (last) add('Surveyed');
    if (last?.result === 'refused') add('Refused');
    if (last?.result === 'notMet') add('NotMet');
  }
  return Object.fromEntries(counts);
}

it('STA-41 doors are counted as a recount household by household does, at every moment, and earlier doors count as before when more came', () => {
  let surveyed = 0;
  const many = fc.array(door, { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(
      many,
      many,
      day,
      fc.nat(400),
      fc.integer({ min: 1, max: 420 }),
      (first, later, from, length, moment) => {
        const asked = { from, to: addCalendarDays(from, length), moment };
        let survey = 0;
        const laid = (doors: typeof first, name: string) => {
          const households = doors.map(({ street, since }, at) => ({ id: `${name}${String(at)}`, street, since }));
          // no two surveys are known from the same moment
          const surveys = doors.flatMap(
            (one, at) =>
          one.surveys.map(({ known, ...rest }) => ({ ...rest, householdId: `${name}${String(at)}`, known: known + (survey += 0.001) })), // prettier-ignore
          );
          return [households, surveys] as const;
        };
        const [early, late] = [laid(first, 'a'), laid(later, 'b')];
        const plain = (counts: ReturnType<typeof countDoors>) =>
          Object.fromEntries(counts.map(({ street, ...rest }) => [street, rest]));
        const before = withMore(noDoors(), ...early);
        const after = withMore(before, ...late);
        expect(plain(countDoors(before, asked))).toEqual(recount(...early, asked));
        const all = [
          [...early[0], ...late[0]],
          [...early[1], ...late[1]],
        ] as const;
        const counted = countDoors(after, asked);
        expect(plain(counted)).toEqual(recount(...all, asked));
        surveyed += counted.reduce((sum, one) => sum + one.Surveyed, 0);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
  expect(surveyed).toBeGreaterThan(500);
});

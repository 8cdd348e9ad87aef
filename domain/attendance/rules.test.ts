import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCalendarDays, dateOfDayNumber, dayNumber } from '#domain/basics/calendar.ts';
import { absenceKinds, type DayPart, type KeptKind, type Mark } from './record.ts';
import {
  crossedDay,
  dayStates,
  markOfAnswer,
  newCrossing,
  nextOfAnswer,
  partsToMark,
  presentRun,
  schoolDaysBefore,
  schoolDaysBetween,
  standingOf,
  stillCrossed,
  weightOf,
} from './rules.ts';

const thresholds = { consecutive: 3, cumulative: 10 };
const monday = '2026-11-16';

/** One letter a day from a Monday on, weekends left out: x unexcused, i illness, l late, . present, - not marked, ? waiting. */
function days(letters: string): Mark[] {
  const kinds: Record<string, KeptKind | null> = { x: 'unexcused', i: 'illness', l: 'late', '.': null, '?': 'unknown' };
  return [...letters].flatMap((letter, index) => {
    const day = addCalendarDays(monday, index + 2 * Math.floor(index / 5));
    return letter === '-' ? [] : [{ day, part: 'morning' as const, weight: 1, kind: kinds[letter] ?? null }];
  });
}

test('ATT-03 ATT-02 a run goes over gaps and weekends, and ends with presence, lateness and leave', () => {
  const run = (letters: string) => {
    const { consecutive, cumulative, since } = standingOf(days(letters), thresholds);
    return [consecutive, cumulative, since];
  };
  expect(run('xx')).toEqual([2, 2, '2026-11-16']);
  expect(run('x-x')).toEqual([2, 2, '2026-11-16']);
  expect(run('x?x')).toEqual([2, 2, '2026-11-16']);
  expect(run('x.x')).toEqual([1, 2, '2026-11-18']);
  expect(run('xlx')).toEqual([1, 2, '2026-11-18']);
  expect(run('xix')).toEqual([1, 2, '2026-11-18']);
  expect(run('xx.')).toEqual([0, 2, null]);
  expect(run('....xx')).toEqual([2, 2, '2026-11-20']);
});

test('ATT-03 a half-day counts 0.5, and a present half-day ends the run', () => {
  const half = (day: string, part: DayPart, kind: KeptKind | null): Mark => ({ day, part, weight: 0.5, kind });
  const marks = [
    half('2026-11-17', 'afternoon', 'unexcused'),
    half('2026-11-17', 'morning', 'unexcused'),
    half('2026-11-16', 'afternoon', 'unexcused'),
    half('2026-11-16', 'morning', null),
  ];
  expect(standingOf(marks, thresholds)).toMatchObject({ consecutive: 1.5, cumulative: 1.5, since: '2026-11-16' });
  expect([weightOf(true), weightOf(false), partsToMark(false).length, partsToMark(true).length]).toEqual([
    0.5, 1, 1, 2,
  ]);
});

test('ATT-04 the crossing has its day, is told once, and a later run is told again', () => {
  const third = standingOf(days('xxx'), thresholds);
  expect(third.crossings).toEqual([{ by: 'consecutive', day: '2026-11-18', from: '2026-11-16', to: '2026-11-18' }]);
  expect(newCrossing(third, null)).toBe('2026-11-18');
  expect(newCrossing(standingOf(days('xxxx'), thresholds), '2026-11-18')).toBeNull();
  const again = standingOf(days('xxx.xxx'), thresholds);
  expect(newCrossing(again, '2026-11-18')).toBe('2026-11-24');
  const sum = standingOf(days('x.x.x.x.x.x.x.x.x.x.'), thresholds);
  expect(sum.crossings).toEqual([{ by: 'cumulative', day: '2026-12-10', from: '2026-12-10', to: null }]);
});

test('ATT-06 a crossing stands as long as its run has the length, wherever it moved, and is gone otherwise', () => {
  expect(stillCrossed(standingOf(days('.xxx'), thresholds), '2026-11-18')).toBe(true);
  expect(newCrossing(standingOf(days('.xxx'), thresholds), '2026-11-18')).toBeNull();
  expect(stillCrossed(standingOf(days('.xx'), thresholds), '2026-11-18')).toBe(false);
  expect(stillCrossed(standingOf(days('x.xx'), thresholds), '2026-11-18')).toBe(false);
});

test('ATT-05 an answer changes the mark, and two lead on to an act', () => {
  expect(
    (['illness', 'personal', 'onTheWay', 'arrived', 'notReached', 'leftSchool'] as const).map((one) => [
      markOfAnswer(one),
      nextOfAnswer(one),
    ]),
  ).toEqual([
    ['illness', null],
    ['personal', null],
    ['late', null],
    ['late', null],
    [null, 'visit'],
    [null, 'report'],
  ]);
});

test('ATT-15 presence is counted over gaps, ended by absence, and only whole days count', () => {
  const run = (letters: string) => {
    const marks = days(letters);
    const list = [...letters].map((_, index) => addCalendarDays(monday, index + 2 * Math.floor(index / 5)));
    return presentRun(list, dayStates(marks));
  };
  expect(run('x.....')).toEqual({ from: '2026-11-17', days: 5 });
  expect(run('x..-..')).toEqual({ from: '2026-11-17', days: 4 });
  expect(run('.i..')).toEqual({ from: '2026-11-18', days: 2 });
  expect(run('..x')).toBeNull();
  expect(run('..-')).toBeNull();
  const half: Mark = { day: monday, part: 'morning', weight: 0.5, kind: null };
  expect(dayStates([half]).get(monday)).toBe('unknown');
  expect(dayStates([half, { ...half, part: 'afternoon' }]).get(monday)).toBe('present');
  expect(dayStates([half, { ...half, part: 'afternoon', kind: 'illness' }]).get(monday)).toBe('absent');
});

const anyMarks = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: dayNumber('2026-09-01'), max: dayNumber('2027-01-31') }).map(dateOfDayNumber),
      part: fc.constantFrom('morning' as const, 'afternoon' as const),
      weight: fc.constant(0.5),
      kind: fc.constantFrom<KeptKind | null>(null, 'unknown', ...absenceKinds, 'unexcused', 'unexcused'),
    }),
    { selector: (mark) => `${mark.day} ${mark.part}`, maxLength: 60 },
  )
  .map((marks): Mark[] => marks);

test('ATT-03 for any marks: order does not matter, a run is no longer than the sum, waiting marks count for nothing', () => {
  fc.assert(
    fc.property(anyMarks, (marks) => {
      const standing = standingOf(marks, thresholds);
      expect(standingOf([...marks].reverse(), thresholds)).toEqual(standing);
      expect(
        standingOf(
          marks.filter((mark) => mark.kind !== 'unknown'),
          thresholds,
        ),
      ).toEqual(standing);
      expect(standing.cumulative).toBe(marks.filter((mark) => mark.kind === 'unexcused').length / 2);
      expect(standing.consecutive).toBeLessThanOrEqual(standing.cumulative);
      expect(standing.since === null).toBe(standing.consecutive === 0);
      if (standing.cumulative >= thresholds.cumulative) expect(crossedDay(standing)).not.toBeNull();
      if (standing.cumulative < thresholds.consecutive) expect(crossedDay(standing)).toBeNull();
    }),
  );
});

test('ATT-04 for any marks: one more unexcused half-day never takes a crossing away', () => {
  fc.assert(
    fc.property(anyMarks, fc.nat({ max: 59 }), (marks, at) => {
      const before = crossedDay(standingOf(marks, thresholds));
      const worse = marks.map((mark, index): Mark => (index === at ? { ...mark, kind: 'unexcused' } : mark));
      if (before !== null) expect(crossedDay(standingOf(worse, thresholds))).not.toBeNull();
    }),
  );
});

test('ATT-12 school days are counted by the calendar that is given', () => {
  const weekday = (day: string) => (dayNumber(day) + 3) % 7 < 5;
  expect(schoolDaysBetween('2026-11-20', '2026-11-24', weekday)).toEqual(['2026-11-20', '2026-11-23', '2026-11-24']);
  expect(schoolDaysBefore('2026-11-24', 2, weekday)).toBe('2026-11-20');
});

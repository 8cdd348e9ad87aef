import { expect, it } from 'vitest';
import { forecastEnrolment } from './enrolment-forecast.ts';
import type { Period } from './record.ts';

const year: Period = { kind: 'year', from: '2026-09-01', to: '2027-08-31' };
const run = (asOf: string, missing: number, denominator = 10_000) => ({ asOf, denominator, enrolled: denominator - missing }); // prettier-ignore
const schools = [
  { id: 'a', notEnrolled: 20, stated: 10, pupils: 900 },
  { id: 'b', notEnrolled: 8, stated: 2, pupils: 600 },
  { id: 'c', notEnrolled: 0, stated: 0, pupils: 800 },
];

it('STA-30 with earlier years the children without a place go on as those of the same day did, in a range', () => {
  const runs = [run('2024-11-20', 80), run('2025-08-20', 20), run('2025-11-18', 60), run('2026-08-28', 30), run('2026-11-20', 40)]; // prettier-ignore
  const told = forecastEnrolment(runs, schools, year, 100);
  expect(told.missingByEnd).toBeCloseTo(40 * ((0.25 + 0.5) / 2), 6);
  expect(told.value).toBeCloseTo(99.85, 6);
  expect(told.method).toContain('2 学年');
  expect([told.reaches, told.certain, told.short]).toEqual([false, false, 15]);
  expect((told.low ?? 0) < (told.value ?? 0) && (told.value ?? 0) < (told.high ?? 0)).toBe(true);
  expect(told.deciding.map((one) => [one.id, one.short, one.allowed, one.decides])).toEqual([
    ['a', 12, 0, true],
    ['b', 4, 0, true],
  ]);
});

it('STA-30 without earlier years the change of this year goes on evenly; with one comparison nobody more is placed', () => {
  const told = forecastEnrolment([run('2026-09-20', 100), run('2026-10-20', 90)], schools, year, 100);
  expect(told.missingByEnd).toBe(0);
  expect([told.reaches, told.certain]).toEqual([true, false]);
  expect(told.low).toBeLessThan(99.11);
  const worse = forecastEnrolment([run('2026-09-20', 90), run('2026-10-20', 100)], schools, year, 100);
  expect(worse.missingByEnd).toBeCloseTo(100 + (10 / 30) * 315, 6);
  const once = forecastEnrolment([run('2026-11-20', 40)], schools, year, 100);
  expect([once.missingByEnd, once.short, once.value]).toEqual([40, 40, 99.6]);
  expect(once.method).toContain('只有一次比对');
});

it('STA-30 a target under 100 % allows its share and then not all schools decide; on the last day the forecast is what is', () => {
  const told = forecastEnrolment([run('2027-08-31', 40)], schools, year, 99);
  expect([told.value, told.low, told.high]).toEqual([99.6, 99.6, 99.6]);
  expect([told.reaches, told.certain, told.short]).toEqual([true, true, 0]);
  expect(told.deciding.map((one) => [one.id, one.allowed, one.decides])).toEqual([
    ['a', 9, false],
    ['b', 6, false],
  ]);
  expect(forecastEnrolment([], schools, year, 100)).toMatchObject({ value: null, deciding: [] });
  expect(forecastEnrolment([run('2027-08-31', 0)], [], year, 100)).toMatchObject({ value: 100, certain: true });
});

import { describe, expect, it } from 'vitest';
import { addCalendarDays } from './calendar.ts';
import { completedYears, openingDay, owes, owingBirths, schoolYearOf, schoolYearStart } from './school-year.ts';

describe('school year and ages (product, section 6)', () => {
  it('counts ages on the 31 August that opens the school year, in autumn and spring alike', () => {
    expect(['2026-11-20', '2027-03-12', '2026-09-01', '2026-08-31'].map(openingDay)).toEqual([
      '2026-08-31',
      '2026-08-31',
      '2026-08-31',
      '2025-08-31',
    ]);
    expect([schoolYearOf('2026-08-31'), schoolYearOf('2026-09-01')]).toEqual([2025, 2026]);
    expect(['2026-08-31', '2026-09-01', '2027-03-12'].map(schoolYearStart)).toEqual(['2025-09-01', '2026-09-01', '2026-09-01']); // prettier-ignore
  });

  it('the birth dates of those who owe are those of whom `owes` holds, to the day', () => {
    for (const ages of [
      { from: 6, below: 16 },
      { from: 7, below: 15 },
    ])
      for (const asOf of ['2026-08-31', '2026-09-01', '2028-02-29']) {
        const { first, last } = owingBirths(asOf, ages);
        expect([first, last].map((birth) => owes(birth, asOf, ages))).toEqual([true, true]);
        expect(owes(addCalendarDays(first, -1), asOf, ages)).toBe(false);
        expect(owes(addCalendarDays(last, 1), asOf, ages)).toBe(false);
      }
  });

  it('owes from 6 completed years to fewer than 16', () => {
    const born = ['2020-08-31', '2020-09-01', '2010-09-01', '2010-08-31'];
    expect(born.map((birth) => owes(birth, '2027-03-12'))).toEqual([true, false, true, false]);
    expect(owes('2020-01-01', '2026-11-20', { from: 7, below: 16 })).toBe(false);
    expect([completedYears('2020-02-29', '2026-02-28'), completedYears('2020-02-29', '2026-03-01')]).toEqual([5, 6]);
  });
});

import { describe, expect, it } from 'vitest';
import { addCalendarDays, dateOfDayNumber, dayNumber, daysBetween, dueDate, sundayOf } from './calendar.ts';
import { parseClassNo, parseGrade } from './grade.ts';
import { completedYears, openingDay, owes, schoolYearOf } from './school-year.ts';

describe('school year and ages (product, section 6)', () => {
  it('counts ages on the 31 August that opens the school year, in autumn and spring alike', () => {
    expect(['2026-11-20', '2027-03-12', '2026-09-01', '2026-08-31'].map(openingDay)).toEqual([
      '2026-08-31',
      '2026-08-31',
      '2026-08-31',
      '2025-08-31',
    ]);
    expect([schoolYearOf('2026-08-31'), schoolYearOf('2026-09-01')]).toEqual([2025, 2026]);
  });

  it('owes from 6 completed years to fewer than 16', () => {
    const born = ['2020-08-31', '2020-09-01', '2010-09-01', '2010-08-31'];
    expect(born.map((birth) => owes(birth, '2027-03-12'))).toEqual([true, false, true, false]);
    expect(owes('2020-01-01', '2026-11-20', { from: 7, below: 16 })).toBe(false);
    expect([completedYears('2020-02-29', '2026-02-28'), completedYears('2020-02-29', '2026-03-01')]).toEqual([5, 6]);
  });
});

describe('calendar and due dates (product, section 5)', () => {
  const isWorkday = (date: string): boolean => ![5, 6].includes((((dayNumber(date) + 3) % 7) + 7) % 7);

  it('counts days without a clock', () => {
    expect([
      dayNumber('1970-01-01'),
      dateOfDayNumber(0),
      addCalendarDays('2028-02-28', 2),
      daysBetween('2026-08-31', '2027-08-31'),
    ]).toEqual([0, '1970-01-01', '2028-03-01', 365]);
    for (let day = 0; day < 60000; day += 13) expect(dayNumber(dateOfDayNumber(day))).toBe(day);
  });

  it('ends a week on its Sunday', () => {
    expect(['2026-11-16', '2026-11-20', '2026-11-22', '2026-12-31'].map(sundayOf)).toEqual([
      '2026-11-22',
      '2026-11-22',
      '2026-11-22',
      '2027-01-03',
    ]);
  });

  it('moves calendar deadlines to the next working day but not those that keep their day', () => {
    expect(dueDate('2026-11-20', { days: 1, unit: 'calendar' }, { isWorkday })).toBe('2026-11-23');
    expect(dueDate('2026-11-20', { days: 1, unit: 'calendar', keepsDay: true }, { isWorkday })).toBe('2026-11-21');
    expect(dueDate('2026-11-21', { days: 0, unit: 'calendar' }, { isWorkday })).toBe('2026-11-21');
    expect(dueDate('2026-11-20', { days: 3, unit: 'working' }, { isWorkday })).toBe('2026-11-25');
  });
});

describe('grades and classes', () => {
  it('reads every way a grade is written', () => {
    const cells = [
      '一年级',
      '九年级',
      '9',
      '七(1)班',
      '七（１）班',
      '初三',
      '高一',
      '小二',
      '0101',
      '701',
      '八年级2班',
      '初中一年级',
      '高中三年级',
      '1班',
      '大班',
      '',
      '小学六年级',
      '中职一年级',
    ];
    expect(cells.map((cell) => parseGrade(cell).grade)).toEqual([
      1, 9, 9, 7, 7, 9, 10, 2, 1, 7, 8, 7, 12, 0, 0, 0, 6, 10,
    ]);
    expect(
      ['0101', '七(12)班', '八年级2班', '1班', '一班', '202603', '(3)班'].map(
        (cell) => parseGrade(cell).classNo || parseClassNo(cell),
      ),
    ).toEqual(['1', '12', '2', '1', '1', '3', '3']);
  });
});

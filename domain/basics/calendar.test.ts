import { describe, expect, it } from 'vitest';
import { addCalendarDays, dateOfDayNumber, dayNumber, daysBetween, dueDate, sundayOf } from './calendar.ts';

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

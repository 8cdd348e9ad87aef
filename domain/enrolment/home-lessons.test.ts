import { expect, it } from 'vitest';
import { lessonDebts, owingMonths } from './home-lessons.ts';

const always = () => 20;

it('ENR-27 a month owes its quota when it is over, whole, and has ten school days', () => {
  const place = { fromDate: '2026-09-15', toDate: null };
  expect(owingMonths(place, '2026-11-30', always)).toEqual(['2026-10']);
  expect(owingMonths(place, '2026-12-01', always)).toEqual(['2026-10', '2026-11']);
  expect(owingMonths({ fromDate: '2026-09-01', toDate: null }, '2026-10-01', always)).toEqual(['2026-09']);
  expect(owingMonths({ fromDate: '2026-09-01', toDate: '2026-11-01' }, '2027-01-05', always)).toEqual([
    '2026-09',
    '2026-10',
  ]);
  expect(owingMonths({ fromDate: '2026-09-01', toDate: '2026-10-31' }, '2027-01-05', always)).toEqual(['2026-09']);
  const holidays = (month: string) => (month === '2027-02' ? 5 : 20);
  expect(owingMonths({ fromDate: '2027-01-01', toDate: null }, '2027-04-01', holidays)).toEqual(['2027-01', '2027-03']);
});

it('ENR-27 what one month leaves is owed with the next, a surplus makes it good and is not saved', () => {
  const month = (held: number) => ({ month: '2026-10', quota: 8, held });
  expect(lessonDebts([month(6), month(8), month(10), month(12), month(7)])).toEqual([2, 2, 0, 0, 1]);
  expect(lessonDebts([month(0), month(0)])).toEqual([8, 16]);
});

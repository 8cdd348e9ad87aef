import { expect, it } from 'vitest';
import { dayNumber } from '#domain/basics/calendar.ts';
import { firstDayToSign, reportDeadline, rollDeadline } from './due.ts';
import type { Period } from './record.ts';

const isWeekday = (day: string) => (dayNumber(day) + 3) % 7 < 5;
const week: Period = { kind: 'week', from: '2026-11-23', to: '2026-11-29' };

it('STA-18 a week is owed by Friday 18:00 and goes up after Sunday; without a working Friday it is owed by Sunday', () => {
  expect(firstDayToSign(week)).toBe('2026-11-27');
  expect(reportDeadline(week, isWeekday)).toEqual({
    dueAt: '2026-11-27T10:00:00.000Z',
    climbsAt: '2026-11-29T15:59:59.999Z',
  });
  expect(reportDeadline(week, (day) => isWeekday(day) && day !== '2026-11-27')?.dueAt).toBe('2026-11-29T15:59:59.999Z');
});

it('STA-18 a month is owed by the 3rd, a quarter by the 10th, a term within 5 days, moved off holidays; a year has no deadline of its own', () => {
  const due = (period: Period) => reportDeadline(period, isWeekday)?.dueAt ?? null;
  expect(due({ kind: 'month', from: '2026-11-01', to: '2026-11-30' })).toBe('2026-12-03T15:59:59.999Z');
  // 3 October 2026 is a Saturday
  expect(due({ kind: 'month', from: '2026-09-01', to: '2026-09-30' })).toBe('2026-10-05T15:59:59.999Z');
  expect(due({ kind: 'quarter', from: '2026-07-01', to: '2026-09-30' })).toBe('2026-10-12T15:59:59.999Z');
  expect(due({ kind: 'term', from: '2026-09-01', to: '2027-01-22' })).toBe('2027-01-27T15:59:59.999Z');
  expect(due({ kind: 'year', from: '2026-09-01', to: '2027-08-31' })).toBeNull();
  expect(firstDayToSign({ kind: 'month', from: '2026-11-01', to: '2026-11-30' })).toBe('2026-11-30');
});

it('STA-35 the bureau owes its roll-up of a month by the 5th, a quarter by the 10th, a term within 10 days, a year by 20 September; none of a week', () => {
  const due = (period: Period) => rollDeadline(period, isWeekday);
  expect(due(week)).toBeNull();
  // 5 December 2026 is a Saturday
  expect(due({ kind: 'month', from: '2026-11-01', to: '2026-11-30' })).toBe('2026-12-07T15:59:59.999Z');
  expect(due({ kind: 'quarter', from: '2026-07-01', to: '2026-09-30' })).toBe('2026-10-12T15:59:59.999Z');
  expect(due({ kind: 'term', from: '2026-09-01', to: '2027-01-22' })).toBe('2027-02-01T15:59:59.999Z');
  expect(due({ kind: 'year', from: '2026-09-01', to: '2027-08-31' })).toBe('2027-09-20T15:59:59.999Z');
});

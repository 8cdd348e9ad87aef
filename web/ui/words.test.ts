import { expect, test } from 'vitest';
import { count, dayWords, daysBetween, dueWords, momentShort, momentWords, percent } from './words.ts';

test('days and moments read as in official papers, in China time', () => {
  expect(dayWords('2026-11-05')).toBe('2026年11月5日');
  expect(dayWords(null)).toBe('—');
  expect(momentShort('2026-11-20T16:30:00Z')).toBe('2026-11-21 00:30');
  expect(momentWords('2026-11-20T06:05:00Z')).toBe('2026年11月20日 14:05');
  expect(momentWords('no moment')).toBe('—');
});

test('a share has one decimal and is neither whole nor nothing before it is', () => {
  expect(percent(1187, 1216)).toBe('97.6 %');
  expect(percent(0, 0)).toBe('—');
  expect(percent(99_999, 100_000)).toBe('99.9 %');
  expect(percent(1, 100_000)).toBe('0.1 %');
  expect(percent(5, 5)).toBe('100.0 %');
  expect(count(12_345)).toBe('12,345');
});

test('a due day is told beside today', () => {
  expect(daysBetween('2026-02-27', '2026-03-02')).toBe(3);
  expect(dueWords('2026-11-20', '2026-11-20')).toBe('今天到期');
  expect(dueWords('2026-11-23', '2026-11-20')).toBe('还有 3 天');
  expect(dueWords('2026-11-18', '2026-11-20')).toBe('已超期 2 天');
});

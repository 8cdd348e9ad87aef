import { expect, test } from 'vitest';
import { chinaClock, momentOfClock, momentRead } from './moment.ts';

test('a moment is read and written by the clock in China, whatever the clock of the machine', () => {
  expect(chinaClock('2026-11-20T16:30:05.123456Z')).toBe('2026-11-21 00:30:05');
  expect(chinaClock(null)).toBe('');
  expect(momentOfClock('2026-11-21 00:30')).toBe('2026-11-20T16:30:00.000000Z');
  expect(momentOfClock('2026-11-21T00:30:05')).toBe('2026-11-20T16:30:05.000000Z');
  expect(momentOfClock('2026-13-41 00:30')).toBeNull();
  expect(momentOfClock('昨天')).toBeNull();
});

test('what a book prints is taken to the microsecond, and a typed clock as it stands', () => {
  expect(momentRead(' 2026-11-20T02:00:00.123456Z ')).toBe('2026-11-20T02:00:00.123456Z');
  expect(momentRead('2026-11-20 10：00')).toBe('2026-11-20T02:00:00.000000Z');
  expect(momentRead('2026-99-20T02:00:00.123456Z')).toBeNull();
  expect(momentRead('')).toBeNull();
});

import { expect, it } from 'vitest';
import { allowedLoss, forecast } from './forecast.ts';
import { periodOf, periodWords, until } from './periods.ts';
import type { Period } from './record.ts';

const year: Period = { kind: 'year', from: '2026-09-01', to: '2027-08-31' };
const schools = [
  { id: 'a', inSchool: 970, lost: 30 },
  { id: 'b', inSchool: 988, lost: 12 },
  { id: 'c', inSchool: 8000, lost: 0 },
];

it('STA-06 with earlier years: lost so far and the mean of what they lost after the same day, in a range', () => {
  const earlier = [
    { lostByThen: 20, lostByEnd: 50, inSchool: 9950 },
    { lostByThen: 30, lostByEnd: 80, inSchool: 9920 },
  ];
  const told = forecast(schools, year, '2027-03-01', earlier, 99);
  expect(told.lostByEnd).toBeCloseTo(42 + 40, 6);
  expect(told.value).toBeCloseTo(99.18, 6);
  expect(told.method).toContain('2 学年');
  expect(told.reaches).toBe(true);
  expect(told.certain).toBe(told.low !== null && told.low >= 99);
  expect((told.low ?? 0) < (told.value ?? 0) && (told.value ?? 0) < (told.high ?? 0)).toBe(true);
  const worse = forecast(schools, year, '2027-03-01', [{ lostByThen: 10, lostByEnd: 130, inSchool: 9870 }], 99);
  expect([worse.reaches, worse.short]).toEqual([false, 62]);
});

it('STA-06 without earlier years losses go on evenly; on the last day the forecast is what is', () => {
  const told = forecast(schools, year, '2027-03-01', [], 99);
  expect(told.lostByEnd).toBeCloseTo((42 * 365) / 182, 6);
  const last = forecast(schools, year, '2027-08-31', [], 99);
  expect([last.value, last.low, last.high]).toEqual([99.58, 99.58, 99.58]);
  expect(forecast([], year, '2027-08-31', [], 99)).toMatchObject({ value: null, reaches: false, deciding: [] });
});

it('STA-06 the schools that decide are those that must come to their allowance for the district to reach the target', () => {
  expect(allowedLoss(1000, 99)).toBe(10);
  const told = forecast(schools, year, '2027-08-31', [], 99.8);
  expect(told.deciding).toEqual([
    { id: 'a', lost: 30, expected: 30, allowed: 2, short: 28, decides: true },
    { id: 'b', lost: 12, expected: 12, allowed: 2, short: 10, decides: false },
  ]);
  expect(told).toMatchObject({ reaches: false, short: 22 });
});

it('STA-06 a school decides by what it is expected to lose until the end, and none decides where all of the range reaches the target', () => {
  // half of the year is over: b has kept its allowance so far and passes it by the end
  const told = forecast([{ id: 'a', inSchool: 600, lost: 0 }, { id: 'b', inSchool: 993, lost: 7 }], year, '2027-03-01', [], 99); // prettier-ignore
  expect(told.deciding).toMatchObject([{ id: 'b', lost: 7, allowed: 10, short: 5, decides: true }]);
  expect(told.deciding[0]?.expected).toBeCloseTo((7 * 365) / 182, 6);
  expect([told.reaches, told.certain]).toEqual([true, false]);
  const calm = forecast(schools, year, '2027-08-31', [], 99);
  expect([calm.certain, calm.deciding.map((one) => [one.id, one.decides])]).toEqual([
    true,
    [
      ['a', false],
      ['b', false],
    ],
  ]);
});

it('STA-01 periods: weeks from Monday, months, quarters, terms of the calendar, years from 1 September; cut at a day', () => {
  const terms = [{ name: '第一学期', from: '2026-09-01', to: '2027-01-31' }];
  expect(periodOf('week', '2026-11-29')).toEqual({ kind: 'week', from: '2026-11-23', to: '2026-11-29' });
  expect(periodOf('month', '2028-02-10')).toEqual({ kind: 'month', from: '2028-02-01', to: '2028-02-29' });
  expect(periodOf('quarter', '2026-11-20')).toEqual({ kind: 'quarter', from: '2026-10-01', to: '2026-12-31' });
  expect(periodOf('year', '2026-08-31')).toEqual({ kind: 'year', from: '2025-09-01', to: '2026-08-31' });
  expect(periodOf('term', '2026-12-01', terms)).toMatchObject({ from: '2026-09-01', to: '2027-01-31' });
  expect(periodOf('term', '2027-02-05', terms)).toBeNull();
  expect(until(year, '2026-11-20').to).toBe('2026-11-20');
  const words = (kind: 'month' | 'quarter' | 'term' | 'year') =>
    periodWords(periodOf(kind, '2026-11-20', terms) ?? year, terms);
  expect([words('month'), words('quarter'), words('term'), words('year')]).toEqual([
    '2026年11月',
    '2026年第四季度',
    '2026—2027学年第一学期',
    '2026—2027学年',
  ]);
});

import { expect, test } from 'vitest';
import {
  catchmentChanges,
  defaultTerms,
  isWeekend,
  placeFault,
  postFault,
  schoolYearDays,
  spansOverlap,
  workdayRule,
} from './rules.ts';
import { checkSetting, dueDaysOf, settingsFrom } from './settings.ts';
import { stageOfForm, stageWords } from './words.ts';

const plain = (day: string) => ({ work: !isWeekend(day), holiday: day === '2026-10-01' ? '国庆节' : null });
const state = (day: string) => (day === '2026-10-01' ? { work: false, holiday: '国庆节' } : plain(day));

test('spans that share one day overlap, spans apart do not', () => {
  expect(spansOverlap({ from: '2026-01-01', to: '2026-02-01' }, { from: '2026-02-01', to: null })).toBe(true);
  expect(spansOverlap({ from: '2026-01-01', to: '2026-01-31' }, { from: '2026-02-01', to: null })).toBe(false);
});

test('a post is not given twice, and the three administrators are separate hands', () => {
  const held = [{ role: 'registrar' as const, unitId: 's', from: '2026-01-01', to: null }];
  expect(postFault({ role: 'registrar', unitId: 's', from: '2026-03-01', to: null }, held)?.code).toBe(
    'already-exists',
  );
  expect(postFault({ role: 'registrar', unitId: 't', from: '2026-03-01', to: null }, held)).toBeNull();
  expect(postFault({ role: 'secAdmin', unitId: '420102', from: '2026-03-01', to: null }, held)?.words).toContain(
    '安全管理员须由专人担任',
  );
  expect(postFault({ role: 'principal', unitId: 't', from: '2026-03-01', to: '2026-02-01' }, [])?.code).toBe(
    'input-wrong',
  );
});

test('a place stands in its district, with the digits of its kind and a street above a community', () => {
  expect(placeFault('420102', { code: '420102002', kind: 'subdistrict', parentCode: null })).toBeNull();
  expect(placeFault('420102', { code: '420103002', kind: 'subdistrict', parentCode: null })?.path).toBe('code');
  expect(placeFault('420102', { code: '420102002003', kind: 'community', parentCode: null })?.path).toBe('parentCode');
});

test('the calendar of a school year knows terms, weekends, holidays and the changes of the bureau', () => {
  const calendar = {
    terms: defaultTerms(2026),
    changes: [
      { day: '2026-11-20', kind: 'noSchool' as const, words: '降雪' },
      { day: '2026-11-21', kind: 'school' as const, words: '补课' },
      { day: '2026-11-23', kind: 'holiday' as const, words: '区庆' },
    ],
  };
  const { days } = schoolYearDays(2026, calendar, state);
  const kindOf = (day: string) => days.find((each) => each.day === day)?.kind;
  expect(days).toHaveLength(365);
  expect(
    [
      '2026-09-01',
      '2026-09-05',
      '2026-10-01',
      '2026-11-20',
      '2026-11-21',
      '2026-11-23',
      '2027-02-03',
      '2027-08-31',
    ].map(kindOf),
  ).toEqual(['school', 'weekend', 'holiday', 'changed', 'changed', 'holiday', 'vacation', 'vacation']);
  const workday = workdayRule(calendar.changes, state);
  expect([workday('2026-11-20'), workday('2026-11-21'), workday('2026-11-23')]).toEqual([true, false, false]);
});

test('settings keep their defaults until a valid value stands', () => {
  const settings = settingsFrom(
    new Map<string, unknown>([
      ['due.notEnrolled', 5],
      ['target.enrolment', 'x'],
    ]),
  );
  expect(settings['due.notEnrolled']).toBe(5);
  expect(settings['target.enrolment']).toBe(100);
  expect(settings.ages).toEqual({ from: 6, below: 16 });
  expect([
    dueDaysOf(settings, 'notEnrolled'),
    dueDaysOf(settings, 'onRollAbsent'),
    dueDaysOf(settings, 'deferred'),
  ]).toEqual([5, 3, 14]);
});

test('a setting is refused when unknown or out of bounds, a calendar when its terms overlap', () => {
  expect(checkSetting('nothing', 1)).toEqual({ fault: '没有这项设置。' });
  expect(checkSetting('password.minimum', 8)).toHaveProperty('fault');
  expect(checkSetting('calendar.2026', { terms: defaultTerms(2026) })).toHaveProperty('value');
  expect(checkSetting('calendar.2026', { terms: [...defaultTerms(2026)].reverse() })).toHaveProperty('fault');
});

test('a catchment begins what is new and ends what is gone', () => {
  expect(catchmentChanges(['a', 'b'], ['b', 'c', 'c'])).toEqual({ begin: ['c'], end: ['a'] });
});

test('kinds of school keep the words of the form', () => {
  expect(stageWords(stageOfForm('九年一贯制'))).toBe('九年一贯制');
  expect(stageWords('kindergarten')).toBe('幼儿园');
});

import { describe, expect, it } from 'vitest';
import {
  byReasonWords,
  callsForReport,
  entryFault,
  firstDayMark,
  firstSchoolDay,
  isClassDone,
  knownReason,
  signListFault,
  termBegun,
  usualWhereabouts,
} from './first-day.ts';
import { firstDayReasonWords } from './words.ts';

const term = { name: '第二学期', from: '2027-02-16', to: '2027-06-30' };
const termOf = (day: string) => (day >= term.from && day <= term.to ? term : null);

describe('the first school day of a term', () => {
  it('ATT-22 is the first day with lessons, not the first of the calendar; in the holidays it is that of the last term', () => {
    expect(firstSchoolDay(term, (day) => day >= '2027-02-18')).toBe('2027-02-18');
    expect(firstSchoolDay(term, () => false)).toBeNull();
    expect(termBegun('2027-07-20', termOf)).toBe(term);
    expect(termBegun('2027-02-15', termOf)).toBeNull();
  });

  it('ATT-22 who was there in one of the called halves has come; a class is done when nobody is left without a reason', () => {
    expect(firstDayMark({ called: 0, away: 0 })).toBe('unmarked');
    expect(firstDayMark({ called: 2, away: 1 })).toBe('present');
    expect(firstDayMark({ called: 2, away: 2 })).toBe('absent');
    const present = { mark: 'present', reason: null } as const;
    expect(isClassDone([])).toBe(false);
    expect(isClassDone([present, { mark: 'absent', reason: null }])).toBe(false);
    expect(isClassDone([present, { mark: 'unmarked', reason: null }])).toBe(false);
    expect(isClassDone([present, { mark: 'absent', reason: 'illness' }])).toBe(true);
  });

  it('ATT-22 what the records say already is offered: the answer before the leave, the leave before the mark', () => {
    expect(knownReason({ answer: 'leftSchool', leave: 'illness', kind: 'unexcused' })).toBe('leftSchool');
    expect(knownReason({ answer: null, leave: 'illness', kind: 'unexcused' })).toBe('illness');
    expect(knownReason({ answer: null, leave: null, kind: 'personal' })).toBe('personal');
    expect(knownReason({ answer: null, leave: null, kind: 'unexcused' })).toBeNull();
    expect(knownReason({ answer: 'arrived', leave: null, kind: null })).toBeNull();
    expect(usualWhereabouts('notReached')).toBe('unknown');
    expect(usualWhereabouts('transfer')).toBeNull();
  });

  it('ATT-22 “other” must be said in words', () => {
    expect(entryFault({ reason: 'other', reasonWords: ' ', whereabouts: 'home' })?.path).toBe('reasonWords');
    expect(entryFault({ reason: 'other', reasonWords: '照顾弟弟', whereabouts: 'home' })).toBeNull();
    expect(entryFault({ reason: 'illness', reasonWords: '', whereabouts: 'hospital' })).toBeNull();
  });

  it('ATT-25 unknown whereabouts, nobody reached and “no longer at school” call for the report', () => {
    expect(callsForReport('leftSchool', 'home')).toBe(true);
    expect(callsForReport('notReached', 'city')).toBe(true);
    expect(callsForReport('other', 'unknown')).toBe(true);
    expect(callsForReport('illness', 'hospital')).toBe(false);
  });

  it('ATT-26 signing asks for a reason where classes are open, and again only for a list that changed', () => {
    const of = { today: '2027-02-16', day: '2027-02-16', classes: 3, open: 0, version: 0, changed: true, reason: null };
    expect(signListFault(of)).toBeNull();
    expect(signListFault({ ...of, today: '2027-02-15' })).toContain('2027-02-16 起');
    expect(signListFault({ ...of, open: 2 })).toContain('2 个班');
    expect(signListFault({ ...of, open: 2, reason: '班主任外出，明日补' })).toBeNull();
    expect(signListFault({ ...of, version: 1, changed: false, reason: '再签一次' })).toContain('没有变化');
    expect(signListFault({ ...of, version: 1 })).toContain('重签');
    expect(signListFault({ ...of, classes: 0 })).toContain('没有应到的班级');
  });

  it('ATT-27 counts by reason read the most first', () => {
    expect(byReasonWords({ notReached: 1, illness: 3 }, firstDayReasonWords)).toBe('病假 3、联系不上 1');
    expect(byReasonWords({}, firstDayReasonWords)).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import type { HeldPost } from '#domain/basics/roles.ts';
import { settingCatalogue } from '#domain/organisations/settings.ts';
import { caseDuties } from './case-duties.ts';
import { dutyRuleList, dutyRules } from './catalogue.ts';
import { clauses } from './clauses.ts';
import { calendarText } from './ics.ts';
import { dutyRuleIds } from './record.ts';
import { chinaDayOf, dueMoment, isQuiet, levelsFor, mayHandOver, mayWaive } from './rules.ts';

/** Monday to Friday, with the week from 1 to 7 October off; school as well. */
const calendar = {
  isWorkday: (day: string) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !(day >= '2026-10-01' && day <= '2026-10-07');
  },
  isSchoolDay: (day: string) => calendar.isWorkday(day) && day !== '2026-11-23',
};
const place = { district: '420102', schoolId: 's1', classId: 'c1', childId: 'k1', caseId: null };

describe('the catalogue', () => {
  it('DUT-01 has every rule once, under a clause of the plan, with every number that the bureau sets among the settings', () => {
    expect(dutyRuleList.map((rule) => rule.id).sort()).toEqual([...dutyRuleIds].sort());
    const known = clauses.map((clause) => clause.id);
    expect(dutyRuleList.filter((rule) => !known.includes(rule.clause))).toEqual([]);
    expect(new Set(known).size).toBe(18);
    const keys = dutyRuleList.flatMap((rule) => rule.settings);
    expect(keys.filter((key) => !(key in settingCatalogue))).toEqual([]);
    const standards = new Map<string, { default: unknown }>(Object.entries(settingCatalogue));
    for (const rule of dutyRuleList.filter((one) => one.settings.length > 0 && 'amount' in one.due))
      expect([rule.id, standards.get(rule.settings[0] ?? '')?.default]).toEqual([
        rule.id,
        'amount' in rule.due ? rule.due.amount : null,
      ]);
  });
});

describe('due moments', () => {
  it('DUT-02 minutes run on the clock; the same day ends at 24:00 in China, also for a start after 16:00 UTC', () => {
    expect(dueMoment('2026-11-20T00:00:00.000Z', { unit: 'minutes', amount: 30 }, calendar, null)).toBe(
      '2026-11-20T00:30:00.000Z',
    );
    expect(dueMoment('2026-11-20T02:00:00.000Z', { unit: 'sameDay' }, calendar, null)).toBe('2026-11-20T15:59:59.999Z');
    expect(dueMoment('2026-11-20T17:00:00.000Z', { unit: 'sameDay' }, calendar, null)).toBe('2026-11-21T15:59:59.999Z');
  });

  it('DUT-02 a calendar deadline moves off a holiday; same day and visits to suspected dropouts keep theirs', () => {
    const due = (start: string, rule: Parameters<typeof dueMoment>[1]) =>
      chinaDayOf(dueMoment(start, rule, calendar, null) ?? '');
    // 30 September 2026 is a Wednesday; the third day, 3 October, is a holiday until Thursday the 8th.
    expect(due('2026-09-30T02:00:00Z', { unit: 'calendar', amount: 3 })).toBe('2026-10-08');
    expect(due('2026-09-30T02:00:00Z', dutyRules.visitSuspected.due)).toBe('2026-10-03');
    expect(due('2026-10-03T02:00:00Z', { unit: 'sameDay' })).toBe('2026-10-03');
    expect(due('2026-10-02T02:00:00Z', dutyRules.urgentCase.due)).toBe('2026-10-03');
  });

  it('DUT-02 school days and working days are counted, the start is not; a given day is its end', () => {
    const due = (rule: Parameters<typeof dueMoment>[1], given: string | null = null) =>
      dueMoment('2026-11-20T02:00:00Z', rule, calendar, given);
    // From Friday: the 23rd is no day of school.
    expect(due({ unit: 'school', amount: 3 })).toBe('2026-11-26T15:59:59.999Z');
    expect(due({ unit: 'working', amount: 3 })).toBe('2026-11-25T15:59:59.999Z');
    expect(due({ unit: 'given' }, '2026-12-01')).toBe('2026-12-01T15:59:59.999Z');
    expect(due({ unit: 'given' })).toBeNull();
  });

  it('DUT-05 quiet hours span midnight, and are none when both ends are the same', () => {
    const night = { from: 21, to: 7 };
    expect([20, 21, 23, 0, 6, 7, 12].map((hour) => isQuiet(hour, night))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(isQuiet(13, { from: 12, to: 14 })).toBe(true);
    expect(isQuiet(3, { from: 0, to: 0 })).toBe(false);
  });
});

describe('owners and levels', () => {
  it('DUT-05 a pupil without a class falls to the school, a child without a school to the bureau; a given owner comes first', () => {
    const ladder = dutyRules.reportSuspected.ladder;
    expect(levelsFor(ladder, place, null)).toEqual({
      ladder: ['classTeacher', 'schoolOfficer', 'principal'],
      owner: { role: 'classTeacher', unitKind: 'class', unit: 'c1' },
    });
    expect(levelsFor(ladder, { ...place, classId: null }, null).owner.role).toBe('schoolOfficer');
    expect(levelsFor(ladder, { ...place, classId: null, schoolId: null }, null)).toEqual({
      ladder: ['bureauOfficer', 'bureauLeader'],
      owner: { role: 'bureauOfficer', unitKind: 'district', unit: '420102' },
    });
    const street = { role: 'subdistrictOfficer', unitKind: 'subdistrict', unit: '420102012' } as const;
    expect(levelsFor(dutyRules.persuade.ladder, { ...place, classId: null, schoolId: null }, street)).toEqual({
      ladder: ['subdistrictOfficer', 'bureauOfficer'],
      owner: street,
    });
    const officer = { role: 'schoolOfficer', unitKind: 'school', unit: 's1' } as const;
    expect(levelsFor(dutyRules.persuade.ladder, place, officer).ladder).toEqual([
      'schoolOfficer',
      'principal',
      'bureauOfficer',
    ]);
  });

  it('DUT-06 a level above waives, at its own place only; never the owner', () => {
    const duty = {
      ladder: ['classTeacher', 'schoolOfficer'] as const,
      ownerRole: 'classTeacher' as const,
      ownerStaff: null,
      place,
    };
    const post = (role: HeldPost['role'], unitKind: HeldPost['unitKind'], unitId: string): HeldPost[] => [
      { role, unitKind, unitId },
    ];
    expect(mayWaive(duty, post('schoolOfficer', 'school', 's1'), 'p')).toBe(true);
    expect(mayWaive(duty, post('schoolOfficer', 'school', 's2'), 'p')).toBe(false);
    expect(mayWaive(duty, post('principal', 'school', 's1'), 'p')).toBe(false);
    expect(mayWaive(duty, post('bureauOfficer', 'district', '420102'), 'p')).toBe(true);
    expect(mayWaive(duty, post('classTeacher', 'class', 'c1'), 'p')).toBe(false);
    expect(mayWaive({ ...duty, ownerStaff: 'p' }, post('schoolOfficer', 'school', 's1'), 'p')).toBe(false);
    expect(mayHandOver(duty, post('classTeacher', 'class', 'c1'), 'p')).toBe(true);
    expect(mayHandOver(duty, post('classTeacher', 'class', 'c2'), 'p')).toBe(false);
  });
});

describe('steps of a case', () => {
  it('DUT-03 a crossing reports nothing, a report does; the end of a round settles all of it', () => {
    expect(caseDuties({ step: 'cross', state: 'suspected', next: 'report' })).toEqual({
      settle: [],
      open: ['visitSuspected', 'reportSuspected'],
      next: null,
    });
    expect(caseDuties({ step: 'report', state: 'suspected', next: 'confirm' }).next).toBe('confirmSuspected');
    expect(caseDuties({ step: 'checkClosing', state: 'closed', next: 'watch' }).next).toBe('caseStep');
    expect(caseDuties({ step: 'report', state: 'suspected', next: 'confirm' }).settle).toEqual(['reportSuspected']);
    expect(caseDuties({ step: 'emergency', state: 'persuading', next: 'persuade' })).toEqual({
      settle: ['reportSuspected'],
      open: ['urgentCase'],
      next: 'persuade',
    });
    const letter = { step: 'refer', state: 'persuading', next: 'persuade' };
    expect(caseDuties(letter)).toMatchObject({ settle: [], open: ['referralAnswer'] });
    expect(caseDuties({ ...letter, urgent: true })).toMatchObject({ settle: [], open: ['urgentCase'] });
    const answer = { step: 'answerReferral', state: 'persuading', next: 'persuade' };
    expect(caseDuties(answer).settle).toEqual([]);
    expect(caseDuties({ ...answer, answered: ['letters'] }).settle).toEqual(['referralAnswer']);
    expect(caseDuties({ ...answer, answered: ['urgent'] }).settle).toEqual(['urgentCase']);
    expect(caseDuties({ step: 'checkClosing', state: 'closed', next: null })).toEqual({
      settle: ['reportSuspected', 'visitSuspected', 'referralAnswer', 'urgentCase'],
      open: [],
      next: null,
    });
    expect(caseDuties({ step: 'writtenReport', state: 'persuading', next: 'deadlineNotice' }).next).toBe('caseStep');
  });
});

describe('the calendar', () => {
  it('DUT-09 is folded at 75 octets and unfolds to what was put in', () => {
    const title = '上门家访，很长的标题；用来折行\\的，'.repeat(6);
    const due = '2026-11-23T15:59:59.999Z';
    const text = calendarText('保学任务', [{ id: 'a', title, words: '一小 二（1）班', due, changed: due, link: null }]);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.includes('\uFFFD'))).toBe(false);
    const unfolded = text.replaceAll('\r\n ', '').split('\r\n');
    const summary = unfolded.find((line) => line.startsWith('SUMMARY:'))?.slice(8);
    expect(summary?.replaceAll(/\\([\\;,])/g, '$1')).toBe(title);
    expect(unfolded).toContain('DTEND:20261123T155959Z');
    expect(unfolded).toContain('DTSTART:20261123T152959Z');
  });
});

import { describe, expect, it } from 'vitest';
import { defaultAges } from '#domain/basics/school-year.ts';
import type { StudyStatus } from './record.ts';
import { reportOf } from './reconcile-report.ts';
import { reconcile, type ReconcileInput } from './reconcile.ts';

const child = (childId: string, birth: string, studyStatus: StudyStatus = 'none') => ({
  childId,
  name: childId,
  documentNumber: '',
  birth,
  studyStatus,
});
const entry = (childId: string, schoolId: string, grade: number, birth = '2016-01-01') => ({
  childId,
  name: childId,
  documentNumber: '',
  birth,
  schoolId,
  grade,
});
const base: ReconcileInput = {
  asOf: '2026-11-20',
  ages: defaultAges,
  register: [],
  roster: [],
  presence: [],
  proposals: [],
  repeatedChildIds: [],
};
const names = (found: readonly { name: string }[]): string[] => found.map((one) => one.name);

describe('reconciling register, rosters and presence (issue 2, rules of the proof)', () => {
  it('counts who owes, who is enrolled and who is left out', () => {
    const result = reconcile({
      ...base,
      register: [
        child('none', '2016-01-01'),
        child('elsewhere', '2016-01-01', 'elsewhere'),
        child('proven', '2016-01-01', 'elsewhere'),
        child('deferred', '2020-01-01', 'deferred'),
        child('deceased', '2016-01-01', 'deceased'),
        child('young', '2021-01-01'),
        child('graduate', '2011-06-15', 'graduated'),
        child('old on roll', '2009-01-01', 'inDistrict'),
        child('twice', '2016-01-01', 'inDistrict'),
        child('graduate on roll', '2011-06-15', 'graduated'),
      ],
      roster: [
        entry('twice', 'A', 5),
        entry('twice', 'B', 5),
        entry('old on roll', 'A', 9),
        entry('graduate on roll', 'A', 9),
        entry('unknown', 'A', 1),
        entry('senior', 'A', 10),
      ],
      provenElsewhere: new Set(['proven']),
      repeatedChildIds: ['twice', 'twice'],
    });
    expect(result.schoolAge).toEqual({ owing: 9, inRegister: 8 });
    expect(result.enrolmentRate).toEqual({ denominator: 7, enrolledOnRoster: 4, statedElsewhere: 1 });
    const found = result.findings;
    expect(
      [
        found.notEnrolled,
        found.enrolledElsewhere,
        found.provenElsewhere,
        found.deferred,
        found.excused,
        found.notSchoolAge,
        found.notInRegister,
        found.doubleEnrolled,
        found.registerDuplicate,
      ].map(names),
    ).toEqual([
      ['none'],
      ['elsewhere'],
      ['proven'],
      ['deferred'],
      ['deceased'],
      ['graduate', 'young'],
      ['unknown'],
      ['twice'],
      ['twice'],
    ]);
  });

  it('takes an open proposal for the registered child, enrolled, never twice and never notEnrolled', () => {
    const register = [
      { ...child('known', '2016-01-01'), documentNumber: '420102201601011239' },
      child('other', '2016-01-01'),
    ];
    const roster = [
      { ...entry('provisional', 'A', 5), name: 'known', documentNumber: '420102201601011238' },
      entry('second', 'A', 5),
    ];
    const result = reconcile({
      ...base,
      register,
      roster,
      proposals: [
        { registerChildId: 'known', rosterChildId: 'provisional', kind: 'identityReview' },
        { registerChildId: 'other', rosterChildId: 'second', kind: 'other' },
      ],
      presence: [{ childId: 'provisional', present: false, leave: null }],
      keyLists: new Map([['known', ['低保']]]),
    });
    expect([
      result.schoolAge.owing,
      result.enrolmentRate.enrolledOnRoster,
      result.findings.notEnrolled,
      result.findings.notInRegister,
    ]).toEqual([2, 2, [], []]);
    const report = reportOf(result);
    expect(report.findings.identityReview).toEqual([
      { name: 'known', id: '420102********1239', rosterId: '420102********1238' },
    ]);
    expect(names(report.findings.otherProposals)).toEqual(['other']);
    expect(names(report.findings.onRollAbsent)).toEqual(['known']);
    expect(report.aidListed).toEqual([{ name: 'known', id: '420102********1239', lists: ['低保'] }]);
  });

  it('lists as absent only who is marked absent without leave and present nowhere', () => {
    const roster = ['gone', 'ill', 'here', 'unmarked', 'unclear'].map((name) => entry(name, 'A', 5));
    const result = reconcile({
      ...base,
      roster,
      presence: [
        { childId: 'gone', present: false, leave: null },
        { childId: 'ill', present: false, leave: 'illness' },
        { childId: 'here', present: false, leave: null },
        { childId: 'here', present: true, leave: null },
        { childId: 'unclear', present: null, leave: null },
        { childId: 'not on roll', present: false, leave: null },
      ],
    });
    expect(names(result.findings.onRollAbsent)).toEqual(['gone']);
  });
});

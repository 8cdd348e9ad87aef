import { describe, expect, it } from 'vitest';
import { clauseFactIds, clauseFacts, factWords, reachesTarget, type FactCount } from './clause-facts.ts';
import { clauseDutiesPath } from './clause-paths.ts';
import { clauseSpanOf, clauseSpans } from './clause-spans.ts';
import {
  clauseBases,
  clauseNextOf,
  clauseStateOf,
  clauseStateWords,
  dueOf,
  isKept,
  noDuties,
  type ClauseBasis,
  type ClauseDuties,
} from './clause-states.ts';
import { clauses } from './clauses.ts';
import { dutyRuleIds } from './record.ts';

const basis = (id: string): ClauseBasis => {
  const found = clauseBases.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const duties = (some: Partial<ClauseDuties>): ClauseDuties => ({ ...noDuties, ...some });
const fact = (id: FactCount['id'], done: number, of: number, target: number | null = null): FactCount => ({
  id,
  done,
  of,
  asOf: null,
  target,
});
const running = { span: false, year: false };
const over = { span: true, year: true };

describe('what stands behind a clause', () => {
  it('DUT-36 every clause names its rules and records by data, each rule stands behind one clause, each fact behind some; what the product keeps no record of is named', () => {
    expect(clauseBases.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id));
    expect(clauseBases.flatMap(({ rules }) => rules).sort()).toEqual([...dutyRuleIds].sort());
    const used = clauseBases.flatMap(({ facts }) => facts);
    expect([...new Set(used)].sort()).toEqual([...clauseFactIds].sort());
    const unkept = clauseBases.filter((one) => !isKept(one));
    expect(unkept.map(({ id }) => id)).toEqual(['三(一)2', '三(三)', '三(四)1-4', '三(五)3', '三(六)1-4']);
    expect(unkept.filter(({ lacks }) => lacks === null)).toEqual([]);
    // A fact that must be complete tells a school what to do; one of the offices or of a deadline's rule need not.
    for (const id of clauseFactIds)
      if (clauseFacts[id].of === 'school' && clauseFacts[id].asks === 'all')
        expect([id, clauseFacts[id].act]).not.toEqual([id, null]);
  });

  it('DUT-36 a clause without any record is never given a state, whatever is counted, and names no step that the product could take', () => {
    const none = basis('三(三)');
    for (const when of [running, over]) {
      expect(clauseStateOf(none, noDuties, [], when)).toBe('unkept');
      expect(clauseStateOf(none, duties({ inTime: 9 }), [], when)).toBe('unkept');
    }
    expect(clauseStateWords.unkept).toBe('系统尚无此项记录');
    expect(clauseNextOf(none, 'unkept', noDuties, []).what).toBe('none');
  });
});

describe('the state of a clause', () => {
  it('DUT-37 comes from its duties: overdue before late before under way before done in time; waived ones count as nothing', () => {
    const reports = basis('三(五)2');
    const state = (some: Partial<ClauseDuties>) => clauseStateOf(reports, duties(some), [], running);
    expect(state({ overdue: 1, late: 2, ahead: 3, inTime: 4 })).toBe('overdue');
    expect(state({ late: 2, ahead: 3, inTime: 4 })).toBe('late');
    expect(state({ ahead: 3, inTime: 4 })).toBe('running');
    expect(state({ inTime: 4 })).toBe('met');
    expect(state({ waived: 2 })).toBe('nothing');
    expect(state({})).toBe('nothing');
    expect(dueOf(duties({ overdue: 1, late: 2, ahead: 3, inTime: 4, waived: 5 }))).toBe(7);
  });

  it('DUT-37 what has to be complete is under way until the term is over, then short of what is asked; nothing entered is no state of the work', () => {
    const letters = basis('三(一)1');
    const facts = (done: number) => [fact('guardianLetters', done, 40), fact('pupilLetters', done, 40)];
    expect(clauseStateOf(letters, noDuties, facts(0), running)).toBe('empty');
    expect(clauseStateOf(letters, noDuties, facts(0), over)).toBe('empty');
    expect(clauseStateOf(letters, noDuties, facts(39), running)).toBe('running');
    expect(clauseStateOf(letters, noDuties, facts(39), over)).toBe('short');
    expect(clauseStateOf(letters, noDuties, facts(40), running)).toBe('met');
    // Nobody on the roll: nothing to be complete.
    expect(clauseStateOf(letters, noDuties, [fact('guardianLetters', 0, 0)], running)).toBe('empty');
    // Planned visits not yet made do not take away that what was due was done; they keep it under way.
    expect(clauseStateOf(basis('四(二)'), duties({ inTime: 3 }), [fact('plannedVisits', 1, 9)], running)).toBe(
      'running',
    );
    expect(clauseStateOf(basis('四(二)'), duties({ inTime: 3 }), [fact('plannedVisits', 9, 9)], running)).toBe('met');
    expect(clauseStateOf(basis('四(二)'), duties({ overdue: 1 }), [fact('plannedVisits', 9, 9)], running)).toBe(
      'overdue',
    );
  });

  it('DUT-37 records that the plan sets no number, and clauses recorded only in part, are said to have records, never to be done', () => {
    expect(clauseStateOf(basis('三(二)1-3'), noDuties, [fact('activities', 0, 0)], running)).toBe('empty');
    expect(clauseStateOf(basis('三(二)1-3'), noDuties, [fact('activities', 2, 5)], over)).toBe('recorded');
    const taught = [fact('classTeachers', 12, 12), fact('teacherLetters', 12, 12)];
    expect(clauseStateOf(basis('三(五)1'), noDuties, taught, running)).toBe('recorded');
    expect(
      clauseStateOf(basis('四(一)'), noDuties, [fact('workPlan', 1, 1), fact('leadingGroup', 1, 1)], running),
    ).toBe('met');
    // What is only shown decides nothing.
    expect(clauseStateOf(basis('三(五)4'), noDuties, [fact('changes', 3, 4)], running)).toBe('nothing');
  });

  it('DUT-37 a target is judged when the school year is over, exactly and not as it is rounded for reading', () => {
    const goals = basis('二');
    const held = (done: number) => [fact('retention', done, 1000, 99)];
    expect(clauseStateOf(goals, noDuties, held(1000), { span: true, year: false })).toBe('running');
    expect(clauseStateOf(goals, noDuties, held(990), over)).toBe('met');
    expect(clauseStateOf(goals, noDuties, held(989), over)).toBe('short');
    expect(clauseStateOf(goals, noDuties, [fact('retention', 0, 0, 99)], over)).toBe('empty');
    expect(reachesTarget({ done: 98_999, of: 100_000, target: 99 })).toBe(false);
    expect(factWords(fact('retention', 98_999, 100_000, 99))).toBe('年巩固率 98.9%（目标 99%，98999/100000 人）');
    expect(factWords(fact('retention', 0, 0, 99))).toBe('年巩固率尚未统计');
  });

  it('DUT-37 the next step is the overdue first, then what is in time, then what is missing with how many', () => {
    const next = (id: string, some: Partial<ClauseDuties>, facts: FactCount[] = []) => {
      const counted = duties(some);
      return clauseNextOf(basis(id), clauseStateOf(basis(id), counted, facts, running), counted, facts);
    };
    expect(next('四(二)', { overdue: 3, ahead: 2 })).toEqual({ what: 'overdue', words: '办理 3 项逾期未办的事项' });
    expect(next('四(二)', { ahead: 2, nextDue: '2026-12-01' })).toEqual({
      what: 'ahead',
      words: '2 项在期限内，最近 2026-12-01 到期',
    });
    expect(next('三(一)1', {}, [fact('teacherLetters', 2, 2), fact('guardianLetters', 30, 41)])).toEqual({
      what: 'fact',
      fact: 'guardianLetters',
      words: '登记教师与家长签订的责任书，还差 11 名',
    });
    expect(next('三(二)1-3', {}, [fact('activities', 0, 0)])).toMatchObject({ what: 'fact', fact: 'activities' });
    expect(next('三(五)2', { inTime: 2 })).toEqual({ what: 'none', words: '不需要办理' });
    expect(next('三(五)2', { late: 2 })).toMatchObject({ what: 'late' });
  });

  it('DUT-36 facts read as what is done of how many, and lead to where they are kept', () => {
    expect(factWords(fact('teacherLetters', 3, 12))).toBe('班主任责任书 3/12 人');
    expect(factWords(fact('visits', 18, 20))).toBe('走访记录 20 次（监护人签字 18 次）');
    expect(factWords(fact('visits', 0, 0))).toBe('走访记录 0 次');
    const place = { schoolId: 's1', from: '2026-09-01', to: '2027-02-15' };
    expect(clauseFacts.guardianLetters.path(place)).toBe('/books/records?kind=letter&schoolId=s1');
    expect(clauseFacts.plannedVisits.path({ ...place, schoolId: null })).toBe('/visit-plans');
    const asked = { clause: '三(五)2', year: 2026, term: '1', ...place };
    expect(clauseDutiesPath('open', asked)).toBe(
      '/duties?scope=unit&outcome=open&clause=%E4%B8%89(%E4%BA%94)2&owedBy=school&schoolId=s1&from=2026-09-01&to=2027-02-15&year=2026&term=1',
    );
    expect(clauseDutiesPath('waived', { ...asked, schoolId: null })).toContain('state=waived&clause=');
  });
});

describe('spans', () => {
  const terms = [
    { name: '第二学期', from: '2027-02-16', to: '2027-06-30' },
    { name: '第一学期', from: '2026-09-02', to: '2027-01-31' },
    { name: '第二学期', from: '2026-02-16', to: '2026-06-30' },
  ];

  it('DUT-41 the terms of a year with the holidays after them make the year without gap or overlap; the running one is shown where none is named', () => {
    const spans = clauseSpans(2026, terms);
    expect(spans.map(({ key, words, from, to }) => [key, words, from, to])).toEqual([
      ['1', '2026—2027学年第一学期', '2026-09-01', '2027-02-15'],
      ['2', '2026—2027学年第二学期', '2027-02-16', '2027-08-31'],
      ['year', '2026—2027学年全学年', '2026-09-01', '2027-08-31'],
    ]);
    expect(clauseSpanOf(spans, undefined, '2026-11-20')?.key).toBe('1');
    // In the winter holidays the first term still stands, in the summer the second.
    expect(clauseSpanOf(spans, undefined, '2027-02-10')?.key).toBe('1');
    expect(clauseSpanOf(spans, undefined, '2027-07-20')?.key).toBe('2');
    // Of an earlier year its last term.
    expect(clauseSpanOf(clauseSpans(2025, terms), undefined, '2026-11-20')?.from).toBe('2025-09-01');
    expect(clauseSpanOf(spans, 'year', '2026-11-20')?.to).toBe('2027-08-31');
    expect(clauseSpanOf(spans, '3', '2026-11-20')).toBeNull();
  });
});

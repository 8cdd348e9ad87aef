import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { roleWords } from '#domain/basics/roles.ts';
import { emptyTally } from './record.ts';
import { changesBetween, isNil, mayReturnNil, reportNext, reportStateWords, signFault, type Gap } from './report.ts';
import { reportDiagram, reportStatusPage, reportStep } from './steps.ts';

const gap: Gap = { kind: 'rollCall', day: '2026-11-25', classes: ['三年级1班'] };
const quiet = { ...emptyTally(), S0: 40, S1: 40 };

it('STA-12 nil is offered when nothing happened, nobody is open and nothing is missing; gaps are signed with a reason', () => {
  expect(isNil(quiet)).toBe(true);
  expect(mayReturnNil(quiet, [])).toBe(true);
  expect(mayReturnNil(quiet, [gap])).toBe(false);
  for (const part of ['Drop', 'New', 'Open', 'DropBack', 'MoveOut'] as const)
    expect(mayReturnNil({ ...quiet, [part]: 1 }, [])).toBe(false);
  const asked = { nil: true, reason: null, explanations: [] };
  expect(signFault(quiet, [], asked)).toBeNull();
  expect(signFault(quiet, [gap], asked)).toContain('不能零报告');
  expect(signFault({ ...quiet, Drop: 1 }, [], asked)).toContain('不能零报告');
  expect(signFault(quiet, [gap], { ...asked, nil: false })).toContain('写明原因');
  expect(signFault(quiet, [gap], { ...asked, nil: false, reason: '停电一天' })).toBeNull();
});

it('STA-11 an explanation differs from the figure and stands once for each part', () => {
  const told = (own: number) => ({ part: 'S1' as const, own, words: '一人刚转出，手续在办' });
  const asked = { nil: false, reason: null };
  expect(signFault(quiet, [], { ...asked, explanations: [told(39)] })).toBeNull();
  expect(signFault(quiet, [], { ...asked, explanations: [told(40)] })).toContain('不必说明');
  expect(signFault(quiet, [], { ...asked, explanations: [told(39), told(38)] })).toContain('一次');
});

it('STA-15 changes are listed part by part, before and after', () => {
  expect(changesBetween(quiet, { ...quiet, S1: 39, Drop: 1 })).toEqual([
    { part: 'Drop', before: 0, after: 1 },
    { part: 'S1', before: 40, after: 39 },
  ]);
});

it('STA-13 the table says who does what from where, and nothing else can be done', () => {
  expect(reportStep('sign', 'open')?.roles).toEqual(['principal']);
  expect(reportStep('accept', 'signed')).toMatchObject({ next: 'accepted', demands: ['otherPerson'] });
  expect(reportStep('sign', 'accepted')).toBeNull();
  expect(reportStep('accept', 'open')).toBeNull();
  expect(reportStep('revise', 'accepted')).toMatchObject({ next: 'signed' });
});

it('STA-19 the next step names whose turn it is', () => {
  const at = { changed: false, today: '2026-11-27', firstDay: '2026-11-27' };
  expect(reportNext('open', at)).toBe('待校长签报');
  expect(reportNext('open', { ...at, today: '2026-11-26' })).toBe('2026-11-27 起可以签报');
  expect([reportNext('returned', at), reportNext('signed', at)]).toEqual(['待校长补正后重新签报', '待区级审核']);
  expect([reportNext('accepted', at), reportNext('accepted', { ...at, changed: true })]).toEqual([
    '已办结',
    '签报后数据有变化，待校长更正重报',
  ]);
});

it('STA-17 the diagram of a report is the one that steps.ts gives', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../docs/status/reports.md'), 'utf8');
  expect(page).toBe(reportStatusPage(reportDiagram({ states: reportStateWords, roles: roleWords })));
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HeldPost, Role } from '../basics/roles.ts';
import { changeKinds, changeStates, unlawfulKinds, type ChangeHead, type ChangeKind } from './changes-record.ts';
import {
  changeRules,
  dueOf,
  papersFor,
  renewalLatest,
  stateAfter,
  suspensionTooLong,
  unlawfulChanges,
  wrongGrade,
} from './change-rules.ts';
import { changeCodes } from './change-words.ts';
import { changesPage } from './step-diagram.ts';
import { changeActions, changeSteps, findChangeStep } from './steps.ts';

const weekdays = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const head = (kind: ChangeKind, state: ChangeHead['state']): ChangeHead => ({
  kind,
  state,
  district: 'd',
  schoolId: 'a',
  toSchoolId: 'b',
  askedBy: 'who',
});
const person = (role: Role, unitKind: HeldPost['unitKind'], unitId: string, id = 'other') => ({
  id,
  posts: [{ role, unitKind, unitId }],
  platform: false,
});

describe('registry changes', () => {
  it('ENR-21 docs/status/registry-changes.md is what the table gives', () => {
    const page = path.resolve(import.meta.dirname, '../../docs/status/registry-changes.md');
    expect(readFileSync(page, 'utf8')).toBe(changesPage());
  });

  it('ENR-19 every kind begins and ends, every act and state stands in the table', () => {
    for (const kind of changeKinds) {
      const own = changeSteps.filter((step) => step.kind === kind);
      expect(own.filter((step) => step.action === 'ask')).toHaveLength(1);
      expect(own.some((step) => step.next === 'done')).toBe(true);
      expect(own.every((step) => step.by.length > 0)).toBe(true);
    }
    expect(changeActions.filter((action) => !changeSteps.some((step) => step.action === action))).toEqual([]);
    const reached = new Set(changeSteps.map((step) => step.next));
    expect(changeStates.filter((state) => !reached.has(state))).toEqual([]);
  });

  it('ENR-10 ENR-12 no school ends a suspension, a renewal or a deferral by itself', () => {
    for (const kind of ['suspension', 'renewal', 'deferral'] as const) {
      const last = changeSteps.filter(
        (step) => step.kind === kind && step.action === 'approve' && step.next === 'done',
      );
      expect(last.map((step) => step.by)).toEqual([[{ role: 'bureauOfficer', at: 'bureau' }]]);
    }
    const principal = person('principal', 'school', 'a');
    expect(findChangeStep('approve', head('suspension', 'bureau'), principal)).toMatchObject({ code: 'not-allowed' });
    expect(findChangeStep('approve', head('suspension', 'school'), principal)).toMatchObject({
      step: { next: 'bureau' },
    });
    expect(papersFor('suspension', false).map((one) => one.code)).toEqual(['application', 'medical']);
    expect(papersFor('deferral', true).map((one) => one.code)).toEqual(['application', 'reason', 'street']);
    expect(suspensionTooLong('2026-09-01', '2027-09-01', '2026-09-01')).toBeNull();
    expect(suspensionTooLong('2026-09-01', '2027-09-02', '2026-09-01')).toContain('一年');
    expect(suspensionTooLong('2027-12-01', '2028-11-30', '2026-09-01')).toContain('两年');
  });

  it('ENR-07 ENR-19 a transfer passes receiving school, sending school, bureau, arrival, each by its own people', () => {
    expect(changeRules.transferInside.route).toEqual(['receiving', 'sending', 'bureau', 'arrival']);
    expect(stateAfter('transferInside', 'bureau')).toBe('arrival');
    const act = (action: 'approve' | 'arrive', state: ChangeHead['state'], who: ReturnType<typeof person>) =>
      'step' in findChangeStep(action, head('transferInside', state), who);
    expect(act('approve', 'receiving', person('principal', 'school', 'b'))).toBe(true);
    expect(act('approve', 'receiving', person('principal', 'school', 'a'))).toBe(false);
    expect(act('approve', 'sending', person('principal', 'school', 'a'))).toBe(true);
    expect(act('approve', 'bureau', person('bureauOfficer', 'district', 'd'))).toBe(true);
    expect(act('approve', 'bureau', person('bureauOfficer', 'district', 'd', 'who'))).toBe(false);
    expect(act('arrive', 'arrival', person('registrar', 'school', 'b'))).toBe(true);
    expect(act('arrive', 'late', person('bureauOfficer', 'district', 'd'))).toBe(true);
    expect(dueOf('transferInside', { today: '2026-11-20', fromDay: '2026-11-20' }, { party: 10, noShow: 5 }, weekdays)).toBe('2026-12-04'); // prettier-ignore
    expect(dueOf('placement', { today: '2026-07-20', fromDay: '2026-08-31' }, { party: 10, noShow: 5 }, weekdays)).toBe('2026-09-05'); // prettier-ignore
  });

  it('ENR-11 renewal is asked 15 working days before the end', () => {
    expect(renewalLatest('2026-12-25', 15, weekdays)).toBe('2026-12-04');
  });

  it('ENR-05 ENR-06 each kind has a code of the compulsory stage, each unlawful kind its clause', () => {
    // as: the file is ours
    const table = JSON.parse(
      readFileSync(path.resolve(import.meta.dirname, '../../data/codes/registry-changes.json'), 'utf8'),
    ) as { items: { code: string; compulsoryStage: string }[] };
    const used = table.items.filter((item) => item.compulsoryStage === 'used').map((item) => item.code);
    expect(changeKinds.filter((kind) => !used.includes(changeCodes[kind]))).toEqual([]);
    expect(unlawfulKinds.filter((kind) => !/第.+条|办法/.test(unlawfulChanges[kind]))).toEqual([]);
  });

  it('ENR-16 a repeat stays in its grade, a skip goes one further, a class change keeps the grade', () => {
    expect(wrongGrade('repeat', 4, 4)).toBeNull();
    expect(wrongGrade('repeat', 4, 3)).toContain('原年级');
    expect(wrongGrade('skip', 4, 5)).toBeNull();
    expect(wrongGrade('skip', 4, 6)).toContain('一个年级');
    expect(wrongGrade('classChange', 4, 5)).toContain('同一年级');
    expect(wrongGrade('transferInside', 4, 10)).toContain('一至九年级');
  });
});

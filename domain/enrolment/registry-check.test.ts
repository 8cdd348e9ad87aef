import { describe, expect, it } from 'vitest';
import { differencesOf, parseRegistryState, proposalsFor, type RegistrySide } from './registry-check.ts';

const here: RegistrySide = {
  name: '张三',
  sex: 'male',
  birthDate: '2015-03-02',
  schoolId: 'a',
  schoolName: '甲校',
  grade: 4,
  classNo: '1',
  state: 'inSchool',
};
const there = (more: Partial<RegistrySide>, state = '') => ({ ...here, ...more, registry: parseRegistryState(state) });
const acts = (kind: Parameters<typeof proposalsFor>[0], ours: RegistrySide, theirs: ReturnType<typeof there>) =>
  proposalsFor(kind, true, ours, theirs).map(({ act }) => act);

describe('a row of the national registry against a course', () => {
  it('INT-01 each way of differing is named, another school explains grade and class with it', () => {
    expect(differencesOf(here, there({}))).toEqual([]);
    expect(differencesOf(here, there({ schoolId: 'b', grade: 5, classNo: '9' }))).toEqual(['school']);
    expect(differencesOf(here, there({ grade: 5, classNo: '9' }))).toEqual(['grade']);
    expect(differencesOf(here, there({ classNo: '2' }))).toEqual(['class']);
    expect(differencesOf(here, there({ name: '张山', birthDate: '2015-03-20' }))).toEqual(['name', 'identity']);
    expect(differencesOf(here, there({}, '休学'))).toEqual(['status']);
    expect(differencesOf({ ...here, state: 'suspended' }, there({}, '休学'))).toEqual([]);
    expect(differencesOf({ ...here, state: 'dropout' }, there({}, '在读'))).toEqual([]);
    expect(differencesOf({ ...here, state: 'out' }, there({}))).toEqual(['notHere']);
    expect(differencesOf({ ...here, state: 'out' }, there({}, '转出'))).toEqual([]);
    expect(differencesOf(here, there({ schoolId: 'b' }, '转出'))).toEqual(['status']);
  });

  it('INT-02 only changes that the present state allows are proposed, and an unlawful state names the clause', () => {
    expect(acts('school', here, there({ schoolId: 'b' }))).toEqual(['transferInside', 'national']);
    expect(acts('school', { ...here, state: 'suspended' }, there({ schoolId: 'b' }))).toEqual(['national']);
    expect(acts('onlyHere', here, there({}))[0]).toBe('transferOutProvince');
    expect(acts('onlyHere', { ...here, state: 'suspended' }, there({}))).toEqual(['emigration', 'death', 'report', 'national']); // prettier-ignore
    expect(acts('grade', here, there({ grade: 5 }))).toEqual(['skip', 'year', 'national']);
    expect(acts('grade', here, there({ grade: 3 }))).toEqual(['repeat', 'year', 'national']);
    expect(acts('status', { ...here, state: 'suspended' }, there({}))).toEqual(['resumption', 'national']);
    expect(acts('notHere', { ...here, state: 'leaver' }, there({ grade: 7 }))).toContain('placement');
    expect(acts('notHere', { ...here, state: 'graduated' }, there({}))).toEqual(['national']);
    const unlawful = proposalsFor('status', true, here, there({}, '开除'));
    expect(unlawful.map(({ act }) => act)).toEqual(['national']);
    expect(unlawful[0]?.why).toContain('义务教育法第二十七条');
    expect(proposalsFor('notHere', false, { ...here, state: null }, there({}))[0]?.act).toBe('import');
  });
});

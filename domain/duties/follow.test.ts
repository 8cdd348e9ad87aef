import { expect, it } from 'vitest';
import { followedLevels } from './follow.ts';

const place = { district: '420102', schoolId: 's2', classId: 'c2', childId: 'p', caseId: null };

it('DUT-19 a duty goes to the class teacher of the new class, and stays as high as it has climbed', () => {
  const visit = { rule: 'visitSuspected' as const };
  expect(followedLevels({ ...visit, level: 1, topRole: 'schoolOfficer' }, place)).toEqual({
    ladder: ['classTeacher', 'schoolOfficer', 'principal'],
    owner: { role: 'classTeacher', unitKind: 'class', unit: 'c2' },
    level: 1,
  });
  // Not yet in a class: the school's officer owes it, one level fewer below the same top.
  expect(followedLevels({ ...visit, level: 2, topRole: 'principal' }, { ...place, classId: null })).toEqual({
    ladder: ['schoolOfficer', 'principal'],
    owner: { role: 'schoolOfficer', unitKind: 'school', unit: 's2' },
    level: 1,
  });
  // What only the old class teacher held is held by the officer where there is no class.
  expect(followedLevels({ ...visit, level: 0, topRole: 'classTeacher' }, { ...place, classId: null }).level).toBe(0);
});

import { expect, it } from 'vitest';
import { standingPurpose } from './calling.ts';

const absent = { kindWords: '在籍不在校', ownerKind: 'school', reach: ['class:k1', 'school:s1'] };
const doubled = { kindWords: '重复在籍', ownerKind: 'district', reach: ['school:s1'] };

it('POP-06 the purpose of a call follows from the class one leads or the finding one has to verify', () => {
  const teacher = { role: 'classTeacher', unitKind: 'class', unitId: 'k1' } as const;
  expect(standingPurpose([teacher], ['class:k1', 'school:s1'], [])).toBe('班主任联系本班学生的监护人');
  expect(standingPurpose([teacher], ['class:k2', 'school:s1'], [])).toBeNull();
  const registrar = { role: 'registrar', unitKind: 'school', unitId: 's1' } as const;
  expect(standingPurpose([registrar], ['class:k1', 'school:s1'], [])).toBeNull();
  expect(standingPurpose([registrar], ['class:k1', 'school:s1'], [absent])).toBe('核实比对发现：在籍不在校');
  expect(standingPurpose([{ ...registrar, unitId: 's2' }], ['school:s1'], [absent])).toBeNull();
});

it('POP-06 the district calls for its own findings, a post that may not open numbers for none', () => {
  const officer = { role: 'bureauOfficer', unitKind: 'district', unitId: '420102' } as const;
  expect(standingPurpose([officer], ['school:s1'], [absent])).toBeNull();
  expect(standingPurpose([officer], ['school:s1'], [absent, doubled])).toBe('核实比对发现：重复在籍');
  const helper = { role: 'subjectTeacher', unitKind: 'class', unitId: 'k1' } as const;
  expect(standingPurpose([helper], ['class:k1'], [absent])).toBeNull();
});

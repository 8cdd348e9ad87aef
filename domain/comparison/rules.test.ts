import { describe, expect, it } from 'vitest';
import { categories, categoriesOf, findCategory } from './categories.ts';
import { comparisonKinds } from './record.ts';
import { allowedOn, catchmentSchool, endOfSchoolYear, findingReach, ownedBy, ownerOf } from './rules.ts';

const place = { district: '420102', subdistrictCode: '420102001', communityCode: '420102001001', schoolId: 's1' };

describe('who owes the answer to a finding (product, section 5)', () => {
  it('gives a child not enrolled to the community, else the street, else the district', () => {
    expect(ownerOf('notEnrolled', place)).toEqual({ kind: 'community', unit: '420102001001' });
    expect(ownerOf('notEnrolled', { ...place, communityCode: null })).toEqual({
      kind: 'subdistrict',
      unit: '420102001',
    });
    expect(ownerOf('notEnrolled', { ...place, communityCode: null, subdistrictCode: null }).kind).toBe('district');
  });

  it('gives pupils on a roster to their school and contradictions between lists to the district', () => {
    expect(ownerOf('onRollAbsent', place)).toEqual({ kind: 'school', unit: 's1' });
    expect(ownerOf('doubleEnrolled', place)).toEqual({ kind: 'district', unit: '420102' });
  });

  it('lets the school of the catchment reach a child not enrolled, and no other kind', () => {
    const owner = ownerOf('notEnrolled', place);
    expect(findingReach(['subdistrict:420102001'], 'notEnrolled', 's1', owner)).toEqual([
      'community:420102001001',
      'school:s1',
      'subdistrict:420102001',
    ]);
    expect(findingReach(['school:s2'], 'identityReview', 's1', { kind: 'district', unit: '420102' })).toEqual([
      'school:s2',
    ]);
  });

  it('chooses the catchment by age: a junior school from twelve years on', () => {
    const schools = [
      { schoolId: 'p', code: '2142010201', stage: 'primary' },
      { schoolId: 'j', code: '3142010801', stage: 'junior' },
    ];
    expect(catchmentSchool(schools, '2019-03-01', '2026-11-20')).toBe('p');
    expect(catchmentSchool(schools, '2013-03-01', '2026-11-20')).toBe('j');
    expect(catchmentSchool([], '2013-03-01', '2026-11-20')).toBeNull();
  });

  it('has duties for those who answer and none for those who look on', () => {
    expect(ownedBy([{ role: 'inspector', unitKind: 'school', unitId: 's1' }])).toEqual([]);
    expect(ownedBy([{ role: 'principal', unitKind: 'school', unitId: 's1' }])[0]?.catchment).toBe(true);
  });
});

describe('explaining and checking', () => {
  const asked = { explainedBy: 'a', actorId: 'b', mayHandle: true, mayAssign: true };

  it('never lets a person check the own explanation', () => {
    expect(allowedOn({ ...asked, state: 'explained' }).check).toBe(true);
    const own = allowedOn({ ...asked, state: 'explained', actorId: 'a' });
    expect([own.check, own.why]).toEqual([false, '说明是您本人填写的，须由另一人复核。']);
    expect(allowedOn({ ...asked, state: 'accepted' })).toMatchObject({
      verify: false,
      explain: false,
      check: false,
      assign: false,
    });
  });

  it('asks evidence of every category, gives every kind a category, and never closes a lost child', () => {
    expect(new Set(categories.map((category) => category.code)).size).toBe(categories.length);
    expect(categories.every((category) => category.mustShow.length > 3)).toBe(true);
    for (const kind of comparisonKinds) expect([kind, categoriesOf(kind).length > 0]).toEqual([kind, true]);
    expect(findCategory('notEnrolled', 'lost')?.effect).toBe('staysOpen');
    expect(findCategory('doubleEnrolled', 'lost')).toBeUndefined();
  });

  it('ends a yearly proof with the school year', () => {
    expect(endOfSchoolYear('2026-11-20')).toBe('2027-09-01');
    expect(endOfSchoolYear('2027-03-12')).toBe('2027-09-01');
  });
});

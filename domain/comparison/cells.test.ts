import { expect, it } from 'vitest';
import {
  addTo,
  homeKey,
  schoolKey,
  sumTotals,
  totalsByStreet,
  totalsOfSchools,
  withoutHome,
  type Cells,
} from './cells.ts';

const homes: Cells = {};
addTo(homes, homeKey('01', 'primary', 'together', 'enrolled'), 10);
addTo(homes, homeKey('01', 'primary', 'together', 'suspended'), 1);
addTo(homes, homeKey('01', 'junior', 'personOnly', 'missing'));
addTo(homes, homeKey('02', 'primary', 'registrationOnly', 'stated'), 2);
addTo(homes, homeKey('02', 'primary', 'shell', 'excused'));
addTo(homes, homeKey('02', 'junior', 'together', 'deferred'));
addTo(homes, homeKey('', 'junior', 'roster', 'enrolled'), 3);
addTo(homes, homeKey('02', 'junior', 'none', 'proven'));

const of = (base: 'all' | 'registered' | 'resident' | 'roster', level: 'primary' | 'junior' | null = null) =>
  sumTotals(totalsByStreet(homes, { level, base }).values());

it('COC-17 the bases of the enrolment rate count by household state, and the levels of each add up to it', () => {
  expect(of('all')).toEqual({
    owing: 20,
    denominator: 18,
    enrolled: 15,
    suspended: 1,
    statedElsewhere: 2,
    notAccounted: 1,
    deferred: 1,
  });
  expect(of('registered')).toMatchObject({ owing: 15, denominator: 13, enrolled: 11, statedElsewhere: 2 });
  expect(of('resident')).toMatchObject({ owing: 13, denominator: 12, enrolled: 11, notAccounted: 1, deferred: 1 });
  expect(of('roster')).toMatchObject({ owing: 14, denominator: 14, enrolled: 14, suspended: 1 });
  for (const base of ['all', 'registered', 'resident', 'roster'] as const)
    expect(sumTotals([of(base, 'primary'), of(base, 'junior')])).toEqual(of(base));
  expect([withoutHome(homes, null, null), withoutHome(homes, ['02'], 'junior')]).toEqual([4, 1]);
});

it('COC-17 a school counts its pupils and who of its catchment is on no roster; the base of the rosters its pupils alone', () => {
  const schools: Cells = {};
  addTo(schools, schoolKey('a', 'primary', 'enrolled'), 40);
  addTo(schools, schoolKey('a', 'junior', 'suspended'), 2);
  addTo(schools, schoolKey('a', 'junior', 'missing'));
  addTo(schools, schoolKey('b', 'junior', 'enrolled'), 9);
  expect(totalsOfSchools(schools, ['a'], { level: null, base: 'all' })).toMatchObject({
    denominator: 43,
    enrolled: 42,
    suspended: 2,
    notAccounted: 1,
  });
  expect(totalsOfSchools(schools, ['a'], { level: null, base: 'roster' })).toMatchObject({
    denominator: 42,
    enrolled: 42,
  });
  expect(totalsOfSchools(schools, ['a', 'b'], { level: 'junior', base: 'all' })).toMatchObject({ denominator: 12 });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listFindings, runComparison } from '#contract/comparison.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { setCatchment } from '#contract/organisations.ts';
import { listChildren } from '#contract/population.ts';
import { exportBrief } from '#contract/statistics-cockpit.ts';
import { getCockpit } from '#contract/statistics.ts';
import { bases } from '#domain/comparison/cells.ts';
import { openGroups } from '#domain/statistics/groups.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChildren } from '#server/areas/enrolment/actions.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import type { Person } from '#server/testing/world.ts';

const asOf = '2026-11-20';
let opened: CaseWorld;
let schoolId: string;
const numbers = [
  'owing',
  'denominator',
  'enrolled',
  'suspended',
  'statedElsewhere',
  'notAccounted',
  'deferred',
] as const;

const ask = (input: InputOf<typeof getCockpit> = {}, person: Person = opened.officer) => person.call(getCockpit, input);
const totals = async (input: InputOf<typeof getCockpit> = {}, person: Person = opened.officer) => {
  const told = await ask(input, person);
  return numbers.map((one) => told[one] ?? Number.NaN);
};
const plus = (list: readonly number[][]) => numbers.map((_, at) => list.reduce((sum, one) => sum + (one[at] ?? 0), 0));

beforeAll(async () => {
  opened = await openCaseWorld();
  schoolId = pupilOf(opened, 0).school_id;
  const suspend = [0, 1].map((at) => ({ childId: pupilOf(opened, at).id, day: '2026-11-10', state: 'suspended' as const, cause: 'suspension' as const })); // prettier-ignore
  await opened.whole((context) => moveChildren(context, suspend));
  // the second of them is on no roster any more: he owes, and is not counted as enrolled
  await opened.world.platform.database.loaderPool.query(
    `UPDATE enrolment SET known = tstzrange(lower(known), lower(known) + interval '1 second') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [opened.world.district, pupilOf(opened, 1).id],
  );
  const [home] = await rows<{ code: string }>(
    opened.world,
    `SELECT community_code AS code FROM register_entry WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [pupilOf(opened, 1).id],
  );
  const catchment = { id: schoolId, communityCodes: [home?.code ?? ''], fromDate: '2026-09-01' };
  await opened.officer.call(setCatchment, catchment);
  await opened.move('2026-11-20T03:00:00Z');
  await opened.officer.call(runComparison, { asOf });
});
afterAll(() => opened.world.stop());

it('COC-16 the rate without the suspended takes off who is counted as enrolled and suspended, and nobody else', async () => {
  for (const person of [opened.officer, opened.street, opened.principal]) {
    const told = await ask({}, person);
    const resting = told.rates.find((one) => one.variant === 'withoutSuspended');
    expect(told.suspended).toBe(1);
    expect([resting?.numerator, resting?.denominator]).toEqual([(told.enrolled ?? 0) - 1, told.denominator]);
  }
});

it('COC-17 levels, streets and the cells of both add up to the comparison’s own counts', async () => {
  const whole = await totals();
  const levels = await Promise.all((['primary', 'junior'] as const).map((level) => totals({ level })));
  expect(plus(levels)).toEqual(whole);
  const lines = (await ask()).bySubdistrict;
  const known = lines.filter((one) => one.id !== '');
  for (const line of known) {
    const own = await ask({ street: line.id });
    expect([own.owing, own.enrolled, own.notAccounted]).toEqual([line.owing, line.enrolled, line.notAccounted]);
    const parts = await Promise.all(
      (['primary', 'junior'] as const).map((level) => totals({ street: line.id, level })),
    );
    expect(plus(parts)).toEqual(await totals({ street: line.id }));
  }
  const junior = await ask({ level: 'junior' });
  expect(junior.bySubdistrict.reduce((sum, one) => sum + one.owing, 0)).toBe(junior.owing);
  expect(junior.trend.at(-1)).toEqual({
    asOf,
    denominator: junior.denominator,
    enrolled: junior.enrolled,
    notAccounted: junior.notAccounted,
  });
});

const registered = `SELECT count(*)::int AS owing, (count(*) FILTER (WHERE f.kind = 'notEnrolled'))::int AS missing FROM register_entry r
  LEFT JOIN finding f ON f.district_code = $1 AND f.child_id = r.child_id AND f.kind IN ('notEnrolled', 'notSchoolAge')
  WHERE r.district_code = $1 AND upper_inf(r.known) AND f.kind IS DISTINCT FROM 'notSchoolAge'`;

it('COC-17 the bases count by household state, a key group whom the register or an aid list names', async () => {
  const states = {
    registered: ['together', 'registrationOnly', 'shell'],
    resident: ['together', 'personOnly'],
  } as const;
  for (const base of ['registered', 'resident'] as const) {
    const [slow] = await rows<{ owing: number; missing: number }>(opened.world, `${registered} AND r.household_state = ANY($2::text[])`, [states[base]]); // prettier-ignore
    const told = await ask({ base });
    expect([base, told.owing, told.notAccounted]).toEqual([base, slow?.owing, slow?.missing]);
    expect(told.owing).toBeGreaterThan(0);
    expect((told.outsideBase ?? 0) >= 0).toBe(true);
  }
  const roster = await ask({ base: 'roster' });
  expect([roster.enrolled, roster.notAccounted, roster.outsideBase]).toEqual([roster.denominator, 0, null]);
  let grouped = 0;
  for (const group of openGroups) {
    const [slow] = await rows<{ owing: number; missing: number }>(
      opened.world,
      `${registered} AND (r.tags @> ARRAY[$2::text] OR EXISTS (SELECT 1 FROM key_list_entry l WHERE l.district_code = $1 AND l.child_id = r.child_id AND upper_inf(l.known) AND l.list = $2 AND l.from_date <= '2026-11-20' AND (l.to_date IS NULL OR l.to_date > '2026-11-20')))`,
      [group],
    );
    const told = await ask({ group });
    expect([group, told.notAccounted]).toEqual([group, slow?.missing]);
    expect(told.owing ?? 0).toBeGreaterThanOrEqual(slow?.owing ?? 0);
    grouped += told.owing ?? 0;
  }
  expect(grouped).toBeGreaterThan(0);
});

it('COC-17 a school has its own rate, under the bureau’s choice as under its own eyes; 户籍 and 常住 of a school, a class and an older comparison say why they have none', async () => {
  const own = await totals({}, opened.principal);
  expect(await totals({ schoolId })).toEqual(own);
  const live = (await opened.principal.call(listFindings, { kind: 'notEnrolled' })).total;
  expect([live > 0, (await ask({ schoolId })).notAccounted]).toEqual([true, live]);
  const levels = await Promise.all((['primary', 'junior'] as const).map((level) => totals({ schoolId, level })));
  expect(plus(levels)).toEqual(own);
  const refused = await ask({ base: 'resident' }, opened.principal);
  expect([refused.rates, refused.owing, refused.untold]).toEqual([
    [],
    null,
    expect.stringContaining('只用于全区和街道'),
  ]);
  expect((await ask({ level: 'junior' }, opened.teacher)).untold).toContain('班级');
  for (const [person, input] of [
    [opened.principal, { schoolId: opened.otherSchool }],
    [opened.principal, { street: pupilOf(opened, 0).subdistrict }],
    [opened.street, { schoolId }],
    [opened.street, { street: '420102999' }],
    [opened.officer, { street: '420102999' }],
    [opened.teacher, { schoolId }],
  ] as const)
    expect((await person.ask(getCockpit, input)).status).toBe(404);
});

it('COC-18 the brief names the base and says the rate of the scope by it', async () => {
  const brief = async (input: InputOf<typeof exportBrief>, person: Person = opened.officer) =>
    wordsOfPdf((await person.ask(exportBrief, input)).body).replaceAll(/\s/g, '');
  expect(await brief({})).toContain('入学率口径：户籍、常住和在校合并');
  const resident = await brief({ base: 'resident' });
  expect(resident).toContain('入学率（常住口径）');
  expect(resident).toContain('入学率口径：常住（人户状态为人户一致、人在户不在的孩子）');
  const told = await ask({ level: 'junior', base: 'registered' });
  const junior = await brief({ scopeKind: 'level', scopeKey: 'junior', base: 'registered' });
  expect(junior).toContain(`（${String(told.enrolled)}÷${String(told.denominator)}）`);
  const school = await brief({ scopeKind: 'school', scopeKey: schoolId, base: 'registered' }, opened.principal);
  expect(school).toContain('户籍、常住口径只用于全区和街道');
});

it('COC-19 已就学, 应就学 and 适龄 open as many children as they say, of the district and of a street', async () => {
  for (const [person, street] of [
    [opened.officer, undefined],
    [opened.officer, pupilOf(opened, 0).subdistrict],
    [opened.street, undefined],
  ] as const) {
    const of = street === undefined ? {} : { street };
    const told = await ask(of, person);
    const list = async (standing: 'placed' | 'owing' | 'schoolAge') =>
      (await person.call(listChildren, { standing, ...(street === undefined ? {} : { subdistrict: street }) })).total;
    expect([await list('placed'), await list('owing'), await list('schoolAge')]).toEqual([told.enrolled, told.denominator, told.owing]); // prettier-ignore
  }
});

it('COC-20 a base opens the children that its comparison counted, of the district and of a street, and of a school its pupils', async () => {
  for (const base of ['registered', 'resident', 'roster'] as const)
    for (const [person, street] of [
      [opened.officer, undefined],
      [opened.officer, pupilOf(opened, 0).subdistrict],
      [opened.street, undefined],
    ] as const) {
      const of = street === undefined ? {} : { street };
      const told = await ask({ base, ...of }, person);
      const list = async (standing: 'placed' | 'owing' | 'schoolAge' | 'missing' | 'statedElsewhere') =>
        (await person.call(listChildren, { standing, base, day: told.asOf ?? '', knownAt: told.madeAt ?? '', ...(street === undefined ? {} : { subdistrict: street }) })).total; // prettier-ignore
      expect([base, street, await list('placed'), await list('owing'), await list('schoolAge'), await list('missing'), await list('statedElsewhere')]).toEqual(
        [base, street, told.enrolled, told.denominator, told.owing, told.notAccounted, told.statedElsewhere],
      ); // prettier-ignore
    }
  const told = await ask({ base: 'roster', schoolId });
  const own = await opened.principal.call(listChildren, { standing: 'enrolled', base: 'roster', schoolId, day: told.asOf ?? '', knownAt: told.madeAt ?? '' }); // prettier-ignore
  expect(own.total).toBe(told.denominator);
});

it('COC-20 the numbers of a past day open the children of then, whatever was entered since', async () => {
  const told = await ask();
  const names = async (standing: 'placed' | 'owing' | 'missing', sort: 'name' | 'birth' = 'name') =>
    (await opened.officer.call(listChildren, { standing, day: told.asOf ?? '', knownAt: told.madeAt ?? '', sort, size: 200 })).total; // prettier-ignore
  expect([await names('placed'), await names('owing'), await names('missing')]).toEqual([told.enrolled, told.denominator, told.notAccounted]); // prettier-ignore
  await opened.move('2026-11-20T04:00:00Z');
  await opened.world.platform.database.loaderPool.query(
    `UPDATE enrolment SET known = tstzrange(lower(known), '2026-11-20T03:30:00Z') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
    [opened.world.district, pupilOf(opened, 3).id],
  );
  // asked in another order, since a list asked before is remembered until something is entered
  const now = (await opened.officer.call(listChildren, { standing: 'placed', sort: 'birth' })).total;
  expect(now).toBe((told.enrolled ?? 0) - 1);
  expect([await names('placed', 'birth'), await names('owing', 'birth')]).toEqual([told.enrolled, told.denominator]);
  const again = await ask({ day: asOf, knownAt: '2026-11-20T03:20:00.000000Z' });
  expect([again.madeAt, again.enrolled]).toEqual([told.madeAt, told.enrolled]);
});

it('COC-16 COC-17 a comparison from before cells were kept tells its own sums, and in words that it tells no more', async () => {
  await opened.move('2026-11-21T02:00:00Z');
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO comparison_run (district_code, id, as_of, known_at, formula, inputs, result, sealed_lists, started_by, started_name)
     SELECT district_code, $2, as_of, known_at + interval '1 hour', formula, inputs,
       jsonb_build_object('counts', (result -> 'counts') - 'suspended',
         'streets', (SELECT jsonb_agg(x - 'suspended') FROM jsonb_array_elements(result -> 'streets') x),
         'schools', (SELECT jsonb_agg(x - 'suspended' - 'notEnrolled') FROM jsonb_array_elements(result -> 'schools') x)), sealed_lists, started_by, started_name
     FROM comparison_run WHERE district_code = $1`,
    [opened.world.district, randomUUID()],
  );
  for (const person of [opened.officer, opened.street]) {
    const told = await ask({}, person);
    expect([told.rates.map((one) => one.variant), told.suspended]).toEqual([[null, 'withStated'], null]);
    expect(told.owing).toBeGreaterThan(0);
  }
  for (const input of [
    { level: 'junior' },
    { group: 'migrant' },
    ...bases.slice(1).map((base) => ({ base })),
  ] as const) {
    const told = await ask(input);
    expect([told.owing, told.bySubdistrict, told.untold]).toEqual([null, [], expect.stringContaining('没有留存')]);
  }
  const [live] = await rows<{ n: number }>(opened.world, `SELECT count(*)::int AS n FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND school_id = $2 AND closed_at IS NULL`, [schoolId]); // prettier-ignore
  const school = await ask({}, opened.principal);
  expect([school.notAccounted, school.suspended]).toEqual([live?.n, 1]);
});

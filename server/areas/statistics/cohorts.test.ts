import { afterAll, beforeAll, expect, it } from 'vitest';
import { getCohorts, listCohortNames } from '#contract/statistics-cohorts.ts';
import { cohortParts } from '#domain/statistics/cohorts.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChildren } from '#server/areas/enrolment/actions.ts';
import { rows } from '#server/testing/reach.ts';

let opened: CaseWorld;
beforeAll(async () => {
  opened = await openCaseWorld();
});
afterAll(() => opened.world.stop());

it('COC-13 cohort retention stands for who leaves this summer and who left last, by level, with every school behind it; who has not left has no rate', async () => {
  const inGrade = (grade: number) =>
    rows<{ id: string; school: string }>(
      opened.world,
      `SELECT child_id AS id, school_id AS school FROM course WHERE district_code = $1 AND grade = ${String(grade)} AND state = 'inSchool' AND upper_inf(known) AND to_date IS NULL ORDER BY child_id`,
    );
  const [sixth, ninth] = [await inGrade(6), await inGrade(9)];
  const told = await opened.officer.call(getCohorts, {});
  expect(told.cohorts.map(({ level, entered, leaves, over }) => [level, entered, leaves, over])).toEqual([
    ['primary', 2021, 2027, false],
    ['junior', 2024, 2027, false],
  ]);
  for (const [index, pupils] of [sixth, ninth].entries()) {
    const cohort = told.cohorts[index];
    expect(cohort?.all).toMatchObject({ entrants: pupils.length, graduates: 0, there: pupils.length, value: null });
    expect(cohort?.schools.reduce((sum, one) => sum + one.entrants, 0)).toBe(pupils.length);
  }
  // Of the ninth grade one is gone; the others graduate in July. Of the sixth all leave.
  await opened.move('2027-05-10T02:00:00Z');
  const [lost, ...stay] = ninth;
  if (!lost) throw new Error('no grade 9');
  await opened.whole((context) =>
    moveChildren(context, [{ childId: lost.id, day: '2027-05-08', state: 'gone', cause: 'leftWithout' }]),
  );
  await opened.move('2027-09-02T02:00:00Z');
  await opened.whole(async (context) => {
    await moveChildren(context, stay.map(({ id }) => ({ childId: id, day: '2027-07-01', state: 'graduated' as const, cause: 'graduation' as const }))); // prettier-ignore
    await moveChildren(context, sixth.map(({ id }) => ({ childId: id, day: '2027-07-01', state: 'leaver' as const, cause: 'leaving' as const }))); // prettier-ignore
  });
  const after = await opened.officer.call(getCohorts, {});
  const [primary, junior] = [
    after.cohorts.find((one) => one.level === 'primary' && one.over),
    after.cohorts.find((one) => one.level === 'junior' && one.over),
  ];
  expect(primary?.all).toMatchObject({ entrants: sixth.length, graduates: sixth.length, value: 100 });
  expect(junior?.all).toMatchObject({ entrants: ninth.length, graduates: stay.length, gone: 1 });
  expect(junior?.all.value).toBeCloseTo((stay.length / ninth.length) * 100, 9);
  const there = junior?.schools.find((one) => one.schoolId === lost.school);
  expect(there?.gone).toBe(1);
  expect(junior?.schools[0]?.schoolId).toBe(lost.school);
  // As of May it had not left; a school sees its own, and no other's.
  const may = await opened.officer.call(getCohorts, { day: '2027-05-31', level: 'junior' });
  expect(may.cohorts.find((one) => one.leaves === 2027)?.all).toMatchObject({ value: null, there: stay.length });
  const own = pupilOf(opened, 0).school_id;
  const ofSchool = await opened.principal.call(getCohorts, { schoolId: own });
  expect(ofSchool.cohorts.every((one) => one.schools.every((line) => line.schoolId === own))).toBe(true);
  expect((await opened.principal.ask(getCohorts, {})).status).toBe(404);
  expect((await opened.principal.ask(getCohorts, { schoolId: opened.otherSchool })).status).toBe(404);
});

it('COC-19 every number of a cohort opens as many names as it says, of the district or a school, of a past day and moment, within reach', async () => {
  const { officer, principal } = opened;
  const own = pupilOf(opened, 0).school_id;
  const seen = new Set<string>();
  for (const [person, asked] of [
    [officer, {}],
    [officer, { day: '2027-05-31' }],
    [officer, { knownAt: '2027-05-01T00:00:00.000000Z', day: '2027-09-02' }],
    [officer, { schoolId: opened.otherSchool }],
    [principal, { schoolId: own }],
  ] as const)
    for (const { level, leaves, all } of (await person.call(getCohorts, asked)).cohorts)
      for (const part of cohortParts) {
        const names = await person.call(listCohortNames, { ...asked, level, leaves, part, size: 200 });
        expect([asked, level, leaves, part, names.total]).toEqual([asked, level, leaves, part, all[part]]);
        if (names.total > 0) seen.add(`${level} ${part}`);
      }
  for (const one of ['primary graduates', 'junior graduates', 'junior gone', 'junior there', 'primary entrants'])
    expect([one, seen.has(one)]).toEqual([one, true]);
  const gone = await officer.call(listCohortNames, { level: 'junior', leaves: 2027, part: 'gone' });
  expect([gone.rows.map((row) => row.partWords), gone.words]).toEqual([['去向未落实'], '2024 级初中（2027 年毕业）']);
  expect((await principal.ask(listCohortNames, { level: 'junior', leaves: 2027 })).status).toBe(404);
  expect((await principal.ask(listCohortNames, { level: 'junior', leaves: 2027, schoolId: opened.otherSchool })).status).toBe(404); // prettier-ignore
  expect((await officer.ask(listCohortNames, { level: 'junior', leaves: 2020 })).status).toBe(404);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import {
  getProgression,
  getWork,
  listCaseNames,
  listDutyNames,
  listProgressionNames,
} from '#contract/statistics-cockpit.ts';
import { listHouseholds, recordSurvey } from '#contract/households.ts';
import { getFigures, getForecast, listFigureNames, listFigures } from '#contract/statistics-figures.ts';
import { listHouseholdNames } from '#contract/statistics-names.ts';
import { dutyParts, surveyParts } from '#domain/statistics/work.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { doorSurvey } from '#server/areas/population/testing.ts';
import { rows } from '#server/testing/reach.ts';

let opened: CaseWorld;
let caseId = '';
/** A moment after the deadline of confirming, before it was done. */
const before = '2026-12-10T03:00:00.000000Z';

beforeAll(async () => {
  opened = await openCaseWorld();
  ({ caseId } = await opened.teacher.call(reportDropout, reportOf(pupilOf(opened, 0).id)));
  await opened.move('2026-12-11T02:00:00Z');
  await opened.principal.call(confirmCase, { id: caseId });
});
afterAll(() => opened.world.stop());

it('COC-10 every part of the timeliness opens as many duties as it says, for each scope and filter, within reach', async () => {
  const first = pupilOf(opened, 0);
  const scopes = [
    [opened.officer, 'district', ''],
    [opened.officer, 'level', 'junior'],
    [opened.officer, 'street', first.subdistrict],
    [opened.principal, 'school', first.school_id],
    [opened.street, 'street', first.subdistrict],
  ] as const;
  const seen = new Set<string>();
  for (const [person, scopeKind, scopeKey] of scopes)
    for (const more of [{}, { period: 'month' }, { knownAt: before }] as const) {
      const asked = { ...more, scopeKind, scopeKey };
      const { counts } = await person.call(getWork, asked);
      for (const part of dutyParts) {
        const names = await person.call(listDutyNames, { ...asked, part, size: 200 });
        expect([scopeKind, more, part, names.total]).toEqual([scopeKind, more, part, counts[part] ?? 0]);
        for (const row of names.rows) {
          if (part !== 'DutiesDue') expect(row.outcome).toBe(part);
          seen.add(`${scopeKind} ${row.outcome}`);
        }
      }
    }
  for (const one of ['district DutiesLate', 'district DutiesOpen', 'school DutiesLate'])
    expect([one, seen.has(one)]).toEqual([one, true]);
  for (const [person, scopeKind, scopeKey] of [
    [opened.principal, 'district', ''],
    [opened.principal, 'school', opened.otherSchool],
    [opened.street, 'school', first.school_id],
    [opened.teacher, 'school', first.school_id],
  ] as const)
    expect((await person.ask(listDutyNames, { scopeKind, scopeKey })).status).toBe(404);
});

it('COC-10 a duty settled later stands open in the list of an earlier moment, and so does the state and the school of a case', async () => {
  const { school_id: school } = pupilOf(opened, 0);
  const scope = { scopeKind: 'school', scopeKey: school } as const;
  const find = async (knownAt: string | undefined) => {
    const asked = { ...scope, size: 200, ...(knownAt === undefined ? {} : { knownAt }) };
    const { rows: duties } = await opened.principal.call(listDutyNames, asked);
    return duties.find((one) => one.title === '确认或排除疑似辍学');
  };
  expect(await find(before)).toMatchObject({ outcome: 'DutiesOpen', settledAt: null, who: pupilOf(opened, 0).name });
  expect(await find(undefined)).toMatchObject({ outcome: 'DutiesLate', settledAt: '2026-12-11T02:00:00.000Z' });
  const stateOf = async (knownAt?: string) => {
    const asked = { ...scope, part: 'Suspected' as const, ...(knownAt === undefined ? {} : { knownAt }) };
    return (await opened.principal.call(listCaseNames, asked)).rows[0];
  };
  const [then, now] = [await stateOf(before), await stateOf()];
  const [own] = await rows<{ name: string }>(
    opened.world,
    `SELECT name FROM school WHERE district_code = $1 AND id = $2`,
    [school],
  );
  expect([then?.stateWords, then?.schoolName, now?.schoolName]).toEqual(['疑似辍学', own?.name, own?.name]);
  expect(now?.stateWords).not.toBe(then?.stateWords);
});

it('COC-11 who left a grade on its way up or joined it opens by name: spring − left + joined = autumn, as known at the moment', async () => {
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
     SELECT c.district_code, c.child_id, 'inSchool', c.school_id, NULL, c.grade - 1, 'listed', daterange('2026-03-01', '2026-07-01'), '2026-03-01', '2026-07-01', c.known, c.reach
     FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.grade BETWEEN 2 AND 9 AND c.from_date > '2026-07-01'
       AND NOT EXISTS (SELECT 1 FROM course e WHERE e.district_code = $1 AND e.child_id = c.child_id AND e.from_date < c.from_date)`,
    [opened.world.district],
  );
  // the lists are of November: the autumn before them, in the grades of the lists
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
     SELECT c.district_code, c.child_id, 'inSchool', c.school_id, c.class_id, c.grade, 'listed', daterange('2026-09-01', c.from_date), '2026-09-01', c.from_date, c.known, c.reach
     FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.from_date = '2026-11-20'`,
    [opened.world.district],
  );
  const known = '2026-12-11T02:30:00.000000Z';
  await opened.move('2026-12-12T02:00:00Z');
  const [gone] = await rows<{ id: string; school_id: string; grade: number }>(
    opened.world,
    `SELECT child_id AS id, school_id, grade FROM course WHERE district_code = $1 AND school_id = $2 AND grade = 4 AND upper_inf(known) AND from_date = '2026-09-01' ORDER BY child_id LIMIT 1`,
    [pupilOf(opened, 0).school_id],
  );
  if (!gone) throw new Error('nobody in grade 4');
  await opened.whole((context) =>
    moveChild(context, { childId: gone.id, day: '2026-09-10', state: 'gone', cause: 'leftWithout' }),
  );
  for (const [person, school] of [
    [opened.officer, {}],
    [opened.principal, { schoolId: gone.school_id }],
  ] as const) {
    const told = await person.call(getProgression, school);
    expect(told.rows.length).toBeGreaterThan(0);
    for (const row of told.rows) {
      const side = async (of: 'left' | 'joined') =>
        (await person.call(listProgressionNames, { ...school, grade: row.grade, side: of })).total;
      expect([row.grade, row.spring - (await side('left')) + (await side('joined'))]).toEqual([row.grade, row.autumn]);
      const kind = 'schoolId' in school ? 'schoolGrade' : 'grade';
      const key = (grade: number) => ('schoolId' in school ? `${school.schoolId}:${String(grade)}` : String(grade));
      const stock = async (day: string, grade: number) =>
        (await person.call(listFigureNames, { period: 'month', day, scopeKind: kind, scopeKey: key(grade), part: 'S1', size: 1 })).total; // prettier-ignore
      expect([await stock(told.spring, row.grade), await stock(told.autumn, row.grade + 1)]).toEqual([row.spring, row.autumn]); // prettier-ignore
    }
  }
  const asked = { grade: gone.grade - 1, side: 'left', schoolId: gone.school_id } as const;
  const left = await opened.principal.call(listProgressionNames, asked);
  expect(left.rows.find((row) => row.childId === gone.id)).toMatchObject({
    stateWords: '去向未落实',
    day: '2026-09-10',
  });
  const then = await opened.principal.call(listProgressionNames, { ...asked, knownAt: known });
  expect(then.rows.map((row) => row.childId)).not.toContain(gone.id);
  for (const [person, input] of [
    [opened.principal, { grade: 1 }],
    [opened.principal, { grade: 1, schoolId: opened.otherSchool }],
    [opened.street, { grade: 1, schoolId: gone.school_id }],
  ] as const)
    expect((await person.ask(listProgressionNames, input)).status).toBe(404);
});

it('STA-06 the forecast of a level or a school is its own, against its own target, and names the schools that decide with both numbers', async () => {
  const { school_id: school } = pupilOf(opened, 0);
  const levels = await opened.officer.call(listFigures, { scopeKind: 'level' });
  for (const level of ['primary', 'junior'] as const) {
    const told = await opened.officer.call(getForecast, { level });
    const lost = levels.rows.find((row) => row.key === level)?.counts;
    const sum = told.deciding.reduce((total, one) => total + one.lost, 0);
    expect(sum).toBeLessThanOrEqual((lost?.Gone ?? 0) + (lost?.Drop ?? 0));
    expect(told.lostByEnd).toBeGreaterThanOrEqual(sum);
  }
  const own = await opened.principal.call(getForecast, { schoolId: school });
  const figures = await opened.principal.call(getFigures, { scopeKind: 'school', scopeKey: school });
  const { S1, Gone, Drop } = figures.counts;
  expect(Gone + Drop).toBeGreaterThan(0);
  expect(own.value).toBeLessThanOrEqual((S1 / (S1 + Gone + Drop)) * 100);
  const [one] = own.deciding;
  if (one) expect([one.schoolId, one.lost, one.dropped + one.gone]).toEqual([school, Gone + Drop, Gone + Drop]);
  const district = await opened.officer.call(getForecast, {});
  for (const each of district.deciding) {
    expect(each.lost).toBe(each.dropped + each.gone);
    expect(each.expected).toBeGreaterThanOrEqual(each.lost);
  }
  expect((await opened.principal.ask(getForecast, { schoolId: opened.otherSchool })).status).toBe(404);
});

it('COC-12 the households behind the door survey open by result, as many as the number says, as known at the moment, within reach', async () => {
  const { world } = opened;
  const { subdistrict } = pupilOf(opened, 0);
  const homes = await rows<{ id: string; community: string }>(
    world,
    `SELECT id, community_code AS community FROM household WHERE district_code = $1 AND subdistrict_code = $2 AND community_code IS NOT NULL ORDER BY household_no LIMIT 6`,
    [subdistrict],
  );
  const knownBefore = '2026-12-12T02:30:00.000000Z';
  await opened.move('2026-12-13T02:00:00Z');
  const results = ['refused', 'notMet', 'refused', 'empty', 'noChild', 'refused'] as const;
  for (const [index, home] of homes.entries()) {
    const { newHousehold: _new, ...survey } = doorSurvey(world, home.community);
    await opened.officer.call(recordSurvey, { ...survey, householdId: home.id, day: '2026-12-12', result: results[index] ?? 'empty', newChildren: [] }); // prettier-ignore
  }
  // the last result of a household counts
  const [first] = homes;
  if (!first) throw new Error('no household');
  const { newHousehold: _new, ...again } = doorSurvey(world, first.community);
  await opened.officer.call(recordSurvey, { ...again, householdId: first.id, day: '2026-12-13', result: 'notMet', newChildren: [] }); // prettier-ignore
  // Each entry of one moment is known a little after it.
  await opened.move('2026-12-13T02:05:00Z');
  for (const [person, scope] of [
    [opened.officer, {}],
    [opened.officer, { scopeKind: 'street', scopeKey: subdistrict }],
    [opened.street, { scopeKind: 'street', scopeKey: subdistrict }],
  ] as const)
    for (const more of [{}, { knownAt: knownBefore }, { day: '2026-12-12' }] as const) {
      const asked = { ...scope, ...more };
      const { counts } = await person.call(getWork, asked);
      const of = { ...counts, Unsurveyed: (counts.Households ?? 0) - (counts.Surveyed ?? 0) };
      for (const part of surveyParts) {
        const names = await person.call(listHouseholdNames, { ...asked, part, size: 5 });
        expect([asked, part, names.total]).toEqual([asked, part, of[part] ?? 0]);
        if (part === 'Refused') expect(names.rows.every((row) => row.result === 'refused')).toBe(true);
        if (part === 'Unsurveyed') expect(names.rows.every((row) => row.result === null)).toBe(true);
      }
    }
  const refused = { scopeKind: 'street', scopeKey: subdistrict, part: 'Refused' } as const;
  const total = async (more: { knownAt?: string; day?: string } = {}) =>
    (await opened.street.call(listHouseholdNames, { ...refused, ...more })).total;
  expect([await total(), await total({ day: '2026-12-12' }), await total({ knownAt: knownBefore })]).toEqual([2, 3, 0]);
  const page = await opened.street.call(listHouseholdNames, { ...refused, size: 1, page: 2 });
  expect([page.rows.length, page.total]).toEqual([1, 2]);
  expect((await opened.street.ask(listHouseholdNames, {})).status).toBe(404);
  expect((await opened.principal.ask(listHouseholdNames, { scopeKind: 'street', scopeKey: subdistrict })).status).toBe(
    404,
  );
  const own = await opened.officer.call(listHouseholds, { subdistrict, result: 'refused' });
  expect([own.total, own.rows.every((row) => row.lastSurvey?.result === 'refused')]).toEqual([2, true]);
});

it('COC-12 who is lost opens as one list: 辍学 and 去向未落实 together, each child once', async () => {
  const { school_id: school } = pupilOf(opened, 0);
  for (const [person, scope] of [
    [opened.officer, {}],
    [opened.principal, { scopeKind: 'school', scopeKey: school }],
  ] as const) {
    const { counts } = await person.call(getFigures, scope);
    const lost = await person.call(listFigureNames, { ...scope, part: 'Lost', size: 200 });
    expect(lost.total).toBe(counts.Drop + counts.Gone);
    expect(lost.total).toBeGreaterThan(0);
    expect(new Set(lost.rows.map((row) => row.childId)).size).toBe(lost.total);
  }
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '#contract/organisations.ts';
import { defaultTerms } from '#domain/organisations/rules.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import {
  catchmentsOf,
  createDistrict,
  findClassUnit,
  isWorkday,
  listDistricts,
  placesOf,
  readSettings,
  schoolsOf,
  setCatchmentsByAddress,
} from './actions.ts';

let world: World;
let officer: Person;

beforeAll(async () => {
  world = await openWorld();
  officer = await world.person('bureauOfficer', world.district, '专干');
});
afterAll(() => world.stop());

function asPlatform<T>(work: Parameters<typeof runAs<T>>[2]): Promise<T> {
  return runAs(
    world.platform,
    { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
    work,
  );
}

const street = '420102002';
const community = '420102002003';
const school = {
  code: '2142010201',
  name: '滨江小学',
  stage: '小学' as const,
  subdistrictCode: street,
  contact: null,
  fromDate: '2020-09-01',
  toDate: null,
};

test('ORG-01 a district comes with its streets and communities, and again adds nothing', async () => {
  expect(await listDistricts(world.platform)).toEqual([
    { code: '420102', name: '江岸区', city: '武汉市', province: '湖北省' },
  ]);
  expect(await createDistrict(world.platform, '420102')).toMatchObject({
    created: false,
    subdistricts: 17,
    communities: 141,
  });
  const places = await officer.call(contract.listPlaces, {});
  expect(places).toHaveLength(158);
  expect(places.find((place) => place.code === street)).toMatchObject({ name: '大智街道', workers: [] });
  await expect(createDistrict(world.platform, '999999')).rejects.toThrow('没有代码为 999999 的区县');
});

test('places are added and changed with their parents checked', async () => {
  const place = {
    code: '420102002999',
    kind: 'community' as const,
    parentCode: street,
    name: '新社区',
    contact: '82000000',
    fromDate: '2026-09-01',
    toDate: null,
  };
  await officer.call(contract.savePlace, place);
  await officer.call(contract.savePlace, { ...place, name: '新兴社区' });
  expect((await asPlatform(placesOf)).find((each) => each.code === place.code)).toMatchObject({
    name: '新兴社区',
    parentCode: street,
  });
  expect((await officer.ask(contract.savePlace, { ...place, parentCode: '420102099' })).status).toBe(422);
  expect((await officer.ask(contract.savePlace, { ...place, code: '420103002999' })).status).toBe(422);
});

test('schools are kept, and their catchment changes by date', async () => {
  const { id } = await officer.call(contract.saveSchool, school);
  expect((await officer.ask(contract.saveSchool, school)).status).toBe(409);
  await officer.call(contract.saveSchool, { ...school, id, contact: '王老师 82000000' });
  expect(await asPlatform(schoolsOf)).toMatchObject([
    { id, code: school.code, stage: 'primary', subdistrictCode: street },
  ]);
  expect((await officer.call(contract.listSchools, { q: '滨江' })).rows).toMatchObject([
    { id, stage: '小学', subdistrictName: '大智街道', classes: 0, pupils: 0 },
  ]);
  await officer.call(contract.setCatchment, {
    id,
    communityCodes: [community, '420102002004'],
    fromDate: '2026-09-01',
  });
  await officer.call(contract.setCatchment, {
    id,
    communityCodes: ['420102002004', '420102002005'],
    fromDate: '2026-11-01',
  });
  expect((await officer.call(contract.getSchool, { id })).catchment.map((each) => each.code)).toEqual([
    '420102002004',
    '420102002005',
  ]);
  expect(
    (await asPlatform((context) => catchmentsOf(context, '2026-10-31'))).map((each) => each.communityCode),
  ).toEqual([community, '420102002004']);
  expect((await officer.ask(contract.setCatchment, { id, communityCodes: ['1'], fromDate: '2026-11-01' })).status).toBe(
    422,
  );
  expect((await officer.ask(contract.getSchool, { id: '00000000-0000-7000-8000-000000000000' })).status).toBe(404);
});

test('ORG-03 settings show their defaults, take valid values from a day on, and keep who set them', async () => {
  expect((await officer.call(contract.listSettings, {})).find((row) => row.key === 'due.notEnrolled')).toMatchObject({
    value: 7,
    isDefault: true,
  });
  await officer.call(contract.setSetting, {
    key: 'due.notEnrolled',
    value: 5,
    fromDate: '2026-11-20',
    reason: '局务会议定',
  });
  expect((await officer.call(contract.listSettings, {})).find((row) => row.key === 'due.notEnrolled')).toMatchObject({
    value: 5,
    isDefault: false,
    setBy: '专干',
    fromDate: '2026-11-20',
  });
  expect((await asPlatform((context) => readSettings(context, '2026-11-19')))['due.notEnrolled']).toBe(7);
  expect((await asPlatform((context) => readSettings(context, '2026-11-20')))['due.notEnrolled']).toBe(5);
  expect(
    (
      await officer.ask(contract.setSetting, {
        key: 'due.notEnrolled',
        value: 'x',
        fromDate: '2026-11-20',
        reason: '试试',
      })
    ).status,
  ).toBe(422);
  expect(
    (await officer.ask(contract.setSetting, { key: 'unknown', value: 1, fromDate: '2026-11-20', reason: '试试' }))
      .status,
  ).toBe(422);
});

test('ORG-03 a setting set again keeps the versions before, each with who, from when and why', async () => {
  const set = (value: number, fromDate: string, reason: string) =>
    officer.call(contract.setSetting, { key: 'due.onRollAbsent', value, fromDate, reason });
  await set(4, '2026-11-20', '第一次会议');
  await set(6, '2026-12-01', '第二次会议');
  await set(5, '2026-11-20', '更正第一次');
  const kept = await world.platform.database.loaderPool.query<{ version: string }>(
    `SELECT value::text || ' ' || from_date || ' ' || set_by || ' ' || reason AS version FROM setting WHERE district_code = $1 AND key = 'due.onRollAbsent' ORDER BY set_at, id`,
    [world.district],
  );
  expect(kept.rows.map((row) => row.version)).toEqual([
    '4 2026-11-20 专干 第一次会议',
    '6 2026-12-01 专干 第二次会议',
    '5 2026-11-20 专干 更正第一次',
  ]);
  const on = async (day: string) => (await asPlatform((context) => readSettings(context, day)))['due.onRollAbsent'];
  expect([await on('2026-11-19'), await on('2026-11-20'), await on('2026-12-01')]).toEqual([3, 5, 6]);
});

test('the calendar knows the published holidays, the law for later years, and the bureau\u2019s changes', async () => {
  const calendar = await officer.call(contract.listCalendar, { schoolYear: 2026 });
  const kindOf = (day: string) => calendar.days.find((each) => each.day === day);
  expect(kindOf('2026-10-01')).toMatchObject({ kind: 'holiday', words: '国庆节' });
  expect(kindOf('2026-10-10')).toMatchObject({ kind: 'makeup' });
  expect(kindOf('2026-11-20')).toMatchObject({ kind: 'school' });
  expect(kindOf('2027-01-01')).toMatchObject({ kind: 'holiday', words: '元旦' });
  expect(kindOf('2027-04-05')).toMatchObject({ kind: 'holiday', words: '清明节' });
  expect(kindOf('2027-02-06')).toMatchObject({ kind: 'vacation' });
  await officer.call(contract.setSetting, {
    key: 'calendar.2026',
    value: {
      terms: defaultTerms(2026),
      changes: [
        { day: '2026-11-23', kind: 'holiday', words: '区庆' },
        { day: '2026-11-24', kind: 'noSchool', words: '降雪' },
      ],
    },
    fromDate: '2026-11-20',
    reason: '局通知',
  });
  const changed = await officer.call(contract.listCalendar, { schoolYear: 2026 });
  expect(changed.days.find((each) => each.day === '2026-11-24')).toMatchObject({
    kind: 'changed',
    words: '停课：降雪',
  });
  const workday = await asPlatform(isWorkday);
  expect(['2026-11-20', '2026-11-21', '2026-11-23', '2026-11-24', '2026-10-10', '2027-01-01'].map(workday)).toEqual([
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('sizes follow the roster, classes are found by their code, and catchments are proposed from where pupils live', async () => {
  const samples = path.resolve(import.meta.dirname, '../../testing/samples/binjiang');
  const hand = async (kind: 'schools' | 'register' | 'roster', fileName: string) =>
    world.importFile(
      { kind, fileName, asOf: '2026-11-20', dryRun: false },
      await readFile(path.join(samples, fileName)),
    );
  await hand('schools', '学校名录.csv');
  await hand('register', '适龄儿童少年信息档案.xlsx');
  const done = await hand('roster', '学籍_2142010201_滨江小学.xlsx');
  const { rows } = await officer.call(contract.listSchools, { q: '2142010201' });
  expect(rows[0]?.pupils).toBeGreaterThan(100);
  expect(rows[0]?.pupils).toBeLessThanOrEqual(done.rows);
  const detail = await officer.call(contract.getSchool, { id: rows[0]?.id ?? '' });
  expect(detail.classList.reduce((sum, each) => sum + each.pupils, 0)).toBe(rows[0]?.pupils);
  expect(await findClassUnit(world.platform, world.district, 'class', '2142010201-0101')).toBe(detail.classList[0]?.id);
  expect(await setCatchmentsByAddress(world.platform, world.district, '2026-11-20')).toBeGreaterThan(0);
  expect(await setCatchmentsByAddress(world.platform, world.district, '2026-11-20')).toBe(0);
});

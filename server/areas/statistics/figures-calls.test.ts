import { afterAll, beforeAll, expect, it } from 'vitest';
import { setSetting } from '#contract/organisations.ts';
import {
  getFigures,
  getForecast,
  listFigureNames,
  listFigures,
  listFormulas,
  listTrend,
} from '#contract/statistics-figures.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { rows } from '#server/testing/reach.ts';
import { keepTalliesUp } from './actions.ts';

let opened: CaseWorld;
/** The chain's moment before anything happened. */
let before: string;

const year = { period: 'year', scopeKind: 'district' } as const;
const move = (index: number, day: string, to: Pick<Parameters<typeof moveChild>[1], 'state' | 'cause'>) =>
  opened.whole((context) => moveChild(context, { childId: pupilOf(opened, index).id, day, ...to }));

beforeAll(async () => {
  opened = await openCaseWorld();
  const [head] = await rows<{ known: string }>(
    opened.world,
    `SELECT to_char(max(lower(known)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known FROM course WHERE district_code = $1`,
  );
  before = head?.known ?? '';
  await opened.move('2026-11-27T02:00:00Z');
  await move(0, '2026-11-24', { state: 'suspended', cause: 'suspension' });
  await move(1, '2026-11-25', { state: 'dropout', cause: 'dropout' });
  await move(2, '2026-11-23', { state: 'dropout', cause: 'dropout' });
  await move(2, '2026-11-26', { state: 'inSchool', cause: 'returned' });
});
afterAll(() => opened.world.stop());

it('STA-01 STA-10 the figures of a period hold the identity, name their formula, and stand beside their target', async () => {
  const week = await opened.officer.call(getFigures, { period: 'week', scopeKind: 'district' });
  expect(week).toMatchObject({ from: '2026-11-23', to: '2026-11-27', scopeName: '全区', identityGap: 0 });
  const { counts } = week;
  expect(counts).toMatchObject({ Susp: 1, Drop: 1, Confirmed: 2, Returned: 1, DropBack: 1, Open: 1, Back: 0 });
  expect(counts.S1).toBe(counts.S0 - 2);
  const retention = week.figures.find((one) => one.figure === 'annualRetention');
  expect(retention).toMatchObject({ version: 1, numerator: counts.S1, denominator: counts.S1 + 1, target: 99 });
  expect(retention?.gap).toBeCloseTo((retention?.value ?? 0) - 99, 9);
  await opened.officer.call(setSetting, {
    key: 'target.retentionPrimary',
    value: 99.95,
    fromDate: '2026-11-25',
    reason: '区教育局文件',
  });
  const level = (day: string) =>
    opened.officer.call(getFigures, { period: 'year', scopeKind: 'level', scopeKey: 'primary', day });
  const [now, earlier] = [await level('2026-11-26'), await level('2026-11-24')];
  expect([now.figures[0]?.target, earlier.figures[0]?.target]).toEqual([99.95, 99]);
});

it('STA-04 STA-02 variants are chosen by name, and an as-known moment gives what was known then', async () => {
  const asked = { ...year, variants: 'annualRetention.withSuspended' };
  const week = await opened.officer.call(getFigures, asked);
  expect(week.figures[0]).toMatchObject({ variant: 'withSuspended', numerator: week.counts.S1 + 1 });
  const then = await opened.officer.call(getFigures, { ...year, knownAt: before });
  expect(then.counts).toMatchObject({ Susp: 0, Drop: 0, S1: week.counts.S1 + 2 });
  expect(then.source).toBe('recounted');
  const formulas = await opened.officer.call(listFormulas, {});
  expect(formulas.find((one) => one.id === 'annualRetention')).toMatchObject({ version: 1, cap: null });
});

it('STA-08 each role opens the figures and names of its own units; any other scope is not found', async () => {
  const pupil = pupilOf(opened, 1);
  const own = [
    [opened.principal, 'school', pupil.school_id],
    [opened.teacher, 'class', pupil.class_id],
    [opened.street, 'street', pupil.subdistrict],
    [opened.leader, 'district', ''],
  ] as const;
  for (const [person, scopeKind, scopeKey] of own) {
    const asked = { period: 'week', scopeKind, scopeKey } as const;
    const { counts } = await person.call(getFigures, asked);
    expect([scopeKind, counts.Drop]).toEqual([scopeKind, 1]);
    const names = await person.call(listFigureNames, { ...asked, part: 'Drop' });
    expect([scopeKind, names.total, names.rows.map((row) => [row.childId, row.day])]).toEqual([
      scopeKind,
      1,
      [[pupil.id, '2026-11-25']],
    ]);
    const all = await person.call(listFigureNames, { ...asked, part: 'S1', size: 5 });
    expect([scopeKind, all.rows.length, all.total]).toEqual([scopeKind, 5, counts.S1]);
  }
  const foreign = [
    [opened.principal, 'school', opened.otherSchool],
    [opened.principal, 'district', ''],
    [opened.teacher, 'school', pupil.school_id],
    [opened.street, 'street', '420102999'],
    [opened.officer, 'school', '00000000-0000-4000-8000-000000000099'],
  ] as const;
  for (const [person, scopeKind, scopeKey] of foreign) {
    expect((await person.ask(getFigures, { scopeKind, scopeKey })).status).toBe(404);
    expect((await person.ask(listFigureNames, { scopeKind, scopeKey, part: 'S1' })).status).toBe(404);
    expect((await person.ask(listTrend, { scopeKind, scopeKey })).status).toBe(404);
  }
});

it('STA-40 figures and names of what is still to come are refused; a running week opens its names to its last day', async () => {
  const week = { period: 'week', scopeKind: 'district' } as const;
  const later = [
    await opened.officer.ask(getFigures, { ...week, day: '2026-11-29' }),
    await opened.officer.ask(listFigures, { period: 'week', scopeKind: 'school', day: '2026-11-29' }),
    await opened.officer.ask(listFigureNames, { ...week, part: 'Drop', day: '2026-11-30' }),
    await opened.officer.ask(listFigureNames, { ...week, part: 'Drop', knownAt: '2026-11-29T00:00:00Z' }),
  ];
  expect(later.map((one) => one.status)).toEqual([422, 422, 422, 422]);
  const names = await opened.officer.call(listFigureNames, { ...week, part: 'Drop', day: '2026-11-29' });
  expect(names.rows.map((row) => row.childId)).toEqual([pupilOf(opened, 1).id]);
});

it('STA-08 schools stand by their gap to the target, classes only inside a school in the order of grade and class', async () => {
  const schools = await opened.officer.call(listFigures, { period: 'week', scopeKind: 'school' });
  expect(schools.ranked).toBe(true);
  expect(schools.rows[0]?.key).toBe(pupilOf(opened, 0).school_id);
  const district = await opened.officer.call(getFigures, { period: 'week' });
  const sum = (part: 'S0' | 'S1' | 'Drop') => schools.rows.reduce((total, row) => total + row.counts[part], 0);
  expect([sum('S0'), sum('S1'), sum('Drop')]).toEqual(
    (['S0', 'S1', 'Drop'] as const).map((part) => district.counts[part]),
  );
  expect((await opened.officer.ask(listFigures, { scopeKind: 'class' })).status).toBe(422);
  const classes = await opened.principal.call(listFigures, {
    period: 'week',
    scopeKind: 'class',
    schoolId: pupilOf(opened, 0).school_id,
  });
  expect(classes.ranked).toBe(false);
  expect(classes.rows.length).toBeGreaterThan(1);
  const own = await opened.teacher.call(listFigures, {
    period: 'week',
    scopeKind: 'class',
    schoolId: pupilOf(opened, 0).school_id,
  });
  expect(own.rows.map((row) => row.key)).toEqual([pupilOf(opened, 0).class_id]);
  expect((await opened.principal.call(listFigures, { period: 'week' })).rows.length).toBe(1);
});

it('STA-09 kept tallies equal a recount; a changed course makes them stale, and they are recounted before they are shown', async () => {
  const kinds = [
    ['district', ''],
    ['level', 'primary'],
    ['school', pupilOf(opened, 0).school_id],
    ['class', pupilOf(opened, 0).class_id],
    ['street', pupilOf(opened, 0).subdistrict],
    ['grade', '3'],
  ] as const;
  const asked = async () => {
    const answers = [];
    for (const period of ['week', 'month', 'quarter', 'term', 'year'] as const)
      for (const [scopeKind, scopeKey] of kinds)
        answers.push(await opened.officer.call(getFigures, { period, scopeKind, scopeKey }));
    return answers;
  };
  const plain = (answers: Awaited<ReturnType<typeof asked>>) => answers.map(({ source: _, ...answer }) => answer);
  const schoolId = pupilOf(opened, 0).school_id;
  const listed = async () => {
    const answers = [];
    for (const scopeKind of ['class', 'schoolGrade', 'schoolLevel', 'school'] as const)
      answers.push(await opened.officer.call(listFigures, { period: 'week', scopeKind, schoolId }));
    return answers;
  };
  const recounted = await asked();
  const recountedOfSchool = await listed();
  expect(new Set(recounted.map((one) => one.source))).toEqual(new Set(['recounted']));
  expect(await opened.whole((context) => keepTalliesUp(context, 500))).toBeGreaterThan(100);
  expect(await opened.whole((context) => keepTalliesUp(context, 500))).toBe(0);
  const kept = await asked();
  expect(new Set(kept.map((one) => one.source))).toEqual(new Set(['kept']));
  expect(plain(kept)).toEqual(plain(recounted));
  const ofSchool = await listed();
  expect(new Set(ofSchool.map((one) => one.source))).toEqual(new Set(['kept']));
  expect(ofSchool.map((one) => one.rows)).toEqual(recountedOfSchool.map((one) => one.rows));
  expect(ofSchool.every((one) => one.rows.length > 0)).toBe(true);
  await move(3, '2026-11-25', { state: 'gone', cause: 'leftWithout' });
  const after = await asked();
  expect(after[0]).toMatchObject({ source: 'recounted', counts: { Gone: 1 } });
  const earlier = await opened.officer.call(getFigures, { period: 'week', day: '2026-11-22' });
  expect(earlier.source).toBe('kept');
  await opened.whole((context) => keepTalliesUp(context, 500));
  const again = await asked();
  expect(new Set(again.map((one) => one.source))).toEqual(new Set(['kept']));
  expect(plain(again)).toEqual(plain(after));
  await opened.tell({
    kind: 'comparison.personsMerged',
    keptId: pupilOf(opened, 4).id,
    mergedId: pupilOf(opened, 4).id,
    at: '2026-11-27T02:00:00Z',
    remember: () => undefined,
  });
  expect((await asked())[0]?.source).toBe('recounted');
});

it('STA-06 the forecast states value, range, method and target, and which schools decide it; the trend goes week by week', async () => {
  const told = await opened.officer.call(getForecast, {});
  expect(told).toMatchObject({ from: '2026-09-01', to: '2027-08-31', target: 99 });
  expect(told.method).toContain('匀速');
  expect(told.low ?? 0).toBeLessThanOrEqual(told.value ?? 0);
  expect(told.value ?? 0).toBeLessThanOrEqual(told.high ?? 0);
  expect(told.deciding.length === 0 || told.deciding[0]?.lost !== 0).toBe(true);
  const trend = await opened.officer.call(listTrend, { period: 'week', count: 3 });
  expect(trend.map((one) => one.from)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
  expect(trend[1]?.counts.S1).toBe(trend[2]?.counts.S0);
});

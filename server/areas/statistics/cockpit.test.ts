import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { exportBrief, getProgression, getWork, listCaseNames, listWork } from '#contract/statistics-cockpit.ts';
import { getFigures, listFigureNames, listFigures, listFormulas, listTrend } from '#contract/statistics-figures.ts';
import { getCockpit } from '#contract/statistics.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { figureIds } from '#domain/statistics/formulas.ts';
import { funnelParts } from '#domain/statistics/work.ts';
import { figurePartWords } from '#domain/statistics/words.ts';
import { keepTalliesUp, keepWorkUp } from './actions.ts';

let opened: CaseWorld;
let first: { id: string; school_id: string; class_id: string; subdistrict: string };
/** A moment before the second report. */
let before = '';

beforeAll(async () => {
  opened = await openCaseWorld();
  first = pupilOf(opened, 0);
  const one = await opened.teacher.call(reportDropout, reportOf(first.id, { reasonGroup: 'work' }));
  await opened.principal.call(confirmCase, { id: one.caseId });
  await opened.move('2026-11-21T02:00:00Z');
  const [head] = await rows<{ known: string }>(
    opened.world,
    `SELECT to_char(max(known_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known FROM audit_entry WHERE district_code = $1`,
  );
  before = head?.known ?? '';
  await opened.teacher.call(reportDropout, reportOf(pupilOf(opened, 1).id, { discovered: '2026-11-21' }));
});
afterAll(() => opened.world.stop());

it('COC-01 the enrolment rate comes with its formula, both sides and its variants, and null where no comparison was made by then', async () => {
  const now = await opened.officer.call(getCockpit, {});
  const [rate, withStated, withoutSuspended] = now.rates;
  expect(rate).toMatchObject({ variant: null, version: 1, numerator: now.enrolled, denominator: now.denominator });
  expect(withStated?.numerator).toBe((now.enrolled ?? 0) + (now.statedElsewhere ?? 0));
  expect(withoutSuspended?.numerator).toBe(now.enrolled);
  const then = await opened.officer.call(getCockpit, { day: '2020-01-01' });
  expect([then.runId, then.asOf]).toEqual([null, null]);
});

it('COC-02 a level of a school or street is its own scope, and the levels add up to the whole', async () => {
  const pupils = async (scopeKind: 'school' | 'schoolLevel' | 'street' | 'streetLevel' | 'district' | 'level') =>
    (await opened.officer.call(listFigures, { period: 'month', scopeKind })).rows;
  const sum = (list: Awaited<ReturnType<typeof pupils>>) => list.reduce((total, row) => total + row.counts.S1, 0);
  const [schools, levels, streets, streetLevels] = [
    await pupils('school'),
    await pupils('schoolLevel'),
    await pupils('street'),
    await pupils('streetLevel'),
  ];
  expect(sum(levels)).toBe(sum(schools));
  expect(sum(streetLevels)).toBe(sum(streets));
  const junior = await opened.officer.call(listFigures, { period: 'month', scopeKind: 'schoolLevel', level: 'junior' });
  const level = await opened.officer.call(getFigures, { period: 'month', scopeKind: 'level', scopeKey: 'junior' });
  expect(junior.rows.reduce((total, row) => total + row.counts.S1, 0)).toBe(level.counts.S1);
  expect(junior.rows.every((row) => row.key.endsWith(':junior'))).toBe(true);
});

it('COC-02 a key group or a street counts the children of the register and the aid lists alone, and its names are as many', async () => {
  const [tagged] = await rows<{ tag: 'leftBehind' | 'migrant'; count: number }>(
    opened.world,
    `SELECT x.tag, count(DISTINCT x.child_id)::int AS count FROM (
       SELECT unnest(r.tags) AS tag, r.child_id FROM register_entry r WHERE r.district_code = $1 AND upper_inf(r.known)
       UNION ALL SELECT l.list, l.child_id FROM key_list_entry l WHERE l.district_code = $1 AND upper_inf(l.known)) x
     JOIN course c ON c.district_code = $1 AND c.child_id = x.child_id AND upper_inf(c.known) AND c.state = 'inSchool' AND c.to_date IS NULL AND c.grade <= 9
     WHERE x.tag NOT IN ('disability', 'seriousIllness') GROUP BY x.tag ORDER BY count(DISTINCT x.child_id) DESC LIMIT 1`,
  );
  if (!tagged) throw new Error('no key group in the sample');
  const group = tagged.tag;
  const figures = await opened.officer.call(getFigures, { group });
  expect([group, figures.counts.S1]).toEqual([group, tagged.count]);
  const names = await opened.officer.call(listFigureNames, { group, part: 'S1', size: 5 });
  expect(names.total).toBe(tagged.count);
  const all = await opened.officer.call(getFigures, {});
  expect(figures.counts.S1).toBeLessThan(all.counts.S1);
  const street = await opened.officer.call(getFigures, { scopeKind: 'street', scopeKey: first.subdistrict });
  const schools = await opened.officer.call(listFigures, { scopeKind: 'school', street: first.subdistrict });
  expect(schools.rows.reduce((total, row) => total + row.counts.S1, 0)).toBe(street.counts.S1);
  // as: health stands in the closed compartment and is no group of the contract
  expect((await opened.officer.ask(getFigures, { group: 'disability' as 'orphan' })).status).toBe(422);
});

it('COC-03 COC-04 the funnel, reasons and ways of being found are counted by scope and open as many names', async () => {
  const scopes = [
    [opened.officer, 'district', ''],
    [opened.principal, 'school', first.school_id],
    [opened.street, 'street', first.subdistrict],
  ] as const;
  for (const [person, scopeKind, scopeKey] of scopes) {
    const work = await person.call(getWork, { scopeKind, scopeKey });
    expect([scopeKind, work.counts]).toMatchObject([
      scopeKind,
      { Suspected: 2, CaseConfirmed: 1, FoundSelf: 2, 'reason:work': 1 },
    ]);
    expect(work.counts.Held ?? 0).toBe(0);
    for (const part of [...funnelParts, 'FoundSelf', 'reason:work'] as const) {
      const names = await person.call(listCaseNames, { scopeKind, scopeKey, part });
      expect([scopeKind, part, names.total, names.rows.length]).toEqual([
        scopeKind,
        part,
        work.counts[part] ?? 0,
        work.counts[part] ?? 0,
      ]);
    }
    const confirmed = await person.call(listCaseNames, { scopeKind, scopeKey, part: 'CaseConfirmed' });
    expect(confirmed.rows.map((row) => row.childId)).toEqual([first.id]);
  }
  const bySchool = await opened.officer.call(listWork, {});
  const own = bySchool.rows.find((row) => row.key === first.school_id);
  expect(own?.counts.Suspected).toBe(2);
});

it('COC-03 kept counts of the work equal a recount in every scope and period, and are made again when something was written', async () => {
  const asked = async () => {
    const answers = [];
    for (const period of ['week', 'month', 'term', 'year'] as const) {
      for (const scopeKind of ['district', 'level', 'school', 'schoolLevel', 'street', 'streetLevel'] as const) {
        const scopeKey = {
          district: '',
          level: 'junior',
          school: first.school_id,
          schoolLevel: `${first.school_id}:junior`,
          street: first.subdistrict,
          streetLevel: `${first.subdistrict}:junior`,
        }[scopeKind];
        answers.push(await opened.officer.call(getWork, { period, scopeKind, scopeKey }));
      }
    }
    return answers;
  };
  const recounted = await asked();
  expect(new Set(recounted.map((one) => one.source))).toEqual(new Set(['recounted']));
  expect(await opened.whole((context) => keepWorkUp(context))).toBe(5);
  expect(await opened.whole((context) => keepWorkUp(context))).toBe(0);
  const kept = await asked();
  expect(new Set(kept.map((one) => one.source))).toEqual(new Set(['kept']));
  expect(kept.map((one) => one.counts)).toEqual(recounted.map((one) => one.counts));
  await opened.teacher.call(reportDropout, reportOf(pupilOf(opened, 2).id, { discovered: '2026-11-21' }));
  // Where something is written in every minute, the counts are made again each third, before they are too old to be shown.
  expect(await opened.whole((context) => keepWorkUp(context))).toBe(0);
  await opened.move('2026-11-21T02:03:00Z');
  expect(await opened.whole((context) => keepWorkUp(context))).toBe(5);
  const after = await opened.officer.call(getWork, {});
  expect([after.source, after.counts.Suspected]).toEqual(['kept', 3]);
});

it('COC-03 duties in time and open are those that the list of duties counts', async () => {
  const work = await opened.officer.call(getWork, { period: 'year' });
  const [counted] = await rows<{ due: number; in_time: number }>(
    opened.world,
    `SELECT count(*)::int AS due, (count(*) FILTER (WHERE state = 'settled' AND settled_at <= due_at))::int AS in_time FROM duty
     WHERE district_code = $1 AND due_at < '2026-11-22T00:00:00+08:00' AND due_at >= '2026-09-01T00:00:00+08:00' AND (state = 'settled' OR state = 'open' AND due_at < '2026-11-21T02:00:00Z')`,
  );
  expect([work.counts.DutiesDue ?? 0, work.counts.DutiesInTime ?? 0]).toEqual([counted?.due, counted?.in_time]);
  const share = work.shares.find((one) => one.of === 'duties');
  expect(share).toMatchObject({ figure: 'timeliness', numerator: counted?.in_time, denominator: counted?.due });
  const homes = work.shares.find((one) => one.of === 'households');
  const [held] = await rows<{ count: number }>(
    opened.world,
    `SELECT count(*)::int AS count FROM household WHERE district_code = $1`,
  );
  expect(homes).toMatchObject({ figure: 'coverage', denominator: held?.count });
});

it('COC-05 each role finds its own scopes, a street the schools of its children, and no other', async () => {
  const foreign = [
    [opened.principal, 'district', ''],
    [opened.principal, 'school', opened.otherSchool],
    [opened.street, 'district', ''],
    [opened.street, 'school', first.school_id],
    [opened.teacher, 'school', first.school_id],
  ] as const;
  for (const [person, scopeKind, scopeKey] of foreign) {
    expect((await person.ask(getWork, { scopeKind, scopeKey })).status).toBe(404);
    expect((await person.ask(listCaseNames, { scopeKind, scopeKey, part: 'Suspected' })).status).toBe(404);
    expect((await person.ask(exportBrief, { scopeKind, scopeKey })).status).toBe(404);
  }
  expect((await opened.principal.ask(getProgression, {})).status).toBe(404);
  expect((await opened.principal.call(listWork, {})).rows.map((row) => row.key)).toEqual([first.school_id]);
  const own = await opened.street.call(listFigures, { scopeKind: 'school', street: first.subdistrict });
  expect(own.rows.length).toBeGreaterThan(0);
  expect((await opened.street.call(listFigures, { scopeKind: 'school', street: '420102999' })).rows).toEqual([]);
  const classes = await opened.principal.call(listFigures, { scopeKind: 'class', schoolId: first.school_id });
  expect(classes.ranked).toBe(false);
  expect(classes.rows.some((row) => row.small === row.counts.S1 < 30)).toBe(true);
});

it('COC-06 grade progression sets May against September, grade by grade', async () => {
  // a spring before the lists: who is now in grade 2 to 9 of the district sat one grade lower
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
     SELECT c.district_code, c.child_id, 'inSchool', c.school_id, NULL, c.grade - 1, 'listed', daterange('2026-03-01', '2026-07-01'), '2026-03-01', '2026-07-01', tstzrange((SELECT max(a.known_at) FROM audit_entry a WHERE a.district_code = $1), NULL), c.reach
     FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.grade BETWEEN 2 AND 9 AND c.from_date > '2026-07-01'
       AND NOT EXISTS (SELECT 1 FROM course e WHERE e.district_code = $1 AND e.child_id = c.child_id AND e.from_date < c.from_date)`,
    [opened.world.district],
  );
  const on = async (day: string) => {
    const found = await rows<{ grade: number; count: number }>(
      opened.world,
      `SELECT grade, count(*)::int AS count FROM course WHERE district_code = $1 AND upper_inf(known) AND state IN ('inSchool', 'transferring')
       AND from_date <= '${day}' AND (to_date IS NULL OR to_date > '${day}') GROUP BY grade`,
    );
    return new Map(found.map((row) => [row.grade, row.count]));
  };
  const [spring, autumn] = [await on('2026-05-31'), await on('2026-09-30')];
  const told = await opened.officer.call(getProgression, {});
  expect([told.spring, told.autumn, told.version]).toEqual(['2026-05-31', '2026-09-30', 1]);
  expect(told.rows.map((row) => [row.grade, row.spring, row.autumn])).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].flatMap((grade) =>
      (spring.get(grade) ?? 0) === 0 ? [] : [[grade, spring.get(grade), autumn.get(grade + 1) ?? 0]],
    ),
  );
  expect(told.springAll).toBeGreaterThan(100);
  for (const row of told.rows) expect(row.value).toBeCloseTo((row.autumn / row.spring) * 100, 9);
  const junior = await opened.officer.call(getProgression, { level: 'junior' });
  expect(junior.rows.map((row) => row.grade)).toEqual(told.rows.map((row) => row.grade).filter((grade) => grade > 6));
});

it('COC-07 a past day as known at a past moment stays the same after later entries', async () => {
  const ask = { day: '2026-11-20', knownAt: before } as const;
  const work = await opened.officer.call(getWork, ask);
  expect(work.counts).toMatchObject({ Suspected: 1, CaseConfirmed: 1 });
  const figures = await opened.officer.call(getFigures, ask);
  await opened.teacher.call(reportDropout, reportOf(pupilOf(opened, 3).id, { discovered: '2026-11-20' }));
  const again = await opened.officer.call(getWork, ask);
  expect(again.counts).toEqual(work.counts);
  expect((await opened.officer.call(getFigures, ask)).counts).toEqual(figures.counts);
});

it('COC-14 every part of every formula has Chinese words, and a chosen way of reckoning is named in the brief', async () => {
  const told = await opened.officer.call(listFormulas, {});
  expect(told.map((one) => one.id)).toEqual(figureIds);
  for (const { part } of told.flatMap((one) => [...one.numerator, ...one.denominator]))
    expect(figurePartWords(part), part).toMatch(/^[\u4e00-\u9fff（）、]+$/u);
  const brief = async (variants?: string) =>
    wordsOfPdf((await opened.officer.ask(exportBrief, variants === undefined ? {} : { variants })).body).replaceAll(/\s/g, ''); // prettier-ignore
  expect(await brief()).not.toContain('选用口径');
  expect(await brief('annualRetention.withSuspended')).toContain('选用口径：年巩固率（休学视同在校）。');
});

it('COC-08 the brief is a PDF of one page for the scope asked', async () => {
  for (const [person, scopeKind, scopeKey] of [
    [opened.leader, 'district', ''],
    [opened.leader, 'level', 'junior'],
    [opened.principal, 'school', first.school_id],
    [opened.street, 'street', first.subdistrict],
  ] as const) {
    const { status, body, headers } = await person.ask(exportBrief, { scopeKind, scopeKey });
    expect([scopeKind, status, headers['content-type']]).toEqual([scopeKind, 200, 'application/pdf']);
    expect(String(body)).toContain('PDF');
  }
});

it('COC-01 the trend of a level of a street is kept with the others', async () => {
  await opened.whole((context) => keepTalliesUp(context, 1000));
  const weeks = await opened.officer.call(listTrend, {
    period: 'week',
    count: 4,
    scopeKind: 'streetLevel',
    scopeKey: `${first.subdistrict}:junior`,
  });
  expect(weeks).toHaveLength(4);
});

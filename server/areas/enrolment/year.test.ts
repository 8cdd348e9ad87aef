import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as changes from '#contract/enrolment-changes.ts';
import * as contract from '#contract/enrolment-year.ts';
import { binjiangFolder } from '#server/testing/binjiang.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { passChangeDeadlines } from './deadlines.ts';
import { courseLines, openChangeWorld, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
let school: string;
let junior: string;
let registrar: Person;
let juniorRegistrar: Person;
beforeAll(async () => {
  on = await openChangeWorld();
  const idOf = async (code: string) =>
    (await rows<{ id: string }>(on.world, 'SELECT id FROM school WHERE district_code = $1 AND code = $2', [code]))[0]
      ?.id ?? '';
  school = await idOf('2142010201');
  junior = await idOf('3142010801');
  registrar = await on.world.person('registrar', school);
  juniorRegistrar = await on.world.person('registrar', junior);
});
afterAll(() => on.world.stop());

const byState = async (schoolId: string) =>
  Object.fromEntries(
    (
      await rows<{ key: string; n: number }>(
        on.world,
        `SELECT state || ' ' || grade AS key, count(*)::int AS n FROM course WHERE district_code = $1 AND school_id = $2 AND upper_inf(known) AND to_date IS NULL GROUP BY 1`,
        [schoolId],
      )
    ).map((row) => [row.key, row.n]),
  );

describe('the turn of a year', () => {
  it('ENR-17 grade 6 leaves and the others move up as previewed, once for a year, and the old list claims nobody back', async () => {
    const before = await byState(school);
    const leaving = { schoolId: school, schoolYear: 2027, what: 'leaving' as const };
    const early = await registrar.call(contract.previewYear, leaving);
    expect(early).toMatchObject({ may: false, why: '2027-07-01 起方可办理。' });
    expect((await registrar.ask(contract.runYear, { ...leaving, expected: 1 })).status).toBe(409);
    expect((await juniorRegistrar.ask(contract.previewYear, leaving)).status).toBe(404);
    await on.move('2027-07-02T02:00:00Z');
    const preview = await registrar.call(contract.previewYear, leaving);
    const sixth = before['inSchool 6'] ?? 0;
    expect(sixth).toBeGreaterThan(10);
    expect(preview.rows).toHaveLength(sixth);
    expect((await registrar.ask(contract.runYear, { ...leaving, expected: sixth - 1 })).body).toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await registrar.call(contract.runYear, { ...leaving, expected: sixth })).toEqual({
      moved: sixth,
      individual: 0,
      again: false,
    });
    expect(await registrar.call(contract.runYear, { ...leaving, expected: sixth })).toMatchObject({ again: true });
    expect(await byState(school)).toMatchObject({ 'leaver 6': sixth });
    await on.move('2027-09-01T02:00:00Z');
    const promotion = { schoolId: school, schoolYear: 2027, what: 'promotion' as const };
    const up = await registrar.call(contract.previewYear, promotion);
    const moving = up.rows.filter((row) => row.individual === null).length;
    const started = performance.now();
    expect(await registrar.call(contract.runYear, { ...promotion, expected: moving })).toMatchObject({ moved: moving });
    console.info(`ENR-17: ${String(moving)} pupils moved up in ${String(Math.round(performance.now() - started))} ms`);
    const after = await byState(school);
    for (const grade of [1, 2, 3, 4, 5])
      expect([grade, after[`inSchool ${String(grade + 1)}`]]).toEqual([grade, before[`inSchool ${String(grade)}`]]);
    expect(after['inSchool 1']).toBeUndefined();
    const [unlike] = await rows<{ n: number }>(
      on.world,
      `SELECT count(*)::int AS n FROM course c JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.child_id AND upper_inf(e.known) AND e.to_date IS NULL
       WHERE c.district_code = $1 AND c.school_id = $2 AND upper_inf(c.known) AND c.to_date IS NULL AND (e.grade <> c.grade OR e.class_id IS DISTINCT FROM c.class_id OR e.reach <> c.reach)`,
      [school],
    );
    expect(unlike?.n).toBe(0);
  });

  it('ENR-04 a list of the old school that still names the leavers makes claims and moves nobody', async () => {
    const before = await byState(school);
    await on.world.importFile(
      { kind: 'roster', fileName: '学籍_2142010201_滨江小学.xlsx', asOf: '2027-09-02', dryRun: false },
      await readFile(path.join(binjiangFolder, '学籍_2142010201_滨江小学.xlsx')),
    );
    const after = await byState(school);
    expect(after['leaver 6']).toBe(before['leaver 6']);
    const [claims] = await rows<{ n: number }>(
      on.world,
      'SELECT count(*)::int AS n FROM enrolment_claim WHERE district_code = $1 AND school_id = $2 AND upper_inf(known) AND grade = 6',
      [school],
    );
    expect(claims?.n).toBe(before['leaver 6']);
  });

  it('ENR-18 leavers are placed in bulk; who has not arrived five days after report day is a no-show of both schools', async () => {
    const waiting = await on.officer.call(contract.listLeavers, { schoolId: school, show: 'unplaced', size: 200 });
    const [first, second] = waiting.rows;
    if (!first || !second) throw new Error('no leavers');
    const refused = await on.officer.call(contract.placeLeavers, {
      childIds: [...waiting.rows.map((row) => row.childId), on.pupilsHere[0]?.id ?? ''],
      toSchoolId: junior,
      reportDay: '2027-09-02',
    });
    expect(refused).toMatchObject({ placed: waiting.rows.length, refused: [{ why: '不是待升学的小学毕业生' }] });
    expect(
      (
        await registrar.ask(contract.placeLeavers, {
          childIds: [first.childId],
          toSchoolId: junior,
          reportDay: '2027-09-02',
        })
      ).status,
    ).toBe(403);
    const [trail] = await rows<{ detail: { placed: number; ofEach: { childId: string; changeId: string }[] } }>(
      on.world,
      `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = 'enrolment.placeLeavers' AND outcome = 'done'`,
    );
    expect(Object.keys(trail?.detail ?? {}).sort()).toEqual(['ofEach', 'placed', 'reportDay']);
    expect(trail?.detail.ofEach.map(({ childId }) => childId).sort()).toEqual(waiting.rows.map((row) => row.childId).sort()); // prettier-ignore
    const placed = await juniorRegistrar.call(changes.listChanges, { kind: 'placement', size: 200 });
    expect(placed.total).toBe(waiting.rows.length);
    const change = placed.rows.find((row) => row.childId === first.childId);
    expect(change).toMatchObject({ state: 'arrival', dueDate: '2027-09-07', toGrade: 7 });
    await on.move('2027-09-02T02:00:00Z');
    await juniorRegistrar.call(changes.confirmArrival, { id: change?.id ?? '', day: '2027-09-02' });
    expect((await courseLines(on, first.childId)).slice(-2)).toEqual([
      '2027-07-01 leaver leaving 2027-09-02',
      '2027-09-02 inSchool placement',
    ]);
    await on.move('2027-09-08T02:00:00Z');
    expect(await on.whole((context) => passChangeDeadlines(context))).toMatchObject({ late: waiting.rows.length - 1 });
    const missing = await registrar.call(contract.listLeavers, { schoolId: school, show: 'noShow', size: 200 });
    expect(missing.total).toBe(waiting.rows.length - 1);
    expect(missing.rows[0]).toMatchObject({ stateWords: '未报到', ownerWords: '小学学籍管理员、区控辍专干' });
    expect((await courseLines(on, second.childId)).at(-1)).toBe('2027-09-08 gone noShow');
    // Late, but there: the placement completes after all.
    const late = missing.rows.find((row) => row.childId === second.childId);
    await juniorRegistrar.call(changes.confirmArrival, { id: late?.changeId ?? '', day: '2027-09-08' });
    expect((await courseLines(on, second.childId)).at(-1)).toBe('2027-09-08 inSchool placement');
  });

  it('ENR-52 leavers are listed as of a day: nobody placed in August, waiting in the first days, no-shows after', async () => {
    const statesOn = async (pair: { day: string; knownAt?: string }) => {
      const { rows: found } = await on.officer.call(contract.listLeavers, { schoolId: school, size: 200, ...pair });
      const counts: Record<string, number> = {};
      for (const { state } of found) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    };
    const august = await statesOn({ day: '2027-08-31' });
    expect(Object.keys(august)).toEqual(['unplaced']);
    const all = august['unplaced'] ?? 0;
    expect(all).toBeGreaterThan(2);
    expect(await statesOn({ day: '2027-09-05' })).toEqual({ placed: all - 1 });
    expect(await statesOn({ day: '2027-09-05', knownAt: '2027-08-31T02:00:00.000000Z' })).toEqual(august);
    expect(await statesOn({ day: '2027-09-08' })).toEqual({ noShow: all - 2 });
  });
});

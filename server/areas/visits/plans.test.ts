import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setSetting } from '#contract/organisations.ts';
import { assignVisits, endPlan, listPlanItems, listPlans, makePlan, planCoverage } from '#contract/visit-plans.ts';
import { correctVisit, listVisits, myVisits, recordVisit } from '#contract/visits.ts';
import { dropCaseVisits, planCaseVisit, visitsOfCase } from '#server/areas/visits/actions.ts';
import type { Context } from '#server/http/context.ts';
import { rows, walk } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { inDistrict, itemsOf, pupilsByClass, recount, staffOf, type Pupil } from './plan-testing.ts';
import { attemptOf, contentOf, visitOf } from './testing.ts';

let world: World;
let officer: Person;
let principal: Person;
let stranger: Person;
let pupils: Pupil[];
const teachers = new Map<string, Person>();
let school: string;
let bare: string;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const found = await pupilsByClass(world);
  school = found[0]?.school_id ?? '';
  pupils = found.filter((one) => one.school_id === school);
  const classes = [...new Set(pupils.map((one) => one.class_id))];
  bare = classes.at(-1) ?? '';
  for (const id of classes.slice(0, -1)) teachers.set(id, await world.person('classTeacher', id, '周老师'));
  officer = await world.person('bureauOfficer', world.district);
  principal = await world.person('principal', school);
  stranger = await world.person('principal', found.find((one) => one.school_id !== school)?.school_id ?? '');
});
afterAll(() => world.stop());

const teacherOf = (pupil: Pupil): Person => {
  const found = teachers.get(pupil.class_id);
  if (!found) throw new Error('no teacher');
  return found;
};
const taught = () => pupils.filter((one) => one.class_id !== bare);
const plan = (more: object = {}) => ({
  id: randomUUID(),
  kind: 'term' as const,
  name: '2026 年秋季学期家访',
  schoolId: school,
  from: '2026-11-01',
  to: '2026-12-31',
  preview: false,
  ...more,
});
const inside = <T>(work: (context: Context) => Promise<T>) => inDistrict(world, work);

describe('a plan', () => {
  it('VIS-01 previews what it then does: every pupil to the class teacher, spread over the working days, households together', async () => {
    const asked = plan();
    const preview = await principal.call(makePlan, { ...asked, preview: true });
    expect(await itemsOf(world, asked.id)).toEqual([]);
    expect((await principal.call(listPlans, {})).total).toBe(0);
    const made = await principal.call(makePlan, asked);
    expect(made).toEqual({ ...preview, preview: false });
    const items = await itemsOf(world, asked.id);
    expect(items.map((one) => one.child_id).sort()).toEqual(pupils.map((one) => one.id).sort());
    expect(made).toMatchObject({ pupils: pupils.length, visits: pupils.length, already: 0 });
    for (const [classId, person] of teachers) {
      const staff = await staffOf(world, person);
      expect(items.filter((one) => one.class_id === classId).every((one) => one.staff_id === staff)).toBe(true);
    }
    expect(made.unassigned.map((one) => [one.classId, one.visits])).toEqual([
      [bare, pupils.filter((one) => one.class_id === bare).length],
    ]);
    const weekend = items.filter((one) => [0, 6].includes(new Date(`${one.due}T00:00:00Z`).getUTCDay()));
    expect(weekend).toEqual([]);
    const together = new Map<string, Set<string>>();
    for (const one of items.filter((item) => item.household_id !== null)) {
      const key = `${one.household_id ?? ''} ${one.class_id}`;
      together.set(key, (together.get(key) ?? new Set()).add(one.due));
    }
    expect([...together.values()].filter((days) => days.size > 1)).toEqual([]);
    for (const [classId] of teachers) {
      const days = items.filter((one) => one.class_id === classId).map((one) => one.due);
      const most = Math.max(...days.map((day) => days.filter((one) => one === day).length));
      expect(most).toBeLessThanOrEqual(4);
    }
    expect((await principal.ask(makePlan, plan())).body).toMatchObject({ code: 'wrong-step' });
    expect((await stranger.ask(makePlan, plan())).status).toBe(404);
    const person = [...teachers.values()][0];
    expect((await person?.ask(makePlan, plan()))?.status).toBe(403);
  });

  it('VIS-02 its coverage equals a recount from the visits; an attempt is not coverage; who is missing stands there by name', async () => {
    const [row] = (await principal.call(listPlans, { kind: 'term' })).rows;
    if (!row) throw new Error('no plan');
    const modes = ['door', 'online'];
    const check = async () => {
      const truth = await recount(world, row.id, modes);
      const shown = await principal.call(planCoverage, { id: row.id });
      const { due, covered, households, householdsCovered } = shown.counts;
      expect({ due, covered, households, householdsCovered }).toEqual({
        due: truth.due,
        covered: truth.covered,
        households: truth.households,
        householdsCovered: truth.householdsCovered,
      });
      const missing = (await walk(principal, listPlanItems, { id: row.id, state: 'uncovered' })) ?? [];
      expect(missing.flatMap((one) => one.children.map((child) => child.childId)).sort()).toEqual(truth.names);
      expect((await principal.call(listPlans, { kind: 'term' })).rows[0]?.counts).toEqual(shown.counts);
      expect(shown.classes.reduce((sum, line) => sum + line.covered, 0)).toBe(covered);
      return shown;
    };
    expect((await check()).counts.covered).toBe(0);
    const chosen = taught().slice(0, 12);
    let at = 0;
    for (const pupil of chosen) {
      at += 1;
      const input =
        at % 4 === 0
          ? attemptOf(world, pupil.id)
          : at % 4 === 1
            ? visitOf(world, pupil.id, { mode: 'phone', signatures: [] })
            : visitOf(world, pupil.id, at % 4 === 2 ? {} : { mode: 'online', signatures: [] });
      await teacherOf(pupil).call(recordVisit, input);
    }
    const sibling = taught().find(
      (one) =>
        one.household_id !== null && taught().some((two) => two.id !== one.id && two.household_id === one.household_id),
    );
    if (sibling) await teacherOf(sibling).call(recordVisit, visitOf(world, sibling.id));
    const shown = await check();
    expect(shown.counts.covered).toBeGreaterThanOrEqual(6);
    expect(shown.counts.attempted).toBeGreaterThanOrEqual(2);
    const tried = await principal.call(listPlanItems, { id: row.id, state: 'attempted', size: 200 });
    const attempted = tried.rows.find((one) => one.children[0]?.childId === chosen[3]?.id);
    expect(attempted).toMatchObject({ attempts: 1, lastAttempt: '2026-11-20 未遇（家中无人）' });
    expect((await stranger.ask(planCoverage, { id: row.id })).status).toBe(404);
    const first = chosen[0];
    if (!first) throw new Error('no pupil');
    const own = await teacherOf(first).call(planCoverage, { id: row.id });
    expect(own.classes.map((line) => line.classId)).toEqual([first.class_id]);
    expect(own.allowed).toEqual({ assign: false, end: false });
    expect((await officer.call(planCoverage, { id: row.id })).counts).toEqual(shown.counts);
  });

  it('VIS-07 a correction from met to 未遇 opens the planned visit again, and back', async () => {
    const [row] = (await principal.call(listPlans, { kind: 'term' })).rows;
    const pupil = taught().at(-1);
    if (!row || !pupil) throw new Error('no plan');
    const teacher = teacherOf(pupil);
    const visit = visitOf(world, pupil.id);
    const state = async () => (await itemsOf(world, row.id)).find((one) => one.child_id === pupil.id)?.state;
    await teacher.call(recordVisit, visit);
    expect(await state()).toBe('done');
    const { childId: _c, ...attempt } = attemptOf(world, pupil.id);
    await teacher.call(correctVisit, { ...attempt, visitId: visit.id, reason: '当时没有见到人' });
    expect(await state()).toBe('open');
    const { childId: _d, ...again } = visitOf(world, pupil.id);
    await teacher.call(correctVisit, { ...again, visitId: attempt.id, reason: '确已见到祖母' });
    expect(await state()).toBe('done');
  });

  it('VIS-03 at risk: a visit at the door in every month; a call does not count; the setting says what counts in the holidays', async () => {
    const some = taught().slice(20, 23);
    const asked = plan({ kind: 'atRisk', name: '重点月访', to: '2027-01-15', childIds: some.map((one) => one.id) });
    expect((await principal.ask(makePlan, { ...asked, childIds: [] })).status).toBe(422);
    expect(await principal.call(makePlan, asked)).toMatchObject({ pupils: 3, visits: 9 });
    const [one, two] = some;
    if (!one || !two) throw new Error('no pupils');
    await teacherOf(one).call(recordVisit, visitOf(world, one.id, { mode: 'online', signatures: [] }));
    await teacherOf(two).call(recordVisit, visitOf(world, two.id));
    const shown = await principal.call(planCoverage, { id: asked.id });
    expect(shown.modes).toEqual(['door']);
    expect(shown.counts).toMatchObject({ due: 9, covered: 1, households: 9, householdsCovered: 1 });
    const months = (await itemsOf(world, asked.id)).filter((item) => item.child_id === two.id);
    expect(months.map((item) => [item.from, item.to, item.state]).sort()).toEqual([
      ['2026-11-01', '2026-11-30', 'done'],
      ['2026-12-01', '2026-12-31', 'open'],
      ['2027-01-01', '2027-01-15', 'open'],
    ]);
    await officer.call(setSetting, {
      key: 'visits.modesHoliday',
      value: ['电话'],
      fromDate: '2026-11-20',
      reason: '寒假以电话为主',
    });
    const holiday = plan({ kind: 'holiday', name: '寒假家访', from: '2027-01-25', to: '2027-02-20' });
    await principal.call(makePlan, holiday);
    expect((await principal.call(planCoverage, { id: holiday.id })).modesWords).toBe('电话');
    const bad = { key: 'visits.modesHoliday', value: ['短信'], fromDate: '2026-11-20', reason: '试' };
    expect((await officer.ask(setSetting, bad)).status).toBe(422);
  });

  it('VIS-10 the phone has what is due and overdue with all it needs, masked, and what comes within a week', async () => {
    const pupil = taught().find((one) => one.household_id !== null);
    if (!pupil) throw new Error('no pupil');
    const teacher = teacherOf(pupil);
    const mine = await teacher.call(myVisits, { day: '2026-12-31' });
    const staff = await staffOf(world, teacher);
    const open = await rows<{ id: string; due: string }>(
      world,
      `SELECT id, due_date AS due FROM visit_plan_item WHERE district_code = $1 AND state = 'open' AND staff_id = '${staff}'`,
    );
    const until = (day: string) =>
      open
        .filter((one) => one.due <= day)
        .map((one) => one.id)
        .sort();
    expect(mine.due.map((one) => one.itemId).sort()).toEqual(until('2026-12-31'));
    expect(mine.due.length).toBeGreaterThan(5);
    expect(mine.due.map((one) => one.dueDate)).toEqual(mine.due.map((one) => one.dueDate).sort());
    expect(mine.due.every((one) => one.overdue === one.dueDate < '2026-12-31')).toBe(true);
    for (const one of mine.due)
      expect(one).toMatchObject({ className: expect.any(String) as string, name: expect.any(String) as string });
    expect(mine.due.some((one) => one.address !== null && /^\d{3}\*{4}\d{4}$/.test(one.phoneMask ?? ''))).toBe(true);
    // Ids hold eleven digits in a row now and then.
    const told = JSON.stringify(mine).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '');
    expect(told).not.toMatch(/\d{17}[\dX]|1\d{10}/);
    const early = await teacher.call(myVisits, { day: '2026-11-20' });
    expect(early.due.map((one) => one.itemId).sort()).toEqual(until('2026-11-20'));
    expect(early.ahead.map((one) => one.itemId).sort()).toEqual(
      until('2026-11-27').filter((id) => !until('2026-11-20').includes(id)),
    );
    expect((await officer.call(myVisits, {})).due).toEqual([]);
  });

  it('VIS-11 is handed to another who reaches the pupil, and owes nothing once ended', async () => {
    const [row] = (await principal.call(listPlans, { kind: 'term' })).rows;
    if (!row) throw new Error('no plan');
    const waiting = (await itemsOf(world, row.id)).filter((one) => one.class_id === bare);
    const helper = await world.person('schoolOfficer', school);
    const itemIds = waiting.map((one) => one.id);
    const hand = { id: row.id, itemIds, reason: '该班暂无班主任' };
    const outside = [...teachers.values()][0];
    if (!outside) throw new Error('no teacher');
    expect((await principal.ask(assignVisits, { ...hand, staffId: await staffOf(world, outside) })).status).toBe(422);
    expect(
      (await principal.ask(assignVisits, { ...hand, staffId: await staffOf(world, helper), dueDate: '2027-03-01' }))
        .status,
    ).toBe(422);
    expect((await stranger.ask(assignVisits, { ...hand, staffId: await staffOf(world, helper) })).status).toBe(404);
    await principal.call(assignVisits, { ...hand, staffId: await staffOf(world, helper), dueDate: '2026-11-20' });
    const mine = await helper.call(myVisits, {});
    expect(mine.due.map((one) => one.itemId).sort()).toEqual([...itemIds].sort());
    const before = (await principal.call(planCoverage, { id: row.id })).counts;
    await principal.call(endPlan, { id: row.id, reason: '改用新计划' });
    expect((await helper.call(myVisits, {})).due).toEqual([]);
    const after = await principal.call(planCoverage, { id: row.id });
    expect([after.counts.due, after.counts.covered]).toEqual([before.covered + before.late, before.covered]);
    expect(after.ended).toMatchObject({ reason: '改用新计划' });
    expect((await principal.ask(endPlan, { id: row.id, reason: '再次' })).body).toMatchObject({ code: 'wrong-step' });
    expect((await principal.call(makePlan, plan({ preview: true }))).pupils).toBeGreaterThan(0);
  });
});

describe('the visit of a case', () => {
  it('VIS-13 VIS-03 is settled by a met visit at the door, joins the case by itself, and the next one stays open', async () => {
    const pupil = taught()[30];
    if (!pupil) throw new Error('no pupil');
    const teacher = teacherOf(pupil);
    const caseId = randomUUID();
    const wanted = { caseId, childId: pupil.id, due: '2026-11-23', staff: await staffOf(world, teacher) };
    const id = await inside((context) => planCaseVisit(context, wanted));
    expect(await inside((context) => planCaseVisit(context, { ...wanted, due: '2026-11-22' }))).toBe(id);
    const item = async (one: string) =>
      (
        await rows<{ state: string; due: string }>(
          world,
          `SELECT state, due_date AS due FROM visit_plan_item WHERE district_code = $1 AND id = '${one}'`,
        )
      )[0];
    expect(await item(id)).toEqual({ state: 'open', due: '2026-11-22' });
    const listed = (await teacher.call(myVisits, { day: '2026-11-22' })).due.find((one) => one.itemId === id);
    expect(listed).toMatchObject({ kind: 'case', caseId, modes: ['door'], purpose: '劝返复学，了解未到校原因和去向' });
    expect((await teacher.call(recordVisit, attemptOf(world, pupil.id))).caseId).toBe(caseId);
    expect((await item(id))?.state).toBe('open');
    const done = await teacher.call(
      recordVisit,
      visitOf(world, pupil.id, { content: contentOf({ measures: '约定周一返校' }) }),
    );
    expect(done.caseId).toBe(caseId);
    expect((await item(id))?.state).toBe('done');
    const next = await inside((context) => planCaseVisit(context, { ...wanted, due: '2026-12-04' }));
    expect(next).not.toBe(id);
    expect((await item(next))?.state).toBe('open');
    const shown = await inside((context) => visitsOfCase(context, caseId));
    expect(shown.map((one) => one.met)).toEqual([false, true]);
    expect((await teacher.call(listVisits, { childId: pupil.id })).rows.map((one) => one.caseId)).toContain(caseId);
    await inside((context) => dropCaseVisits(context, caseId));
    expect((await item(next))?.state).toBe('dropped');
    // Nobody named: it is the class teacher's, and stays his when only the day moves.
    const other = taught()[31];
    if (!other) throw new Error('no pupil');
    const unnamed = { caseId: randomUUID(), childId: other.id, due: '2026-11-23', staff: null };
    const own = await inside((context) => planCaseVisit(context, unnamed));
    await inside((context) => planCaseVisit(context, { ...unnamed, due: '2026-11-24' }));
    const mine = (await teacherOf(other).call(myVisits, { day: '2026-11-24' })).due;
    expect(mine.map((one) => one.itemId)).toContain(own);
  });
});

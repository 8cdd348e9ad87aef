import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listPlanItems, makePlan, planCoverage } from '#contract/visit-plans.ts';
import { getVisit, recordVisit } from '#contract/visits.ts';
import { coverageStates } from '#domain/visits/record.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { pupilsByClass, type Pupil } from './plan-testing.ts';
import { attemptOf, visitOf } from './testing.ts';

let world: World;
let bureau: Person;
let principal: Person;
let stranger: Person;
let teacher: Person;
let pupils: Pupil[];
/** Brother and sister; one of them is visited. */
let together: string[];
const plans = [randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [kept, moved] = (await pupilsByClass(world)).filter((one) => one.household_id !== null);
  await bringTogether(kept, moved);
  const found = await pupilsByClass(world);
  const school = found[0]?.school_id ?? '';
  pupils = found.filter((one) => one.school_id === school);
  bureau = await world.person('bureauOfficer', world.district);
  principal = await world.person('principal', school);
  stranger = await world.person('principal', found.find((one) => one.school_id !== school)?.school_id ?? '');
  teacher = await world.person('classTeacher', pupils[0]?.class_id ?? '', '周老师');
  const plan = { schoolId: school, preview: false };
  await principal.call(makePlan, {
    ...plan,
    id: plans[0],
    kind: 'term',
    name: '秋季学期走访',
    from: '2026-11-01',
    to: '2026-12-31',
  });
  const childIds = pupils.slice(0, 5).map((one) => one.id);
  await principal.call(makePlan, {
    ...plan,
    id: plans[1],
    kind: 'atRisk',
    name: '重点月访',
    from: '2026-10-01',
    to: '2026-11-30',
    childIds,
  });
  // Met at the door, which is late for October; a call, which counts for neither plan; an attempt; brothers and sisters of one visited.
  const [visited, sibling] = together;
  const class0 = pupils.filter((one) => one.class_id === pupils[0]?.class_id);
  const own = [...class0.filter((one) => one.id === visited), ...class0.filter((one) => !together.includes(one.id))];
  expect([own[0]?.id, class0.some((one) => one.id === sibling)]).toEqual([visited, true]);
  for (const [at, pupil] of own.slice(0, 12).entries()) {
    const input =
      at % 3 === 0
        ? visitOf(world, pupil.id)
        : at % 3 === 1
          ? attemptOf(world, pupil.id)
          : visitOf(world, pupil.id, { mode: 'phone', signatures: [] });
    await teacher.call(recordVisit, input);
  }
});
afterAll(() => world.stop());

/** Lets two pupils of the first class live in one household. */
async function bringTogether(kept: Pupil | undefined, moved: Pupil | undefined): Promise<void> {
  if (!kept || kept.class_id !== moved?.class_id) throw new Error('no two pupils of a class in households');
  const owner = await world.platform.database.ownerPool.connect();
  try {
    await owner.query('BEGIN');
    await owner.query('ALTER TABLE register_entry NO FORCE ROW LEVEL SECURITY');
    await owner.query(
      'UPDATE register_entry SET household_id = $3 WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
      [world.district, moved.id, kept.household_id],
    );
    await owner.query('ALTER TABLE register_entry FORCE ROW LEVEL SECURITY');
    await owner.query('COMMIT');
  } finally {
    owner.release();
  }
  together = [kept.id, moved.id];
}

it('VIS-14 VIS-02 every number of a plan opens its names: the counts equal the totals of the lists, by class too, for each who reads it', async () => {
  for (const id of plans)
    for (const reader of [bureau, principal, teacher]) {
      const plan = await reader.call(planCoverage, { id });
      const lines = [
        { asked: {}, counts: plan.counts },
        ...plan.classes.map((line) => ({
          asked: line.classId === null ? { noClass: 'yes' as const } : { classId: line.classId },
          counts: line,
        })),
      ];
      for (const { asked, counts } of lines) {
        const total = async (more: object) =>
          (await reader.call(listPlanItems, { id, size: 1, ...asked, ...more })).total;
        expect(await total({})).toBe(counts.due);
        for (const state of coverageStates) expect([state, await total({ state })]).toEqual([state, counts[state]]);
        expect(await total({ state: 'uncovered' })).toBe(counts.due - counts.covered);
        expect(await total({ by: 'household' })).toBe(counts.households);
        expect(await total({ by: 'household', state: 'covered' })).toBe(counts.householdsCovered);
        const doors = await Promise.all(
          (['late', 'attempted', 'none'] as const).map((state) => total({ by: 'household', state })),
        );
        expect(doors.reduce((sum, one) => sum + one, 0)).toBe(counts.households - counts.householdsCovered);
      }
    }
  const [term, risk] = await Promise.all(plans.map((id) => principal.call(planCoverage, { id })));
  expect([term?.counts.covered, term?.counts.attempted].every((one) => (one ?? 0) > 3)).toBe(true);
  expect(risk?.counts.late).toBeGreaterThan(0);
});

it('VIS-14 the list pages and searches, shows a household together and opens the visit that did it', async () => {
  const id = plans[0];
  const all: string[] = [];
  for (let page = 1; page <= 60; page += 1) {
    const { rows, total } = await principal.call(listPlanItems, { id, page, size: 20 });
    all.push(...rows.flatMap((row) => row.itemIds));
    if (page * 20 >= total) break;
  }
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(pupils.length);
  const made = await principal.call(listPlanItems, { id, state: 'covered', size: 200 });
  for (const row of made.rows) {
    const visit = await principal.call(getVisit, { id: row.visitId ?? '' });
    expect([visit.childId, visit.day, visit.met]).toEqual([row.children[0]?.childId, row.visitDay, true]);
    expect(row.openIds).toEqual([]);
  }
  const attempted = await principal.call(listPlanItems, { id, state: 'attempted', size: 200 });
  expect(attempted.rows[0]).toMatchObject({ attempts: 1, lastAttempt: '2026-11-20 未遇（家中无人）', visitId: null });
  const pupil = pupils[20];
  if (!pupil) throw new Error('too few pupils');
  const named = await principal.call(listPlanItems, { id, q: pupil.name });
  expect(named.rows.map((row) => row.children[0]?.childId)).toContain(pupil.id);
  expect(named.rows.every((row) => row.children[0]?.name.startsWith(pupil.name))).toBe(true);
  const doors = await principal.call(listPlanItems, { id, by: 'household', size: 200, state: 'covered' });
  const whole = doors.rows.find((row) => row.children.length > 1);
  expect(whole?.children.map((one) => one.childId).sort()).toEqual([...together].sort());
  expect([whole?.state, whole?.openIds.length]).toEqual(['covered', 1]);
  const found = await principal.call(listPlanItems, { id, by: 'household', q: whole?.children[1]?.name ?? '' });
  expect(found.rows.map((row) => row.children)).toContainEqual(whole?.children);
  expect((await stranger.ask(listPlanItems, { id })).status).toBe(404);
});

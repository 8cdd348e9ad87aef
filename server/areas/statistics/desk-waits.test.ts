import { afterAll, beforeAll, expect, it } from 'vitest';
import { listLeaves, requestLeave } from '#contract/attendance-leaves.ts';
import { listSigns } from '#contract/risk.ts';
import { signReport } from '#contract/statistics-reports.ts';
import { getDesk } from '#contract/statistics.ts';
import { makePlan } from '#contract/visit-plans.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
beforeAll(async () => {
  opened = await openCaseWorld();
});
afterAll(() => opened.world.stop());

const waits = async (person: Person) => {
  const { counts } = await person.call(getDesk, {});
  return Object.fromEntries(counts.map((one) => [one.label, { value: one.value, to: one.to }]));
};

it('STA-37 the desk counts by role what waits beside duties, each with its list: leaves, signed reports, own visits, signs nobody acts on', async () => {
  const pupil = pupilOf(opened, 0);
  const labels = ['待批准的长假', '待同意的考勤更正', '待审核的签报', '有预警迹象、尚无人处理的学生'];
  for (const person of [opened.principal, opened.officer, opened.teacher])
    expect(Object.keys(await waits(person)).filter((label) => labels.includes(label))).toEqual([]);
  await opened.teacher.call(requestLeave, { id: phoneId(), childId: pupil.id, kind: 'illness', asker: 'guardian', fromDay: '2026-11-23', toDay: '2026-12-11', reason: '住院' }); // prettier-ignore
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO risk_sign (district_code, id, child_id, kind, strength, words, facts, since, state, changed_at, reach)
     SELECT c.district_code, $3, c.id, 'absence', 3, '连续缺勤', '3', '2026-11-18', 'open', '2026-11-20T02:00:00Z', c.reach FROM child c WHERE c.district_code = $1 AND c.id = $2`,
    [opened.world.district, pupil.id, phoneId()],
  );
  const plan = { id: phoneId(), kind: 'term' as const, name: '本学期普访', schoolId: pupil.school_id, from: '2026-11-23', to: '2026-11-27', classIds: [pupil.class_id], preview: false }; // prettier-ignore
  const { visits } = await opened.principal.call(makePlan, plan);
  expect(visits).toBeGreaterThan(3);
  await opened.move('2026-11-27T02:00:00Z');
  await opened.principal.call(signReport, { schoolId: pupil.school_id, period: 'week', day: '2026-11-27', reason: '点名未齐' }); // prettier-ignore
  const principal = await waits(opened.principal);
  expect(principal['待批准的长假']).toEqual({ value: 1, to: '/attendance/leaves?show=requested' });
  expect(principal['有预警迹象、尚无人处理的学生']).toEqual({ value: 1, to: '/risks?acted=no' });
  expect(principal['待审核的签报']).toBeUndefined();
  expect((await opened.principal.call(listLeaves, { show: 'requested' })).total).toBe(1);
  expect((await opened.principal.call(listSigns, { acted: 'no' })).total).toBe(1);
  const teacher = await waits(opened.teacher);
  expect(teacher['待批准的长假']).toBeUndefined();
  const own = Object.entries(teacher).find(([label]) => label.startsWith('本人到期的计划走访'));
  expect(own?.[1]).toEqual({ value: visits, to: '/visits/new' });
  expect(own?.[0]).toContain('超期');
  const officer = await waits(opened.officer);
  expect(officer['待审核的签报']).toEqual({ value: 1, to: '/reports?period=week&day=2026-11-23&state=signed' });
  expect(officer['待批准的长假']).toBeUndefined();
  // Who sees another school is told nothing of this one.
  const elsewhere = await opened.world.person('principal', opened.otherSchool);
  expect(Object.keys(await waits(elsewhere)).filter((label) => labels.includes(label))).toEqual([]);
});

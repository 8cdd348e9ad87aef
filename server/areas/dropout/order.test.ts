import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkDismissal, dismissCase, reportDropout } from '#contract/dropout.ts';
import { planCase } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import { rows } from '#server/testing/reach.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const counted = (many: number) => Array.from({ length: many }, (_, at) => String(at + 1));

it('DRP-25 decisions of one instant stand in the order in which they were made', async () => {
  const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupilOf(on, 0).id));
  // The clock stands still: every proposal and every check has the same moment, and ids of one moment follow no order.
  for (const at of counted(6)) {
    await on.principal.call(dismissCase, { id, reason: `第 ${at} 次排除` });
    await on.officer.call(checkDismissal, { id, accept: false, note: `第 ${at} 次退回` });
  }
  await on.principal.call(dismissCase, { id, reason: '最后一次' });
  const shown = await on.officer.call(getCase, { id });
  expect([shown.decision?.note, shown.decision?.accepted]).toEqual(['最后一次', null]);
  expect(shown.earlierDecisions.map((one) => [one.note, one.checkNote])).toEqual(
    counted(6)
      .reverse()
      .map((at) => [`第 ${at} 次排除`, `第 ${at} 次退回`]),
  );
});

it('DRP-25 the newest plan of one instant is the one made last, and reports stand as they came, whatever ids their phones chose', async () => {
  const child = pupilOf(on, 1).id;
  const { caseId: id } = await on.teacher.call(reportDropout, reportOf(child, { reasonWords: '第 0 条', id: randomUUID() })); // prettier-ignore
  for (const at of counted(5)) {
    await on.teacher.call(reportDropout, reportOf(child, { reasonWords: `第 ${at} 条`, id: randomUUID() }));
    const people = [{ staffId: null, name: '周老师', task: '家访', day: '2026-11-25' }];
    await on.schoolOfficer.call(planCase, { id, goal: `第 ${at} 版`, people });
    expect((await on.officer.call(getCase, { id })).plan?.goal).toBe(`第 ${at} 版`);
  }
  const { reports } = await on.officer.call(getCase, { id });
  expect(reports.map((one) => one.reason.split('：')[1])).toEqual([
    '第 0 条',
    ...counted(5).map((at) => `第 ${at} 条`),
  ]);
});

it('DRP-25 two who write at once get different places, and the database refuses a place twice', async () => {
  const child = pupilOf(on, 2).id;
  const { caseId } = await on.teacher.call(reportDropout, reportOf(child));
  const people = [on.teacher, on.schoolOfficer, on.principal, on.officer];
  const sent = await Promise.all(people.map((person) => person.ask(reportDropout, reportOf(child, { id: randomUUID() })))); // prettier-ignore
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const kept = await rows<{ id: string; number: number }>(
    on.world,
    'SELECT id, number FROM dropout_report WHERE district_code = $1 AND case_id = $2 ORDER BY number',
    [caseId],
  );
  expect(kept.map((row) => row.number)).toEqual([1, 2, 3, 4, 5]);
  await expect(
    on.world.platform.database.loaderPool.query(
      `INSERT INTO case_finding (district_code, id, case_id, child_id, round, made_by, made_name, made_at, day, sealed, reach, number)
       SELECT $1, n.id, $2, $3, 1, 'a', 'a', now(), '2026-11-20', '\\x00', '{}', 1 FROM (VALUES ($4::uuid), ($5::uuid)) n (id)`,
      [on.world.district, caseId, child, randomUUID(), randomUUID()],
    ),
  ).rejects.toThrow('case_finding_number_uq');
});

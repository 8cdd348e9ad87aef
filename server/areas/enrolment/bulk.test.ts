import { afterAll, beforeAll, expect, it } from 'vitest';
import { stepChanges } from '#contract/enrolment-acts.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { listLeavers, placeLeavers } from '#contract/enrolment-year.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { moveChildren } from './course.ts';
import { openChangeWorld, piece, pupilAt, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

it('ENR-39 a primary school’s leavers are placed at once and confirmed at once; what cannot be done is named and holds up no other', async () => {
  const found = await rows<{ id: string; code: string }>(on.world, `SELECT id, code FROM school WHERE district_code = $1 AND code IN ('2142010201', '3142010801')`); // prettier-ignore
  const idOf = (code: string) => found.find((school) => school.code === code)?.id ?? '';
  const [primary, junior] = [idOf('2142010201'), idOf('3142010801')];
  const juniorRegistrar = await on.world.person('registrar', junior);
  const sixth = await rows<{ id: string; name: string }>(
    on.world,
    `SELECT e.child_id AS id, e.name FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND e.grade = 6 AND upper_inf(e.known)`,
    [primary],
  );
  await on.whole(
    (context) =>
    moveChildren(context, sixth.map(({ id }) => ({ childId: id, day: '2026-11-20', state: 'leaver' as const, cause: 'leaving' as const }))), // prettier-ignore
  );
  const [first] = sixth;
  const named = await on.officer.call(listLeavers, { q: first?.name ?? '', show: 'unplaced' });
  expect(named.rows.map((row) => row.childId)).toContain(first?.id);
  expect(named.total).toBeLessThan(sixth.length);
  expect((await on.officer.ask(placeLeavers, { toSchoolId: junior, reportDay: '2026-11-20' })).status).toBe(422);
  const placed = await on.officer.call(placeLeavers, { allOf: primary, toSchoolId: junior, reportDay: '2026-11-20' });
  expect(placed).toEqual({ placed: sixth.length, refused: [] });
  const waiting = await juniorRegistrar.call(contract.listChanges, { kind: 'placement', size: 200 });
  const ids = waiting.rows.map((row) => row.id);
  const [gone] = waiting.rows;
  await on.officer.call(contract.withdrawChange, { id: gone?.id ?? '', reason: '另行安排' });
  expect((await on.teacher.ask(stepChanges, { ids, act: 'arrive', day: '2026-11-20' })).status).toBe(403);
  expect((await juniorRegistrar.ask(stepChanges, { ids, act: 'arrive' })).status).toBe(422);
  const answer = await juniorRegistrar.call(stepChanges, { ids: [...ids, phoneId()], act: 'arrive', day: '2026-11-20' }); // prettier-ignore
  expect(answer.done).toBe(ids.length - 1);
  expect(answer.refused.map((one) => [one.id === gone?.id, one.name, one.why])).toEqual([
    [true, gone?.name, '这项异动现在的状态不能这样办理，请刷新后看下一步。'],
    [false, '', expect.stringContaining('没有找到')],
  ]);
  const [stood] = await rows<{ n: number }>(
    on.world,
    `SELECT count(*)::int AS n FROM course WHERE district_code = $1 AND school_id = $2 AND cause = 'placement' AND state = 'inSchool' AND upper_inf(known)`,
    [junior],
  );
  expect(stood?.n).toBe(ids.length - 1);
  const [trail] = await rows<{ detail: { done: string[]; refused: string[] } }>(on.world, `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = 'enrolment.stepChanges' AND outcome = 'done'`); // prettier-ignore
  expect([trail?.detail.done.length, trail?.detail.refused.length]).toEqual([ids.length - 1, 2]);
});

it('ENR-39 ENR-19 the bureau approves many changes at once, none that it asked for itself', async () => {
  const asked = async (index: number, by: typeof on.registrar) => {
    const id = phoneId();
    await by.call(contract.askChange, {
      id,
      kind: 'transferOutProvince',
      childId: pupilAt(on, index).id,
      fromDay: '2026-11-20',
      reason: '随父母外出',
      elsewhere: '外省某小学',
      pieces: [await piece(on, by, 'acceptance')],
    });
    return id;
  };
  const ids = [await asked(0, on.registrar), await asked(1, on.registrar)];
  expect((await on.principal.call(stepChanges, { ids, act: 'approve' })).done).toBe(2);
  const own = await asked(2, on.officer);
  await on.principal.call(contract.approveChange, { id: own });
  const answer = await on.officer.call(stepChanges, { ids: [own, ...ids], act: 'approve' });
  expect(answer).toEqual({
    done: 2,
    refused: [{ id: own, name: pupilAt(on, 2).name, why: '这项异动由您提出，须由另一人审批。' }],
  });
});

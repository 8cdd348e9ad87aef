import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideLeave, listLeaves, requestLeave, verifyLeave } from '#contract/attendance-leaves.ts';
import { answerAbsence, getRollCall, markRollCall } from '#contract/attendance.ts';
import { reportDropout } from '#contract/dropout.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { recordVisit } from '#contract/visits.ts';
import { openCaseWorld, pupilOf, reportOf, type CasePupil, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { visitOf } from '#server/areas/visits/testing.ts';
import { checkLeaves } from './actions.ts';

let on: CaseWorld;

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

/** An illness of a pupil without paper, taken down, approved and grown too long; answers its id. */
async function longIllness(pupil: CasePupil): Promise<string> {
  const id = randomUUID();
  const days = { fromDay: '2026-11-20', toDay: '2026-12-31' };
  await on.teacher.call(requestLeave, { id, childId: pupil.id, kind: 'illness', asker: 'guardian', ...days });
  await on.schoolOfficer.call(decideLeave, { id, approve: true });
  expect(await on.whole(checkLeaves)).toBe(1);
  return id;
}
const owed = async (childId: string) =>
  (await on.principal.call(listDuties, { scope: 'unit', childId })).rows.map((row) => row.rule).sort();

describe('what a verification leads to', () => {
  it('ATT-20 a prolonged illness without paper is told of again after as many school days, with a duty of its own', async () => {
    await on.move('2026-12-14T02:00:00Z');
    const pupil = pupilOf(on, 0);
    const id = await longIllness(pupil);
    expect(await owed(pupil.id)).toEqual(['verifyLeave']);
    const prolonged = { id, outcome: 'prolonged' as const, note: '电话核实仍在治疗', toDay: '2027-02-26' };
    await on.schoolOfficer.call(verifyLeave, prolonged);
    expect([await on.whole(checkLeaves), await owed(pupil.id)]).toEqual([0, []]);
    await on.move('2027-01-04T02:00:00Z');
    expect(await on.whole(checkLeaves)).toBe(0);
    await on.move('2027-01-11T02:00:00Z');
    expect([await on.whole(checkLeaves), await owed(pupil.id)]).toEqual([1, ['verifyLeave']]);
    expect(await on.whole(checkLeaves)).toBe(0);
  });

  it('ATT-19 未返校 opens the suspected case, which waits for its report; the visit is one of this pupil', async () => {
    const pupil = pupilOf(on, 1);
    const id = await longIllness(pupil);
    const visit = visitOf(on.world, pupil.id, {});
    const other = visitOf(on.world, pupilOf(on, 2).id, {});
    for (const one of [visit, other]) await on.teacher.call(recordVisit, one);
    const found = { id, outcome: 'notReturned' as const, note: '家中无人，邻居称已外出' };
    expect((await on.schoolOfficer.ask(verifyLeave, { ...found, visitId: other.id })).status).toBe(422);
    await on.schoolOfficer.call(verifyLeave, { ...found, visitId: visit.id });
    const [opened] = (await on.teacher.call(listCases, { childId: pupil.id })).rows;
    const shown = await on.teacher.call(getCase, { id: opened?.id ?? '' });
    expect([shown.state, shown.next?.action, shown.timeline.map((one) => one.words)]).toEqual([
      'suspected',
      'report',
      ['请假期满，核实未返校'],
    ]);
    expect(await owed(pupil.id)).toEqual(['reportSuspected', 'visitSuspected']);
    const row = (await on.principal.call(listLeaves, { show: 'all', childId: pupil.id })).rows[0];
    expect([row?.verifiedNote, row?.verifiedVisitId]).toEqual([found.note, visit.id]);
    expect((await on.leader.call(listLeaves, { show: 'all', childId: pupil.id })).rows[0]?.verifiedNote).toBeNull();
  });

  it('ATT-19 未返校 of a pupil with an open case stands in that case', async () => {
    const pupil = pupilOf(on, 3);
    const { caseId } = await on.teacher.call(reportDropout, reportOf(pupil.id));
    const again = await longIllness(pupil);
    await on.schoolOfficer.call(verifyLeave, { id: again, outcome: 'notReturned', note: '核实未返校，已报告' });
    expect((await on.teacher.call(listCases, { childId: pupil.id })).rows.map((row) => row.id)).toEqual([caseId]);
    const shown = await on.teacher.call(getCase, { id: caseId });
    expect(shown.timeline.at(-1)?.words).toBe('请假期满，核实未返校');
  });

  it('ATT-21 the roll call gives with each pupil the day since which the next act is prefilled', async () => {
    const pupil = pupilOf(on, 4);
    const absent = randomUUID();
    const marked = { id: randomUUID(), classId: pupil.class_id, day: '2027-01-11', part: 'morning' as const };
    await on.teacher.call(markRollCall, { ...marked, absent: [{ id: absent, childId: pupil.id, kind: 'unexcused' }] });
    const given = await on.teacher.call(answerAbsence, { id: absent, answer: 'leftSchool' });
    expect(given.next).toMatchObject({ act: 'report', since: '2027-01-11', reason: '家长称孩子不再上学' });
    const roll = await on.teacher.call(getRollCall, { classId: pupil.class_id, day: '2027-01-11', part: 'morning' });
    const since = new Map(roll.pupils.map((one) => [one.childId, one.since]));
    expect([since.get(pupil.id), since.get(pupilOf(on, 2).id)]).toEqual(['2027-01-11', null]);
  });
});

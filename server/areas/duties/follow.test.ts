import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportDropout } from '#contract/dropout.ts';
import { handOver } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import * as contract from '#contract/duties.ts';
import { approveChange, askChange, confirmArrival, getChange } from '#contract/enrolment-changes.ts';
import { listMessages } from '#contract/messages.ts';
import { listAudit } from '#contract/security.ts';
import { changeRules, papersFor } from '#domain/enrolment/change-rules.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { openChangeWorld, piece, pupilAt, secondClass, type ChangeWorld } from '#server/areas/enrolment/testing.ts';
import { crossingOf, phoneId, reportOf } from '#server/areas/dropout/testing.ts';
import { eachMinute } from '#server/minute.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';

let on: ChangeWorld;
let otherTeacher: Person;
let otherOfficer: Person;
let otherClass: string;
beforeAll(async () => {
  on = await openChangeWorld();
  const [room] = await rows<{ id: string }>(
    on.world,
    'SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND grade = 4 ORDER BY class_no LIMIT 1',
    [on.otherSchool],
  );
  otherClass = room?.id ?? '';
  otherTeacher = await on.world.person('classTeacher', otherClass, '吕老师');
  otherOfficer = await on.world.person('schoolOfficer', on.otherSchool, '何主任');
});
afterAll(() => on.world.stop());

const day = '2026-11-20';

/** Lets a transfer inside the district go from its application to the arrival at the other school; answers its id. */
async function transfer(childId: string, toClassId: string | null): Promise<string> {
  const id = phoneId();
  const pieces = [];
  for (const { code } of papersFor('transferInside', false)) pieces.push(await piece(on, on.officer, code));
  const to = { toSchoolId: on.otherSchool, ...(toClassId === null ? {} : { toClassId, toGrade: 4 }) };
  await on.officer.call(askChange, {
    id,
    kind: 'transferInside',
    childId,
    fromDay: day,
    reason: '随迁',
    pieces,
    ...to,
  });
  for (const state of changeRules.transferInside.route) {
    if (state === 'arrival') await on.otherRegistrar.call(confirmArrival, { id, day });
    else {
      const by = state === 'bureau' ? on.second : state === 'receiving' ? on.otherPrincipal : on.principal;
      await by.call(approveChange, { id });
    }
  }
  expect((await on.officer.call(getChange, { id })).state).toBe('done');
  return id;
}

const dutiesOf = (childId: string) =>
  rows<{ id: string; rule: string; state: string; owner_role: string; owner_unit: string; due_at: Date; level: number; settled_event: string | null; case_id: string | null }> // prettier-ignore
  (
    on.world,
    'SELECT id, rule, state, owner_role, owner_unit, due_at, level, settled_event, case_id FROM duty WHERE district_code = $1 AND child_id = $2 ORDER BY rule, started_at',
    [childId],
  );
const open = async (childId: string) => (await dutiesOf(childId)).filter((duty) => duty.state === 'open');

it('DUT-19 the open duties of a pupil go to the teacher of the school that receives him, with history, message and trail', async () => {
  const pupil = pupilAt(on, 0);
  await on.tell(crossingOf(pupil, day));
  await on.tell({ kind: 'attendance.classMarked', schoolId: pupil.school_id, classId: pupil.class_id, day, part: 'morning', absent: [pupil.id], at: `${day}T01:00:00Z` }); // prettier-ignore
  const before = await open(pupil.id);
  expect(before.map((duty) => [duty.rule, duty.owner_unit])).toEqual(
    expect.arrayContaining([
      ['contactGuardian', pupil.class_id],
      ['visitSuspected', pupil.class_id],
    ]),
  );
  const changeId = await transfer(pupil.id, otherClass);
  const after = await dutiesOf(pupil.id);
  const visit = after.find((duty) => duty.rule === 'visitSuspected');
  const was = before.find((duty) => duty.rule === 'visitSuspected');
  expect(visit).toMatchObject({ id: was?.id, state: 'open', owner_role: 'classTeacher', owner_unit: otherClass, due_at: was?.due_at, level: was?.level }); // prettier-ignore
  // His absence at the old school need not be asked after any more.
  expect(after.find((duty) => duty.rule === 'contactGuardian')).toMatchObject({ state: 'settled', settled_event: 'enrolment.childMoved' }); // prettier-ignore
  // Nothing is left with the class or the school that he has left.
  expect(after.filter((duty) => duty.state === 'open' && [pupil.class_id, pupil.school_id].includes(duty.owner_unit))).toEqual([]); // prettier-ignore

  const old = await on.world.person('classTeacher', pupil.class_id);
  const seen = async (person: Person) =>
    (await person.call(contract.listDuties, { scope: 'mine', rule: 'visitSuspected' })).rows.map((row) => row.childId);
  expect(await seen(otherTeacher)).toContain(pupil.id);
  expect(await seen(old)).not.toContain(pupil.id);
  const told = await otherTeacher.call(contract.getDuty, { id: visit?.id ?? '' });
  expect(told.events.map((event) => event.words)).toContainEqual(expect.stringMatching(/^随学生转到.+，由班主任接办（原由.+班主任承办），期限不变$/)); // prettier-ignore
  const { rows: messages } = await otherTeacher.call(listMessages, {});
  const message = messages.find((one) => one.subject === '有任务随学生转来');
  expect(message?.body).toContain('上门走访');
  const name = (await rows<{ name: string }>(on.world, 'SELECT name FROM child WHERE district_code = $1 AND id = $2', [pupil.id]))[0]?.name ?? ''; // prettier-ignore
  expect(message?.body).not.toContain(name);
  const auditor = await on.world.person('auditAdmin', on.world.district);
  const { rows: trail } = await auditor.call(listAudit, { verb: 'enrolment.confirmArrival' });
  const entry = trail.find((row) => row.subjectId === changeId);
  expect(JSON.stringify(entry?.detail)).toContain(visit?.id ?? 'no duty');
});

it('DUT-19 an open case goes with the pupil, and the next step is owed by the new school', async () => {
  const pupil = pupilAt(on, 1);
  const teacher = await on.world.person('classTeacher', pupil.class_id);
  const { caseId } = await teacher.call(reportDropout, reportOf(pupil.id));
  expect((await open(pupil.id)).find((duty) => duty.rule === 'confirmSuspected')?.owner_unit).toBe(pupil.school_id);
  await transfer(pupil.id, null);
  const left = await open(pupil.id);
  expect(left.find((duty) => duty.rule === 'confirmSuspected')).toMatchObject({ owner_role: 'principal', owner_unit: on.otherSchool }); // prettier-ignore
  // Not yet in a class there: the visit is the officer's.
  expect(left.find((duty) => duty.rule === 'visitSuspected')).toMatchObject({ owner_role: 'schoolOfficer', owner_unit: on.otherSchool }); // prettier-ignore
  expect(left.filter((duty) => duty.owner_unit === pupil.school_id || duty.owner_unit === pupil.class_id)).toEqual([]);
  const shown = await otherOfficer.call(getCase, { id: caseId });
  expect(shown.schoolId).toBe(on.otherSchool);
  expect(shown.timeline.some((one) => /^学生转到.+就读，个案随学生移交$/.test(one.words))).toBe(true);
  // Who had it still sees it.
  expect((await on.principal.ask(getCase, { id: caseId })).status).toBe(200);
  // The new principal, and not the old one, may confirm.
  expect((await on.otherPrincipal.call(getCase, { id: caseId })).next?.action).toBe('confirm');
});

it('DUT-19 a change of class hands them to the new class teacher; what is owed where he attends beside the roll stays there', async () => {
  const pupil = pupilAt(on, 2);
  const { id: to } = await secondClass(on, 4);
  await on.tell(crossingOf(pupil, day));
  const beside = pupilAt(on, 3);
  await on.tell(crossingOf({ ...beside, school_id: on.otherSchool, class_id: otherClass }, day));
  for (const { id: childId } of [pupil, beside])
    await on.whole((context) =>
      moveChild(context, { childId, day, state: 'inSchool', cause: 'classChange', classId: to, changeId: null }),
    );
  const unit = async (childId: string) =>
    (await open(childId)).find((duty) => duty.rule === 'visitSuspected')?.owner_unit;
  expect([await unit(pupil.id), await unit(beside.id)]).toEqual([to, otherClass]);
});

it('DUT-19 what a list or a correction says without news is followed within the minute, once; a case handed elsewhere by people stays there', async () => {
  const [pupil, handed] = [pupilAt(on, 4), pupilAt(on, 5)];
  await on.tell(crossingOf(pupil, day));
  const teacher = await on.world.person('classTeacher', handed.class_id);
  const { caseId } = await teacher.call(reportDropout, reportOf(handed.id));
  const [third] = await rows<{ id: string }>(
    on.world,
    'SELECT id FROM school WHERE district_code = $1 AND id <> ALL($2::uuid[]) ORDER BY code LIMIT 1',
    [[pupil.school_id, on.otherSchool]],
  );
  await on.principal.call(handOver, { id: caseId, to: 'school', unit: third?.id ?? '', reason: '随迁，待办学籍' });
  for (const { id: childId } of [pupil, handed])
    await on.whole(
      (context) =>
      moveChild(context, { childId, day, state: 'inSchool', cause: 'correction', schoolId: on.otherSchool, classId: otherClass, changeId: null }), // prettier-ignore
    );
  const before = await open(pupil.id);
  expect(before.map((duty) => duty.owner_unit)).toContain(pupil.class_id);
  await eachMinute(on.world.platform);
  const after = await open(pupil.id);
  expect(after.filter((duty) => [pupil.class_id, pupil.school_id].includes(duty.owner_unit))).toEqual([]);
  expect(after.find((duty) => duty.rule === 'visitSuspected')).toMatchObject({
    id: before.find((duty) => duty.rule === 'visitSuspected')?.id,
    owner_unit: otherClass,
  });
  const runs = () =>
    rows(on.world, `SELECT 1 FROM audit_entry WHERE district_code = $1 AND verb = 'duties.followPupils'`).then((all) => all.length); // prettier-ignore
  expect(await runs()).toBe(1);
  await eachMinute(on.world.platform);
  expect(await runs()).toBe(1);
  expect((await on.officer.call(getCase, { id: caseId })).schoolId).toBe(third?.id);
});

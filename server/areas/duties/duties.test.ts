import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/duties.ts';
import { setSetting } from '#contract/organisations.ts';
import { getDesk } from '#contract/statistics.ts';
import type { News } from '#server/http/news.ts';
import { connectListeners } from '#server/listeners.ts';
import type { Person } from '#server/testing/world.ts';
import { markedNews, openDutyWorld, steppedNews, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let teacher: Person;
let otherTeacher: Person;
let officer: Person;
let principal: Person;
let stranger: Person;
let bureau: Person;

const at = '2026-11-20T02:00:00.000Z';
const day = '2026-11-20';

function child(index: number): { id: string; name: string } {
  const found = all.children[index];
  if (!found) throw new Error('too few pupils');
  return found;
}
const place = (index: number) => ({ childId: child(index).id, schoolId: all.schoolId, classId: all.classId });
const marked = (absent: string[], more: Partial<Extract<News, { kind: 'attendance.classMarked' }>> = {}): News => ({
  ...markedNews(all, day, absent),
  at,
  ...more,
});
const stepped = (
  index: number,
  caseId: string,
  step: string,
  state: string,
  next: string | null,
  dueDate: string | null,
  more: Partial<Extract<News, { kind: 'dropout.stepped' }>> = {},
): News => ({ ...steppedNews(all.schoolId, { caseId, step, state, next, dueDate }), at, ...place(index), ...more });
const open = async (rule?: string) => (await all.duties(rule)).filter((duty) => duty.state === 'open');

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  const school = await world.platform.database.loaderPool.query<{ id: string; code: string }>(
    `SELECT id, code FROM school WHERE district_code = $1`,
    [world.district],
  );
  const code = (id: string) => school.rows.find((row) => row.id === id)?.code ?? '';
  teacher = await world.person('classTeacher', all.classId, '陈老师');
  otherTeacher = await world.person('classTeacher', all.otherClassId, '李老师');
  officer = await world.person('schoolOfficer', code(all.schoolId));
  principal = await world.person('principal', code(all.schoolId));
  stranger = await world.person('principal', code(all.otherSchoolId));
  bureau = await world.person('bureauOfficer', world.district);
});
afterAll(() => all.world.stop());

describe('news opens and settles duties', () => {
  it('DUT-03 DUT-04 a class due is marked; each absent pupil is to be asked after the same day; twice changes nothing', async () => {
    const due: News = {
      kind: 'attendance.classDue',
      schoolId: all.schoolId,
      classId: all.classId,
      day,
      part: 'morning',
      at,
    };
    await all.tell(due);
    await all.tell(due);
    const [mark, ...more] = await all.duties('markClass');
    expect(more).toEqual([]);
    expect(mark).toMatchObject({
      owner_role: 'classTeacher',
      owner_unit: all.classId,
      state: 'open',
      rule_version: 'v1',
    });
    expect(mark?.due_at.toISOString()).toBe('2026-11-20T02:30:00.000Z');
    const news = marked([child(0).id, child(1).id]);
    await all.tell(news);
    await all.tell(news);
    expect((await all.duties('markClass')).map((duty) => [duty.state, duty.settled_event])).toEqual([
      ['settled', 'attendance.classMarked'],
    ]);
    await all.tell(due);
    expect(await open('markClass')).toEqual([]);
    const asked = await all.duties('contactGuardian');
    expect(asked.map((duty) => duty.child_id).sort()).toEqual([child(0).id, child(1).id].sort());
    expect(asked.map((duty) => duty.due_at.toISOString())).toEqual(asked.map(() => '2026-11-20T15:59:59.999Z'));
    await all.tell({ kind: 'attendance.contacted', day, answer: 'sick', at, ...place(0) });
    await all.tell(news);
    expect((await open('contactGuardian')).map((duty) => duty.child_id)).toEqual([child(1).id]);
    await all.tell({ kind: 'attendance.absenceGone', day, at, ...place(1) });
    expect(await open('contactGuardian')).toEqual([]);
  });

  it('DUT-03 DUT-04 a crossed threshold asks for report and visit; the report, the visit at the door settle them, an attempt does not', async () => {
    const crossed: News = { kind: 'attendance.thresholdCrossed', day, at, consecutive: 3, cumulative: 4, ...place(2) };
    const caseId = randomUUID();
    await all.tell(crossed);
    await all.tell(crossed);
    await all.tell(stepped(2, caseId, 'cross', 'suspected', 'confirm', '2026-11-27', { ownerRole: 'principal' }));
    const opened = (await open()).filter((duty) => duty.child_id === child(2).id);
    expect(opened.map((duty) => [duty.rule, duty.case_id === caseId]).sort()).toEqual([
      ['confirmSuspected', true],
      ['reportSuspected', true],
      ['visitSuspected', true],
    ]);
    expect(opened.find((duty) => duty.rule === 'visitSuspected')?.due_at.toISOString()).toBe(
      '2026-11-23T15:59:59.999Z',
    );
    await all.tell(stepped(2, caseId, 'report', 'suspected', 'confirm', '2026-11-27', { ownerRole: 'principal' }));
    const visit = { kind: 'visits.recorded', visitId: randomUUID(), caseId, day, at, ...place(2) } as const;
    await all.tell({ ...visit, mode: 'door', met: false });
    await all.tell({ ...visit, mode: 'phone', met: true });
    const rules = async () =>
      (await open())
        .filter((duty) => duty.child_id === child(2).id)
        .map((duty) => duty.rule)
        .sort();
    expect(await rules()).toEqual(['confirmSuspected', 'visitSuspected']);
    await all.tell({ ...visit, mode: 'door', met: true });
    expect(await rules()).toEqual(['confirmSuspected']);
    expect(await all.duties('confirmSuspected')).toHaveLength(1);
  });

  it('DUT-03 DUT-04 what is owed next follows the case: a step in between leaves it, the act settles it, the end settles all', async () => {
    const caseId = randomUUID();
    const ofCase = async () =>
      (await open())
        .filter((duty) => duty.case_id === caseId)
        .map((duty) => [duty.rule, duty.due_at.toISOString().slice(0, 10)]);
    await all.tell(stepped(3, caseId, 'confirm', 'confirmed', 'persuade', '2026-12-04'));
    await all.tell(
      stepped(3, caseId, 'plan', 'confirmed', 'persuade', '2026-12-04', { at: '2026-11-20T03:00:00.000Z' }),
    );
    expect(await all.duties('persuade')).toHaveLength(1);
    const persuaded = stepped(3, caseId, 'persuade', 'persuading', 'persuade', '2026-12-18', {
      at: '2026-11-21T03:00:00.000Z',
    });
    await all.tell(persuaded);
    await all.tell(persuaded);
    expect(await ofCase()).toEqual([['persuade', '2026-12-18']]);
    expect(await all.duties('persuade')).toHaveLength(2);
    await all.tell(
      stepped(3, caseId, 'refer', 'persuading', 'persuade', '2026-12-18', { at: '2026-11-22T03:00:00.000Z' }),
    );
    expect((await ofCase()).map(([rule]) => rule).sort()).toEqual(['persuade', 'referralAnswer']);
    await all.tell(
      stepped(3, caseId, 'writtenReport', 'persuading', 'deadlineNotice', '2026-12-05', {
        at: '2026-11-23T03:00:00.000Z',
        ownerRole: 'subdistrictOfficer',
        ownerUnitKind: 'subdistrict',
        ownerUnit: '420102012',
      }),
    );
    expect((await open('caseStep')).find((duty) => duty.case_id === caseId)).toMatchObject({
      owner_role: 'subdistrictOfficer',
      owner_unit: '420102012',
    });
    await all.tell(
      stepped(3, caseId, 'return', 'returned', 'followUp', '2026-12-01', { at: '2026-11-24T03:00:00.000Z' }),
    );
    expect((await ofCase()).map(([rule]) => rule).sort()).toEqual(['followUp', 'referralAnswer']);
    await all.tell(stepped(3, caseId, 'closeReturned', 'closed', null, null, { at: '2026-11-25T03:00:00.000Z' }));
    expect(await ofCase()).toEqual([]);
  });

  it('DUT-03 leave to verify counts days of school; a served document outside a case asks for the end of its time', async () => {
    const leaveId = randomUUID();
    await all.tell({ kind: 'attendance.leaveToVerify', leaveId, why: 'pastEnd', day, at, ...place(4) });
    const [leave] = await open('verifyLeave');
    expect([leave?.owner_role, leave?.due_at.toISOString().slice(0, 10)]).toEqual(['schoolOfficer', '2026-11-25']);
    await all.tell({ kind: 'attendance.leaveVerified', leaveId, outcome: 'returned', awayFrom: day, at, ...place(4) });
    const served = {
      documentId: randomUUID(),
      documentKind: 'persuasionNotice',
      childId: child(4).id,
      schoolId: all.schoolId,
      at,
    };
    await all.tell({ kind: 'notices.served', ...served, caseId: randomUUID(), dueDate: '2026-11-27' });
    expect(await open('noticeEnds')).toEqual([]);
    await all.tell({ kind: 'notices.served', ...served, caseId: null, dueDate: '2026-11-27' });
    expect(await open('noticeEnds')).toHaveLength(1);
    await all.tell({ kind: 'notices.voided', ...served, caseId: null, dueDate: null });
    expect([await open('verifyLeave'), await open('noticeEnds')]).toEqual([[], []]);
  });

  it('DUT-01 days set by the bureau hold from their date, and the duty keeps the version', async () => {
    await bureau.call(setSetting, { key: 'duty.visitSuspected', value: 5, fromDate: day, reason: '本区规定' });
    await all.tell({ kind: 'attendance.thresholdCrossed', day, at, consecutive: 3, cumulative: 3, ...place(5) });
    const visit = (await open('visitSuspected')).find((duty) => duty.child_id === child(5).id);
    expect([visit?.due_at.toISOString().slice(0, 10), visit?.rule_version]).toEqual([
      '2026-11-25',
      'v1（2026-11-20 起 5）',
    ]);
    const catalogue = await bureau.call(contract.listCatalogue, {});
    expect(catalogue.rules.find((rule) => rule.id === 'visitSuspected')).toMatchObject({
      due: '5 日内',
      settings: [{ key: 'duty.visitSuspected', label: '疑似辍学走访期限', value: '5 天' }],
      owner: '班主任',
    });
    expect(catalogue.clauses).toHaveLength(18);
  });
});

describe('what each sees and may do', () => {
  it('DUT-07 DUT-08 a teacher has the class, a principal the school, another school nothing; the desk leads to the act', async () => {
    await all.tell(marked([child(0).id], { part: 'afternoon', day: '2026-11-19', at: '2026-11-19T06:00:00.000Z' }));
    const overdue = (await teacher.call(getDesk, {})).sections[0];
    expect(overdue?.items[0]).toMatchObject({
      who: child(0).name,
      what: '联系监护人，问明未到校原因',
      due: '2026-11-19',
      source: 'duty',
      to: `/rollcall/${all.classId}?day=2026-11-19`,
    });
    const duty = (await open('contactGuardian'))[0];
    if (!duty) throw new Error('no duty');
    for (const person of [teacher, officer, principal, bureau])
      expect((await person.call(contract.getDuty, { id: duty.id })).who).toBe(child(0).name);
    for (const person of [otherTeacher, stranger])
      expect((await person.ask(contract.getDuty, { id: duty.id })).status).toBe(404);
    const unit = await principal.call(contract.listDuties, { scope: 'unit', size: 200 });
    expect(unit.rows.map((row) => row.id)).toContain(duty.id);
    const mine = await principal.call(contract.listDuties, { size: 200 });
    expect(mine.rows.map((row) => row.id)).not.toContain(duty.id);
    expect((await stranger.call(contract.listDuties, { scope: 'unit' })).total).toBe(0);
    expect((await otherTeacher.call(getDesk, {})).sections.flatMap((section) => section.items)).toEqual([]);
    const late = await teacher.call(contract.listDuties, { when: 'overdue' });
    expect([late.total, late.overdue, late.rows[0]?.overdue]).toEqual([1, 1, true]);
    const report = (await teacher.call(contract.listDuties, { rule: 'reportSuspected' })).rows[0];
    expect(report?.to).toBe(`/cases/report?child=${child(5).id}`);
  });

  it('DUT-06 the level above waives with a reason, the owner may not; it stands in the history', async () => {
    const duty = (await open('contactGuardian'))[0];
    if (!duty) throw new Error('no duty');
    const input = { id: duty.id, reason: '家长已到校说明' };
    expect((await teacher.ask(contract.waiveDuty, input)).status).toBe(403);
    expect((await stranger.ask(contract.waiveDuty, input)).status).toBe(404);
    expect((await principal.ask(contract.waiveDuty, input)).status).toBe(403);
    expect((await officer.ask(contract.waiveDuty, { ...input, reason: '' })).status).toBe(422);
    await officer.call(contract.waiveDuty, input);
    expect((await officer.ask(contract.waiveDuty, input)).status).toBe(409);
    const after = await teacher.call(contract.getDuty, { id: duty.id });
    expect([after.state, after.reason, after.events.at(-1)?.words]).toEqual([
      'waived',
      '家长已到校说明',
      '免除：家长已到校说明',
    ]);
  });

  it('DUT-06 DUT-07 a duty is handed to a named person of the school, who finds it on his desk; nobody else of that unit does', async () => {
    await all.tell(marked([child(1).id], { day: '2026-11-18', at: '2026-11-18T02:00:00.000Z' }));
    const duty = (await open('contactGuardian'))[0];
    if (!duty) throw new Error('no duty');
    const { people, allowed } = await officer.call(contract.getDuty, { id: duty.id });
    expect(allowed).toEqual({ waive: true, handOver: true });
    const to = people.find((one) => one.name === '李老师');
    if (!to) throw new Error('not offered');
    const reason = '班主任培训外出';
    expect((await officer.ask(contract.handOverDuty, { id: duty.id, staffId: randomUUID(), reason })).status).toBe(422);
    await officer.call(contract.handOverDuty, { id: duty.id, staffId: to.staffId, reason });
    expect((await otherTeacher.call(contract.listDuties, {})).rows.map((row) => row.id)).toEqual([duty.id]);
    expect((await teacher.call(contract.listDuties, { rule: 'contactGuardian' })).rows).toEqual([]);
    const seen = await otherTeacher.call(contract.getDuty, { id: duty.id });
    expect([seen.ownerWords, seen.events.at(-1)?.words]).toEqual(['李老师', `交给李老师：${reason}`]);
  });

  it('DUT-12 timeliness is what was done in time over what was due, by rule and school, within reach', async () => {
    const span = { from: '2026-11-18', to: '2026-11-20' };
    const own = await principal.call(contract.getTimeliness, span);
    const guardian = own.rows.find((row) => row.rule === 'contactGuardian');
    // Two of the 20th were answered in time, the one of the 18th is overdue, that of the 19th was waived.
    expect(guardian).toMatchObject({ schoolId: all.schoolId, due: 3, inTime: 2, late: 0, open: 1 });
    expect(own.due).toBe(own.rows.reduce((sum, row) => sum + row.due, 0));
    expect((await stranger.call(contract.getTimeliness, span)).rows).toEqual([]);
    expect((await bureau.call(contract.getTimeliness, span)).due).toBe(own.due);
  });
});

describe('with the other areas listening', () => {
  it('DUT-03 DUT-04 a crossed threshold makes one report and one visit, each leading to the case that was opened for it', async () => {
    connectListeners(all.world.platform);
    await all.tell({ kind: 'attendance.thresholdCrossed', day, at, consecutive: 3, cumulative: 3, ...place(6) });
    const own = (await open()).filter((duty) => duty.child_id === child(6).id);
    expect(own.map((duty) => duty.rule).sort()).toEqual(['reportSuspected', 'visitSuspected']);
    const listed = (await teacher.call(contract.listDuties, { childId: child(6).id })).rows;
    const report = listed.find((row) => row.rule === 'reportSuspected');
    expect(report?.to).toBe(`/cases/${own[0]?.case_id ?? 'none'}`);
    expect(report?.why).toBe('连续无故缺勤 3 个上课日，本学期累计 3 个上课日');
  });
});

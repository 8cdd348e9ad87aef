import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerAbsence,
  correctMark,
  decideCorrection,
  getMarkHistory,
  getRollCall,
  listCorrections,
  markRollCall,
} from '#contract/attendance.ts';
import { getChildAttendance, listStandings } from '#contract/attendance-views.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { recountTerm } from './actions.ts';
import { asPlatform, hear, lineOf, mark, moveTo, roomsOf, type Room } from './testing.ts';

const school = '2142010201';
let world: World;
let room: Room;
let other: Room;
let teacher: Person;
let officer: Person;
let second: Person;
let bureau: Person;
let heard: News[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [first, next] = await roomsOf(world, school);
  if (!first || !next) throw new Error('no classes');
  [room, other] = [first, next];
  teacher = await world.person('classTeacher', room.classId, '王老师');
  officer = await world.person('schoolOfficer', school, '李主任');
  second = await world.person('principal', school, '周校长');
  bureau = await world.person('bureauOfficer', world.district, '控辍专干');
  heard = hear(world);
});
afterAll(() => world.stop());

const of = <K extends News['kind']>(kind: K) =>
  heard.filter((news): news is Extract<News, { kind: K }> => news.kind === kind);
const child = (at: number) => room.pupils[at] ?? '';
async function absenceId(at: number, day: string): Promise<string> {
  return (await lineOf(teacher, room, day, at)).absenceId ?? '';
}

describe('a roll call', () => {
  it('ATT-01 ATT-02 names only those away; everybody else is present, and before it all are unknown', async () => {
    const before = await teacher.call(getRollCall, { classId: room.classId, day: '2026-11-20' });
    expect(before.rollCall).toBeNull();
    expect(before.pupils.length).toBe(room.pupils.length);
    expect(new Set(before.pupils.map((pupil) => pupil.mark))).toEqual(new Set([null]));
    expect(before.allowed.mark).toBe(true);
    const id = randomUUID();
    const input = {
      id,
      classId: room.classId,
      day: '2026-11-20',
      absent: [
        { id: randomUUID(), childId: child(0), kind: 'unexcused' as const },
        { id: randomUUID(), childId: child(1), kind: 'illness' as const },
        { id: randomUUID(), childId: child(2), kind: 'late' as const },
      ],
    };
    const requestId = randomUUID();
    const first = await teacher.ask(markRollCall, input, { requestId });
    expect(first.body).toEqual({
      id,
      onRoll: room.pupils.length,
      present: room.pupils.length - 2,
      unexcused: 1,
      waiting: [],
    });
    expect((await teacher.ask(markRollCall, input, { requestId })).body).toEqual(first.body);
    expect((await teacher.ask(markRollCall, input)).body).toEqual(first.body);
    const again = await officer.ask(markRollCall, { ...input, id: randomUUID() });
    expect(again.body).toMatchObject({ code: 'wrong-step' });
    expect(JSON.stringify(again.body)).toContain('王老师');
    const counted = await rows<{ calls: number; absences: number }>(
      world,
      `SELECT (SELECT count(*)::int FROM roll_call WHERE district_code = $1) AS calls, (SELECT count(*)::int FROM absence WHERE district_code = $1) AS absences`,
    );
    expect(counted).toEqual([{ calls: 1, absences: 3 }]);
    const after = await teacher.call(getRollCall, { classId: room.classId, day: '2026-11-20' });
    expect(after.pupils.filter((pupil) => pupil.mark === 'present').length).toBe(room.pupils.length - 3);
    expect(of('attendance.classMarked').map((news) => news.absent)).toEqual([[child(0)]]);
  });

  it('ATT-16 refuses days to come, days without school, an afternoon that is not called, and strangers', async () => {
    const ask = (more: object) =>
      teacher.ask(markRollCall, { id: randomUUID(), classId: room.classId, day: '2026-11-20', absent: [], ...more });
    expect((await ask({ day: '2026-11-23' })).body).toMatchObject({ code: 'wrong-step' });
    expect((await ask({ day: '2026-11-15' })).body).toMatchObject({ code: 'wrong-step' });
    expect((await ask({ part: 'afternoon' })).body).toMatchObject({ code: 'wrong-step' });
    expect((await ask({ day: '2026-11-19', reason: '补录' })).body).toMatchObject({ code: 'wrong-step' });
    const absent = [{ id: randomUUID(), childId: other.pupils[0] ?? '', kind: 'unexcused' }];
    await moveTo(world, '2026-11-23', '09:00');
    expect((await ask({ day: '2026-11-23', absent })).body).toMatchObject({ code: 'input-wrong' });
  });

  it('ATT-11 a teacher reaches the own class only; the bureau reads and does not mark', async () => {
    expect((await teacher.ask(getRollCall, { classId: other.classId, day: '2026-11-20' })).status).toBe(404);
    const far = { id: randomUUID(), classId: other.classId, day: '2026-11-23', absent: [] };
    expect((await teacher.ask(markRollCall, far)).status).toBe(404);
    const seen = await bureau.call(getRollCall, { classId: room.classId, day: '2026-11-20' });
    expect(seen.allowed).toMatchObject({ mark: false });
    expect((await bureau.ask(markRollCall, far)).body).toMatchObject({ code: 'not-allowed' });
    const inspector = await world.person('inspector', school);
    expect((await inspector.call(getRollCall, { classId: room.classId, day: '2026-11-20' })).pupils.length).toBe(
      room.pupils.length,
    );
    expect((await inspector.ask(markRollCall, far)).body).toMatchObject({ code: 'not-allowed' });
    const stranger = await world.person('schoolOfficer', '2142010208');
    expect((await stranger.ask(getRollCall, { classId: room.classId, day: '2026-11-20' })).status).toBe(404);
    expect((await stranger.ask(getChildAttendance, { childId: child(0) })).status).toBe(404);
    expect((await stranger.ask(getMarkHistory, { childId: child(0), day: '2026-11-20' })).status).toBe(404);
    expect(
      (await stranger.ask(answerAbsence, { id: await absenceId(0, '2026-11-20'), answer: 'arrived' })).status,
    ).toBe(404);
  });

  it('ATT-05 one tap on the answer changes the mark and tells of the contact', async () => {
    await mark(world, teacher, room, '2026-11-23', { 3: 'unexcused', 4: 'unexcused', 5: 'unexcused' });
    const ill = await teacher.call(answerAbsence, { id: await absenceId(3, '2026-11-23'), answer: 'illness' });
    expect(ill).toMatchObject({ mark: 'illness', waiting: false, next: null });
    expect((await lineOf(teacher, room, '2026-11-23', 3)).answerWords).toBe('病假');
    const gone = await teacher.call(answerAbsence, { id: await absenceId(4, '2026-11-23'), answer: 'notReached' });
    expect(gone).toMatchObject({ mark: 'unexcused', next: { act: 'visit', childId: child(4), classId: room.classId } });
    const left = await teacher.call(answerAbsence, { id: await absenceId(5, '2026-11-23'), answer: 'leftSchool' });
    expect(left.next).toMatchObject({ act: 'report', since: '2026-11-23', reason: '家长称孩子不再上学' });
    const come = await teacher.call(answerAbsence, { id: await absenceId(5, '2026-11-23'), answer: 'arrived' });
    expect(come.mark).toBe('late');
    expect(of('attendance.contacted').map((news) => news.answer)).toEqual([
      'illness',
      'notReached',
      'leftSchool',
      'arrived',
    ]);
  });

  it('ATT-04 ATT-03 the third school day in a row is told once, over a weekend, and a gap does not break the run', async () => {
    // Pupil 0: absent on Friday, present on Monday. Pupil 6: from Tuesday on; Wednesday is never marked.
    await moveTo(world, '2026-11-24');
    await mark(world, teacher, room, '2026-11-24', { 6: 'unexcused' });
    await moveTo(world, '2026-11-26');
    await mark(world, teacher, room, '2026-11-26', { 6: 'unexcused' });
    expect(of('attendance.thresholdCrossed')).toEqual([]);
    await moveTo(world, '2026-11-27');
    await mark(world, teacher, room, '2026-11-27', { 6: 'unexcused' });
    await moveTo(world, '2026-11-30');
    await mark(world, teacher, room, '2026-11-30', { 6: 'unexcused', 7: 'unexcused' });
    expect(of('attendance.thresholdCrossed')).toMatchObject([
      { childId: child(6), day: '2026-11-27', consecutive: 3, cumulative: 3, classId: room.classId },
    ]);
    const list = await officer.call(listStandings, {});
    expect(list.rows[0]).toMatchObject({
      childId: child(6),
      consecutive: 4,
      crossedDay: '2026-11-27',
      since: '2026-11-24',
    });
    expect((await officer.call(listStandings, { crossed: 'yes' })).total).toBe(1);
    expect(await asPlatform(world, (context) => recountTerm(context, '2026-11-30'))).toBe(0);
  });

  it('ATT-06 an answer that would take the crossing away waits for another person of the school', async () => {
    const third = await absenceId(6, '2026-11-27');
    const waits = await teacher.call(answerAbsence, { id: third, answer: 'illness' });
    expect(waits).toMatchObject({ mark: 'unexcused', waiting: true });
    expect((await teacher.ask(answerAbsence, { id: third, answer: 'illness' })).body).toMatchObject({
      code: 'wrong-step',
    });
    const [open] = (await officer.call(listCorrections, { state: 'waiting' })).rows;
    if (!open) throw new Error('nothing waits');
    expect(open).toMatchObject({ fromWords: '无故缺勤', toWords: '病假', allowed: { decide: true } });
    expect((await teacher.ask(decideCorrection, { id: open.id, accept: true, evidence: '看过病历' })).status).toBe(403);
    await officer.call(decideCorrection, { id: open.id, accept: false, evidence: '没有病历' });
    expect((await lineOf(teacher, room, '2026-11-27', 6)).mark).toBe('unexcused');
    expect(of('attendance.thresholdGone')).toEqual([]);
  });

  it('ATT-06 a correction of a crossing needs evidence and consent, and nobody consents to his own', async () => {
    const input = { childId: child(6), day: '2026-11-26', to: 'present' as const, reason: '当天在校，点错了' };
    expect((await officer.ask(correctMark, { id: randomUUID(), ...input })).body).toMatchObject({
      code: 'input-wrong',
    });
    const id = randomUUID();
    const asked = await officer.call(correctMark, { id, ...input, evidence: '当天课堂录像' });
    expect(asked.state).toBe('waiting');
    expect((await officer.ask(decideCorrection, { id, accept: true, evidence: '我看过了' })).body).toMatchObject({
      code: 'not-allowed',
    });
    await second.call(decideCorrection, { id, accept: true, evidence: '核对过录像' });
    expect(of('attendance.thresholdGone')).toMatchObject([{ childId: child(6) }]);
    expect((await officer.call(listStandings, { crossed: 'yes' })).total).toBe(0);
    expect(await asPlatform(world, (context) => recountTerm(context, '2026-11-30'))).toBe(0);
  });

  it('ATT-07 both versions of a mark stay visible to the bureau and to inspectors', async () => {
    for (const who of [bureau, await world.person('inspector', school)]) {
      const history = await who.call(getMarkHistory, { childId: child(6), day: '2026-11-26' });
      expect(history.versions).toMatchObject([{ mark: 'unexcused', byName: '王老师' }]);
      expect(history.versions[0]?.to).not.toBeNull();
      expect(history.corrections).toMatchObject([
        {
          reason: '当天在校，点错了',
          evidence: '当天课堂录像',
          decision: '核对过录像',
          state: 'consented',
          decidedName: '周校长',
        },
      ]);
    }
  });

  it('ATT-06 a plain slip of today is corrected at once; an overdue uncontacted absence is not', async () => {
    const today = await teacher.call(correctMark, {
      id: randomUUID(),
      childId: child(7),
      day: '2026-11-30',
      to: 'late',
      reason: '十分钟后到了',
    });
    expect(today.state).toBe('done');
    expect(of('attendance.absenceGone')).toMatchObject([
      { childId: child(6), day: '2026-11-26' },
      { childId: child(7), day: '2026-11-30' },
    ]);
    const late = await teacher.call(correctMark, {
      id: randomUUID(),
      childId: child(0),
      day: '2026-11-20',
      to: 'personal',
      reason: '家长当天口头请假',
      evidence: '家长短信',
    });
    expect(late.state).toBe('waiting');
  });

  it('ATT-16 ATT-06 a late entry names its reason, and cannot take a crossing away by itself', async () => {
    await moveTo(world, '2026-12-01');
    await mark(world, teacher, room, '2026-12-01', { 8: 'unexcused' });
    await moveTo(world, '2026-12-03');
    await mark(world, teacher, room, '2026-12-03', { 8: 'unexcused' });
    await moveTo(world, '2026-12-04');
    await mark(world, teacher, room, '2026-12-04', { 8: 'unexcused' });
    expect(of('attendance.thresholdCrossed').at(-1)).toMatchObject({ childId: child(8), day: '2026-12-04' });
    const late = { id: randomUUID(), classId: room.classId, day: '2026-12-02', absent: [] };
    expect((await teacher.ask(markRollCall, late)).body).toMatchObject({ code: 'input-wrong' });
    const done = await teacher.call(markRollCall, { ...late, reason: '手机坏了' });
    expect(done.waiting).toEqual([child(8)]);
    expect(await lineOf(teacher, room, '2026-12-02', 8)).toMatchObject({ mark: 'unknown', waiting: true });
    expect((await lineOf(teacher, room, '2026-12-02', 0)).mark).toBe('present');
    const [open] = (await officer.call(listCorrections, { state: 'waiting', childId: child(8) })).rows;
    await officer.call(decideCorrection, { id: open?.id ?? '', accept: true, evidence: '看过作业本' });
    expect(of('attendance.thresholdGone').at(-1)).toMatchObject({ childId: child(8) });
    expect(await asPlatform(world, (context) => recountTerm(context, '2026-12-04'))).toBe(0);
  });

  it('ATT-15 presence on further school days is told for a pupil who was absent lately', async () => {
    const runs = () => of('attendance.presentRun').filter((news) => news.childId === child(6));
    expect(runs().at(-1)).toMatchObject({ day: '2026-12-04', days: 4, from: '2026-12-01' });
    await moveTo(world, '2026-12-07');
    await mark(world, teacher, room, '2026-12-07');
    expect(runs().at(-1)).toMatchObject({ day: '2026-12-07', days: 5, from: '2026-12-01' });
    expect(of('attendance.presentRun').some((news) => news.childId === child(20))).toBe(false);
  });
});

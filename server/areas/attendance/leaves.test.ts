import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addLeavePaper,
  decideLeave,
  endLeave,
  listLeaves,
  requestLeave,
  verifyLeave,
} from '#contract/attendance-leaves.ts';
import { listPapers, voidPaper } from '#contract/papers.ts';
import { takeOverSheet } from '#contract/attendance-views.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { checkLeaves, presenceOn } from './actions.ts';
import { asPlatform, hear, lineOf, mark, moveTo, roomsOf, type Room } from './testing.ts';

const school = '2142010201';
let world: World;
let room: Room;
let teacher: Person;
let officer: Person;
let principal: Person;
let heard: News[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang', now: '2026-11-23T01:00:00Z' });
  const [first] = await roomsOf(world, school);
  if (!first) throw new Error('no classes');
  room = first;
  teacher = await world.person('classTeacher', room.classId, '王老师');
  officer = await world.person('schoolOfficer', school, '李主任');
  principal = await world.person('principal', school);
  heard = hear(world);
});
afterAll(() => world.stop());

const child = (at: number) => room.pupils[at] ?? '';
const told = () =>
  heard
    .filter(
      (news): news is Extract<News, { kind: 'attendance.leaveToVerify' }> => news.kind === 'attendance.leaveToVerify',
    )
    .map((news) => [news.childId, news.why]);
function ask(person: Person, at: number, more: Partial<InputOf<typeof requestLeave>>) {
  return person.ask(requestLeave, {
    id: randomUUID(),
    childId: child(at),
    kind: 'personal',
    fromDay: '2026-11-23',
    toDay: '2026-11-24',
    ...more,
  });
}

/** Uploads a certificate of a pupil; answers its id. */
async function paperOf(at: number, more: { kind?: 'hospitalPaper' } = {}): Promise<string> {
  const id = randomUUID();
  const entry = { id, kind: 'certificate' as const, fileName: '证明.png', childId: child(at), ...more };
  expect((await upload(world, teacher, entry, png(id))).status).toBe(200);
  return id;
}

describe('leave', () => {
  it('ATT-08 a short one holds at once and fills the roll call in; a long one is approved by the school', async () => {
    const short = await ask(teacher, 0, { reason: '家中有事' });
    expect(short.body).toMatchObject({ state: 'approved', paperRequired: false });
    expect(await lineOf(teacher, room, '2026-11-23', 0)).toMatchObject({
      suggested: 'personal',
      leave: { over: false },
    });
    const long = await ask(teacher, 1, { kind: 'illness', toDay: '2026-12-31', reason: '住院' });
    expect(long.body).toMatchObject({ state: 'requested', paperRequired: true });
    expect((await lineOf(teacher, room, '2026-11-23', 1)).suggested).toBe('present');
    const { id } = long.body;
    expect((await teacher.ask(decideLeave, { id, approve: true })).status).toBe(403);
    await officer.call(decideLeave, { id, approve: true });
    expect((await officer.ask(decideLeave, { id, approve: false })).body).toMatchObject({ code: 'wrong-step' });
    expect((await lineOf(teacher, room, '2026-11-23', 1)).suggested).toBe('illness');
    expect((await ask(teacher, 2, { fromDay: '2026-11-28', toDay: '2026-11-29' })).body).toMatchObject({
      code: 'input-wrong',
    });
  });

  it('ATT-08 a long one is decided by another person, whoever took it down', async () => {
    const { id, state } = (await ask(officer, 6, { toDay: '2026-12-31' })).body;
    expect(state).toBe('requested');
    const own = (await officer.call(listLeaves, { childId: child(6) })).rows[0];
    expect([own?.decidedName, own?.allowed.decide]).toEqual([null, false]);
    expect((await officer.ask(decideLeave, { id, approve: true })).status).toBe(403);
    await principal.call(decideLeave, { id, approve: false });
    expect((await officer.call(listLeaves, { show: 'all', childId: child(6) })).rows[0]?.state).toBe('refused');
  });

  it('ATT-17 an unknown paper, a void one, one of another pupil or record is refused at its field', async () => {
    const [own, closed, others, voided] = [
      await paperOf(7),
      await paperOf(7, { kind: 'hospitalPaper' }),
      await paperOf(8),
      await paperOf(7),
    ];
    await teacher.call(voidPaper, { id: voided, reason: '拍错了' });
    const refused = { status: 422, body: { detail: { issues: [{ path: 'paperId' }] } } };
    for (const paperId of [randomUUID(), others, voided])
      expect(await ask(teacher, 7, { paperId })).toMatchObject(refused);
    expect((await teacher.call(listLeaves, { show: 'all', childId: child(7) })).rows).toEqual([]);
    const { id } = (await ask(teacher, 7, { paperId: own })).body;
    const second = (await ask(teacher, 7, {})).body.id;
    for (const paperId of [randomUUID(), others, voided, own])
      expect(await teacher.ask(addLeavePaper, { id: second, paperId })).toMatchObject(refused);
    await teacher.call(addLeavePaper, { id: second, paperId: closed });
    const kept = (await teacher.call(listLeaves, { show: 'all', childId: child(7) })).rows;
    expect(new Map(kept.map((row) => [row.id, row.paperId]))).toEqual(
      new Map([
        [id, own],
        [second, closed],
      ]),
    );
    const papers = await teacher.call(listPapers, { subjectKind: 'leave', subjectId: second });
    expect(papers.map((paper) => paper.id)).toEqual([closed]);
    for (const leave of [id, second]) await teacher.call(endLeave, { id: leave, day: '2026-11-23' });
  });

  it('ATT-08 ATT-11 the reason is sealed and shown to the class and the school only', async () => {
    const kept = await rows<{ sealed_reason: Buffer | null }>(
      world,
      'SELECT sealed_reason FROM leave WHERE district_code = $1',
    );
    expect(kept.some((row) => row.sealed_reason?.includes('住院'))).toBe(false);
    const seen = async (person: Person) => (await person.call(listLeaves, {})).rows.map((row) => row.reason);
    expect(await seen(teacher)).toContain('住院');
    expect(await seen(await world.person('bureauOfficer', world.district))).toEqual([null, null]);
    const stranger = await world.person('schoolOfficer', '2142010208');
    expect(await seen(stranger)).toEqual([]);
    expect((await ask(stranger, 0, {})).status).toBe(404);
  });

  it('ATT-08 a pupil marked present is back and the leave ends; past its end the absence is unexcused', async () => {
    await mark(world, teacher, room, '2026-11-23', { 0: 'personal', 1: 'illness' });
    await ask(teacher, 3, { toDay: '2026-11-23' });
    await moveTo(world, '2026-11-24');
    const line = await lineOf(teacher, room, '2026-11-24', 3);
    expect(line).toMatchObject({ suggested: 'present', leave: { over: true } });
    expect(line.hint).toContain('期满');
    // Pupil 0 is back a day early, pupil 3 stays away after his end.
    await mark(world, teacher, room, '2026-11-24', { 1: 'illness', 3: 'unexcused' });
    const ended = (await teacher.call(listLeaves, { show: 'all', childId: child(0) })).rows[0];
    expect(ended).toMatchObject({ state: 'ended', endedDay: '2026-11-24' });
    expect((await teacher.ask(endLeave, { id: ended?.id ?? '', day: '2026-11-24' })).body).toMatchObject({
      code: 'wrong-step',
    });
    expect(await asPlatform(world, (context) => presenceOn(context, child(3), '2026-11-23', '2026-11-25'))).toEqual([
      { day: '2026-11-23', state: 'present' },
      { day: '2026-11-24', state: 'absent' },
      { day: '2026-11-25', state: 'unknown' },
    ]);
  });

  it('ATT-09 past its end, ill too long without paper, away too long: each told once, settled by verifying', async () => {
    await asPlatform(world, checkLeaves);
    expect(told()).toEqual([[child(3), 'pastEnd']]);
    const long = (await ask(officer, 4, { fromDay: '2026-11-24', toDay: '2026-12-18' })).body;
    await principal.call(decideLeave, { id: long.id, approve: true });
    await moveTo(world, '2026-12-02');
    await asPlatform(world, checkLeaves);
    expect(told().length).toBe(1);
    await moveTo(world, '2026-12-03');
    await asPlatform(world, checkLeaves);
    expect(told().at(-1)).toEqual([child(4), 'personalTooLong']);
    await moveTo(world, '2026-12-14');
    await asPlatform(world, checkLeaves);
    await asPlatform(world, checkLeaves);
    expect(told().at(-1)).toEqual([child(1), 'illnessWithoutPaper']);
    expect(told().length).toBe(3);
    const open = (await officer.call(listLeaves, { show: 'verify' })).rows;
    expect(open.map((row) => row.verifyWhy).sort()).toEqual(['illnessWithoutPaper', 'pastEnd', 'personalTooLong']);
    const idOf = (at: number) => open.find((row) => row.childId === child(at))?.id ?? '';
    const note = '家访见到学生和家长';
    expect((await teacher.ask(verifyLeave, { id: idOf(3), outcome: 'returned', note })).status).toBe(403);
    expect((await officer.ask(verifyLeave, { id: idOf(3), outcome: 'prolonged', note })).body).toMatchObject({
      code: 'input-wrong',
    });
    await officer.call(verifyLeave, { id: idOf(3), outcome: 'returned', note });
    expect((await officer.ask(verifyLeave, { id: idOf(1), outcome: 'paperShown', note })).body).toMatchObject({
      code: 'input-wrong',
    });
    await officer.call(addLeavePaper, { id: idOf(1), paperId: await paperOf(1) });
    for (const paperId of [randomUUID(), await paperOf(2)])
      expect(
        (await officer.ask(verifyLeave, { id: idOf(1), outcome: 'paperShown', note, paperId })).body,
      ).toMatchObject({ code: 'input-wrong', detail: { issues: [{ path: 'paperId' }] } });
    await officer.call(verifyLeave, { id: idOf(1), outcome: 'paperShown', note });
    await officer.call(verifyLeave, { id: idOf(4), outcome: 'prolonged', note, toDay: '2026-12-21' });
    expect((await officer.call(listLeaves, { show: 'verify' })).total).toBe(0);
    expect(heard.filter((news) => news.kind === 'attendance.leaveVerified').length).toBe(3);
    await asPlatform(world, checkLeaves);
    expect(told().length).toBe(3);
  });

  it('ATT-09 long illness known from roll calls alone becomes a leave that is verified', async () => {
    const days = ['14', '15', '16', '17', '18', '21', '22', '23', '24', '25', '28', '29', '30', '31'];
    for (const day of days) {
      await moveTo(world, `2026-12-${day}`);
      await mark(world, teacher, room, `2026-12-${day}`, { 5: 'illness' });
    }
    for (const day of ['2027-01-04', '2027-01-05']) {
      await moveTo(world, day);
      await asPlatform(world, checkLeaves);
      expect(told().some(([id]) => id === child(5))).toBe(false);
      await mark(world, teacher, room, day, { 5: 'illness' });
    }
    await asPlatform(world, checkLeaves);
    expect(told().at(-1)).toEqual([child(5), 'illnessWithoutPaper']);
    const made = (await officer.call(listLeaves, { childId: child(5) })).rows;
    expect(made).toMatchObject([
      { asker: 'marks', kind: 'illness', fromDay: '2026-12-14', toDay: '2027-01-05', paperRequired: true },
    ]);
  });
});

describe('a sheet', () => {
  it('ATT-02 an imported presence list becomes the roll call; whom it does not name stays unknown', async () => {
    const fresh = await openWorld({ lists: 'binjiang' });
    try {
      const [place] = await roomsOf(fresh, school);
      const head = await fresh.person('schoolOfficer', school);
      const done = await head.call(takeOverSheet, { schoolId: place?.schoolId ?? '', day: '2026-11-20' });
      expect(done.classes).toBeGreaterThan(0);
      const again = await head.call(takeOverSheet, { schoolId: place?.schoolId ?? '', day: '2026-11-20' });
      expect(again).toMatchObject({ classes: 0, already: done.classes });
      const [sheet] = await rows<{ absent: number; on_leave: number }>(
        fresh,
        `SELECT count(*) FILTER (WHERE p.leave_kind IS NULL)::int AS absent, count(*) FILTER (WHERE p.leave_kind IS NOT NULL)::int AS on_leave
         FROM presence p JOIN enrolment e ON e.district_code = $1 AND e.child_id = p.child_id AND upper_inf(e.known) AND e.school_id = p.school_id AND e.class_id IS NOT NULL
         WHERE p.district_code = $1 AND p.school_id = $2 AND upper_inf(p.known) AND NOT p.present`,
        [place?.schoolId],
      );
      const [kept] = await rows<{ absent: number; on_leave: number; unknown: number }>(
        fresh,
        `SELECT count(*) FILTER (WHERE kind = 'unexcused')::int AS absent, count(*) FILTER (WHERE kind NOT IN ('unexcused', 'unknown'))::int AS on_leave, count(*) FILTER (WHERE kind = 'unknown')::int AS unknown
         FROM absence WHERE district_code = $1`,
      );
      expect(kept).toEqual({ ...sheet, unknown: done.unknown });
      expect((sheet?.absent ?? 0) + (sheet?.on_leave ?? 0)).toBeGreaterThan(0);
    } finally {
      await fresh.stop();
    }
  });
});

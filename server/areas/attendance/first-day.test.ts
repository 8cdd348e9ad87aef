import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getFirstDayClass, listMyFirstDays, saveFirstDay } from '#contract/attendance-first-day.ts';
import { nameSubstitute, listSubstitutes } from '#contract/attendance-leaves.ts';
import { answerAbsence, correctMark } from '#contract/attendance.ts';
import type { News } from '#server/http/news.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { beginLate, hear, lineOf, mark, moveTo, type Room, roomsOf } from './testing.ts';

const school = '2142010201';
const day = '2026-11-23';
let world: World;
let room: Room;
let other: Room;
let teacher: Person;
let officer: Person;
let principal: Person;
let bureau: Person;
let heard: News[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [first, next] = await roomsOf(world, school);
  if (!first || !next) throw new Error('no classes');
  [room, other] = [first, next];
  teacher = await world.person('classTeacher', room.classId, '王老师');
  officer = await world.person('schoolOfficer', school, '李主任');
  principal = await world.person('principal', school, '周校长');
  bureau = await world.person('bureauOfficer', world.district, '控辍专干');
  await beginLate(bureau);
  heard = hear(world);
});
afterAll(() => world.stop());

const child = (at: number) => room.pupils[at] ?? '';
const list = (person: Person = teacher) => person.call(getFirstDayClass, { classId: room.classId });
type Entry = Parameters<typeof entries>[0][number];
function entries(
  wanted: readonly {
    at: number;
    reason: 'illness' | 'notReached' | 'other' | 'transfer';
    whereabouts: 'home' | 'hospital' | 'unknown' | 'city';
    reasonWords?: string;
  }[],
) {
  return wanted.map(({ at, ...said }) => ({ id: randomUUID(), childId: child(at), ...said }));
}
const save = (person: Person, wanted: readonly Entry[]) =>
  person.ask(saveFirstDay, { classId: room.classId, entries: entries(wanted) });
const news = (kind: News['kind']) => heard.filter((one) => one.kind === kind).length;

describe('the list of the first school day', () => {
  it('ATT-22 ATT-24 nothing is entered before the day, which is the first with lessons of the term', async () => {
    await moveTo(world, '2026-11-22');
    const early = await list();
    expect([early.term, early.day, early.begun]).toEqual(['第一学期', day, false]);
    expect(early.allowed.enter).toBe(false);
    expect((await save(teacher, [{ at: 0, reason: 'illness', whereabouts: 'home' }])).body).toMatchObject({
      code: 'wrong-step',
    });
  });

  it('ATT-22 before the roll call everybody is open; after it only who did not come', async () => {
    await moveTo(world, day, '08:30');
    const before = await list();
    expect([before.marked, before.done, before.missing.length]).toEqual([false, false, room.pupils.length]);
    expect(new Set(before.missing.map((pupil) => pupil.mark))).toEqual(new Set(['unmarked']));
    await mark(world, teacher, room, day, { 0: 'unexcused', 1: 'illness', 2: 'late' });
    const after = await list();
    expect([after.present, after.onRoll, after.done]).toEqual([room.pupils.length - 2, room.pupils.length, false]);
    expect(after.missing.map((pupil) => pupil.childId).sort()).toEqual([child(0), child(1)].sort());
    expect(after.missing.find((pupil) => pupil.childId === child(1))).toMatchObject({
      suggested: 'illness',
      suggestedWhereabouts: 'home',
    });
    const mine = await teacher.call(listMyFirstDays, {});
    expect(mine.classes.map(({ classId, open, done }) => ({ classId, open, done }))).toEqual([
      { classId: room.classId, open: 2, done: false },
    ]);
  });

  it('ATT-22 both for the last one complete the class', async () => {
    expect((await save(teacher, [{ at: 1, reason: 'illness', whereabouts: 'hospital' }])).body).toMatchObject({
      saved: 1,
      open: 1,
      done: false,
    });
    expect(news('attendance.firstDayDone')).toBe(0);
    const bad = await save(teacher, [{ at: 0, reason: 'other', whereabouts: 'home' }]);
    expect([bad.status, JSON.stringify(bad.body).includes('entries.0.reasonWords')]).toEqual([422, true]);
    expect((await save(teacher, [{ at: 0, reason: 'notReached', whereabouts: 'unknown' }])).body).toMatchObject({
      open: 0,
      done: true,
    });
    const done = await list();
    expect([done.done, done.doneName]).toEqual([true, '王老师']);
    expect(news('attendance.firstDayDone')).toBe(1);
  });

  it('ATT-25 the report is offered for who cannot be reached, from the first day of the absence', async () => {
    const { missing } = await list();
    expect(
      missing
        .map(({ childId, report, since }) => ({ childId, report, since }))
        .sort((a, b) => Number(b.report) - Number(a.report)),
    ).toEqual([
      { childId: child(0), report: true, since: day },
      { childId: child(1), report: false, since: day },
    ]);
  });

  it('ATT-23 a correction supersedes and both versions stay', async () => {
    await moveTo(world, day, '09:30');
    await save(officer, [{ at: 0, reason: 'transfer', whereabouts: 'city', reasonWords: '家长已联系转入学校' }]);
    const line = (await list(bureau)).missing.find((pupil) => pupil.childId === child(0));
    expect(line?.entry).toMatchObject({ reason: 'transfer', reasonWords: '家长已联系转入学校', enteredName: '李主任' });
    expect(line?.earlier.map((one) => [one.reason, one.enteredName])).toEqual([['notReached', '王老师']]);
    expect(line?.report).toBe(false);
  });

  it('ATT-23 a mark corrected to absent opens the list again, the pupil’s arrival completes it', async () => {
    await moveTo(world, day, '10:30');
    const to = (kind: 'unexcused' | 'present', at: number) =>
      teacher.call(correctMark, { id: randomUUID(), childId: child(at), day, to: kind, reason: '点名时看错' });
    await to('unexcused', 3);
    expect((await list()).done).toBe(false);
    expect(news('attendance.firstDayOpen')).toBe(1);
    await moveTo(world, day, '10:40');
    const absence = await lineOf(teacher, room, day, 3);
    await teacher.call(answerAbsence, { id: absence.absenceId ?? '', answer: 'arrived' });
    const back = await list();
    expect([back.done, back.missing.length]).toEqual([true, 2]);
    expect(news('attendance.firstDayDone')).toBe(2);
  });

  it('ATT-24 who reads does not enter; of a pupil who came, or of another class, nothing is taken; out of reach is not found', async () => {
    const of = [{ at: 1, reason: 'illness', whereabouts: 'home' }] as const;
    for (const person of [principal, bureau]) {
      expect((await list(person)).allowed.enter).toBe(false);
      expect((await save(person, of)).status).toBe(403);
    }
    expect((await save(teacher, [{ at: 5, reason: 'illness', whereabouts: 'home' }])).body).toMatchObject({
      code: 'changed-meanwhile',
    });
    const strange = {
      id: randomUUID(),
      childId: other.pupils[0] ?? '',
      reason: 'illness',
      whereabouts: 'home',
    } as const;
    expect((await teacher.ask(saveFirstDay, { classId: room.classId, entries: [strange] })).body).toMatchObject({
      code: 'input-wrong',
    });
    expect((await teacher.ask(getFirstDayClass, { classId: other.classId })).status).toBe(404);
    expect((await teacher.ask(saveFirstDay, { classId: other.classId, entries: [strange] })).status).toBe(404);
  });

  it('ATT-24 the substitute of that day enters for the class', async () => {
    const substitute = await world.person('classTeacher', other.classId, '代课张老师');
    const { candidates } = await officer.call(listSubstitutes, { classId: room.classId });
    const staffId = candidates.find((one) => one.name === '代课张老师')?.staffId ?? '';
    await officer.call(nameSubstitute, { id: randomUUID(), classId: room.classId, staffId, fromDay: day, toDay: day });
    expect((await list(substitute)).allowed.enter).toBe(true);
    expect((await save(substitute, [{ at: 1, reason: 'illness', whereabouts: 'home' }])).body).toMatchObject({
      done: true,
    });
    expect((await substitute.call(listMyFirstDays, {})).classes.map((row) => row.classId).sort()).toEqual(
      [room.classId, other.classId].sort(),
    );
  });
});

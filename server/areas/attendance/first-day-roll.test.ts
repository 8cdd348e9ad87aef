import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getFirstDayClass, getFirstDaySchool, listFirstDayPupils, listFirstDays, saveFirstDay } from '#contract/attendance-first-day.ts'; // prettier-ignore
import { correctMark } from '#contract/attendance.ts';
import * as changes from '#contract/enrolment-changes.ts';
import { setSetting } from '#contract/organisations.ts';
import { moveChildren } from '#server/areas/enrolment/actions.ts';
import { openChangeWorld, piece, pupilAt, secondClass, type ChangeWorld } from '#server/areas/enrolment/testing.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { announceFirstDay } from './first-day-due.ts';
import { asPlatform, beginLate, hear, mark, moveTo, type Room } from './testing.ts';

const day = '2026-11-23';
let on: ChangeWorld;
let room: Room;
let teacher: Person;
let heard: News[];

beforeAll(async () => {
  on = await openChangeWorld();
  await beginLate(on.officer);
  await on.officer.call(setSetting, { key: 'attendance.afternoon', value: true, fromDate: day, reason: '全区实行' });
  const { class_id: classId, school_id: schoolId } = pupilAt(on, 0);
  const pupils = on.pupilsHere.filter((one) => one.class_id === classId).map((one) => one.id);
  if (pupils.length < 10) throw new Error('too few pupils');
  room = { classId, schoolId, schoolCode: '', pupils };
  teacher = await on.world.person('classTeacher', classId, '本班班主任');
  heard = hear(on.world);
});
afterAll(() => on.world.stop());

const child = (at: number) => room.pupils[at] ?? '';
const list = (classId = room.classId, person = teacher) => person.call(getFirstDayClass, { classId, day });
const missing = async () => (await list()).missing.map((one) => one.childId).sort();
const ids = (...at: number[]) => at.map(child).sort();
const enter = (at: number, reason: 'illness' | 'notReached') =>
  teacher.call(saveFirstDay, {
    classId: room.classId,
    day,
    entries: [{ id: randomUUID(), childId: child(at), reason, whereabouts: reason === 'illness' ? 'home' : 'unknown' }],
  });
/** The numbers of the school's page, of its line in the district, and of the names behind it. */
async function numbers() {
  const { counts } = await on.principal.call(getFirstDaySchool, { schoolId: room.schoolId, day });
  const [line] = (await on.officer.call(listFirstDays, { schoolId: room.schoolId, day })).rows;
  const open = await on.principal.call(listFirstDayPupils, { schoolId: room.schoolId, which: 'open', day });
  const told = [counts.onRoll, counts.present, counts.absent, counts.open, counts.elsewhere];
  expect([line?.onRoll, line?.present, line?.absent, line?.open, line?.elsewhere]).toEqual(told);
  expect(open.total).toBe(counts.open);
  return counts;
}
const news = (kind: News['kind'], classId = room.classId) =>
  heard.filter((one) => one.kind === kind && 'classId' in one && one.classId === classId).length;
const tellDue = () => asPlatform(on.world, (context) => announceFirstDay(context));
/** What came onto the roll in the midst of the day, as a list that was imported late brings it. */
const listedAt = (at: number, time: string) =>
  rows(on.world, `UPDATE enrolment SET known = tstzrange($3::timestamptz, NULL) WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`, [child(at), `${day}T${time}:00+08:00`]); // prettier-ignore

describe('halves of the day', () => {
  it('ATT-35 who was there at one half has come, who was away at each has not; class, school and district say the same', async () => {
    await asPlatform(on.world, (context) => moveChildren(context, [{ childId: child(5), day: '2026-11-20', state: 'suspended', cause: 'suspension' }])); // prettier-ignore
    await moveTo(on.world, day, '08:30');
    await mark(on.world, teacher, room, day, { 0: 'unexcused', 1: 'illness', 6: 'unexcused' });
    expect(await missing()).toEqual(ids(0, 1, 6));
    await moveTo(on.world, day, '15:00');
    await mark(on.world, teacher, room, day, { 1: 'illness', 2: 'unexcused', 6: 'unexcused' }, { part: 'afternoon' });
    expect(await missing()).toEqual(ids(1, 6));
    const seen = await list();
    expect([seen.onRoll, seen.present]).toEqual([room.pupils.length - 1, room.pupils.length - 3]);
    const shown = (await on.principal.call(getFirstDaySchool, { schoolId: room.schoolId, day })).classes;
    expect(shown.find((one) => one.classId === room.classId)).toMatchObject({ onRoll: seen.onRoll, present: seen.present }); // prettier-ignore
    await numbers();
  });

  it('ATT-35 a class that was called in the afternoon alone is called, and by whom', async () => {
    const [other] = await rows<{ id: string; n: number }>(
      on.world,
      `SELECT e.class_id AS id, count(*)::int AS n FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND e.class_id <> $3 AND upper_inf(e.known) GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      [room.schoolId, room.classId],
    );
    if (!other) throw new Error('one class alone');
    const next = await on.world.person('classTeacher', other.id, '邻班班主任');
    await mark(on.world, next, { ...room, classId: other.id, pupils: [] }, day, {}, { part: 'afternoon' });
    expect(await list(other.id, next)).toMatchObject({ marked: true, markedName: '邻班班主任', present: other.n, done: true }); // prettier-ignore
  });
});

describe('who came onto the roll after the call', () => {
  it('ATT-36 was called by nobody: the class is open again and told, until it is said that he was there, or where he is', async () => {
    await tellDue();
    await enter(1, 'illness');
    await enter(6, 'illness');
    expect((await list()).done).toBe(true);
    const done = news('attendance.firstDayDone');
    await moveTo(on.world, day, '16:10');
    await listedAt(3, '16:00');
    await listedAt(4, '16:00');
    const late = await list();
    expect(late.done).toBe(false);
    expect(late.missing.filter((one) => one.entry === null).map(({ childId, mark: said, latePart }) => [childId, said, latePart]).sort()).toEqual(ids(3, 4).map((id) => [id, 'unmarked', 'morning'])); // prettier-ignore
    expect(late.missing.find((one) => one.childId === child(1))?.latePart).toBeNull();
    expect((await numbers()).open).toBeGreaterThanOrEqual(2);
    await tellDue();
    expect(news('attendance.firstDayOpen')).toBe(1);
    await tellDue();
    expect(news('attendance.firstDayOpen')).toBe(1);

    const came = { childId: child(3), day, part: 'morning' as const, to: 'present' as const, reason: '点名后列入名册，当天已到校' }; // prettier-ignore
    await teacher.call(correctMark, { id: randomUUID(), ...came });
    expect((await teacher.ask(correctMark, { id: randomUUID(), ...came })).status).toBe(409);
    expect((await teacher.ask(correctMark, { id: randomUUID(), ...came, childId: child(7) })).status).toBe(409);
    expect(await missing()).toEqual(ids(1, 4, 6));
    await enter(4, 'notReached');
    const whole = await list();
    expect([whole.done, whole.missing.find((one) => one.childId === child(4))?.report]).toEqual([true, true]);
    expect(news('attendance.firstDayDone')).toBe(done + 1);
  });

  it('ATT-36 who is back from a suspension by what was entered after the call was not called either; a list handed in anew changes nothing', async () => {
    await moveTo(on.world, day, '16:20');
    const { classId, schoolId } = room;
    await asPlatform(on.world, (context) => moveChildren(context, [{ childId: child(5), day, state: 'inSchool', cause: 'resumed', schoolId, classId, grade: 4 }])); // prettier-ignore
    expect((await list()).missing.filter((one) => one.entry === null)).toMatchObject([{ childId: child(5), mark: 'unmarked' }]); // prettier-ignore
    await teacher.call(correctMark, { id: randomUUID(), childId: child(5), day, part: 'morning', to: 'present', reason: '复学当天已到校' }); // prettier-ignore
    expect((await list()).done).toBe(true);
    // A row of the roll that is superseded by one that says the same, as a list handed in again does.
    await moveTo(on.world, day, '16:25');
    const columns =
      (await rows<{ name: string }>(on.world, `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'enrolment' AND is_generated = 'NEVER' AND column_name NOT IN ('id', 'known') AND $1 <> ''`)) // prettier-ignore
        .map(({ name }) => name);
    await rows(on.world, `UPDATE enrolment SET known = tstzrange(lower(known), '${day}T16:24:00+08:00') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`, [child(9)]); // prettier-ignore
    await rows(on.world, `INSERT INTO enrolment (${columns.join(', ')}, known) SELECT ${columns.join(', ')}, tstzrange('${day}T16:24:00+08:00', NULL) FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper(known) = '${day}T16:24:00+08:00'`, [child(9)]); // prettier-ignore
    const after = await list();
    expect([after.done, after.missing.map((one) => one.childId)].flat()).not.toContain(child(9));
    expect(after.onRoll).toBe(room.pupils.length);
  });
});

describe('who sits elsewhere by the end of the day', () => {
  it('ATT-35 of who moved to another class it counts where he was called before', async () => {
    await moveTo(on.world, day, '16:40');
    const next = await secondClass(on, 4);
    const move = async (at: number) => {
      const id = randomUUID();
      await on.registrar.call(changes.askChange, { id, kind: 'classChange', childId: child(at), toClassId: next.id, fromDay: day, reason: '调整班额' }); // prettier-ignore
      await on.principal.call(changes.approveChange, { id });
    };
    await move(6);
    await move(7);
    const host = await on.world.person('classTeacher', next.id, '新班班主任');
    const there = await list(next.id, host);
    expect([there.onRoll, there.present, there.marked]).toEqual([2, 1, false]);
    expect(there.missing).toMatchObject([{ childId: child(6), mark: 'absent', entry: { reason: 'illness' } }]);
    await numbers();
  });

  it('ATT-37 who attends in a class of another school is on its list, and among those elsewhere of his own', async () => {
    await moveTo(on.world, day, '17:00');
    const [place] = await rows<{ id: string }>(
      on.world,
      `SELECT e.class_id AS id FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND e.class_id IS NOT NULL AND upper_inf(e.known) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
      [on.otherSchool],
    );
    const there = place?.id ?? '';
    const host = await on.world.person('classTeacher', there, '就读班班主任');
    await mark(on.world, host, { ...room, classId: there, pupils: [] }, day, {}, { reason: '系统刚启用' });
    const [own, theirs, before] = [await list(), await list(there, host), await numbers()];
    const id = randomUUID();
    const pieces = [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'proof')];
    await on.registrar.call(changes.askChange, { id, kind: 'attending', childId: child(8), place: '随父母在外校就读', placeKind: 'otherSchool', toSchoolId: on.otherSchool, toClassId: there, fromDay: day, reason: '就近', pieces }); // prettier-ignore
    await on.principal.call(changes.approveChange, { id });
    await on.officer.call(changes.approveChange, { id });
    const [home, host2, after] = [await list(), await list(there, host), await numbers()];
    expect([home.onRoll, home.elsewhere.map((one) => one.childId)]).toEqual([own.onRoll - 1, [child(8)]]);
    // His own class had called him in the morning: he has come, and the other class owes nothing for him.
    expect([host2.onRoll, host2.present, host2.done]).toEqual([theirs.onRoll + 1, theirs.present + 1, theirs.done]);
    expect([after.onRoll, after.elsewhere]).toEqual([before.onRoll - 1, before.elsewhere + 1]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSubstitute, listSubstitutes, nameSubstitute } from '#contract/attendance-leaves.ts';
import { answerAbsence, correctMark, getRollCall, myClasses } from '#contract/attendance.ts';
import {
  exportClassMonth,
  getChildAttendance,
  getSchoolDay,
  listGaps,
  listStandings,
  listTallies,
} from '#contract/attendance-views.ts';
import { setSetting } from '#contract/organisations.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import type { News } from '#server/http/news.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { announceClassesDue, recountTerm } from './actions.ts';
import { asPlatform, hear, lineOf, mark, moveTo, roomsOf, type Room } from './testing.ts';

const school = '2142010201';
let world: World;
let room: Room;
let other: Room;
let teacher: Person;
let officer: Person;
let bureau: Person;
let heard: News[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [first, next] = await roomsOf(world, school);
  if (!first || !next) throw new Error('no classes');
  [room, other] = [first, next];
  teacher = await world.person('classTeacher', room.classId, '王老师');
  officer = await world.person('schoolOfficer', school, '李主任');
  bureau = await world.person('bureauOfficer', world.district, '控辍专干');
  heard = hear(world);
  // Every school day but one is marked; pupil 6 is absent on two of them.
  for (const day of [
    '11-20',
    '11-23',
    '11-24',
    '11-26',
    '11-27',
    '11-30',
    '12-01',
    '12-02',
    '12-03',
    '12-04',
    '12-07',
  ]) {
    await moveTo(world, `2026-${day}`);
    await mark(world, teacher, room, `2026-${day}`, day === '11-24' || day === '11-27' ? { 6: 'unexcused' } : {});
  }
});
afterAll(() => world.stop());

const of = <K extends News['kind']>(kind: K) =>
  heard.filter((news): news is Extract<News, { kind: K }> => news.kind === kind);
const child = (at: number) => room.pupils[at] ?? '';

describe('classes and schools', () => {
  it('ATT-10 a substitute sees and marks the class on the named days only', async () => {
    await moveTo(world, '2026-12-08', '08:00');
    const helper = await world.person('subjectTeacher', other.classId, '代班老师');
    expect((await helper.ask(getRollCall, { classId: room.classId, day: '2026-12-08' })).status).toBe(404);
    const known = await officer.call(listSubstitutes, { classId: room.classId });
    const candidate = known.candidates.find((one) => one.name === '代班老师');
    const id = randomUUID();
    const input = {
      id,
      classId: room.classId,
      staffId: candidate?.staffId ?? '',
      fromDay: '2026-12-08',
      toDay: '2026-12-08',
    };
    expect((await teacher.ask(nameSubstitute, input)).status).toBe(403);
    await officer.call(nameSubstitute, input);
    const mine = await helper.call(myClasses, {});
    expect(mine.classes).toMatchObject([{ classId: room.classId, asSubstitute: true, onRoll: room.pupils.length }]);
    const done = await mark(world, helper, room, '2026-12-08', { 9: 'unexcused' });
    expect(done.present).toBe(room.pupils.length - 1);
    expect((await teacher.call(myClasses, {})).classes).toMatchObject([
      {
        classId: room.classId,
        asSubstitute: false,
        substituteName: '代班老师',
        parts: [{ marked: true, unexcused: 1, unanswered: 1 }],
      },
    ]);
    await officer.call(endSubstitute, { id });
    expect((await helper.ask(getRollCall, { classId: room.classId, day: '2026-12-08' })).status).toBe(404);
    expect((await helper.call(myClasses, {})).classes).toEqual([]);
  });

  it('ATT-12 unmarked classes are told once when the lesson begins, on school days only', async () => {
    const due = () => of('attendance.classDue').filter((news) => news.day === '2026-12-08');
    expect(await asPlatform(world, (context) => announceClassesDue(context))).toMatchObject({ classes: 0 });
    await moveTo(world, '2026-12-08', '08:20');
    const told = await asPlatform(world, (context) => announceClassesDue(context, 2));
    expect(told.schoolsLeft).toBeGreaterThan(0);
    await asPlatform(world, (context) => announceClassesDue(context));
    const count = due().length;
    expect(count).toBeGreaterThan(5);
    expect(new Set(due().map((news) => news.classId)).size).toBe(count);
    expect(due().some((news) => news.classId === room.classId)).toBe(false);
    expect(await asPlatform(world, (context) => announceClassesDue(context))).toEqual({ classes: 0, schoolsLeft: 0 });
    await moveTo(world, '2026-12-12', '09:00');
    expect(await asPlatform(world, (context) => announceClassesDue(context))).toEqual({ classes: 0, schoolsLeft: 0 });
  });

  it('ATT-13 ATT-02 a school sees what is not reported, its gaps and its tally', async () => {
    await moveTo(world, '2026-12-08', '10:00');
    const day = await officer.call(getSchoolDay, {});
    const [line] = day.schools;
    if (!line) throw new Error('no school');
    expect(line).toMatchObject({ marked: 1, gaps: line.classes - 1, unexcused: 1 });
    expect(day.classes.length).toBe(line.classes);
    expect(day.classes.at(-1)?.classId).toBe(room.classId);
    expect((await bureau.call(getSchoolDay, {})).schools.length).toBeGreaterThan(1);
    const gaps = await officer.call(listGaps, { from: '2026-11-20', to: '2026-12-08', size: 200 });
    const own = gaps.rows.filter((row) => row.classId === room.classId).map((row) => row.day);
    expect(own).toEqual(['2026-11-25']);
    const [tally] = await officer.call(listTallies, { from: '2026-11-20', to: '2026-12-08' });
    expect(tally).toMatchObject({ schoolDays: 13, expected: 13 * line.classes, gaps: gaps.total, marked: 12 });
    expect(tally?.unexcusedDays).toBe(3);
  });

  it('ATT-14 a class and month is exported with its gaps', async () => {
    const named = (await lineOf(teacher, room, '2026-11-30', 6)).name;
    const sheet = cellsOf((await teacher.ask(exportClassMonth, { classId: room.classId, month: '2026-11' })).body);
    const head = sheet.find((line) => line.includes('姓名')) ?? [];
    const signs = sheet.find((line) => line[1] === named) ?? [];
    expect(['23日', '24日', '25日', '26日', '27日'].map((label) => signs[head.indexOf(label)])).toEqual([
      '√',
      '×',
      '—',
      '√',
      '×',
    ]);
    const text = sheet.map((line) => line.join(' ')).join('\n');
    expect(text).toContain('未点名（未知');
    expect(text).toContain('导出完整');
    expect((await officer.ask(exportClassMonth, { classId: randomUUID(), month: '2026-11' })).status).toBe(404);
  });

  it('ATT-02 ATT-03 a pupil’s days show gaps as unknown, and half-days count once the bureau calls the afternoon', async () => {
    const seen = await teacher.call(getChildAttendance, { childId: child(6), from: '2026-11-24', to: '2026-11-27' });
    expect(seen.days.map((day) => day.marks[0]?.mark)).toEqual(['unexcused', 'gap', 'present', 'unexcused']);
    expect(seen.sums).toEqual({ schoolDays: 4, present: 1, unexcused: 2, leave: 0, unknown: 1 });
    await bureau.call(setSetting, {
      key: 'attendance.afternoon',
      value: true,
      fromDate: '2026-12-09',
      reason: '全区实行',
    });
    await moveTo(world, '2026-12-09', '10:00');
    await mark(world, teacher, room, '2026-12-09', { 10: 'unexcused' });
    await moveTo(world, '2026-12-09', '15:00');
    await mark(world, teacher, room, '2026-12-09', { 11: 'unexcused' }, { part: 'afternoon' });
    const half = await officer.call(listStandings, { classId: room.classId, size: 200 });
    const sums = (at: number) => {
      const row = half.rows.find((one) => one.childId === child(at));
      return [row?.consecutive, row?.cumulative];
    };
    expect([sums(10), sums(11)]).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
    expect(await asPlatform(world, (context) => recountTerm(context, '2026-12-09'))).toBe(0);
  });

  it('ATT-10 and no longer: after the last day only marks and answers of those days go up, for 3 days or until the school ends it', async () => {
    const classId = room.classId;
    await moveTo(world, '2026-12-30');
    const helper = await world.person('subjectTeacher', other.classId, '第二位代班老师');
    const { candidates } = await officer.call(listSubstitutes, { classId });
    const staffId = candidates.find((one) => one.name === '第二位代班老师')?.staffId ?? '';
    const name = async (fromDay: string, toDay: string) => {
      const id = randomUUID();
      await officer.call(nameSubstitute, { id, classId, staffId, fromDay, toDay });
      return id;
    };
    const first = await name('2026-12-30', '2026-12-31');
    await mark(world, helper, room, '2026-12-30', { 12: 'unexcused' });
    const { absenceId } = await lineOf(helper, room, '2026-12-30', 12);
    await moveTo(world, '2026-12-31');
    expect((await helper.ask(getRollCall, { classId, day: '2026-12-30' })).status).toBe(200);
    expect((await helper.ask(exportClassMonth, { classId, month: '2026-12' })).status).toBe(200);

    // Three days later: neither sees nor corrects, but what the phone kept goes up.
    await moveTo(world, '2027-01-03');
    const late = { reason: '手机没有信号' };
    expect((await helper.ask(getRollCall, { classId, day: '2026-12-31' })).status).toBe(404);
    expect((await helper.ask(exportClassMonth, { classId, month: '2026-12' })).status).toBe(404);
    expect((await helper.call(myClasses, { day: '2026-12-31' })).classes).toEqual([]);
    const correction = { id: randomUUID(), childId: child(12), day: '2026-12-30', part: 'morning' } as const;
    expect((await helper.ask(correctMark, { ...correction, to: 'late', reason: '迟到' })).status).toBe(404);
    await mark(world, helper, room, '2026-12-31', {}, late);
    await helper.call(answerAbsence, { id: absenceId ?? '', answer: 'notReached' });
    const afternoon = { ...late, part: 'afternoon' } as const;
    await expect(mark(world, helper, room, '2026-12-29', {}, late)).rejects.toThrow(/: 404 /);
    // The school ends it: at once nothing goes up any more.
    expect((await officer.call(listSubstitutes, { classId })).substitutes.map((one) => one.id)).toEqual([first]);
    await officer.call(endSubstitute, { id: first });
    await expect(mark(world, helper, room, '2026-12-31', {}, afternoon)).rejects.toThrow(/: 404 /);
    expect((await helper.ask(answerAbsence, { id: absenceId ?? '', answer: 'illness' })).status).toBe(404);

    await moveTo(world, '2027-01-04');
    await name('2027-01-04', '2027-01-04');
    await moveTo(world, '2027-01-08');
    await expect(mark(world, helper, room, '2027-01-04', {}, late)).rejects.toThrow(/: 404 /);
  });
});

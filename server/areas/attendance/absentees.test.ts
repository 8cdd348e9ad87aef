import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerAbsence } from '#contract/attendance.ts';
import {
  getSchoolDay,
  listAbsentees,
  listGaps,
  listRollCalls,
  listStandings,
  listTallies,
} from '#contract/attendance-views.ts';
import { setSetting } from '#contract/organisations.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { lineOf, mark, moveTo, roomsOf, type Room } from './testing.ts';

const schools = ['2142010201', '2142010208'];
let world: World;
let rooms: Room[];
let teachers: Person[];
let bureau: Person;
let officer: Person;

/** Who is away on which day, class by class: pupil 1 of the first is absent three days on end and crosses. */
const absences: readonly (readonly [day: string, room: number, absent: Parameters<typeof mark>[4]])[] = [
  ['2026-11-20', 0, { 5: 'unexcused' }],
  ['2026-11-20', 2, { 0: 'unexcused' }],
  ['2026-11-23', 0, { 1: 'unexcused', 2: 'illness', 3: 'late' }],
  ['2026-11-23', 1, { 0: 'unexcused', 4: 'personal' }],
  ['2026-11-24', 0, { 1: 'unexcused', 2: 'illness' }],
  ['2026-11-25', 0, { 1: 'unexcused', 5: 'unexcused' }],
  ['2026-11-25', 2, { 0: 'unexcused', 6: 'official' }],
];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const first = (await roomsOf(world, schools[0] ?? '')).slice(0, 2);
  const second = (await roomsOf(world, schools[1] ?? '')).slice(0, 1);
  rooms = [...first, ...second];
  teachers = [];
  for (const room of rooms) teachers.push(await world.person('classTeacher', room.classId));
  bureau = await world.person('bureauOfficer', world.district);
  officer = await world.person('schoolOfficer', schools[0] ?? '');
  for (const [day, at, absent] of absences) {
    await moveTo(world, day);
    await mark(world, person(at), room(at), day, absent);
  }
});
afterAll(() => world.stop());

function room(at: number): Room {
  const found = rooms[at];
  if (!found) throw new Error('too few classes');
  return found;
}
function person(at: number): Person {
  const found = teachers[at];
  if (!found) throw new Error('too few teachers');
  return found;
}

it('ATT-18 every number of a tally opens its names over the same days, for every school and each who reads it', async () => {
  for (const span of [
    { from: '2026-11-20', to: '2026-11-25' },
    { from: '2026-11-23', to: '2026-11-24' },
  ])
    for (const reader of [bureau, officer, person(0)]) {
      const tallies = await reader.call(listTallies, span);
      for (const tally of tallies) {
        const asked = { ...span, schoolId: tally.schoolId, size: 200 };
        const made = await reader.call(listRollCalls, asked);
        expect([made.total, made.rows.length]).toEqual([tally.marked, Math.min(200, tally.marked)]);
        expect((await reader.call(listGaps, asked)).total).toBe(tally.gaps);
        const unexcused = await reader.call(listAbsentees, asked);
        expect([unexcused.days, unexcused.rows.reduce((sum, row) => sum + row.days, 0)]).toEqual([
          tally.unexcusedDays,
          tally.unexcusedDays,
        ]);
        const leave = await reader.call(listAbsentees, { ...asked, figure: 'leave' });
        expect([leave.days, leave.rows.reduce((sum, row) => sum + row.days, 0)]).toEqual([
          tally.leaveDays,
          tally.leaveDays,
        ]);
        const crossed = await reader.call(listAbsentees, { ...asked, figure: 'crossed' });
        expect([crossed.total, crossed.rows.length]).toEqual([tally.crossed, tally.crossed]);
      }
    }
  const whole = { from: '2026-11-20', to: '2026-11-25', schoolId: room(0).schoolId };
  const names = (await officer.call(listAbsentees, whole)).rows.map((row) => [row.childId, row.days, row.crossedDay]);
  expect(names).toEqual([
    [room(0).pupils[1], 3, '2026-11-25'],
    [room(0).pupils[5], 2, null],
    [room(1).pupils[0], 1, null],
  ]);
  expect((await officer.call(listTallies, whole))[0]).toMatchObject({
    unexcusedDays: 6,
    leaveDays: 3,
    crossed: 1,
    marked: 5,
  });
  const early = { ...whole, to: '2026-11-24' };
  expect((await officer.call(listAbsentees, { ...early, figure: 'crossed' })).total).toBe(0);
  expect((await officer.call(listAbsentees, { ...early, size: 1, page: 2 })).rows).toHaveLength(1);
  const elsewhere = await person(0).call(listAbsentees, { ...whole, schoolId: room(2).schoolId });
  expect([elsewhere.total, elsewhere.days]).toEqual([0, 0]);
  expect((await officer.ask(listAbsentees, { from: '2026-11-25', to: '2026-11-24' })).status).toBe(422);
});

it('ATT-18 the numbers of a school’s day are pupils, each once, and open the same pupils', async () => {
  await bureau.call(setSetting, {
    key: 'attendance.afternoon',
    value: true,
    fromDate: '2026-11-26',
    reason: '全区实行',
  });
  await moveTo(world, '2026-11-26', '10:00');
  await mark(world, person(0), room(0), '2026-11-26', { 1: 'unexcused', 7: 'unexcused', 2: 'illness' });
  const { absenceId } = await lineOf(person(0), room(0), '2026-11-26', 7);
  await person(0).call(answerAbsence, { id: absenceId ?? '', answer: 'notReached' });
  await moveTo(world, '2026-11-26', '15:00');
  await mark(world, person(0), room(0), '2026-11-26', { 1: 'unexcused', 2: 'illness' }, { part: 'afternoon' });
  const day = '2026-11-26';
  const [line] = (await officer.call(getSchoolDay, { day })).schools;
  expect(line).toMatchObject({ schoolId: room(0).schoolId, unexcused: 2, onLeave: 1, unanswered: 1, marked: 2 });
  for (const [figure, number] of [
    ['unexcused', line?.unexcused],
    ['leave', line?.onLeave],
    ['unanswered', line?.unanswered],
  ] as const)
    expect([figure, (await officer.call(listAbsentees, { from: day, to: day, figure })).total]).toEqual([
      figure,
      number,
    ]);
});

it('ATT-34 who crossed in a span is told by the thresholds of the span, whatever list of the same moment was read before', async () => {
  await moveTo(world, '2026-11-26', '18:00');
  const knownAt = '2026-11-26T09:00:00.000000Z';
  const crossed = { from: '2026-11-20', to: '2026-11-25', figure: 'crossed', knownAt } as const;
  await bureau.call(setSetting, { key: 'attendance.consecutive', value: 9, fromDate: '2026-11-26', reason: '调整门槛' }); // prettier-ignore
  const standing = await bureau.call(listStandings, { day: '2026-11-26', knownAt, crossed: 'yes' });
  expect(standing.total).toBe(0);
  expect((await bureau.call(listAbsentees, crossed)).total).toBe(1);
});

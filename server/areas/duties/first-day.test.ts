import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as firstDay from '#contract/attendance-first-day.ts';
import { listDuties } from '#contract/duties.ts';
import { getDesk } from '#contract/statistics.ts';
import { announceFirstDay, mustAnnounceFirstDay } from '#server/areas/attendance/actions.ts';
import { asPlatform, beginLate, mark, moveTo, type Room, roomsOf } from '#server/areas/attendance/testing.ts';
import { connectListeners } from '#server/listeners.ts';
import type { Person } from '#server/testing/world.ts';
import { escalate } from './escalate.ts';
import { openDutyWorld, type DutyWorld } from './testing.ts';

const school = '2142010201';
const day = '2026-11-23';
let all: DutyWorld;
let room: Room;
let teacher: Person;
let officer: Person;
let principal: Person;
let bureau: Person;

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  connectListeners(world.platform);
  const [first] = await roomsOf(world, school);
  if (!first) throw new Error('no class');
  room = first;
  teacher = await world.person('classTeacher', room.classId, '王老师');
  officer = await world.person('schoolOfficer', school, '李主任');
  principal = await world.person('principal', school, '周校长');
  bureau = await world.person('bureauOfficer', world.district, '控辍专干');
  await beginLate(bureau);
});
afterAll(() => all.world.stop());

const ofClass = async () => (await all.duties('firstDayClass')).filter((duty) => duty.owner_unit === room.classId);
const ofSchool = async () => (await all.duties('firstDaySign')).filter((duty) => duty.owner_unit === room.schoolId);
const tell = () => asPlatform(all.world, announceFirstDay);

describe('duties of the first school day', () => {
  it('DUT-21 each class owes the same day and each principal in 3 school days; told once, and on no other day', async () => {
    await moveTo(all.world, '2026-11-22');
    expect(await asPlatform(all.world, mustAnnounceFirstDay)).toBe(false);
    await moveTo(all.world, day, '07:00');
    expect(await asPlatform(all.world, mustAnnounceFirstDay)).toBe(true);
    expect(await tell()).toBeGreaterThan(10);
    expect(await tell()).toBe(0);
    expect(await asPlatform(all.world, mustAnnounceFirstDay)).toBe(false);
    const [own] = await ofClass();
    expect(own).toMatchObject({ owner_role: 'classTeacher', state: 'open' });
    expect(own?.due_at.toISOString().slice(0, 16)).toBe('2026-11-23T15:59');
    const [signature] = await ofSchool();
    expect(signature).toMatchObject({ owner_role: 'principal', state: 'open' });
    expect(signature?.due_at.toISOString().slice(0, 16)).toBe('2026-11-26T15:59');
  });

  it('DUT-22 the desk shows each its own with the page that settles it', async () => {
    const linesOf = async (person: Person) =>
      (await person.call(getDesk, {})).sections.flatMap((section) => section.items.map((item) => item.to));
    expect(await linesOf(teacher)).toContain(`/attendance/first-day/${room.classId}?day=${day}`);
    expect(await linesOf(principal)).toContain(`/attendance/first-day/school/${room.schoolId}?day=${day}`);
  });

  it('DUT-22 the complete list settles the class’s duty; a list opened again is owed anew', async () => {
    await moveTo(all.world, day, '09:00');
    await mark(all.world, teacher, room, day, { 0: 'unexcused' });
    expect((await ofClass()).map((duty) => duty.state)).toEqual(['open']);
    const entry = { id: randomUUID(), childId: room.pupils[0] ?? '', reason: 'illness', whereabouts: 'home' } as const;
    await teacher.call(firstDay.saveFirstDay, { classId: room.classId, entries: [entry] });
    expect((await ofClass()).map((duty) => [duty.state, duty.settled_event])).toEqual([
      ['settled', 'attendance.firstDayDone'],
    ]);
    await moveTo(all.world, day, '09:10');
    await all.tell({ kind: 'attendance.firstDayOpen', schoolId: room.schoolId, classId: room.classId, day, again: 1, at: `${day}T01:10:00.000Z` }); // prettier-ignore
    expect((await ofClass()).map((duty) => duty.state).sort()).toEqual(['open', 'settled']);
    expect((await teacher.call(listDuties, { rule: 'firstDayClass' })).rows[0]?.to).toBe(
      `/attendance/first-day/${room.classId}?day=${day}`,
    );
  });

  it('DUT-22 missed they climb, the class’s by the principal to the bureau’s officer; the signature settles the principal’s', async () => {
    const climbed = () => all.whole(escalate);
    await all.move('2026-11-24T01:00:00Z');
    await climbed();
    expect((await ofClass()).find((duty) => duty.state === 'open')?.top_role).toBe('principal');
    await all.move('2026-11-25T01:30:00Z');
    await climbed();
    expect((await ofClass()).find((duty) => duty.state === 'open')?.top_role).toBe('bureauOfficer');
    await principal.call(firstDay.signFirstDay, { schoolId: room.schoolId, seen: 0, reason: '其余班级明日补齐' });
    expect((await ofSchool()).map((duty) => [duty.state, duty.settled_event])).toEqual([
      ['settled', 'attendance.firstDaySigned'],
    ]);
    await all.move('2026-11-27T01:30:00Z');
    await climbed();
    const others = (await all.duties('firstDaySign')).filter((duty) => duty.state === 'open');
    expect(others.length).toBeGreaterThan(0);
    expect(new Set(others.map((duty) => duty.top_role))).toEqual(new Set(['bureauOfficer']));
    expect((await officer.call(listDuties, { rule: 'firstDaySign' })).total).toBe(0);
  });
});

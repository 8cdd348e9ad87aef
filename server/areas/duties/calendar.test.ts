import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/messages.ts';
import type { Person } from '#server/testing/world.ts';
import { openDutyWorld, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let teacher: Person;
let other: Person;

beforeAll(async () => {
  all = await openDutyWorld();
  teacher = await all.world.person('classTeacher', all.classId);
  other = await all.world.person('classTeacher', all.otherClassId);
  await all.tell({
    kind: 'attendance.thresholdCrossed',
    day: '2026-11-20',
    at: '2026-11-20T02:00:00.000Z',
    consecutive: 3,
    cumulative: 3,
    childId: all.children[0]?.id ?? '',
    schoolId: all.schoolId,
    classId: all.classId,
  });
});
afterAll(() => all.world.stop());

const read = (path: string) => all.world.app.inject({ method: 'GET', url: path });

/** The events of a calendar as properties, lines unfolded. */
function events(text: string): Map<string, string>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n');
  const found: Map<string, string>[] = [];
  let now: Map<string, string> | null = null;
  let inside = 0;
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') now = new Map();
    else if (line.startsWith('BEGIN:')) inside += now ? 1 : 0;
    else if (line === 'END:VEVENT' && now) {
      found.push(now);
      now = null;
    } else if (line.startsWith('END:')) inside -= now ? 1 : 0;
    else if (now && inside === 0) now.set(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1));
  }
  return found;
}

it('DUT-09 a secret link gives own duties without signing in; a new link and taking it back end the old', async () => {
  expect((await teacher.call(contract.getReminders, {})).calendar).toBeNull();
  const { path } = await teacher.call(contract.createCalendarLink, {});
  const answered = await read(path);
  expect([answered.statusCode, answered.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(answered.headers['cache-control']).toBe('no-store');
  const own = events(answered.payload);
  expect(own.map((event) => event.get('DTEND')).sort()).toEqual(['20261120T155959Z', '20261123T155959Z']);
  const surname = [...(all.children[0]?.name ?? '')][0] ?? '';
  expect(own.map((event) => event.get('SUMMARY')).sort()).toEqual([
    `上门走访：${surname}某`,
    `报告疑似辍学：${surname}某`,
  ]);
  expect(answered.payload).not.toContain(all.children[0]?.name ?? '?');
  const { path: others } = await other.call(contract.createCalendarLink, {});
  expect(events((await read(others)).payload)).toEqual([]);
  expect((await teacher.call(contract.getReminders, {})).calendar?.usedAt).not.toBeNull();
  const { path: next } = await teacher.call(contract.createCalendarLink, {});
  expect([(await read(path)).statusCode, (await read(next)).statusCode]).toEqual([404, 200]);
  await teacher.call(contract.endCalendarLink, {});
  expect((await read(next)).statusCode).toBe(404);
  expect((await read(`/api/calendar/${'x'.repeat(43)}/duties.ics`)).statusCode).toBe(404);
});

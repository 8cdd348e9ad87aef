import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSubstitutes, nameSubstitute } from '#contract/attendance-leaves.ts';
import { getRollCall } from '#contract/attendance.ts';
import { getDuty, listDuties } from '#contract/duties.ts';
import { getDesk } from '#contract/statistics.ts';
import type { Person } from '#server/testing/world.ts';
import { markedNews, openDutyWorld, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let teacher: Person;
let officer: Person;
let substitute: Person;
const day = '2026-11-20';
const at = '2026-11-20T00:30:00.000Z';

beforeAll(async () => {
  all = await openDutyWorld();
  const { world, schoolId, classId, otherClassId } = all;
  teacher = await world.person('classTeacher', classId, '周老师');
  officer = await world.person('schoolOfficer', schoolId, '吴主任');
  substitute = await world.person('classTeacher', otherClassId, '李老师');
});
afterAll(() => all.world.stop());

const due = (on: string) =>
  all.tell({ kind: 'attendance.classDue', schoolId: all.schoolId, classId: all.classId, day: on, part: 'morning', at });
const mine = async (person: Person) =>
  (await person.call(listDuties, {})).rows.map((row) => [row.rule, row.to.slice(-10)]).sort();

describe('who stands in for a class', () => {
  it('DUT-20 owes its roll call and calls of those days beside the teacher, on desk and in the list, and nothing else of it', async () => {
    await due('2026-11-19');
    await due(day);
    const child = all.children[0];
    if (!child) throw new Error('no pupil');
    const place = { schoolId: all.schoolId, classId: all.classId };
    await all.tell({ ...markedNews(all, day, [child.id]), part: 'afternoon', at });
    await all.tell({ kind: 'attendance.thresholdCrossed', day, at, consecutive: 3, cumulative: 3, childId: child.id, ...place }); // prettier-ignore
    expect(await mine(substitute)).toEqual([]);
    const own = (await teacher.call(listDuties, { rule: 'markClass' })).rows.find((row) => row.to.endsWith(day));
    expect((await substitute.ask(getDuty, { id: own?.id ?? '' })).status).toBe(404);
    const { candidates } = await officer.call(listSubstitutes, { classId: all.classId });
    const staffId = candidates.find((one) => one.name === '李老师')?.staffId ?? '';
    const named = { id: randomUUID(), classId: all.classId, staffId, fromDay: day, toDay: day };
    await officer.call(nameSubstitute, named);
    expect(await mine(substitute)).toEqual([
      ['contactGuardian', day],
      ['markClass', day],
    ]);
    expect((await teacher.call(listDuties, {})).total).toBe(5);
    const lines = (await substitute.call(getDesk, {})).sections.flatMap((section) => section.items);
    expect(lines.map((line) => line.what).sort()).toEqual(['点名', '联系监护人，问明未到校原因'].sort());
    expect(lines.find((line) => line.what === '点名')?.to).toBe(`/rollcall/${all.classId}?day=${day}`);
    expect((await substitute.call(getRollCall, { classId: all.classId, day, part: 'morning' })).allowed.mark).toBe(
      true,
    );
    expect((await substitute.call(getDuty, { id: own?.id ?? '' })).allowed).toEqual({ waive: false, handOver: false });
    const [report] = (await teacher.call(listDuties, { rule: 'reportSuspected' })).rows;
    expect((await substitute.ask(getDuty, { id: report?.id ?? '' })).status).toBe(404);
    await all.tell({ ...markedNews(all, day, []), at });
    expect(await mine(substitute)).toEqual([['contactGuardian', day]]);
    await all.move('2026-11-23T02:00:00Z');
    expect(await mine(substitute)).toEqual([]);
  });
});

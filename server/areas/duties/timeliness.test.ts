import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/duties.ts';
import type { Person } from '#server/testing/world.ts';
import { markedNews, codeOfSchool, openDutyWorld, steppedNews, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let officer: Person;

const span = { from: '2026-11-16', to: '2026-11-27' };
const outcomes = ['due', 'inTime', 'late', 'open'] as const;

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  officer = await world.person('schoolOfficer', await codeOfSchool(all, all.schoolId));
  await madeWorld();
});
afterAll(() => all.world.stop());

/** Duties of every outcome, of two schools and of none, and what must not count: a waived one, one not yet due, one due before. */
async function madeWorld(): Promise<void> {
  const [first, second, third, fourth] = all.children;
  if (!first || !second || !third || !fourth) throw new Error('too few pupils');
  const place = { schoolId: all.schoolId, classId: all.classId };
  const at = (day: string, time = '02:00:00') => `${day}T${time}.000Z`;
  for (const day of ['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19']) {
    await all.tell({ kind: 'attendance.classDue', ...place, day, part: 'morning', at: at(day, '00:20:00') });
    // The roll call of the 17th comes a day late, that of the 19th never.
    if (day === '2026-11-19') continue;
    await all.tell({
      ...markedNews(all, day, [first.id, second.id]),
      at: at(day === '2026-11-17' ? '2026-11-18' : day, '00:30:00'),
    });
  }
  const answered = { answer: 'sick', ...place } as const;
  await all.tell({
    kind: 'attendance.contacted',
    day: '2026-11-16',
    childId: first.id,
    at: at('2026-11-16'),
    ...answered,
  });
  await all.tell({
    kind: 'attendance.contacted',
    day: '2026-11-17',
    childId: first.id,
    at: at('2026-11-19'),
    ...answered,
  });
  const unowned = { childId: third.id, schoolId: null, classId: null };
  const step = { caseId: randomUUID(), step: 'confirm', state: 'confirmed', next: 'persuade', dueDate: '2026-11-18' };
  await all.tell({ ...steppedNews(all.schoolId, step), at: at('2026-11-10'), ...unowned });
  const crossing = { kind: 'attendance.thresholdCrossed', day: '2026-11-20', consecutive: 3, cumulative: 3 } as const;
  await all.tell({ ...crossing, at: at('2026-11-20'), childId: fourth.id, ...place });
  const open = await officer.call(contract.listDuties, {
    scope: 'unit',
    rule: 'contactGuardian',
    childId: second.id,
    from: span.from,
  });
  await officer.call(contract.waiveDuty, { id: open.rows[0]?.id ?? '', reason: '学生当日已转出' });
}

it('DUT-12 DUT-17 every number of 及时率 opens exactly the duties it counts, for every line and for each who reads it', async () => {
  const { world } = all;
  const bureau = await world.person('bureauOfficer', world.district);
  const teacher = await world.person('classTeacher', all.classId);
  // A colleague of another class to whom a duty of this one was handed: it is on his list, and in no figure of his class.
  const colleague = await world.person('classTeacher', all.otherClassId, '李老师');
  const [duty] = (await officer.call(contract.listDuties, { scope: 'unit', rule: 'contactGuardian', from: span.from }))
    .rows;
  const { people } = await officer.call(contract.getDuty, { id: duty?.id ?? '' });
  const staffId = people.find((one) => one.name === '李老师')?.staffId ?? '';
  await officer.call(contract.handOverDuty, { id: duty?.id ?? '', staffId, reason: '班主任外出' });
  expect((await colleague.call(contract.listDuties, {})).rows.map((row) => row.id)).toContain(duty?.id);

  const seen: Record<string, number[]> = {};
  for (const [role, person] of Object.entries({ bureau, officer, teacher, colleague })) {
    const answer = await person.call(contract.getTimeliness, span);
    const totals = { due: 0, inTime: 0, late: 0, open: 0 };
    for (const row of answer.rows)
      for (const outcome of outcomes) {
        const place = row.schoolId === null ? { noSchool: 'yes' as const } : { schoolId: row.schoolId };
        const asked = { scope: 'unit', ...span, outcome, rule: row.rule, ...place, size: 200 } as const;
        const list = await person.call(contract.listDuties, asked);
        expect([role, row.rule, outcome, list.total, list.rows.length]).toEqual([
          role,
          row.rule,
          outcome,
          row[outcome],
          row[outcome],
        ]);
        expect(
          list.rows.every((one) => one.rule === row.rule && one.dueDay >= span.from && one.dueDay <= span.to),
        ).toBe(true);
        if (outcome === 'inTime' || outcome === 'late')
          expect(list.rows.every((one) => one.inTime === (outcome === 'inTime'))).toBe(true);
        totals[outcome] += row[outcome];
      }
    for (const outcome of outcomes)
      expect((await person.call(contract.listDuties, { scope: 'unit', ...span, outcome })).total).toBe(totals[outcome]);
    expect([answer.due, answer.inTime]).toEqual([totals.due, totals.inTime]);
    seen[role] = outcomes.map((outcome) => totals[outcome]);
  }
  // By hand: roll calls 2 in time, 1 late, 1 never made; contacts 1 in time, 1 late, 3 open and 1 waived; the step of the case without a
  // school is open; what began on the 20th is not due yet.
  expect(seen['bureau']).toEqual([10, 3, 2, 5]);
  expect([seen['officer'], seen['teacher']]).toEqual([seen['bureau'], seen['bureau']]);
  expect(seen['colleague']).toEqual([0, 0, 0, 0]);
});

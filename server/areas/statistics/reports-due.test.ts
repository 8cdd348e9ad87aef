import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listDuties } from '#contract/duties.ts';
import { getReport, signReport } from '#contract/statistics-reports.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { startJobs } from '#server/jobs.ts';
import { eachMinute } from '#server/minute.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let schoolId: string;
let otherPrincipal: Person;

const minute = async (at: string) => {
  await opened.move(at);
  await eachMinute(opened.world.platform);
};
const owed = async (person: Person) => {
  const { rows: lines } = await person.call(listDuties, { rule: 'reportDue' });
  return lines.map(({ dueAt, level, why }) => ({ dueAt, level, why }));
};
const inBase = () =>
  rows<{ school_id: string; occasion: string; state: string; settled_event: string | null }>(
    opened.world,
    `SELECT school_id, occasion, state, settled_event FROM duty WHERE district_code = $1 AND rule = 'reportDue' ORDER BY occasion, school_id`,
  );

beforeAll(async () => {
  opened = await openCaseWorld();
  schoolId = pupilOf(opened, 0).school_id;
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
});
afterAll(() => opened.world.stop());

it('STA-18 STA-22 on its Friday the report of the week is owed by every principal until 18:00, once however often the job runs', async () => {
  await minute('2026-11-26T02:00:00Z');
  expect(await inBase()).toEqual([]);
  await minute('2026-11-26T23:30:00Z');
  await minute('2026-11-26T23:31:00Z');
  const expected = { dueAt: '2026-11-27T10:00:00.000Z', level: 0, why: '2026-11-23 至 2026-11-29 周统计待校长签报' };
  expect(await owed(opened.principal)).toEqual([expected]);
  expect(await owed(otherPrincipal)).toEqual([expected]);
  const all = await inBase();
  expect(new Set(all.map((duty) => duty.school_id)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(1);
  const [line] = (await opened.principal.call(listDuties, { rule: 'reportDue' })).rows;
  expect(line?.to).toBe(`/reports/${schoolId}?period=week&day=2026-11-23`);
});

it('STA-18 STA-22 signing settles it, for this school alone', async () => {
  await opened.move('2026-11-27T02:00:00Z');
  const week = { schoolId, period: 'week', day: '2026-11-27' } as const;
  await opened.principal.call(signReport, { ...week, reason: '本周点名未齐' });
  expect(await owed(opened.principal)).toEqual([]);
  expect((await inBase()).filter((duty) => duty.school_id === schoolId)).toEqual([
    { school_id: schoolId, occasion: 'week 2026-11-23', state: 'settled', settled_event: 'statistics.reportSigned' },
  ]);
  expect(await owed(otherPrincipal)).toHaveLength(1);
});

it('STA-18 past Friday it is overdue and no gap of itself; after Sunday its lack climbs to the bureau', async () => {
  await minute('2026-11-28T04:00:00Z');
  expect((await owed(otherPrincipal))[0]?.level).toBe(0);
  const draft = await otherPrincipal.call(getReport, {
    schoolId: opened.otherSchool,
    period: 'week',
    day: '2026-11-27',
  });
  expect(draft.gaps.filter((gap) => gap.kind === 'duty' && gap.rule === 'reportDue')).toEqual([]);
  await minute('2026-11-30T00:30:00Z');
  const climbed = (await opened.officer.call(listDuties, { rule: 'reportDue', schoolId: opened.otherSchool })).rows;
  expect(climbed).toMatchObject([{ level: 1, overdue: true, dueAt: '2026-11-27T10:00:00.000Z' }]);
});

it('STA-18 the month is owed from its last day until the 3rd, by who has signed the week too; a server that stood still makes up for a week', async () => {
  expect(await owed(opened.principal)).toEqual([
    { dueAt: '2026-12-03T15:59:59.999Z', level: 0, why: '2026年11月待校长签报' },
  ]);
  await minute('2026-12-08T02:00:00Z');
  const weeks = (await inBase()).filter((duty) => duty.school_id === schoolId).map((duty) => duty.occasion);
  expect(weeks).toEqual(['month 2026-11-01', 'week 2026-11-23', 'week 2026-11-30']);
});

it('PLT-26 what fell due while nobody served is told as soon as the jobs run again, not at the next full minute', async () => {
  await opened.move('2026-12-11T00:30:00Z');
  const weeks = async () => (await inBase()).map((duty) => duty.occasion);
  expect(await weeks()).not.toContain('week 2026-12-07');
  // No full minute comes while it is looked for: what brings it is the start.
  while (new Date().getSeconds() > 42) await pause(500);
  const jobs = await startJobs(opened.world.platform);
  try {
    await expect.poll(weeks, { timeout: 15_000, interval: 100 }).toContain('week 2026-12-07');
  } finally {
    await jobs.stop();
  }
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase, reportEmergency } from '#contract/dropout.ts';
import { markReturned } from '#contract/dropout-steps.ts';
import * as contract from '#contract/duties.ts';
import { listSettings, setSetting } from '#contract/organisations.ts';
import { getReport } from '#contract/statistics-reports.ts';
import { confirmedCase, openCaseWorld, pupilOf, runOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { eachMinute } from '#server/minute.ts';
import { rows } from '#server/testing/reach.ts';

let on: CaseWorld;
let schoolId: string;
const day = '2026-11-20';

beforeAll(async () => {
  on = await openCaseWorld();
  schoolId = pupilOf(on, 0).school_id;
});
afterAll(() => on.world.stop());

const set = (key: string, value: unknown, fromDate: string) =>
  on.officer.ask(setSetting, { key, value, fromDate, reason: '区教育局办公会议定' });
const minute = async (at: string) => {
  await on.move(at);
  await eachMinute(on.world.platform);
};
const reportsOwed = async (period: string) => {
  const found = await rows<{ due_at: Date; climbs_at: Date | null; rule_version: string }>(
    on.world,
    `SELECT due_at, climbs_at, rule_version FROM duty WHERE district_code = $1 AND rule = 'reportDue' AND school_id = $2 AND occasion = $3`,
    [schoolId, period],
  );
  return found.map((duty) => [duty.due_at.toISOString(), duty.climbs_at?.toISOString(), duty.rule_version]);
};
const emergency = (index: number) =>
  on.teacher.call(reportEmergency, {
    id: randomUUID(),
    childId: pupilOf(on, index).id,
    kinds: ['harm'],
    words: '密语',
    day,
    parties: ['police'],
  });
const urgentOf = (caseId: string) =>
  rows<{ due_at: Date; rule_version: string }>(
    on.world,
    `SELECT due_at, rule_version FROM duty WHERE district_code = $1 AND rule = 'urgentCase' AND case_id = $2`,
    [caseId],
  );

it('DUT-33 the hours of an emergency are a rule: one reported before the change keeps its 24, one after has the new number', async () => {
  const before = await emergency(0);
  expect(before.dueAt).toBe('2026-11-21T02:00:00.000Z');
  expect((await set('duty.urgentCase', 12, day)).status).toBe(200);
  const after = await emergency(1);
  expect(after.dueAt).toBe('2026-11-20T14:00:00.000Z');
  expect(await urgentOf(before.caseId)).toMatchObject([
    { due_at: new Date('2026-11-21T02:00:00Z'), rule_version: 'v1' },
  ]);
  expect(await urgentOf(after.caseId)).toMatchObject([
    { due_at: new Date('2026-11-20T14:00:00Z'), rule_version: `v1（${day} 起 12）` },
  ]);
  const letters = await rows<{ due_at: Date }>(
    on.world,
    `SELECT due_at FROM case_referral WHERE district_code = $1 AND case_id = $2`,
    [after.caseId],
  );
  expect(letters).toEqual([{ due_at: new Date('2026-11-20T14:00:00Z') }]);
});

it('DUT-33 a pupil who returned before the change is asked after as often as then, one after as the bureau set', async () => {
  const back = async (index: number) => {
    const id = await confirmedCase(on, index, (caseId) => on.principal.call(confirmCase, { id: caseId }));
    await on.tell(runOf(pupilOf(on, index), '2026-11-16', 5, day));
    return on.principal.call(markReturned, { id, placement: '原班', note: '', signature: drawn(0.5) });
  };
  expect((await back(2)).followUps).toHaveLength(6);
  expect((await set('dropout.followUpWeeks', 2, day)).status).toBe(200);
  expect((await set('dropout.followUpMonths', 1, day)).status).toBe(200);
  expect((await back(3)).followUps).toEqual(['2026-11-23', '2026-11-30', '2026-12-30']);
});

it('DUT-33 week and month: a new deadline holds for periods that may be signed from its date on; those before keep theirs, asked whenever', async () => {
  expect((await set('report.weekTime', '17:00', '2026-11-28')).status).toBe(200);
  expect((await set('report.weekLatest', 6, '2026-11-28')).status).toBe(200);
  expect((await set('report.monthDays', 4, '2026-12-01')).status).toBe(200);
  await minute('2026-11-27T01:00:00Z');
  expect(await reportsOwed('week 2026-11-23')).toEqual([
    ['2026-11-27T10:00:00.000Z', '2026-11-29T15:59:59.999Z', 'v1'],
  ]);
  await minute('2026-11-30T02:00:00Z');
  expect((await reportsOwed('month 2026-11-01'))[0]?.[0]).toBe('2026-12-03T15:59:59.999Z');
  await minute('2026-12-04T01:00:00Z');
  expect(await reportsOwed('week 2026-11-30')).toEqual([
    [
      '2026-12-04T09:00:00.000Z',
      '2026-12-05T15:59:59.999Z',
      'v1（周统计签报时间 2026-11-28 起 17:00；周统计最迟日 2026-11-28 起 周六；学校月报期限 2026-12-01 起 4）',
    ],
  ]);
  const shown = async (asked: string) =>
    (await on.principal.call(getReport, { schoolId, period: 'week', day: asked })).deadline?.dueAt;
  expect([await shown('2026-11-25'), await shown('2026-12-02')]).toEqual([
    '2026-11-27T10:00:00.000Z',
    '2026-12-04T09:00:00.000Z',
  ]);
});

it('DUT-34 the catalogue names every setting of a rule with its value; a wrong one is refused in Chinese', async () => {
  const { rules } = await on.officer.call(contract.listCatalogue, {});
  expect(rules.find((rule) => rule.id === 'reportDue')?.settings[1]).toEqual({
    key: 'report.weekTime',
    label: '周统计签报时间',
    value: '17:00',
  });
  expect(rules.find((rule) => rule.id === 'reportDue')?.settings[2]?.value).toBe('周六');
  expect(rules.find((rule) => rule.id === 'urgentCase')).toMatchObject({ due: '12 小时内' });
  const listed = await on.officer.call(listSettings, {});
  for (const rule of rules) for (const { key } of rule.settings) expect(listed.map((row) => row.key)).toContain(key);
  const wrong = await set('report.weekDay', 3, '2026-12-05');
  expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([422, expect.stringContaining('应为周五至周日')]);
  expect(JSON.stringify((await set('duty.urgentCase', 100, '2026-12-05')).body)).toContain('应为 1 至 72 的整数');
});

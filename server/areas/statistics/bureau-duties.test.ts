import { afterAll, beforeAll, expect, it } from 'vitest';
import { listDuties } from '#contract/duties.ts';
import { decideReport, signReport } from '#contract/statistics-reports.ts';
import { acceptReports } from '#contract/statistics-roll.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { eachMinute } from '#server/minute.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let otherPrincipal: Person;
const week = { period: 'week', day: '2026-11-27' } as const;

beforeAll(async () => {
  opened = await openCaseWorld();
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
});
afterAll(() => opened.world.stop());

const minute = async (at: string) => {
  await opened.move(at);
  await eachMinute(opened.world.platform, ['due']);
};
const owed = async (person: Person, rule: 'acceptReports') =>
  (await person.call(listDuties, { rule })).rows.map(({ dueAt, level, to }) => ({ dueAt, level, to }));

it('STA-36 signed reports are the bureau’s to accept within 2 working days, one duty for a period, until none waits', async () => {
  await minute('2026-11-27T02:00:00Z');
  expect(await owed(opened.officer, 'acceptReports')).toEqual([]);
  const reason = '本周点名未齐';
  const [one, other] = [
    await opened.principal.call(signReport, { schoolId: pupilOf(opened, 0).school_id, ...week, reason }),
    await otherPrincipal.call(signReport, { schoolId: opened.otherSchool, ...week, reason }),
  ];
  const due = { dueAt: '2026-12-01T15:59:59.999Z', level: 0, to: '/reports?period=week&day=2026-11-23&state=signed' };
  expect(await owed(opened.officer, 'acceptReports')).toEqual([due]);
  expect(await owed(opened.principal, 'acceptReports')).toEqual([]);
  await opened.officer.call(decideReport, { id: one.id, version: 1, accept: true });
  expect(await owed(opened.officer, 'acceptReports')).toEqual([due]);
  await opened.officer.call(decideReport, { id: other.id, version: 1, accept: false, reason: '请补齐后再报' });
  expect(await owed(opened.officer, 'acceptReports')).toEqual([]);
  // Signed again after it was sent back, it waits again; left alone it climbs to the leader.
  await opened.move('2026-11-27T03:00:00Z');
  await otherPrincipal.call(signReport, { schoolId: opened.otherSchool, ...week, reason });
  expect(await owed(opened.officer, 'acceptReports')).toEqual([due]);
  expect(await owed(opened.leader, 'acceptReports')).toEqual([]);
  await minute('2026-12-02T02:00:00Z');
  expect(await owed(opened.leader, 'acceptReports')).toEqual([{ ...due, level: 1 }]);
});

it('STA-38 signed reports are accepted together; one signed anew or decided already is named and holds up no other', async () => {
  const day = '2027-01-08';
  await opened.move('2027-01-08T02:00:00Z');
  const sign = (person: Person, schoolId: string) => person.call(signReport, { schoolId, period: 'week', day, reason: '点名未齐' }); // prettier-ignore
  const one = await sign(opened.principal, pupilOf(opened, 0).school_id);
  const other = await sign(otherPrincipal, opened.otherSchool);
  const reports = [{ id: one.id, version: one.version }, { id: other.id, version: other.version + 1 }]; // prettier-ignore
  expect((await opened.principal.ask(acceptReports, { reports })).status).toBe(403);
  expect(await opened.officer.call(acceptReports, { reports })).toEqual({
    done: 1,
    refused: [{ id: other.id, why: '学校已重新签报，请先查看最新一版再审核。' }],
  });
  const again = [reports[0], { id: other.id, version: other.version }].flatMap((row) => (row ? [row] : []));
  const answer = await opened.officer.call(acceptReports, { reports: again });
  expect(answer).toMatchObject({ done: 1, refused: [{ id: one.id }] });
  expect(answer.refused[0]?.why).toContain('不能办理');
});

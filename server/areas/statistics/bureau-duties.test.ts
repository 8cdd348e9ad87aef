import { afterAll, beforeAll, expect, it } from 'vitest';
import { listDuties } from '#contract/duties.ts';
import { decideReport, signReport } from '#contract/statistics-reports.ts';
import { acceptReports, getRollSignature, signRoll } from '#contract/statistics-roll.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { eachMinute } from '#server/minute.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let otherPrincipal: Person;
const week = { period: 'week', day: '2026-11-27' } as const;
const month = { period: 'month', day: '2026-11-30' } as const;

beforeAll(async () => {
  opened = await openCaseWorld();
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
});
afterAll(() => opened.world.stop());

const minute = async (at: string) => {
  await opened.move(at);
  await eachMinute(opened.world.platform, ['due']);
};
const owed = async (person: Person, rule: 'acceptReports' | 'rollDue') =>
  (await person.call(listDuties, { rule })).rows.map(({ dueAt, level, to }) => ({ dueAt, level, to }));

it('STA-31 signed reports are the bureau’s to accept within 2 working days, one duty for a period, until none waits', async () => {
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

it('STA-32 the bureau closes a month by the 5th: signed with its reason it is frozen and the duty is done; a change asks for a new version', async () => {
  await minute('2026-12-02T02:01:00Z');
  // 5 December 2026 is a Saturday: the next working day
  const due = { dueAt: '2026-12-07T15:59:59.999Z', level: 0, to: '/reports/district?period=month&day=2026-11-01' };
  expect(await owed(opened.officer, 'rollDue')).toEqual([due]);
  const early = await opened.officer.ask(signRoll, { id: phoneId(), period: 'month', day: '2026-12-02', seen: 0 });
  expect(early.body).toMatchObject({ code: 'wrong-step' });
  for (const person of [opened.principal, opened.leader])
    expect((await person.ask(signRoll, { id: phoneId(), ...month, seen: 0 })).status).toBe(403);
  const before = await opened.officer.call(getRollSignature, month);
  expect(before).toMatchObject({ signed: null, overdue: false, asksReason: true, allowed: { sign: true, why: null } });
  expect(before.missing).toBeGreaterThan(1);
  const bare = await opened.officer.ask(signRoll, { id: phoneId(), ...month, seen: 0 });
  expect(bare.body).toMatchObject({ code: 'input-wrong', detail: { issues: [{ path: 'reason' }] } });
  const id = phoneId();
  expect(await opened.officer.call(signRoll, { id, ...month, reason: '两校停课未报', seen: 0 })).toEqual({
    version: 1,
  });
  expect(await owed(opened.officer, 'rollDue')).toEqual([]);
  const signed = await opened.officer.call(getRollSignature, month);
  expect(signed).toMatchObject({
    changed: false,
    signed: { version: 1, byName: '冯专干', reason: '两校停课未报' },
    allowed: { sign: false, why: '签发后的数据没有变化，不必再签。' },
  });
  expect(signed.signed?.schools.every((school) => school.state === 'open')).toBe(true);
  // A school sees nothing of it.
  expect(await opened.principal.call(getRollSignature, month)).toMatchObject({ signed: null, history: [] });
  // A late entry of November moves the recount: what was signed stays.
  const pupil = pupilOf(opened, 2);
  await opened.whole((context) =>
    moveChild(context, { childId: pupil.id, day: '2026-11-26', state: 'gone', cause: 'leftWithout' }),
  );
  const after = await opened.officer.call(getRollSignature, month);
  expect(after).toMatchObject({ changed: true, asksReason: true, allowed: { sign: true } });
  expect(after.signed).toEqual(signed.signed);
  expect(after.signed?.recount.Gone).toBe(0);
  const stale = await opened.officer.ask(signRoll, { id: phoneId(), ...month, reason: '补报', seen: 0 });
  expect(stale.body).toMatchObject({ code: 'changed-meanwhile' });
  expect(await opened.second.call(signRoll, { id: phoneId(), ...month, reason: '学校补报', seen: 1 })).toEqual({ version: 2 }); // prettier-ignore
  const twice = await opened.officer.call(getRollSignature, month);
  expect(twice.history.map((one) => [one.version, one.byName])).toEqual([
    [2, '陈专干'],
    [1, '冯专干'],
  ]);
  expect(twice.signed?.recount.Gone).toBe(1);
});

it('STA-32 left undone it climbs to the bureau’s head', async () => {
  await minute('2026-12-31T02:00:00Z');
  await minute('2027-01-04T02:00:00Z');
  expect(await owed(opened.officer, 'rollDue')).toMatchObject([
    { dueAt: '2027-01-05T15:59:59.999Z' },
    { dueAt: '2027-01-11T15:59:59.999Z' },
  ]);
  await minute('2027-01-06T02:00:00Z');
  expect(await owed(opened.leader, 'rollDue')).toMatchObject([
    { level: 1, to: '/reports/district?period=month&day=2026-12-01' },
  ]);
});

it('STA-34 signed reports are accepted together; one signed anew or decided already is named and holds up no other', async () => {
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

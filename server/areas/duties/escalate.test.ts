import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/duties.ts';
import { countUnread, listMessages, readAllMessages, readMessage } from '#contract/messages.ts';
import { getDesk } from '#contract/statistics.ts';
import { eachMinute } from '#server/minute.ts';
import type { Person } from '#server/testing/world.ts';
import { openDutyWorld, type DutyInBase, type DutyWorld } from './testing.ts';

let all: DutyWorld;
let officer: Person;
let principal: Person;
let bureau: Person;

const placed = (index: number) => ({
  childId: all.children[index]?.id ?? '',
  schoolId: all.schoolId,
  classId: all.classId,
});
const minute = async (now: string) => {
  await all.move(now);
  await eachMinute(all.world.platform);
};
const isFirst = (duty: DutyInBase) =>
  duty.owner_unit === all.classId && duty.due_at.toISOString().startsWith('2026-11-20');
/** Rule, level and who holds it, of the open duties. */
const levels = async () =>
  (await all.duties())
    .filter((duty) => duty.state === 'open')
    // The job tells of every class that is due; looked at is this class on the first day.
    .filter((duty) => duty.rule !== 'markClass' || isFirst(duty))
    .map((duty) => [duty.rule, duty.level, duty.top_role])
    .sort();

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  const found = await world.platform.database.loaderPool.query<{ code: string }>(
    `SELECT code FROM school WHERE district_code = $1 AND id = $2`,
    [world.district, all.schoolId],
  );
  const code = found.rows[0]?.code ?? '';
  officer = await world.person('schoolOfficer', code);
  principal = await world.person('principal', code);
  bureau = await world.person('bureauOfficer', world.district);
});
afterAll(() => all.world.stop());

it('DUT-05 DUT-04 a missed roll call climbs once, to the school; a second run and a restart change nothing', async () => {
  const due = { schoolId: all.schoolId, classId: all.classId, day: '2026-11-20', at: '2026-11-20T00:00:00.000Z' };
  await all.tell({ kind: 'attendance.classDue', part: 'morning', ...due });
  await minute('2026-11-20T00:29:00Z');
  expect(await levels()).toEqual([['markClass', 0, 'classTeacher']]);
  await minute('2026-11-20T00:31:00Z');
  await minute('2026-11-20T00:31:00Z');
  await minute('2026-11-20T00:32:00Z');
  expect(await levels()).toEqual([['markClass', 1, 'schoolOfficer']]);
  const [duty] = (await officer.call(contract.listDuties, {})).rows;
  expect(duty).toMatchObject({ rule: 'markClass', level: 1, topWords: '德育主任', overdue: true });
  expect((await officer.call(getDesk, {})).sections[0]?.items[0]).toMatchObject({ what: '点名', level: 1 });
  expect((await principal.call(contract.listDuties, {})).total).toBe(0);
  const told = await officer.call(listMessages, {});
  expect([told.total, told.unread, told.rows[0]?.subject]).toEqual([1, 1, '有任务超期，已上报给您']);
  await officer.call(readMessage, { id: told.rows[0]?.id ?? '' });
  expect((await officer.call(listMessages, { unread: 'yes' })).total).toBe(0);
  expect((await principal.ask(readMessage, { id: told.rows[0]?.id ?? '' })).status).toBe(404);
  // At the top it stays, however long.
  await minute('2026-11-24T02:00:00Z');
  expect(await levels()).toEqual([['markClass', 1, 'schoolOfficer']]);
  await all.tell({ kind: 'attendance.classMarked', part: 'morning', absent: [], ...due });
  expect(await levels()).toEqual([]);
});

it('DUT-05 a report climbs level by level, not at night, one level after a long stop', async () => {
  await all.move('2026-11-24T02:00:00Z');
  const news = { kind: 'attendance.thresholdCrossed', day: '2026-11-24', at: '2026-11-24T02:00:00.000Z' } as const;
  await all.tell({ ...news, consecutive: 3, cumulative: 3, ...placed(0) });
  const report = async () => (await levels()).find(([rule]) => rule === 'reportSuspected')?.slice(1);
  // Midnight and five in the morning are quiet; seven is not.
  await minute('2026-11-24T16:01:00Z');
  await minute('2026-11-24T21:00:00Z');
  expect(await report()).toEqual([0, 'classTeacher']);
  await minute('2026-11-24T23:00:00Z');
  expect(await report()).toEqual([1, 'schoolOfficer']);
  await minute('2026-11-25T22:59:00Z');
  expect(await report()).toEqual([1, 'schoolOfficer']);
  await minute('2026-12-10T02:00:00Z');
  expect(await report()).toEqual([2, 'principal']);
  await minute('2026-12-20T02:00:00Z');
  expect(await report()).toEqual([2, 'principal']);
  const [duty] = (await principal.call(contract.listDuties, { rule: 'reportSuspected' })).rows;
  const { events } = await principal.call(contract.getDuty, { id: duty?.id ?? '' });
  expect(events.map((event) => event.words)).toEqual([
    '开始：连续无故缺勤 3 个上课日，本学期累计 3 个上课日',
    '超期未办结，上报至德育主任',
    '超期未办结，上报至校长',
  ]);
  // Those below still have it.
  expect((await officer.call(contract.listDuties, { rule: 'reportSuspected' })).total).toBe(1);
});

it('DUT-05 an emergency is told at once to principal and bureau, and climbs at night', async () => {
  await all.move('2026-12-20T14:00:00Z');
  const caseId = randomUUID();
  const news = {
    kind: 'dropout.stepped',
    caseId,
    caseKind: 'dropout',
    round: 1,
    step: 'emergency',
    state: 'suspected',
    ownerRole: 'principal',
    ownerUnitKind: 'school',
    ownerUnit: all.schoolId,
    at: '2026-12-20T14:00:00.000Z',
    next: null,
    dueDate: null,
    urgent: true,
    ...placed(1),
  } as const;
  await all.tell(news);
  await all.tell(news);
  for (const person of [principal, bureau]) {
    const urgent = (await person.call(listMessages, {})).rows.filter((row) => row.urgent);
    expect(urgent).toHaveLength(1);
    expect(urgent[0]?.to).toBe(`/cases/${caseId}`);
    expect(urgent[0]?.body).not.toContain(all.children[1]?.name ?? '?');
    const today = (await person.call(getDesk, {})).sections.find((section) => section.key === 'today');
    expect(today?.items[0]).toMatchObject({ urgent: true, to: `/cases/${caseId}`, action: '立即处置' });
  }
  await minute('2026-12-21T14:01:00Z');
  expect((await levels()).find(([rule]) => rule === 'urgentCase')).toEqual(['urgentCase', 2, 'bureauLeader']);
});

it('DUT-14 unread messages stand first and are counted; all are read up to a moment, by oneself only', async () => {
  const others = (await officer.call(countUnread, {})).unread;
  const before = await principal.call(countUnread, {});
  expect(before.unread).toBeGreaterThan(0);
  expect(before.urgent).toBeGreaterThan(0);
  const [newest] = (await principal.call(listMessages, {})).rows;
  await principal.call(readMessage, { id: newest?.id ?? '' });
  const listed = await principal.call(listMessages, { size: 200 });
  expect(listed.unread).toBe(before.unread - 1);
  expect(listed.rows.findIndex((row) => row.readAt !== null)).toBe(before.unread - 1);
  expect(listed.rows.slice(before.unread - 1).every((row) => row.readAt !== null)).toBe(true);
  expect(await principal.call(readAllMessages, { upTo: '2026-01-01T00:00:00Z' })).toEqual({ read: 0 });
  expect(await principal.call(readAllMessages, { upTo: before.at })).toEqual({ read: before.unread - 1 });
  expect(await principal.call(countUnread, {})).toMatchObject({ unread: 0, urgent: 0 });
  expect((await officer.call(countUnread, {})).unread).toBe(others);
});

it('DUT-11 leaders get one digest a day from the set hour', async () => {
  const digests = async (person: Person) =>
    (await person.call(listMessages, { size: 200 })).rows.filter((row) => row.subject.endsWith('任务摘要'));
  const before = (await digests(principal)).length;
  await minute('2027-01-04T23:30:00Z');
  expect(await digests(principal)).toHaveLength(before);
  await minute('2027-01-05T00:00:00Z');
  await minute('2027-01-05T00:01:00Z');
  await minute('2027-01-05T09:00:00Z');
  const made = await digests(principal);
  expect(made.length).toBe(before + 1);
  expect(made[0]?.subject).toBe('2027-01-05 任务摘要');
  expect(made[0]?.body).toMatch(/^已超期 [1-9]\d* 项，今天到期 0 项/);
  expect(await digests(officer)).toEqual([]);
});

it('DUT-13 one step that fails holds up no other', async () => {
  const { platform } = all.world;
  const errors: unknown[] = [];
  const { ownerPool } = platform.database;
  await ownerPool.query('ALTER TABLE duty RENAME TO duty_away');
  const quiet = { ...platform, log: { ...platform.log, error: (detail: object) => errors.push(detail) } };
  try {
    await eachMinute(quiet);
  } finally {
    await ownerPool.query('ALTER TABLE duty_away RENAME TO duty');
  }
  expect(errors.map((error) => JSON.stringify(error)).filter((text) => text.includes('"escalate"'))).toHaveLength(1);
  expect(errors.map((error) => JSON.stringify(error)).filter((text) => text.includes('"deliver"'))).toEqual([]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/books-records.ts';
import { getDuty, listDuties } from '#contract/duties.ts';
import { getDesk } from '#contract/statistics.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import { hearForDuties } from '#server/areas/duties/actions.ts';
import { eachMinute } from '#server/minute.ts';
import type { Person } from '#server/testing/world.ts';

let all: CaseWorld;
let school: string;
let inspector: Person;

beforeAll(async () => {
  all = await openCaseWorld();
  all.world.platform.listeners.splice(0, all.world.platform.listeners.length, hearForDuties);
  school = pupilOf(all, 0).school_id;
  inspector = await all.world.person('inspector', school, '督查员');
});
afterAll(() => all.world.stop());

const inspection = (more: { findings?: string[]; dueDate?: string } = {}) => ({
  sort: 'unannounced' as const,
  schoolId: school,
  day: '2026-11-19',
  title: '查点名和台账',
  people: '冯专干',
  findings: ['两个班漏点名', '台账未签字'],
  dueDate: '2026-11-25',
  ...more,
});
const keep = async (more: Parameters<typeof inspection>[0] = {}) =>
  (await inspector.call(contract.keepInspection, { id: phoneId(), written: inspection(more) })).id;
const correct = (firstId: string, more: Parameters<typeof inspection>[0]) =>
  inspector.call(contract.keepInspection, { id: phoneId(), firstId, reason: '核对', written: inspection(more) });
const evidence = async () => {
  const id = phoneId();
  await upload(all.world, all.principal, { id, kind: 'photo', fileName: '整改.png' }, png(id));
  return [id];
};
const mend = async (firstId: string, day = '2026-11-20') =>
  all.principal.call(contract.mendFindings, { firstId, id: phoneId(), day, words: '已补', papers: await evidence() });
/** The duties of an inspection, those open first. */
const duties = async (firstId: string, by = all.principal) => {
  const found = [];
  for (const state of ['open', 'settled'] as const)
    for (const row of (await by.call(listDuties, { rule: 'mendFindings', state, size: 100 })).rows)
      if (row.to.endsWith(firstId)) found.push(row);
  return found;
};

it('BOK-20 findings are owed by the school until their day, on its desk with the way to the record; without findings nothing is owed', async () => {
  const none = await keep({ findings: [] });
  const firstId = await keep();
  expect(await duties(none)).toEqual([]);
  const [duty, ...more] = await duties(firstId);
  expect(more).toEqual([]);
  expect([duty?.state, duty?.ownerWords.includes('校长')]).toEqual(['open', true]);
  expect(duty?.dueAt).toBe('2026-11-25T15:59:59.999Z');
  expect([duty?.action, duty?.to]).toEqual(['登记整改', `/books/records?record=${firstId}`]);
  const items = (await all.principal.call(getDesk, {})).sections.flatMap((section) => section.items);
  expect(items.some((item) => item.what === '整改督查发现的问题')).toBe(true);
  const stranger = await all.world.person('principal', all.otherSchool);
  expect(await duties(firstId, stranger)).toEqual([]);
});

it('BOK-20 a correction moves the day or takes the duty away; the same day leaves it alone', async () => {
  const firstId = await keep();
  const [first] = await duties(firstId);
  await correct(firstId, { findings: ['两个班漏点名'] });
  expect((await duties(firstId)).map((one) => one.id)).toEqual([first?.id]);
  await correct(firstId, { dueDate: '2026-11-30' });
  expect((await duties(firstId)).map((one) => [one.state, one.dueAt.slice(0, 10)])).toEqual([['open', '2026-11-30'], ['settled', '2026-11-25']]); // prettier-ignore
  await correct(firstId, { findings: [] });
  expect((await duties(firstId)).map((one) => one.state)).toEqual(['settled', 'settled']);
});

it('BOK-20 what was mended, with evidence, settles it in time; a recheck that fails owes it anew', async () => {
  const firstId = await keep();
  const without = await all.principal.ask(contract.mendFindings, { firstId, id: phoneId(), day: '2026-11-20', words: '已补' }); // prettier-ignore
  expect(without.body).toMatchObject({ detail: { issues: [{ path: 'papers' }] } });
  expect((await duties(firstId)).map((one) => one.state)).toEqual(['open']);
  await mend(firstId);
  const [settled] = await duties(firstId);
  expect(settled).toMatchObject({ state: 'settled', inTime: true });
  const { events } = await all.principal.call(getDuty, { id: settled?.id ?? '' });
  expect(events.map((event) => event.words).join('；')).toContain('已登记整改');
  const recheck = { firstId, id: phoneId(), day: '2026-11-20', words: '仍漏一个班', passed: false, dueDate: '2026-11-27' }; // prettier-ignore
  await inspector.call(contract.recheckFindings, recheck);
  expect((await duties(firstId)).map((one) => [one.state, one.dueAt.slice(0, 10), one.why])).toEqual([
    ['open', '2026-11-27', '2026-11-19 督查发现 2 个问题，复查未通过'],
    ['settled', '2026-11-25', '2026-11-19 督查发现 2 个问题'],
  ]);
  await mend(firstId);
  await inspector.call(contract.recheckFindings, { ...recheck, id: phoneId(), words: '属实', passed: true, dueDate: null }); // prettier-ignore
  expect((await duties(firstId)).map((one) => one.state)).toEqual(['settled', 'settled']);
});

it('BOK-20 past its day it climbs to the bureau and then to its leader, and is settled late', async () => {
  const firstId = await keep({ dueDate: '2026-11-21' });
  const bureau = async (by: Person) => (await duties(firstId, by)).map((one) => [one.level, one.topWords, one.overdue]);
  await all.move('2026-11-21T14:00:00Z');
  await eachMinute(all.world.platform);
  expect(await bureau(all.leader)).toEqual([]);
  // The night is quiet; in the morning it climbs.
  await all.move('2026-11-21T23:01:00Z');
  await eachMinute(all.world.platform);
  expect(await bureau(all.officer)).toEqual([[1, '控辍专干', true]]);
  await all.move('2026-11-22T23:02:00Z');
  await eachMinute(all.world.platform);
  expect(await bureau(all.leader)).toEqual([[2, '局领导', true]]);
  expect((await duties(firstId)).map((one) => one.state)).toEqual(['open']);
  await mend(firstId, '2026-11-23');
  expect((await duties(firstId)).map((one) => [one.state, one.inTime])).toEqual([['settled', false]]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportDropout } from '#contract/dropout.ts';
import { exportCases } from '#contract/dropout-ledgers.ts';
import { listCases } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { getChildAttendance } from '#contract/attendance-views.ts';
import { issueDocument, listDocuments } from '#contract/notices.ts';
import { listVisits, recordVisit } from '#contract/visits.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { visitOf } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from './testing.ts';

let all: CaseWorld;
let caseIds: string[];

beforeAll(async () => {
  all = await openCaseWorld();
  for (const index of [0, 1]) await all.teacher.call(issueDocument, noticeFor(all.world, pupilOf(all, index).id));
  caseIds = [];
  for (const index of [0, 1, 2]) {
    const { caseId } = await all.teacher.call(reportDropout, reportOf(pupilOf(all, index).id));
    caseIds.push(caseId);
  }
});
afterAll(() => all.world.stop());

it('DRP-24 the list of cases leaves as a sheet with the right to export: complete for its filters, masked, logged and watermarked', async () => {
  const { principal, officer, teacher, schoolOfficer, world } = all;
  for (const person of [teacher, schoolOfficer]) expect((await person.ask(exportCases, {})).status).toBe(403);
  const listed = await principal.call(listCases, { size: 200 });
  expect(listed.total).toBe(3);
  const sheet = cellsOf((await principal.ask(exportCases, {})).body);
  const head = sheet.find((line) => line.includes('学生')) ?? [];
  const lines = sheet.filter((line) => /^\d+$/.test(line[0] ?? ''));
  const column = (label: string) => lines.map((line) => line[head.indexOf(label)]);
  expect(column('学生')).toEqual(listed.rows.map((row) => row.name));
  expect(column('状态')).toEqual(listed.rows.map((row) => row.stateWords));
  expect(column('证件号码')).toEqual(listed.rows.map((row) => row.documentMask));
  const text = sheet.flat().join('\n');
  expect(text).not.toMatch(/\d{17}[\dX]/);
  expect(text).toContain('共 3 行，导出完整');
  expect(text).toContain(`${principal.name} 2026-11-20 导出`);
  const one = cellsOf((await officer.ask(exportCases, { childId: pupilOf(all, 1).id })).body);
  expect(one.filter((line) => /^\d+$/.test(line[0] ?? '')).map((line) => line[1])).toEqual([pupilOf(all, 1).name]);
  const other = await world.person('principal', all.otherSchool);
  expect(
    cellsOf((await other.ask(exportCases, {})).body)
      .flat()
      .join('\n'),
  ).toContain('共 0 行，导出完整');
  const trail = await rows<{ detail: { rows: number } }>(
    world,
    `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = 'dropout.exportCases' AND outcome = 'done' ORDER BY sequence`,
  );
  expect(trail.map((entry) => entry.detail.rows)).toEqual([3, 1, 0]);
});

it('POP-07 from a child to its case, visits, documents, attendance and duties: each list shows this child alone, and nothing out of reach', async () => {
  const [child, other] = [pupilOf(all, 0), pupilOf(all, 1)];
  const { teacher, principal, world } = all;
  for (const { id } of [child, other]) await teacher.call(recordVisit, visitOf(world, id));
  const stranger = await world.person('principal', all.otherSchool);
  const asked = { childId: child.id, size: 200 };
  const read = async (person: typeof principal) => ({
    cases: (await person.call(listCases, { ...asked, state: 'all' })).rows.map((row) => row.childId),
    visits: (await person.call(listVisits, asked)).rows.map((row) => row.childId),
    documents: (await person.call(listDocuments, asked)).rows.map((row) => row.childId),
    duties: (await person.call(listDuties, { ...asked, scope: 'unit', state: 'all' })).rows.map((row) => row.childId),
  });
  const seen = await read(principal);
  for (const list of Object.values(seen)) expect([list.length > 0, new Set(list)]).toEqual([true, new Set([child.id])]);
  expect((await principal.call(listCases, { ...asked, state: 'all' })).rows[0]?.id).toBe(caseIds[0]);
  expect(await read(stranger)).toEqual({ cases: [], visits: [], documents: [], duties: [] });
  expect((await principal.call(getChildAttendance, { childId: child.id })).childId).toBe(child.id);
  expect((await stranger.ask(getChildAttendance, { childId: child.id })).status).toBe(404);
});

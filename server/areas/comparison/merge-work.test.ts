import { afterAll, beforeAll, expect, it } from 'vitest';
import { listStandings } from '#contract/attendance-views.ts';
import { markRollCall } from '#contract/attendance.ts';
import { mergeChildren, undoMerge } from '#contract/comparison.ts';
import { addContact } from '#contract/dropout-steps.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { reportDropout } from '#contract/dropout.ts';
import { listDocuments, issueDocument } from '#contract/notices.ts';
import { listVisits, recordVisit } from '#contract/visits.ts';
import { openCaseWorld, phoneId, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { visitOf } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';

let opened: CaseWorld;
beforeAll(async () => {
  opened = await openCaseWorld();
});
afterAll(() => opened.world.stop());

const tables = ['absence', 'absence_standing', 'visit', 'visit_signature', 'issued_document', 'return_case', 'case_event', 'case_state', 'dropout_report', 'duty', 'risk_case'] as const; // prettier-ignore

/** What stands of two children in every table, as its text without what a change itself leaves behind. */
async function standing(ids: readonly [string, string]): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of tables)
    all[table] = await rows(
      opened.world,
      `SELECT child_id, to_jsonb(t) - ARRAY['reach', 'changed_at', 'known', 'people'] AS row FROM ${table} t WHERE district_code = $1 AND child_id = ANY($2::uuid[]) ORDER BY 1, t::text`,
      [ids],
    );
  return all;
}

async function merge(keptId: string, mergedId: string): Promise<string> {
  return (await opened.officer.call(mergeChildren, { keptId, mergedId, reason: '核对为同一人' })).id;
}

async function countOf(table: string, childId: string): Promise<number> {
  const [found] = await rows<{ n: number }>(
    opened.world,
    `SELECT count(*)::int AS n FROM ${table} WHERE district_code = $1 AND child_id = $2`,
    [childId],
  );
  return found?.n ?? 0;
}

it('CMP-19 absence, visit, document and case of the merged person follow, are reached, and come back', async () => {
  const { world, teacher, officer, principal } = opened;
  const [kept, merged] = [pupilOf(opened, 0), pupilOf(opened, 1)];
  await teacher.call(markRollCall, {
    id: phoneId(),
    classId: merged.class_id,
    day: '2026-11-20',
    absent: [{ id: phoneId(), childId: merged.id, kind: 'unexcused' }],
  });
  await teacher.call(recordVisit, visitOf(world, merged.id));
  await principal.call(issueDocument, noticeFor(world, merged.id));
  const { caseId } = await teacher.call(reportDropout, reportOf(merged.id));
  await teacher.call(addContact, { id: caseId, contactId: phoneId(), day: '2026-11-20', mode: 'phone', reached: true, words: '已联系' }); // prettier-ignore
  const before = await standing([kept.id, merged.id]);
  const id = await merge(kept.id, merged.id);
  for (const table of [
    'absence',
    'visit',
    'visit_signature',
    'issued_document',
    'return_case',
    'case_event',
    'dropout_report',
  ])
    expect([table, await countOf(table, merged.id), (await countOf(table, kept.id)) > 0]).toEqual([table, 0, true]);
  expect((await officer.call(listCases, { childId: kept.id })).rows.map((row) => row.id)).toEqual([caseId]);
  expect((await teacher.call(listVisits, { childId: kept.id })).rows).toHaveLength(1);
  expect((await teacher.call(listDocuments, { childId: kept.id })).rows).toHaveLength(1);
  expect((await teacher.call(getCase, { id: caseId })).timeline.length).toBeGreaterThan(1);
  const standings = (await teacher.call(listStandings, {})).rows;
  expect(standings.filter((row) => row.childId === kept.id).map((row) => row.cumulative)).toEqual([1]);
  expect(standings.some((row) => row.childId === merged.id)).toBe(false);
  const owed = await rows<{ subject_id: string }>(
    world,
    `SELECT subject_id FROM duty WHERE district_code = $1 AND state = 'open' AND (child_id = $2 OR subject_id = $2::text)`,
    [merged.id],
  );
  expect(owed).toEqual([]);
  expect(await countOf('duty', kept.id)).toBeGreaterThan(0);
  await officer.call(undoMerge, { id, reason: '看错了' });
  const after = await standing([kept.id, merged.id]);
  for (const table of [
    'absence',
    'visit',
    'visit_signature',
    'issued_document',
    'return_case',
    'case_event',
    'dropout_report',
  ])
    expect([table, after[table]]).toEqual([table, before[table]]);
  expect((await teacher.call(listStandings, {})).rows.filter((row) => row.cumulative > 0).map((row) => row.childId)).toEqual([merged.id]); // prettier-ignore
});

it('CMP-20 two open cases become one and two again', async () => {
  const { teacher, officer } = opened;
  const [kept, merged] = [pupilOf(opened, 2), pupilOf(opened, 3)];
  const first = await teacher.call(reportDropout, reportOf(kept.id));
  const second = await teacher.call(reportDropout, reportOf(merged.id, { discovered: '2026-11-18' }));
  const id = await merge(kept.id, merged.id);
  const joined = await officer.call(getCase, { id: first.caseId });
  expect([joined.state, joined.clockStart]).toEqual(['suspected', '2026-11-18']);
  expect(joined.timeline.some((one) => one.words.includes('在办个案并入本个案'))).toBe(true);
  const rested = await officer.call(getCase, { id: second.caseId });
  expect([rested.state, rested.timeline.some((one) => one.words.includes('本个案并入另一份档案'))]).toEqual([
    'dismissed',
    true,
  ]);
  const again = await teacher.call(reportDropout, reportOf(kept.id));
  expect([again.caseId, again.joined]).toEqual([first.caseId, true]);
  await officer.call(undoMerge, { id, reason: '看错了' });
  expect((await officer.call(getCase, { id: second.caseId })).state).toBe('suspected');
  expect((await officer.call(getCase, { id: first.caseId })).state).toBe('suspected');
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportEmergency } from '#contract/dropout.ts';
import { addReferral, answerReferral } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import * as contract from '#contract/interchange.ts';
import { decideApproval } from '#contract/security.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import type { Copy } from './copy-content.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

it('INT-06 a guardian’s copy tells nothing of an emergency or a letter to the police: not that there was one, nor who reported it, nor its papers', async () => {
  const pupil = pupilOf(on, 2);
  const day = '2026-11-20';
  const reported = { id: phoneId(), childId: pupil.id, kinds: ['harm' as const], day, words: '密语伤情', parties: ['police' as const] }; // prettier-ignore
  const { caseId: id } = await on.teacher.call(reportEmergency, reported);
  const [referral] = (await on.officer.call(getCase, { id })).referrals;
  const paperId = phoneId();
  await upload(on.world, on.officer, { id: paperId, kind: 'reply', fileName: '密语回复.png' }, png('伤情回复'));
  await on.officer.call(answerReferral, { id, referralId: referral?.id ?? '', replied: day, words: '已受理', paperId });
  await on.officer.call(addReferral, { id, party: 'police', partyName: '密语派出所', sent: day, words: '请协查' });

  const copyId = phoneId();
  const asked = { id: copyId, subjectKind: 'child' as const, subjectId: pupil.id, requester: '父亲', relation: '父亲', means: 'inPerson' as const, proof: '户口簿原件', purpose: '查阅子女全部信息', receivedOn: day }; // prettier-ignore
  const { approvalId } = await on.officer.call(contract.askCopy, asked);
  await on.leader.call(decideApproval, { id: approvalId, approve: true });
  await on.officer.call(contract.makeCopy, { id: copyId });
  const copy = (await on.officer.ask(contract.downloadCopy, { id: copyId, form: 'json' })).body as Copy; // as: a download of this form is a copy
  const words = ['emergency', 'urgentCase', 'referral', '紧急', '转介', '密语', '派出所', paperId, on.teacher.name];
  const telling = (word: string) => copy.sections.filter(({ rows }) => JSON.stringify(rows).includes(word)).map(({ table }) => table); // prettier-ignore
  expect(Object.fromEntries(words.map((word) => [word, telling(word)]))).toEqual(Object.fromEntries(words.map((word) => [word, []]))); // prettier-ignore
  const rowsOf = (table: string) => copy.sections.find((section) => section.table === table)?.rows ?? [];
  expect(rowsOf('return_case')).toMatchObject([{ id, state: 'suspected' }]);
  expect(rowsOf('duty').map((row) => row['rule'])).toContain('visitSuspected');
  expect(copy.excluded.map(({ table }) => table)).toContain('case_emergency');
});

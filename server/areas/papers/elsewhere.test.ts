import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase } from '#contract/dropout.ts';
import { addContact, addStep } from '#contract/dropout-steps.ts';
import { openPaper } from '#contract/papers.ts';
import { confirmedCase, openCaseWorld, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

it('PAP-08 a paper of another school is not taken into a case by its id, and does not open there', async () => {
  const id = await confirmedCase(on, 0, (caseId) => on.principal.call(confirmCase, { id: caseId }));
  await on.teacher.call(addContact, {
    id,
    contactId: randomUUID(),
    day: '2026-11-20',
    mode: 'phone',
    reached: true,
    words: '已电话联系',
  });
  const stranger = await on.world.person('schoolOfficer', on.otherSchool);
  const paper = randomUUID();
  expect(
    (await upload(on.world, stranger, { id: paper, kind: 'photo', fileName: '家门.png' }, png('elsewhere'))).status,
  ).toBe(200);
  const step = (paperIds: string[]) => ({
    id,
    stepId: randomUUID(),
    rung: 'persuade' as const,
    day: '2026-11-20',
    words: '上门劝返',
    paperIds,
  });
  const refused = await on.schoolOfficer.ask(addStep, step([paper]));
  expect(refused.body).toMatchObject({ code: 'input-wrong', detail: { issues: [{ path: 'papers' }] } });
  expect((await on.schoolOfficer.ask(openPaper, { id: paper })).status).toBe(404);
  const own = randomUUID();
  await upload(on.world, on.teacher, { id: own, kind: 'photo', fileName: '上门.png' }, png('own'));
  expect((await on.teacher.ask(addStep, step([own]))).status).toBe(200);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase } from '#contract/dropout.ts';
import { addReferral, answerReferral } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { issueDocument, listDocuments, voidDocument } from '#contract/notices.ts';
import { numberParts } from '#domain/notices/rules.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { confirmedCase, openCaseWorld, pupilOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const caseOf = (index: number) => confirmedCase(on, index, (id) => on.principal.call(confirmCase, { id }));
const letter = (id: string, partyName: string) => ({
  id,
  party: 'educationElsewhere' as const,
  partyName,
  sent: '2026-11-20',
  words: '核查就读情况',
});
const order = (index: number, toBureau: string, caseId: string | null) =>
  noticeFor(on.world, pupilOf(on, index).id, {
    kind: 'assistLetter',
    caseId,
    fields: { toBureau, whereabouts: '随父母外出务工', contact: '冯专干', contactPhone: '027-82340000' },
  });

it('DRP-40 the document 协查函 takes the number of its letter, on the case and in the list of documents', async () => {
  const id = await caseOf(0);
  const sent = await on.officer.call(addReferral, letter(id, '黄冈市教育局'));
  expect(sent.number).toBe('协查字〔2026〕第1号');
  const issued = await on.officer.call(issueDocument, order(0, '黄冈市教育局', id));
  expect(issued.numberWords).toBe(sent.number);
  const shown = await on.officer.call(getCase, { id });
  expect(shown.referrals.map((one) => [one.number, one.sentOn])).toEqual([[sent.number, '2026-11-20']]);
  const listed = await on.officer.call(listDocuments, { childId: pupilOf(on, 0).id, kind: 'assistLetter' });
  expect(listed.rows.map((row) => [row.numberWords, row.caseId])).toEqual([[sent.number, id]]);
  // another letter of the series goes on with the next number
  expect((await on.officer.call(addReferral, letter(id, '孝感市教育局'))).number).toBe('协查字〔2026〕第2号');
});

it('DRP-40 of two letters the document takes that of the bureau it names, from the page of documents too', async () => {
  const id = await caseOf(1);
  const one = await on.officer.call(addReferral, letter(id, '荆州市教育局'));
  const two = await on.officer.call(addReferral, letter(id, '宜昌市教育局'));
  expect((await on.officer.call(issueDocument, order(1, '宜昌市教育局：', null))).numberWords).toBe(two.number);
  expect((await on.officer.call(issueDocument, order(1, '荆州市教育局', null))).numberWords).toBe(one.number);
  expect((await on.officer.call(getCase, { id })).referrals).toHaveLength(2);
});

it('DRP-41 a document that no letter waited for is the letter: awaited for 15 working days, called in, answered under its number', async () => {
  const id = await caseOf(2);
  const issued = await on.officer.call(issueDocument, order(2, '襄阳市教育局', id));
  const shown = await on.officer.call(getCase, { id });
  expect(shown.waitingElsewhere).toBe(true);
  expect(shown.referrals).toMatchObject([
    { number: issued.numberWords, partyName: '襄阳市教育局', sentOn: '2026-11-20' },
  ]);
  expect(shown.referrals[0]?.dueAt.slice(0, 10)).toBe('2026-12-11');
  expect((await on.officer.call(listDuties, { rule: 'referralAnswer', caseId: id })).total).toBe(1);
  const referralId = shown.referrals[0]?.id ?? '';
  await on.officer.call(answerReferral, { id, referralId, replied: '2026-11-20', words: '已在我区就读' });
  expect((await on.officer.call(getCase, { id })).waitingElsewhere).toBe(false);
});

it('DRP-42 a letter whose document is made void is not waited for: its duty is settled, it stays with its number, and a new one may be issued', async () => {
  const id = await caseOf(3);
  const sent = await on.officer.call(addReferral, letter(id, '咸宁市教育局'));
  const issued = await on.officer.call(issueDocument, order(3, '咸宁市教育局', id));
  expect(issued.numberWords).toBe(sent.number);
  await on.officer.call(voidDocument, { id: issued.id, reason: '收文单位写错' });
  const shown = await on.officer.call(getCase, { id });
  expect(shown.waitingElsewhere).toBe(false);
  expect(shown.referrals).toMatchObject([
    { number: sent.number, waits: false, overdue: false, repliedOn: null, withdrawnOn: '2026-11-20' },
  ]);
  expect(shown.allowed['answerReferral']?.may).toBe(false);
  expect((await on.officer.call(listDuties, { rule: 'referralAnswer', caseId: id })).total).toBe(0);
  const answer = { id, referralId: sent.referralId, replied: '2026-11-20', words: '已在我区就读' };
  expect((await on.officer.ask(answerReferral, answer)).status).toBe(409);
  const again = await on.officer.call(issueDocument, order(3, '赤壁市教育局', id));
  expect(again.numberWords).not.toBe(sent.number);
  const both = (await on.officer.call(getCase, { id })).referrals;
  expect(both.map((one) => [one.partyName, one.waits])).toEqual([
    ['咸宁市教育局', false],
    ['赤壁市教育局', true],
  ]);
});

it('DRP-40 the words of a number are read back as they were written, and nothing else is', () => {
  expect(numberParts('协查字〔2026〕第3号')).toEqual({ scheme: '协查字', year: 2026, number: 3 });
  expect(numberParts('江岸教〔2026〕12号')).toEqual({ scheme: '江岸教', year: 2026, number: 12 });
  expect(numberParts('协查字〔2026〕3号')).toBeNull();
  expect(numberParts('协查 3')).toBeNull();
});

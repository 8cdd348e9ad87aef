import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportEmergency } from '#contract/dropout.ts';
import { addReferral, answerReferral } from '#contract/dropout-steps.ts';
import { getCase } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
const day = '2026-11-20';

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const urgentDuties = async (id: string) =>
  (await on.principal.call(listDuties, { scope: 'unit', rule: 'urgentCase', caseId: id })).total;

async function emergency(index: number, parties: ('police' | 'civilAffairs')[]): Promise<string> {
  const about = { id: randomUUID(), childId: pupilOf(on, index).id, kinds: ['harm' as const], words: '密语', day };
  return (await on.teacher.call(reportEmergency, { ...about, parties })).caseId;
}

const letter = (id: string, party: 'educationElsewhere' | 'police' = 'educationElsewhere') => ({
  id,
  party,
  partyName: '黄冈市有关单位',
  sent: day,
  words: '请核查学生去向',
});

describe('the duty of an emergency', () => {
  it('DRP-27 a plain letter leaves it while what was passed on has no answer; the last answer ends it', async () => {
    const id = await emergency(0, ['police', 'civilAffairs']);
    expect(await urgentDuties(id)).toBe(1);
    await on.officer.call(addReferral, letter(id));
    await on.officer.call(addReferral, letter(id, 'police'));
    expect(await urgentDuties(id)).toBe(1);
    const { referrals } = await on.officer.call(getCase, { id });
    const urgent = referrals.filter((one) => one.urgent);
    expect([urgent.length, referrals.length]).toEqual([2, 4]);
    for (const [index, one] of urgent.entries()) {
      await on.officer.call(answerReferral, { id, referralId: one.id, replied: day, words: '已处置' });
      expect(await urgentDuties(id)).toBe(1 - index);
    }
    expect((await on.officer.call(listDuties, { rule: 'referralAnswer', caseId: id })).total).toBe(1);
  });

  it('DRP-27 an emergency that nobody passed on is passed on by the first letter, within 24 hours and sealed', async () => {
    const id = await emergency(1, []);
    const plain = await on.officer.call(addReferral, letter(id));
    const sent = await on.officer.call(addReferral, letter(id, 'police'));
    expect([plain.dueDate, sent.dueDate]).toEqual(['2026-12-11', '2026-11-21']);
    const seen = await on.leader.call(getCase, { id });
    expect(seen.referrals.map((one) => [one.urgent, one.hidden, one.partyName])).toEqual([
      [false, false, '黄冈市有关单位'],
      [true, true, null],
    ]);
    expect(await urgentDuties(id)).toBe(1);
    await on.officer.call(answerReferral, { id, referralId: sent.referralId, replied: day, words: '已处置' });
    expect(await urgentDuties(id)).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import { setSetting } from '#contract/organisations.ts';
import { listCases } from '#contract/dropout-views.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { passChangeDeadlines } from './deadlines.ts';
import { ask, courseLines, openChangeWorld, piece, pupilAt, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const duties = (childId: string) =>
  rows<{ rule: string; state: string; owner_role: string; owner_unit: string; due: string }>(
    on.world,
    `SELECT rule, state, owner_role, owner_unit, to_char(due_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS due FROM duty WHERE district_code = $1 AND child_id = $2 AND rule IN ('changeStep', 'noShow', 'suspensionEnding') ORDER BY started_at, id`,
    [childId],
  );
const pass = () => on.whole((context) => passChangeDeadlines(context));

async function outTo(index: number, kind: 'transferOutProvince' | 'transferOutOther'): Promise<string> {
  const id = phoneId();
  await on.registrar.call(contract.askChange, {
    id,
    kind,
    childId: pupilAt(on, index).id,
    fromDay: '2026-11-20',
    reason: '随父母外出',
    elsewhere: '外省某市某小学',
    pieces: [await piece(on, on.registrar, 'acceptance')],
  });
  await on.principal.call(contract.approveChange, { id });
  await on.officer.call(contract.approveChange, { id });
  return id;
}

describe('transfers across districts', () => {
  it('ENR-09 past the deadline without arrival it is 去向未落实 with its duty; a later confirmation leads out', async () => {
    const { id: childId } = pupilAt(on, 0);
    const id = await outTo(0, 'transferOutProvince');
    expect((await duties(childId)).at(-1)).toMatchObject({
      rule: 'changeStep',
      state: 'open',
      owner_role: 'registrar',
      due: '2026-12-04',
    });
    expect(await pass()).toMatchObject({ late: 0 });
    await on.move('2026-12-05T02:00:00Z');
    expect(await pass()).toMatchObject({ late: 1 });
    expect(await pass()).toMatchObject({ late: 0 });
    expect((await courseLines(on, childId)).at(-1)).toBe('2026-12-05 gone notArrived');
    expect(await on.registrar.call(contract.getChange, { id })).toMatchObject({
      state: 'late',
      overdue: true,
      ownerWords: '学籍学校学籍管理员、区教育局控辍专干',
    });
    const late = await duties(childId);
    expect(late.filter((one) => one.state === 'open')).toMatchObject([
      { rule: 'noShow', owner_role: 'registrar', owner_unit: pupilAt(on, 0).school_id },
    ]);
    const noProof = await on.registrar.ask(contract.confirmArrival, { id, day: '2026-12-04' });
    expect(noProof.body).toMatchObject({ detail: { issues: [{ path: 'proofPaperId' }] } });
    const proof = await piece(on, on.registrar, 'proof');
    await on.registrar.call(contract.confirmArrival, { id, day: '2026-12-05', proofPaperId: proof.paperId });
    expect((await courseLines(on, childId)).at(-1)).toBe('2026-12-05 out transferArrived');
    expect((await duties(childId)).filter((one) => one.state === 'open')).toEqual([]);
    const open = await rows(
      on.world,
      'SELECT 1 FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
      [childId],
    );
    expect(open).toEqual([]);
    await on.move('2026-11-20T02:00:00Z');
  });

  it('ENR-08 a transfer in waits for the answer from outside, which the bureau enters with its scan', async () => {
    const { id: childId } = pupilAt(on, 0);
    await on.move('2026-12-06T02:00:00Z');
    const id = phoneId();
    await on.officer.call(contract.askChange, {
      id,
      kind: 'transferInOther',
      childId,
      toSchoolId: on.otherSchool,
      toGrade: 4,
      fromDay: '2026-12-06',
      reason: '返回本区',
      elsewhere: '外省某市某小学',
      pieces: [await piece(on, on.officer, 'application'), await piece(on, on.officer, 'residence')],
    });
    await on.otherPrincipal.call(contract.approveChange, { id });
    expect((await on.officer.ask(contract.approveChange, { id })).status).toBe(403);
    expect(await on.second.call(contract.approveChange, { id })).toMatchObject({ state: 'elsewhere' });
    const bare = await on.officer.ask(contract.approveChange, { id });
    expect(bare.body).toMatchObject({ detail: { issues: [{ path: 'replyPaperId' }] } });
    const reply = await piece(on, on.officer, 'reply', 'reply');
    expect(await on.officer.call(contract.approveChange, { id, replyPaperId: reply.paperId })).toMatchObject({
      state: 'arrival',
    });
    await on.otherRegistrar.call(contract.confirmArrival, { id, day: '2026-12-06' });
    expect((await courseLines(on, childId)).slice(-2)).toEqual([
      '2026-12-05 out transferArrived 2026-12-06',
      '2026-12-06 inSchool transferIn',
    ]);
    await on.move('2026-11-20T02:00:00Z');
  });
});

describe('suspension and its end', () => {
  it('ENR-11 15 working days before the end the registrar owes it; a lapse opens a case for return', async () => {
    const { id: childId } = pupilAt(on, 1);
    const id = await suspended(on, 1, '2027-01-15');
    await on.principal.call(contract.approveChange, { id });
    await on.officer.call(contract.approveChange, { id });
    await on.move('2026-12-21T02:00:00Z');
    expect(await pass()).toMatchObject({ ending: 0 });
    await on.move('2026-12-25T02:00:00Z');
    expect(await pass()).toMatchObject({ ending: 1, lapsed: 0 });
    expect(await pass()).toMatchObject({ ending: 0 });
    expect((await duties(childId)).filter((one) => one.state === 'open')).toMatchObject([
      { rule: 'suspensionEnding', owner_role: 'registrar', due: '2027-01-15' },
    ]);
    await on.move('2027-01-16T02:00:00Z');
    expect(await pass()).toMatchObject({ lapsed: 1 });
    expect((await on.officer.call(listCases, { childId })).rows).toMatchObject([{ state: 'suspected' }]);
    const resume = phoneId();
    await on.registrar.call(contract.askChange, {
      id: resume,
      kind: 'resumption',
      childId,
      fromDay: '2027-01-16',
      reason: '病愈',
      pieces: [await piece(on, on.registrar, 'application')],
    });
    expect((await duties(childId)).filter((one) => one.rule === 'suspensionEnding').map((one) => one.state)).toEqual([
      'settled',
    ]);
    await on.principal.call(contract.approveChange, { id: resume });
    expect((await courseLines(on, childId)).slice(-2)).toEqual([
      '2026-11-20 suspended suspension 2027-01-16',
      '2027-01-16 inSchool resumed',
    ]);
    await on.move('2026-11-20T02:00:00Z');
  });

  it('ENR-12 deferral is granted by the bureau; where it is delegated the street has signed', async () => {
    const [child] = await rows<{ id: string }>(
      on.world,
      `SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.district_code = $1 AND e.child_id = c.id) AND NOT EXISTS (SELECT 1 FROM enrolment_claim e WHERE e.district_code = $1 AND e.child_id = c.id) ORDER BY c.id LIMIT 1`,
    );
    const childId = child?.id ?? '';
    const pieces = [await piece(on, on.officer, 'application'), await piece(on, on.officer, 'reason')];
    await on.officer.call(setSetting, {
      key: 'enrolment.deferralDelegated',
      value: true,
      fromDate: '2026-11-20',
      reason: '书面委托',
    });
    const input = { kind: 'deferral' as const, childId, endsOn: '2027-08-31', pieces };
    const bare = await ask(on.officer, input);
    expect(bare.body).toMatchObject({ detail: { issues: [{ path: 'pieces.street' }] } });
    const id = phoneId();
    await on.officer.call(contract.askChange, {
      ...input,
      id,
      fromDay: '2026-11-20',
      reason: '体弱',
      pieces: [...pieces, await piece(on, on.officer, 'street')],
    });
    expect((await on.officer.ask(contract.approveChange, { id })).status).toBe(403);
    expect(await on.second.call(contract.approveChange, { id })).toMatchObject({ state: 'done' });
    expect(await courseLines(on, childId)).toEqual([]);
  });
});

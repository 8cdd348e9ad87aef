import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkClosing,
  checkConfirmation,
  confirmCase,
  proposeClosing,
  reportDropout,
  watchCase,
} from '#contract/dropout.ts';
import { getCase } from '#contract/dropout-views.ts';
import { listDuties } from '#contract/duties.ts';
import { setSetting } from '#contract/organisations.ts';
import { getFigures } from '#contract/statistics-figures.ts';
import { rows } from '#server/testing/reach.ts';
import { passDeadlines } from './actions.ts';
import { confirmedCase, openCaseWorld, pupilOf, reportOf, scanOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
const day = '2026-11-20';

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const confirm = (id: string) => on.principal.call(confirmCase, { id });
const page = (id: string) => on.officer.call(getCase, { id });
const owed = async (id: string, rule: 'caseStep' | 'confirmSuspected' = 'caseStep') =>
  (await on.principal.call(listDuties, { scope: 'unit', caseId: id, rule })).rows;
const evidence = { reply: '派出所回函：查无此人', correction: '已在学籍系统提交更正' };
const checked = { correctionWho: '周老师', correctionOn: day, correctionWhere: '全国学籍系统' };

describe('a record that was wrong', () => {
  it('DRP-31 DRP-32 asks for the paper and for who looked it up; closed it leaves the roll as a correction and is no return', async () => {
    const id = await confirmedCase(on, 0, confirm);
    await on.move('2026-11-23T02:00:00Z');
    const closing = { id, category: 'recordError' as const, evidence };
    const bare = await on.officer.ask(proposeClosing, closing);
    expect([bare.status, JSON.stringify(bare.body)]).toEqual([422, expect.stringContaining('evidence.correctionWho')]);
    const noPaper = await on.officer.ask(proposeClosing, { ...closing, evidence: { ...evidence, ...checked } });
    expect([noPaper.status, JSON.stringify(noPaper.body)]).toEqual([422, expect.stringContaining('papers.reply')]);
    const reply = await scanOf(on, on.officer);
    const whole = { ...closing, evidence: { ...evidence, ...checked }, papers: { reply: [reply] } };
    await on.officer.call(proposeClosing, whole);
    await on.second.call(checkClosing, { id, accept: true });
    expect((await page(id)).decision?.evidence).toMatchObject([
      { value: evidence.reply, paperIds: [reply] },
      { value: '2026-11-20 周老师（全国学籍系统）：已在学籍系统提交更正' },
    ]);
    const course = await rows<{ state: string; cause: string }>(
      on.world,
      `SELECT state, cause FROM course WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) ORDER BY from_date DESC LIMIT 1`,
      [pupilOf(on, 0).id],
    );
    expect(course).toEqual([{ state: 'out', cause: 'correction' }]);
    const { counts, identityGap } = await on.officer.call(getFigures, { period: 'year', scopeKind: 'district' });
    expect([counts.Confirmed, counts.Returned, identityGap]).toEqual([1, 0, 0]);
  });
});

describe('a closed case that is watched', () => {
  it('DRP-30 has its day and its owner; the day itself settles nothing, the look does, and 已了结 asks for a paper', async () => {
    const id = await confirmedCase(on, 1, confirm);
    const proof = await scanOf(on, on.schoolOfficer);
    const closing = { id, category: 'abroad' as const, evidence: { proof: '境外学校在读证明' } };
    await on.schoolOfficer.call(proposeClosing, { ...closing, papers: { proof: [proof] } });
    await on.officer.call(checkClosing, { id, accept: true });
    const [duty] = await owed(id);
    expect([duty?.ownerWords, duty?.dueDay, duty?.why]).toEqual([
      expect.stringContaining('德育主任'),
      '2027-01-31',
      '跟踪核查销号后的情况',
    ]);
    expect((await on.schoolOfficer.call(getCase, { id })).next).toMatchObject({ action: 'watch', mine: true });
    await on.move('2027-02-01T02:00:00Z');
    expect((await on.whole(passDeadlines)).watched).toBeGreaterThan(0);
    expect((await on.whole(passDeadlines)).watched).toBe(0);
    expect((await owed(id)).map((one) => [one.id, one.overdue])).toEqual([[duty?.id, true]]);
    const look = { id, day: '2027-02-01', result: 'same' as const, words: '与母亲视频，孩子仍在境外就读' };
    expect((await on.schoolOfficer.ask(watchCase, { ...look, words: '' })).status).toBe(422);
    await on.schoolOfficer.call(watchCase, look);
    const [next] = await owed(id);
    expect([next?.id === duty?.id, next?.dueDay]).toEqual([false, '2027-06-30']);
    const ended = await on.schoolOfficer.ask(watchCase, { ...look, result: 'settled' });
    expect([ended.status, JSON.stringify(ended.body)]).toEqual([422, expect.stringContaining('已回国并入学')]);
    await on.move('2027-02-01T03:00:00Z');
    await on.schoolOfficer.call(watchCase, {
      ...look,
      result: 'settled',
      paperIds: [await scanOf(on, on.schoolOfficer)],
    });
    expect([await owed(id), (await page(id)).next]).toEqual([[], null]);
    expect((await on.schoolOfficer.ask(watchCase, look)).status).toBe(409);
    expect((await on.whole(passDeadlines)).watched).toBe(0);
    expect((await page(id)).timeline.filter((one) => one.what === 'watch').map((one) => one.detail)).toEqual([
      look.words,
      look.words,
    ]);
  });

  it('DRP-30 a child who is away from school again begins a new round', async () => {
    const id = await confirmedCase(on, 2, confirm);
    const proof = await scanOf(on, on.officer);
    await on.officer.call(proposeClosing, {
      id,
      category: 'unable',
      evidence: { medical: '三甲医院意见' },
      papers: { medical: [proof] },
    });
    await on.second.call(checkClosing, { id, accept: true });
    expect((await owed(id)).map((one) => one.dueDay)).toEqual(['2027-09-01']);
    const away = { id, day: '2027-02-01', result: 'away' as const, words: '已康复，在家未返校' };
    expect(
      (await on.world.person('principal', on.otherSchool).then((other) => other.ask(watchCase, away))).status,
    ).toBe(404);
    expect(await on.teacher.call(watchCase, away)).toMatchObject({ state: 'suspected', round: 2 });
  });
});

describe('a confirmation that the bureau does not accept', () => {
  it('DRP-28 goes back to the school with the reason, which answers it from that day', async () => {
    const setting = { key: 'dropout.bureauConfirms' as const, value: true, fromDate: '2027-02-01', reason: '区级确认' };
    await on.officer.call(setSetting, setting);
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupilOf(on, 3).id, { discovered: day }));
    await on.principal.call(confirmCase, { id });
    expect((await page(id)).allowed['refuseConfirmation']).toMatchObject({ may: true });
    const back = { id, accept: false, note: '缺少上门走访记录' };
    expect((await on.officer.ask(checkConfirmation, { ...back, note: '' })).status).toBe(422);
    expect((await on.principal.ask(checkConfirmation, back)).status).toBe(403);
    expect(await on.officer.call(checkConfirmation, back)).toMatchObject({
      state: 'suspected',
      nextWords: '区级退回：补充核实后，再确认或排除',
    });
    const shown = await page(id);
    expect([shown.decision?.accepted, shown.decision?.checkNote]).toEqual([false, back.note]);
    const [duty] = await owed(id, 'confirmSuspected');
    expect([duty?.why, duty?.overdue, duty?.ownerWords]).toEqual([
      '区级退回，补充核实后再确认或排除',
      false,
      expect.stringContaining('校长'),
    ]);
    expect((await on.officer.ask(checkConfirmation, back)).status).toBe(409);
    await on.principal.call(confirmCase, { id });
    expect(await on.officer.call(checkConfirmation, { id })).toMatchObject({ state: 'confirmed' });
  });
});

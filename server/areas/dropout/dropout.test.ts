import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkClosing,
  checkConfirmation,
  checkDismissal,
  confirmCase,
  dismissCase,
  proposeClosing,
  reopenCase,
  reportDropout,
  reportEmergency,
} from '#contract/dropout.ts';
import {
  addContact,
  addReferral,
  addStep,
  answerReferral,
  handOver,
  linkDocument,
  planCase,
} from '#contract/dropout-steps.ts';
import { getCase, listCases } from '#contract/dropout-views.ts';
import { setSetting } from '#contract/organisations.ts';
import { passDeadlines } from './actions.ts';
import { confirmedCase, crossingOf, openCaseWorld, pupilOf, reportOf, scanOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
const confirm = (id: string) => on.principal.call(confirmCase, { id });

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

describe('reports', () => {
  it('DRP-01 the first opens, the second joins and says so, the same twice is one; both days are kept', async () => {
    const pupil = pupilOf(on, 0);
    await on.tell(crossingOf(pupil, '2026-11-18'));
    const report = reportOf(pupil.id);
    const first = await on.teacher.call(reportDropout, report);
    expect(first).toMatchObject({ joined: false, reopened: false, state: 'suspected', link: `/cases/${first.caseId}` });
    const again = await on.teacher.call(reportDropout, report);
    expect([again.caseId, again.reportId]).toEqual([first.caseId, first.reportId]);
    const street = await on.street.call(reportDropout, reportOf(pupil.id));
    expect(street).toMatchObject({ caseId: first.caseId, joined: true, link: first.link });
    expect(street.words).toContain('并入');
    const shown = await on.teacher.call(getCase, { id: first.caseId });
    expect(shown.reports.map((row) => [row.discoveredOn, row.crossedOn, row.clockStart, row.joined])).toEqual([
      ['2026-11-20', '2026-11-18', '2026-11-18', false],
      ['2026-11-20', '2026-11-18', '2026-11-18', true],
    ]);
    expect([shown.clockStart, shown.dueDate, shown.next?.action]).toEqual(['2026-11-18', '2026-11-25', 'confirm']);
    expect(JSON.stringify(shown)).not.toMatch(/\d{17}[\dX]/);
    const wrong = await on.teacher.ask(reportDropout, { ...report, childId: pupilOf(on, 1).id });
    expect(wrong.status).toBe(409);
    expect((await on.teacher.ask(reportDropout, reportOf(pupil.id, { discovered: '2026-11-21' }))).status).toBe(422);
  });

  it('DRP-01 two who report one child at the same moment meet in one case', async () => {
    const pupil = pupilOf(on, 1);
    const [a, b] = await Promise.all([
      on.teacher.call(reportDropout, reportOf(pupil.id)),
      on.street.call(reportDropout, reportOf(pupil.id)),
    ]);
    expect(a.caseId).toBe(b.caseId);
    expect([a.joined, b.joined].sort()).toEqual([false, true]);
  });

  it('DRP-02 a crossing told twice is one case that waits for its report; taken back it waits for the bureau', async () => {
    const pupil = pupilOf(on, 2);
    await on.tell(crossingOf(pupil, '2026-11-19'));
    await on.tell(crossingOf(pupil, '2026-11-19'));
    const [row] = (await on.teacher.call(listCases, { childId: pupil.id })).rows;
    expect(row).toMatchObject({ state: 'suspected', round: 1, nextWords: '报告疑似辍学', dueDate: '2026-11-19' });
    const id = row?.id ?? '';
    expect((await on.teacher.call(getCase, { id })).timeline.map((one) => one.what)).toEqual(['cross']);
    await on.tell({
      kind: 'attendance.thresholdGone',
      childId: pupil.id,
      schoolId: pupil.school_id,
      classId: pupil.class_id,
      at: '2026-11-20T02:00:00Z',
    });
    expect((await on.officer.call(getCase, { id })).state).toBe('dismissing');
    await on.officer.call(checkDismissal, { id, accept: true });
    expect((await on.officer.call(getCase, { id })).state).toBe('dismissed');
  });
});

describe('confirming and dismissing', () => {
  it('DRP-03 the principal dismisses, the bureau checks, refused it is suspected again, and nobody else may', async () => {
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupilOf(on, 3).id));
    expect((await on.teacher.ask(confirmCase, { id })).status).toBe(403);
    expect((await on.schoolOfficer.ask(dismissCase, { id, reason: '已返校' })).status).toBe(403);
    await on.principal.call(dismissCase, { id, reason: '据说已返校' });
    expect((await on.principal.ask(checkDismissal, { id, accept: true })).status).toBe(403);
    expect((await on.officer.ask(checkDismissal, { id, accept: false })).status).toBe(422);
    await on.officer.call(checkDismissal, { id, accept: false, note: '没有点名记录' });
    const shown = await on.principal.call(getCase, { id });
    expect([shown.state, shown.decision?.accepted, shown.decision?.checkNote]).toEqual([
      'suspected',
      false,
      '没有点名记录',
    ]);
    expect((await on.officer.ask(checkDismissal, { id, accept: true })).body).toMatchObject({ code: 'wrong-step' });
  });

  it('DRP-03 where the setting says so the bureau confirms what the school passed up', async () => {
    await on.officer.call(setSetting, {
      key: 'dropout.bureauConfirms',
      value: true,
      fromDate: '2026-11-20',
      reason: '区里规定',
    });
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupilOf(on, 3).id));
    expect(await on.principal.call(confirmCase, { id })).toMatchObject({ state: 'confirming' });
    expect(await on.officer.call(checkConfirmation, { id })).toMatchObject({ state: 'confirmed' });
    await on.officer.call(setSetting, {
      key: 'dropout.bureauConfirms',
      value: false,
      fromDate: '2026-11-20',
      reason: '恢复',
    });
    expect((await on.officer.call(getCase, { id })).confirmedOn).toBe('2026-11-20');
  });
});

describe('the work on a case', () => {
  it('DRP-04 a rung is skipped only with a reason, which stands in the timeline, and only its issuer issues', async () => {
    const id = await confirmedCase(on, 4, confirm);
    const step = { id, stepId: randomUUID(), rung: 'persuade' as const, day: '2026-11-20', words: '上门劝返' };
    const refused = await on.teacher.ask(addStep, step);
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'wrong-step' }]);
    await on.teacher.call(addContact, {
      id,
      contactId: randomUUID(),
      day: '2026-11-20',
      mode: 'phone',
      reached: true,
      words: '家长说不想读了',
    });
    await on.teacher.call(addStep, step);
    await on.teacher.call(addStep, step);
    const after = await on.teacher.call(getCase, { id });
    expect([after.persuasions, after.state]).toEqual([1, 'persuading']);
    expect(after.timeline.find((one) => one.what === 'persuade')?.detail).toContain('上门劝返');
    const order = { id, documentId: randomUUID(), rung: 'writtenReport' as const };
    expect((await on.teacher.ask(linkDocument, order)).status).toBe(403);
    expect((await on.principal.ask(linkDocument, order)).body).toMatchObject({ code: 'wrong-step' });
    const fields = { facts: '未到校', work: '劝返一次', request: '请督促' };
    const issued = await on.principal.call(linkDocument, { ...order, skipReason: '监护人去向不明，无法送达', fields });
    expect(issued.number).toContain('义报字');
    const shown = await on.principal.call(getCase, { id });
    expect(shown.ladder.map((one) => [one.rung, one.state]).slice(0, 4)).toEqual([
      ['contact', 'done'],
      ['persuade', 'done'],
      ['persuasionNotice', 'skipped'],
      ['writtenReport', 'done'],
    ]);
    expect(shown.timeline.find((one) => one.what === 'skip')?.detail).toContain('无法送达');
    expect(shown.ladder[2]?.reason).toContain('无法送达');
    expect(shown.documents.map((one) => one.kind)).toEqual(['writtenReport']);
    expect(
      (await on.principal.ask(linkDocument, { ...order, documentId: randomUUID(), rung: 'correctionOrder' })).status,
    ).toBe(403);
  });

  it('DRP-11 an emergency is urgent news with referrals of 24 hours, its details only for those on the case', async () => {
    const pupil = pupilOf(on, 0);
    const id = (await on.teacher.call(listCases, { childId: pupil.id })).rows[0]?.id ?? '';
    on.heard.length = 0;
    const input = {
      id: randomUUID(),
      childId: pupil.id,
      kinds: ['harm' as const],
      words: '密语伤情',
      day: '2026-11-20',
      police: { at: '2026-11-20T09:00:00+08:00', receipt: '回执密号' },
      parties: ['police' as const, 'civilAffairs' as const],
    };
    const made = await on.teacher.call(reportEmergency, input);
    expect(made).toMatchObject({ caseId: id, referrals: 2, dueAt: '2026-11-21T02:00:00.000Z' });
    expect((await on.teacher.call(reportEmergency, input)).emergencyId).toBe(made.emergencyId);
    const urgent = on.heard.filter((news) => news.kind === 'dropout.stepped');
    expect(urgent.map((news) => [news.step, news.urgent])).toEqual([['emergency', true]]);
    const registrar = await on.world.person('registrar', pupil.school_id);
    for (const person of [on.teacher, on.principal, on.officer]) {
      const shown = await person.call(getCase, { id });
      expect(shown.emergencies[0]).toMatchObject({
        kinds: ['受到伤害或有危险'],
        words: '密语伤情',
        policeReceipt: '回执密号',
      });
      expect(shown.referrals.map((one) => one.partyWords).sort()).toEqual(['公安', '民政'].sort());
    }
    for (const person of [registrar, on.leader]) {
      const shown = await person.call(getCase, { id });
      expect([shown.emergencies, shown.hiddenEmergencies]).toEqual([[], 1]);
      expect(shown.referrals.every((one) => one.hidden && one.partyName === null)).toBe(true);
      expect(JSON.stringify(shown)).not.toMatch(/密语伤情|回执密号|受到伤害/);
    }
  });

  it('DRP-12 letters are numbered, awaited, called in once, and answered', async () => {
    const id = (await on.teacher.call(listCases, { childId: pupilOf(on, 4).id })).rows[0]?.id ?? '';
    const letter = {
      id,
      party: 'educationElsewhere' as const,
      partyName: '黄冈市教育局',
      sent: '2026-11-20',
      words: '核查就读情况',
    };
    const one = await on.officer.call(addReferral, letter);
    const two = await on.officer.call(addReferral, letter);
    expect([one.number, two.number, one.dueDate]).toEqual(['协查字〔2026〕第1号', '协查字〔2026〕第2号', '2026-12-11']);
    const waits = await on.officer.call(getCase, { id });
    expect([waits.waitingElsewhere, waits.allowed['answerReferral']?.may]).toEqual([true, true]);
    expect((await on.principal.ask(addReferral, letter)).status).toBe(403);
    await on.move('2026-12-14T02:00:00Z');
    const passed = await on.whole(passDeadlines);
    expect(passed.reminded).toBeGreaterThanOrEqual(2);
    expect((await on.whole(passDeadlines)).reminded).toBe(0);
    for (const { referralId } of [one, two])
      await on.officer.call(answerReferral, { id, referralId, replied: '2026-12-14', words: '查无此人' });
    const shown = await on.officer.call(getCase, { id });
    expect([
      shown.waitingElsewhere,
      shown.referrals.filter((row) => row.number !== null).map((row) => row.reply),
    ]).toEqual([false, ['查无此人', '查无此人']]);
    expect(
      (await on.officer.ask(answerReferral, { id, referralId: one.referralId, replied: '2026-12-14', words: '再复' }))
        .status,
    ).toBe(409);
  });

  it('DRP-08 closing demands its evidence and another person; 退学, 开除, 失联 are refused with the clause', async () => {
    const id = (await on.teacher.call(listCases, { childId: pupilOf(on, 4).id })).rows[0]?.id ?? '';
    for (const [category, words] of [
      ['withdrawal', '第二十七条'],
      ['expulsion', '第二十七条'],
      ['lost', '失联不能销号'],
    ] as const) {
      const refused = await on.officer.ask(proposeClosing, { id, category });
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([422, expect.stringContaining(words)]);
    }
    const words = { id, category: 'abroad' as const, evidence: { proof: '出入境记录查询结果' } };
    const abroad = { ...words, papers: { proof: [await scanOf(on, on.officer)] } };
    expect((await on.officer.ask(proposeClosing, words)).status).toBe(422);
    expect((await on.officer.ask(proposeClosing, { ...abroad, evidence: {} })).status).toBe(422);
    expect((await on.teacher.ask(proposeClosing, abroad)).status).toBe(403);
    await on.officer.call(proposeClosing, abroad);
    const own = await on.officer.ask(checkClosing, { id, accept: true });
    expect([own.status, JSON.stringify(own.body)]).toEqual([403, expect.stringContaining('另一人')]);
    expect((await on.officer.call(getCase, { id })).allowed['checkClosing']).toMatchObject({ may: false });
    await on.second.call(checkClosing, { id, accept: false, note: '记录不清' });
    expect((await on.second.call(getCase, { id })).state).toBe('persuading');
    await on.officer.call(proposeClosing, { ...words, papers: { proof: [await scanOf(on, on.officer)] } });
    expect(await on.second.call(checkClosing, { id, accept: true })).toMatchObject({ state: 'closed' });
    expect((await on.second.call(getCase, { id })).categoryWords).toBe('出国（境）');
  });

  it('DRP-10 a closed case is opened again as a new round; the first one stays', async () => {
    const pupil = pupilOf(on, 4);
    const id = (await on.teacher.call(listCases, { childId: pupil.id, state: 'closed' })).rows[0]?.id ?? '';
    const again = await on.principal.call(reopenCase, { id, discovered: '2026-12-14', reason: '回国后未返校' });
    expect(again).toMatchObject({ caseId: id, state: 'suspected', round: 2 });
    const shown = await on.principal.call(getCase, { id });
    expect(shown.rounds.map((row) => [row.round, row.categoryWords, row.closedOn])).toEqual([
      [1, '出国（境）', '2026-12-14'],
      [2, null, null],
    ]);
    expect([shown.persuasions, shown.ladder[0]?.state, shown.next?.action]).toEqual([0, 'open', 'confirm']);
    const report = await on.teacher.call(reportDropout, reportOf(pupil.id, { discovered: '2026-12-14' }));
    expect([report.caseId, report.joined]).toEqual([id, true]);
  });

  it('DRP-13 who gets a case works on it, who had it still sees it', async () => {
    const id = (await on.teacher.call(listCases, { childId: pupilOf(on, 1).id })).rows[0]?.id ?? '';
    const receiving = await on.world.person('principal', on.otherSchool);
    expect((await receiving.ask(getCase, { id })).status).toBe(404);
    expect((await on.teacher.ask(handOver, { id, to: 'school', unit: on.otherSchool, reason: '随迁' })).status).toBe(
      403,
    );
    await on.principal.call(handOver, { id, to: 'school', unit: on.otherSchool, reason: '已随父母迁入该校片区' });
    expect((await receiving.call(getCase, { id })).schoolId).toBe(on.otherSchool);
    expect(await receiving.call(confirmCase, { id })).toMatchObject({ state: 'confirmed' });
    const before = await on.principal.call(getCase, { id });
    expect([before.state, before.allowed['dismiss']?.may]).toEqual(['confirmed', false]);
    await on.officer.call(handOver, { id, to: 'subdistrict', unit: pupilOf(on, 1).subdistrict, reason: '街道牵头' });
    const led = await on.street.call(getCase, { id });
    expect([led.next?.mine, led.next?.ownerWords.endsWith('街道教育专干')]).toEqual([true, true]);
    await on.street.call(planCase, { id, goal: '返校', people: [{ name: '王专干', task: '上门', day: '2026-12-16' }] });
    expect((await on.street.call(getCase, { id })).plan?.people[0]?.name).toBe('王专干');
  });
});

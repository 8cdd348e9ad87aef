import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmCase, proposeClosing, reopenCase, reportDropout } from '#contract/dropout.ts';
import {
  addContact,
  addStep,
  callBack,
  followUp,
  linkDocument,
  markReturned,
  recordFinding,
} from '#contract/dropout-steps.ts';
import { exportCase, getCase, listCases } from '#contract/dropout-views.ts';
import { issueDocument, recordService } from '#contract/notices.ts';
import { setSetting } from '#contract/organisations.ts';
import { recordVisit } from '#contract/visits.ts';
import { drawn, visitOf } from '#server/areas/visits/testing.ts';
import { wordsOfWord } from '#server/testing/word.ts';
import type { Person } from '#server/testing/world.ts';
import { passDeadlines } from './actions.ts';
import { chosenFor } from './returns.ts';
import { findCase } from './store-cases.ts';
import { openCaseWorld, pupilOf, reportOf, runOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
let id: string;

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const page = (person: Person) => person.call(getCase, { id });
const contactFields = { contact: '周老师', contactPhone: '027-82345678' };

/** Issues a notice of the ladder and serves it in person on a day. */
async function serve(person: Person, rung: 'persuasionNotice' | 'deadlineNotice' | 'correctionOrder', day: string) {
  const fields = rung === 'correctionOrder' ? { court: '江岸区人民法院' } : contactFields;
  const { documentId } = await person.call(linkDocument, { id, documentId: randomUUID(), rung, fields });
  await person.call(recordService, {
    id: documentId,
    serviceId: randomUUID(),
    mode: 'inPerson',
    day,
    recipient: '李大海',
    servers: ['周老师'],
    signature: drawn(0.3),
  });
}

describe('the whole story', () => {
  it(
    'DRP-18 from the report over visits and notices to the order, each by whom it belongs to',
    { timeout: 180_000 },
    async () => {
      const pupil = pupilOf(on, 0);
      id = (await on.teacher.call(reportDropout, reportOf(pupil.id))).caseId;
      await on.principal.call(confirmCase, { id });
      expect((await page(on.teacher)).next).toMatchObject({ action: 'contact', mine: true });
      await on.teacher.call(recordVisit, visitOf(on.world, pupil.id, { caseId: id }));
      let shown = await page(on.teacher);
      expect([shown.state, shown.visits.length, shown.ladder[0]?.state]).toEqual(['persuading', 1, 'done']);
      expect(shown.next).toMatchObject({ action: 'persuade', words: '第 1 次劝返', dueDate: '2026-12-04' });
      for (const person of [on.teacher, on.street])
        await person.call(addStep, {
          id,
          stepId: randomUUID(),
          rung: 'persuade',
          day: '2026-11-20',
          words: '劝说返校',
        });
      shown = await page(on.schoolOfficer);
      expect(shown.next).toMatchObject({ action: 'persuasionNotice', mine: true });
      // A notice from the page of documents asks the ladder as well: the street's comes too early.
      const early = await on.street.ask(issueDocument, {
        id: randomUUID(),
        kind: 'deadlineNotice',
        childId: pupil.id,
        caseId: id,
        fields: { absentSince: '2026-11-13', ...contactFields },
      });
      expect(early.body).toMatchObject({ code: 'wrong-step' });
      await serve(on.schoolOfficer, 'persuasionNotice', '2026-11-20');
      shown = await page(on.schoolOfficer);
      expect(shown.ladder[2]).toMatchObject({ state: 'running', dueDate: '2026-11-27' });
      expect(shown.next).toMatchObject({ action: 'persuade', waitsUntil: '2026-11-27' });
      await on.move('2026-11-30T02:00:00Z');
      expect(await on.whole(passDeadlines)).toMatchObject({ notices: 1 });
      expect(await on.whole(passDeadlines)).toMatchObject({ notices: 0 });
      expect((await page(on.principal)).next).toMatchObject({ action: 'writtenReport', mine: true });
      await on.principal.call(linkDocument, {
        id,
        documentId: randomUUID(),
        rung: 'writtenReport',
        fields: { facts: '未到校', work: '劝返两次', request: '请督促' },
      });
      expect((await page(on.street)).next).toMatchObject({ action: 'deadlineNotice', mine: true });
      await serve(on.street, 'deadlineNotice', '2026-11-30');
      await on.move('2026-12-10T02:00:00Z');
      await on.whole(passDeadlines);
    },
  );

  it(
    'DRP-05 the order waits for the finding, which cannot be skipped, and is the leader’s',
    { timeout: 180_000 },
    async () => {
      expect((await page(on.officer)).next).toMatchObject({ action: 'finding', mine: true });
      expect((await page(on.officer)).allowed['answerReferral']).toEqual({
        may: false,
        why: '没有等待答复的协查或转介。',
      });
      expect((await page(on.leader)).allowed['correctionOrder']).toEqual({ may: false, why: '须先认定无正当理由。' });
      const order = {
        id,
        documentId: randomUUID(),
        rung: 'correctionOrder' as const,
        skipReason: '情况紧急，直接责令',
      };
      expect((await on.leader.ask(linkDocument, order)).body).toMatchObject({ code: 'wrong-step' });
      const finding = {
        id,
        day: '2026-12-10',
        facts: '无故不送子女就学',
        evidence: '两次劝返记录',
        statement: '称读书无用',
      };
      expect((await on.officer.ask(recordFinding, { ...finding, statement: '' })).status).toBe(422);
      expect((await on.principal.ask(recordFinding, finding)).status).toBe(403);
      await on.officer.call(recordFinding, finding);
      expect((await on.officer.ask(linkDocument, { ...order, skipReason: '' })).status).toBe(403);
      expect((await page(on.leader)).next).toMatchObject({ action: 'correctionOrder', mine: true });
      await serve(on.leader, 'correctionOrder', '2026-12-10');
      const shown = await page(on.leader);
      expect([shown.finding?.statement, shown.ladder[5]?.state]).toEqual(['称读书无用', 'running']);
      expect(shown.documents.map((one) => one.kind)).toEqual([
        'persuasionNotice',
        'writtenReport',
        'deadlineNotice',
        'correctionOrder',
      ]);
    },
  );

  it('DRP-06 back after five days of school, dated from the first, signed by the principal', async () => {
    const pupil = pupilOf(on, 0);
    await on.move('2026-12-18T02:00:00Z');
    await on.tell(runOf(pupil, '2026-12-14', 4, '2026-12-17'));
    const input = { id, placement: '原班', signature: drawn(0.5) };
    const early = await on.principal.ask(markReturned, input);
    expect([early.status, JSON.stringify(early.body)]).toEqual([409, expect.stringContaining('连续 4 天')]);
    await on.tell({
      kind: 'attendance.classMarked',
      schoolId: pupil.school_id,
      classId: pupil.class_id,
      day: '2026-12-17',
      part: 'afternoon',
      at: '2026-12-17T06:00:00Z',
      absent: [pupil.id],
    });
    expect((await page(on.principal)).presentDays).toBe(0);
    await on.tell(runOf(pupil, '2026-12-14', 5, '2026-12-18'));
    expect((await on.teacher.ask(markReturned, input)).status).toBe(403);
    expect((await on.principal.ask(markReturned, { ...input, signature: [] })).status).toBe(422);
    await on.officer.call(setSetting, {
      key: 'dropout.callBack',
      value: 100,
      fromDate: '2026-12-18',
      reason: '全部回访',
    });
    const back = await on.principal.call(markReturned, input);
    expect(back).toMatchObject({ state: 'returned', returnedOn: '2026-12-14', callBack: true });
    expect(back.followUps).toEqual([
      '2026-12-21',
      '2026-12-28',
      '2027-01-04',
      '2027-01-11',
      '2027-02-10',
      '2027-03-12',
    ]);
    expect((await page(on.officer)).returnSignature).toEqual(drawn(0.5));
  });

  it('DRP-07 DRP-09 followed to the end, called back by another person, then closed as returned', async () => {
    const due = (await page(on.teacher)).followUps.map((row) => row.dueDate);
    expect(due.length).toBe(6);
    for (const [index, day] of due.entries()) {
      await on.move(`${day}T02:00:00Z`);
      expect((await on.whole(passDeadlines)).followUps).toBe(1);
      await on.teacher.call(followUp, { id, number: index + 1, day, present: true, words: '在校，学习跟上' });
    }
    const shown = await page(on.schoolOfficer);
    expect([shown.state, shown.next?.action]).toEqual(['followed', 'callBack']);
    const closing = { id, category: 'returned' as const, evidence: { placement: '原班' } };
    const bare = await on.schoolOfficer.ask(proposeClosing, {
      ...closing,
      evidence: { placement: '原班', certificate: '已发' },
    });
    expect([bare.status, JSON.stringify(bare.body)]).toEqual([422, expect.stringContaining('复学证明')]);
    // The certificate that the school issues for the pupil is put to the case and stands for its scan.
    await on.schoolOfficer.call(issueDocument, {
      id: randomUUID(),
      kind: 'returnCertificate',
      childId: pupilOf(on, 0).id,
      fields: { returnDay: '2026-12-14', placedClass: '原班', seenDay: due.at(-1) ?? '' },
    });
    expect((await on.schoolOfficer.ask(proposeClosing, closing)).body).toMatchObject({ code: 'wrong-step' });
    const today = due.at(-1) ?? '';
    await on.officer.call(callBack, { id, day: today, reached: false, words: '无人接听' });
    expect((await page(on.officer)).next?.action).toBe('callBack');
    expect((await on.officer.ask(callBack, { id, day: today, reached: true, words: '在校' })).status).toBe(422);
    await on.officer.call(callBack, { id, day: today, reached: true, isBack: true, words: '家长确认在校' });
    expect(await on.schoolOfficer.call(proposeClosing, closing)).toMatchObject({ state: 'closed' });
    const done = await page(on.officer);
    expect([done.categoryWords, done.rounds[0]?.returnedOn, done.callBack?.isBack]).toEqual([
      '复学',
      '2026-12-14',
      true,
    ]);
    const record = await on.whole((context) => findCase(context.client, context.district, id, false));
    if (!record) throw new Error('no case');
    const chosen = await on.whole(async (context) =>
      [5, 50, 100].map((percent) => chosenFor(context, record, percent)),
    );
    expect(chosen).toEqual(
      await on.whole(async (context) => [5, 50, 100].map((percent) => chosenFor(context, record, percent))),
    );
  });

  it('DRP-19 DRP-33 the book of the case is a PDF of several pages, and not found for a stranger', async () => {
    const book = await on.principal.ask(exportCase, { id });
    expect([book.status, book.headers['content-type']]).toEqual([200, 'application/pdf']);
    const bytes = book.body as Buffer; // as: a download answers its bytes
    expect([bytes.subarray(0, 5).toString(), bytes.length > 20_000]).toEqual(['%PDF-', true]);
    const stranger = await on.world.person('principal', on.otherSchool);
    for (const form of ['pdf', 'word'] as const)
      expect((await stranger.ask(exportCase, { id, form })).status).toBe(404);
  });

  it('DRP-19 DRP-33 the book is had as a Word file with the same sections, marked as a copy', async () => {
    const book = await on.principal.ask(exportCase, { id, form: 'word' });
    expect(book.headers['content-type']).toContain('wordprocessingml.document');
    const file = wordsOfWord(book.body);
    expect(file.header).toMatch(/^副本　可编辑，2027-\d\d-\d\d 由郑校长导出，以平台记录为准$/);
    for (const words of [
      '一生一案',
      pupilOf(on, 0).name,
      '目录',
      '工作记录',
      '文书与送达',
      '（签名见原件）',
      '学籍变动',
      '考勤情况',
      '家庭经济和监护情况',
      '送达回证 1',
      '紧急情况',
    ])
      expect(file.text).toContain(words);
    // Each section stands in the contents and again at its own place.
    expect(file.text.split('排除、销号与复核')).toHaveLength(3);
    expect(file.parts.filter((name) => name.includes('media'))).toEqual([]);
  });

  it('DRP-10 DRP-07 away again during the follow-up is a new round of the same case', async () => {
    const again = await on.principal.call(reopenCase, { id, discovered: '2027-03-12', reason: '又未到校' });
    expect([again.caseId, again.round, again.state]).toEqual([id, 2, 'suspected']);
    await on.tell(runOf(pupilOf(on, 0), '2027-03-08', 5, '2027-03-12'));
    await on.principal.call(markReturned, { id, placement: '原班', signature: drawn(0.5) });
    const away = await on.teacher.call(followUp, { id, number: 1, day: '2027-03-12', present: false, words: '又未到' });
    expect([away.round, away.state]).toEqual([3, 'suspected']);
    const shown = await page(on.teacher);
    expect(shown.rounds.map((row) => row.round)).toEqual([1, 2, 3]);
    await on.teacher.call(addContact, {
      id,
      contactId: randomUUID(),
      day: '2027-03-12',
      mode: 'phone',
      reached: false,
      words: '无人接听',
    });
    expect((await on.teacher.call(listCases, {})).rows.map((row) => row.id)).toContain(id);
  });
});

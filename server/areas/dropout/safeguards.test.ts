import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkDismissal,
  confirmCase,
  dismissCase,
  reopenCase,
  reportDropout,
  reportEmergency,
} from '#contract/dropout.ts';
import {
  addContact,
  addStep,
  answerReferral,
  linkDocument,
  markReturned,
  recordFinding,
} from '#contract/dropout-steps.ts';
import { getCase, openReply } from '#contract/dropout-views.ts';
import { getDocument, issueDocument, listDocuments } from '#contract/notices.ts';
import { appoint, listStaff } from '#contract/organisations.ts';
import { listPapers, openPaper, voidPaper } from '#contract/papers.ts';
import { recordVisit } from '#contract/visits.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import { drawn, visitOf } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { confirmedCase, openCaseWorld, pupilOf, reportOf, runOf, type CaseWorld } from './testing.ts';

let on: CaseWorld;
const day = '2026-11-20';
const confirm = (id: string) => on.principal.call(confirmCase, { id });

beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const found = { facts: '无故不送子女就学', evidence: '两次劝返记录', statement: '称读书无用' };
const orderFields = { absentSince: '2026-11-13', court: '江岸区人民法院' };
const issue = (person: Person, childId: string, more: Parameters<typeof noticeFor>[2] = {}) =>
  person.ask(issueDocument, noticeFor(on.world, childId, more));

describe('a document of the ladder from the page of documents', () => {
  it('DRP-04 DRP-05 without a case only the persuasion notice goes out', async () => {
    const child = pupilOf(on, 0).id;
    expect((await issue(on.teacher, child)).status).toBe(200);
    const fields = { absentSince: '2026-11-13', facts: '未到校', work: '家访', request: '督促' };
    const report = await issue(on.principal, child, { kind: 'writtenReport', fields });
    expect([report.status, report.body]).toMatchObject([409, { code: 'wrong-step' }]);
    expect((await issue(on.street, child, { kind: 'deadlineNotice' })).status).toBe(409);
    const order = { kind: 'correctionOrder' as const, fields: { ...orderFields, ...found } };
    const refused = await issue(on.leader, child, order);
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([409, expect.stringContaining('无正当理由')]);
  });

  it('DRP-04 DRP-05 the open case counts although nobody named it: its ladder, its finding, its papers', async () => {
    const child = pupilOf(on, 0).id;
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(child));
    const before = (await on.officer.call(listDocuments, {})).total;
    expect((await issue(on.teacher, child)).status).toBe(409);
    await confirm(id);
    expect(JSON.stringify((await issue(on.teacher, child)).body)).toContain('如确需跳过');
    expect(
      (await issue(on.leader, child, { kind: 'correctionOrder', fields: { ...orderFields, ...found } })).status,
    ).toBe(409);
    expect((await on.officer.call(listDocuments, {})).total).toBe(before);
    const persuasion = { id, stepId: randomUUID(), rung: 'persuade' as const, day, words: '家访' };
    await on.teacher.call(addStep, { ...persuasion, skipReason: '电话无人接听' });
    const issued = await issue(on.teacher, child);
    expect(issued.status).toBe(200);
    const shown = await on.teacher.call(getCase, { id });
    expect([shown.ladder[2]?.state, shown.documents.map((one) => one.id)]).toEqual(['issued', [issued.body.id]]);
    expect(shown.timeline.at(-1)).toMatchObject({ what: 'persuasionNotice', documentId: issued.body.id });
  });

  it('DRP-20 one that names a case of another child, or none that there is, is not found and leaves nothing', async () => {
    const id = await confirmedCase(on, 1, confirm);
    const before = (await on.officer.call(listDocuments, {})).total;
    for (const caseId of [id, randomUUID()])
      expect((await issue(on.teacher, pupilOf(on, 2).id, { caseId })).status).toBe(404);
    expect((await on.officer.call(listDocuments, {})).total).toBe(before);
    const visit = visitOf(on.world, pupilOf(on, 2).id, { caseId: id });
    expect((await on.teacher.ask(recordVisit, visit)).status).toBe(404);
    expect(await rows(on.world, `SELECT id FROM visit WHERE district_code = $1 AND id = $2`, [visit.id])).toEqual([]);
    expect((await on.teacher.ask(recordVisit, { ...visit, caseId: undefined })).status).toBe(200);
    expect((await on.teacher.call(getCase, { id })).visits).toEqual([]);
  });

  it('DRP-05 the order states the finding as it was recorded, whatever is sent with it', async () => {
    const id = await confirmedCase(on, 2, confirm);
    await on.officer.call(recordFinding, { id, day, ...found });
    const { documentId } = await on.leader.call(linkDocument, {
      id,
      documentId: randomUUID(),
      rung: 'correctionOrder',
      skipReason: '监护人去向不明',
      fields: { ...orderFields, facts: '另一事实', evidence: '另一证据', statement: '另一陈述' },
    });
    const { fields } = await on.leader.call(getDocument, { id: documentId });
    expect(fields.map((one) => one.value)).toEqual(expect.arrayContaining(Object.values(found)));
    expect(JSON.stringify(fields)).not.toContain('另一');
  });
});

describe('who is on a case', () => {
  it('DRP-01 DRP-11 a joined report changes neither the case nor who may open its emergencies', async () => {
    const pupil = pupilOf(on, 3);
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupil.id, { whereabouts: 'unknown' }));
    const registrar = await on.world.person('registrar', pupil.school_id);
    const second = reportOf(pupil.id, { reasonGroup: 'work', whereabouts: 'working' });
    expect((await registrar.call(reportDropout, second)).joined).toBe(true);
    await on.street.call(reportDropout, reportOf(pupil.id, { reasonGroup: 'family', whereabouts: 'abroad' }));
    const emergency = { childId: pupil.id, kinds: ['harm' as const], day, parties: [] };
    await on.teacher.call(reportEmergency, { ...emergency, id: randomUUID(), words: '密语伤情' });
    const shown = await registrar.call(getCase, { id });
    expect([shown.reasonWords, shown.whereaboutsWords]).toEqual([reasonGroupWords.study, whereaboutsWords.working]);
    expect(shown.reports.map((one) => one.reason.split('：')[0])).toEqual([
      reasonGroupWords.study,
      reasonGroupWords.work,
      reasonGroupWords.family,
    ]);
    expect([shown.emergencies, shown.hiddenEmergencies]).toEqual([[], 1]);
    await registrar.call(reportEmergency, { ...emergency, id: randomUUID(), words: '再次报告' });
    expect((await registrar.call(getCase, { id })).emergencies).toHaveLength(2);
  });
});

describe('what was proposed and checked', () => {
  it('DRP-03 a refused dismissal stays with its check beside the one that follows it', async () => {
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupilOf(on, 3).id));
    await on.principal.call(dismissCase, { id, reason: '据说已返校' });
    await on.officer.call(checkDismissal, { id, accept: false, note: '没有点名记录' });
    await on.move('2026-11-20T03:00:00Z');
    await on.principal.call(dismissCase, { id, reason: '已到校，附点名表' });
    await on.officer.call(checkDismissal, { id, accept: true });
    const { decision, earlierDecisions } = await on.officer.call(getCase, { id });
    expect([decision, ...earlierDecisions].map((one) => [one?.note, one?.accepted, one?.checkNote])).toEqual([
      ['已到校，附点名表', true, null],
      ['据说已返校', false, '没有点名记录'],
    ]);
  });
});

describe('the answer to an emergency', () => {
  it('DRP-11 PAP-09 its scan opens from the case for those on it; as a paper nobody else lists, opens or voids it', async () => {
    const pupil = pupilOf(on, 5);
    const emergency = {
      id: randomUUID(),
      childId: pupil.id,
      kinds: ['harm' as const],
      day,
      words: '密语',
      parties: [],
    };
    const { caseId: id } = await on.teacher.call(reportEmergency, { ...emergency, parties: ['police' as const] });
    const [referral] = (await on.officer.call(getCase, { id })).referrals;
    const paperId = randomUUID();
    await upload(on.world, on.officer, { id: paperId, kind: 'reply', fileName: '回复.png' }, png('伤情回复'));
    const reply = { id, referralId: referral?.id ?? '', replied: day, words: '已受理', paperId };
    await on.officer.call(answerReferral, reply);
    const registrar = await on.world.person('registrar', pupil.school_id);
    const stranger = await on.world.person('principal', on.otherSchool);
    const asked = { id, referralId: reply.referralId };
    for (const person of [on.teacher, on.principal, on.officer])
      expect((await person.ask(openReply, asked)).status).toBe(200);
    for (const person of [registrar, stranger]) expect((await person.ask(openReply, asked)).status).toBe(404);
    const subject = { subjectKind: 'emergency' as const, subjectId: reply.referralId };
    for (const person of [registrar, on.teacher, on.schoolOfficer, on.principal]) {
      const listed = await person.ask(listPapers, { childId: pupil.id });
      expect(JSON.stringify(listed.body)).not.toContain(paperId);
      expect((await person.ask(listPapers, subject)).body).toEqual([]);
      expect((await person.ask(openPaper, { id: paperId })).status).toBe(404);
    }
    expect((await on.schoolOfficer.ask(voidPaper, { id: paperId, reason: '误传' })).status).toBe(404);
  });
});

describe('what people write', () => {
  it('DRP-21 reasons and notes are sealed and shown from the seal', async () => {
    const pupil = pupilOf(on, 4);
    const { caseId: id } = await on.teacher.call(reportDropout, reportOf(pupil.id));
    await on.principal.call(dismissCase, { id, reason: '密语排除' });
    await on.officer.call(checkDismissal, { id, accept: false, note: '密语复核' });
    expect((await on.principal.call(getCase, { id })).decision?.checkNote).toBe('密语复核');
    await confirm(id);
    const step = { id, stepId: randomUUID(), rung: 'persuade' as const, day, words: '密语劝返' };
    await on.teacher.call(addStep, { ...step, people: '密语人员', skipReason: '密语跳过' });
    const contact = { id, contactId: randomUUID(), day, mode: 'phone' as const, reached: true, words: '密语联系' };
    await on.teacher.call(addContact, contact);
    await on.tell(runOf(pupil, '2026-11-16', 5, day));
    await on.principal.call(markReturned, { id, placement: '密语原班', note: '密语签字', signature: drawn(0.5) });
    await on.principal.call(reopenCase, { id, discovered: day, reason: '密语重开' });
    const shown = await on.principal.call(getCase, { id });
    const details = shown.timeline.map((one) => one.detail ?? '').join();
    for (const word of ['排除', '复核', '劝返', '人员', '跳过', '联系', '原班', '签字', '重开'])
      expect(details).toContain(`密语${word}`);
    expect(shown.rounds.map((row) => row.reason)).toEqual([null, '密语重开']);
    const [open] = await rows<{ words: string }>(
      on.world,
      `SELECT concat((SELECT string_agg(to_jsonb(e)::text, '') FROM case_event e WHERE e.district_code = $1 AND e.case_id = $2),
         (SELECT string_agg(to_jsonb(r)::text, '') FROM case_round r WHERE r.district_code = $1 AND r.case_id = $2),
         (SELECT string_agg(to_jsonb(d)::text, '') FROM case_decision d WHERE d.district_code = $1 AND d.case_id = $2)) AS words`,
      [id],
    );
    expect(open?.words).toContain('重新立案，进入第 2 轮');
    expect(open?.words).not.toContain('密语');
  });
});

describe('who reports', () => {
  it('DRP-26 who holds several posts reports under the one nearest to the child', async () => {
    const own = pupilOf(on, 4);
    const [other] = await rows<{ id: string }>(
      on.world,
      `SELECT child_id AS id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND school_id = $2 AND class_id <> $3 ORDER BY child_id LIMIT 1`,
      [own.school_id, own.class_id],
    );
    const both = await on.world.person('schoolOfficer', own.school_id, '双岗老师');
    const [staff] = (await on.officer.call(listStaff, { q: '双岗老师' })).rows;
    const post = { role: 'classTeacher' as const, unitId: own.class_id, fromDate: day, toDate: null, approvedBy: '郑校长' }; // prettier-ignore
    await on.officer.call(appoint, { id: staff?.id ?? '', ...post });
    const reporterOf = async (childId: string) => {
      const { caseId } = await both.call(reportDropout, reportOf(childId));
      return (await both.call(getCase, { id: caseId })).reports.at(-1)?.reporter;
    };
    expect(await reporterOf(own.id)).toBe('班主任 双岗老师');
    // A pupil of another class of the school is not of his class.
    expect(await reporterOf(other?.id ?? '')).toBe('德育主任 双岗老师');
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyDocument, draftDocument, issueDocument, listDocuments, voidDocument } from '#contract/notices.ts';
import { listAudit } from '#contract/security.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { wordsOfWord as read } from '#server/testing/word.ts';
import { noticeFor } from './testing.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
it('NOT-18 a draft is had as a Word file, marked as one, and takes no number', async () => {
  const { id: _id, ...draft } = noticeFor(on.world, pupilOf(on, 1).id);
  const before = (await on.officer.call(listDocuments, {})).total;
  const answered = await on.teacher.ask(draftDocument, draft);
  expect([answered.status, answered.headers['content-type']]).toEqual([200, wordType]);
  const file = read(answered.body);
  expect(file.header).toBe('草稿　未编号、未签发，不作文书使用');
  expect(file.text).toContain('劝学通知书');
  expect(file.text).toContain('义劝通字〔2026〕第　号');
  expect(file.text).toContain(`${pupilOf(on, 1).name}，`);
  expect(file.text).toContain('送 达 回 证');
  expect((await on.officer.call(listDocuments, {})).total).toBe(before);
  // A draft may lack what an issued one needs: lines to write on stand there.
  const open = await on.teacher.ask(draftDocument, { ...draft, fields: {} });
  expect(read(open.body).text).toContain('自＿＿＿＿＿＿起未到校');
});

it('NOT-18 the copy of an issued document is as it was laid out, names the paper that holds, and holds no signature', async () => {
  const pupil = pupilOf(on, 2);
  const issued = await on.teacher.call(issueDocument, noticeFor(on.world, pupil.id));
  const file = read((await on.teacher.ask(copyDocument, { id: issued.id })).body);
  expect(file.header).toBe(`副本　可编辑，不作文书使用，以${issued.numberWords ?? ''}原件为准`);
  expect(file.text).toContain(issued.numberWords ?? '');
  expect(file.text).toContain('2026年11月9日起未到校');
  await on.principal.call(voidDocument, { id: issued.id, reason: '姓名有误' });
  expect(read((await on.principal.ask(copyDocument, { id: issued.id })).body).header).toContain('原件已作废');

  const signed = await on.teacher.call(
    issueDocument,
    noticeFor(on.world, pupil.id, {
      kind: 'dropoutRegister',
      fields: { dropDay: '2026-11-09', reason: '厌学', whereabouts: '在家' },
      signatures: [{ label: '学生', strokes: drawn(0.4) }],
    }),
  );
  const form = read((await on.teacher.ask(copyDocument, { id: signed.id })).body);
  expect(form.header).toContain('以2026-11-20 签发的原件为准');
  expect(form.text).toContain('厌学');
  expect(form.text.match(/（签名见原件）/g)).toHaveLength(1);
  expect(form.parts.filter((name) => name.includes('media'))).toEqual([]);
});

it('NOT-18 only who may issue and reaches the document has the copy, and the trail says who had it', async () => {
  const { id } = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 3).id));
  const other = await on.world.person('principal', on.otherSchool);
  const inspector = await on.world.person('inspector', on.world.district);
  expect((await other.ask(copyDocument, { id })).status).toBe(404);
  expect((await inspector.ask(copyDocument, { id })).status).toBe(403);
  expect((await inspector.ask(draftDocument, { kind: 'persuasionNotice', childId: pupilOf(on, 3).id })).status).toBe(
    403,
  );
  expect((await other.ask(draftDocument, { kind: 'persuasionNotice', childId: pupilOf(on, 3).id })).status).toBe(404);
  await on.principal.ask(copyDocument, { id });
  const auditor = await on.world.person('auditAdmin', on.world.district);
  const { rows } = await auditor.call(listAudit, { verb: 'notices.copyDocument' });
  expect(rows.find((row) => row.subjectId === id)?.actor).toBe(on.principal.name);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { mergeChildren, undoMerge } from '#contract/comparison.ts';
import * as contract from '#contract/interchange.ts';
import { getChildScores } from '#contract/risk-scores.ts';
import { decideApproval } from '#contract/security.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { enter } from '#server/areas/risk/testing.ts';
import { rows } from '#server/testing/reach.ts';
import type { Copy } from './copy-content.ts';
import { copySections } from './copy-pdf.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

const head = ['班级', '姓名', '学籍号', '学期', '考试名称', '语文', '数学'];

async function copyOf(subjectKind: 'child' | 'school', subjectId: string): Promise<Copy> {
  const id = phoneId();
  const asked = { id, subjectKind, subjectId, requester: '母亲', relation: '母亲', means: 'inPerson' as const, proof: '户口簿原件', purpose: '查阅子女全部信息', receivedOn: '2026-11-20' }; // prettier-ignore
  const { approvalId } = await on.officer.call(contract.askCopy, asked);
  await on.leader.call(decideApproval, { id: approvalId, approve: true });
  await on.officer.call(contract.makeCopy, { id });
  return (await on.officer.ask(contract.downloadCopy, { id, form: 'json' })).body as Copy; // as: a download of this form is a copy
}

it('RSK-14 a guardian’s copy holds the child’s marks and the reason of the sign, a school’s names them as left out, and they follow a merge', async () => {
  const [pupil, other] = [pupilOf(on, 0), pupilOf(on, 1)];
  const [place] = await rows<{ name: string }>(on.world, 'SELECT name FROM school_class WHERE district_code = $1 AND id = $2', [pupil.class_id]); // prettier-ignore
  const row = (term: string, marks: readonly string[]) => [place?.name ?? '', pupil.name, '', term, '期末', ...marks];
  const done = await enter(on.world, on.schoolOfficer, head, [
    row('2025—2026学年第二学期', ['优', '优']),
    row('2026—2027学年第一学期', ['待合格', '中']),
  ]);
  expect(done).toMatchObject({ asked: 2 });
  const copy = await copyOf('child', pupil.id);
  const rowsOf = (table: string) => copy.sections.find((section) => section.table === table)?.rows ?? [];
  expect(rowsOf('pupil_score')).toHaveLength(2);
  expect(rowsOf('risk_sign').map((one) => one['sealed_words'])).toContain('本学期期末平均得分率 57.5 %，上学期期末 95 %，下降 37.5 个百分点'); // prettier-ignore
  const pages = JSON.stringify(copySections(copy));
  expect(pages).toContain('学科 语文；等级 待合格');
  expect(pages).not.toMatch(/其他内容|undefined|\[object/u);

  const ofSchool = await copyOf('school', pupil.school_id);
  expect(ofSchool.sections.map(({ table }) => table)).not.toContain('pupil_score');
  expect(ofSchool.excluded.find(({ table }) => table === 'pupil_score')?.why).toContain('学校有原表');
  expect(JSON.stringify(ofSchool)).not.toContain('得分率');

  const { id } = await on.officer.call(mergeChildren, { keptId: other.id, mergedId: pupil.id, reason: '核对为同一人' });
  expect((await on.teacher.call(getChildScores, { childId: other.id })).exams).toHaveLength(2);
  await on.officer.call(undoMerge, { id, reason: '看错了' });
  expect((await on.teacher.call(getChildScores, { childId: other.id })).exams).toEqual([]);
  expect((await on.teacher.call(getChildScores, { childId: pupil.id })).exams).toHaveLength(2);
});

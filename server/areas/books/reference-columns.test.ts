import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportSheet } from '#contract/books.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { addStep } from '#contract/dropout-steps.ts';
import { openCaseWorld, phoneId, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { rows } from '#server/testing/reach.ts';

let all: CaseWorld;

beforeAll(async () => {
  all = await openCaseWorld();
  const { caseId: id } = await all.teacher.call(reportDropout, reportOf(pupilOf(all, 0).id));
  await all.principal.call(confirmCase, { id });
  await all.teacher.call(addStep, {
    id,
    stepId: phoneId(),
    rung: 'persuade',
    day: '2026-11-20',
    words: '家长答应下周一送回学校',
    skipReason: '电话无人接听',
  });
});
afterAll(() => all.world.stop());

/** The lines of a sheet about one name, by the lowest words of its heads. */
async function linesOf(sheet: 'roster' | 'schoolAge' | 'persuasion', by = all.principal) {
  const cells = cellsOf((await by.ask(exportSheet, { sheet, format: 'xlsx' })).body);
  const at = cells.findIndex((line) => line[0] === '序号');
  const [upper = [], lower = []] = cells.slice(at, at + 2);
  const two = lower[0] === '';
  let group = '';
  const heads = upper.map((words, index) => {
    const below = two ? (lower[index] ?? '') : '';
    group = words === '' ? group : words;
    return below === '' ? words : `${group} ${below}`;
  });
  return cells
    .filter((line) => /^\d+$/.test(line[0] ?? ''))
    .map((line) => new Map(heads.map((head, index) => [head, line[index] ?? ''])));
}

it('BOK-24 the roster has 民族 and 户籍地, the archive the whole of D§4.6 with a place to sign, numbers and phones masked', async () => {
  const roster = await linesOf('roster');
  expect(roster.filter((line) => line.get('民族') === '汉族').length).toBeGreaterThan(50);
  expect(roster.filter((line) => /^湖北省武汉市/.test(line.get('户籍地') ?? '')).length).toBeGreaterThan(50);
  // Households are the street's: a school's own sheet has no numbers of them.
  const archive = await linesOf('schoolAge', all.officer);
  const [entry] = await rows<{ name: string; household_no: string; surveyor: string; day: string }>(
    all.world,
    `SELECT r.name, h.household_no, r.surveyor, r.survey_date::text AS day FROM register_entry r JOIN household h ON h.district_code = $1 AND h.id = r.household_id
     WHERE r.district_code = $1 AND r.child_id = $2 AND upper_inf(r.known)`,
    [pupilOf(all, 0).id],
  );
  const line = archive.find((one) => one.get('户编号') === entry?.household_no && one.get('姓名') === entry?.name);
  expect([...(line?.keys() ?? [])]).toEqual(
    ['序号', '户编号', '姓名', '性别', '民族', '出生日期', '证件号码', '户籍地址', '现住址', '街道', '社区', '监护人 姓名', '监护人 电话', '人户状态', '档案就读状态', '就读学校', '年级班级', '学籍号', '特殊标签', '控辍状态', '调查人 姓名', '调查人 日期', '调查人 签名'], // prettier-ignore
  );
  expect(line?.get('调查人 姓名')).toBe(entry?.surveyor);
  expect(line?.get('调查人 签名')).toBe('');
  expect(line?.get('人户状态')).toMatch(/^(?:人户一致|人在户不在|户在人不在|空挂)$/);
  expect(line?.get('户籍地址')).toMatch(/^湖北省武汉市/);
  expect(line?.get('监护人 电话')).toMatch(/^1\d\d\*{4}\d{4}$/);
  expect(line?.get('学籍号')).toMatch(/\*{6}/);
});

it('BOK-24 the ledger of persuasion has number, month, phones, place of registration and what was said (D§4.1)', async () => {
  const [line] = await linesOf('persuasion');
  expect(line?.get('姓名')).toBe(pupilOf(all, 0).name);
  expect(line?.get('证件号码')).toMatch(/^\d{4}\*+[\dX]{2}$/);
  expect(line?.get('辍学年月')).toMatch(/^2026-1[01]$/);
  expect(line?.get('监护人 电话')).toMatch(/^1\d\d\*{4}\d{4}$/);
  expect(line?.get('户籍地')).toMatch(/^湖北省武汉市/);
  expect(line?.get('劝返 情况记录')).toBe('家长答应下周一送回学校');
  expect(line?.get('劝返 人员')).toBe('周老师');
});

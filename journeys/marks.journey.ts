import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

/** A Monday near the end of the second term, nine in the morning in China. */
const clock = '2027-06-21T01:00:00Z';
const closedWords = '成绩明显下滑（学校已掌握）';
const reason = '本学期期末平均得分率 50 %，上学期期末 95 %，下降 45 个百分点';

let visited: Visited;
let officer: Page;
let folder: string;
const names: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-marks-'));
  visited = await startVisit({ clock });
  officer = await visited.visit('deyu1');
});
afterAll(async () => {
  await visited.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Downloads the template of a term, writes what the first three pupils got in 语文 and 数学, and hands it in. */
async function handIn(term: string, marks: readonly (readonly [string, string])[]): Promise<void> {
  await officer.goto(`${visited.url}/risks/scores`);
  await officer.getByLabel('学期', { exact: true }).click();
  await officer.locator('.ant-select-dropdown:visible').getByText(term, { exact: true }).click();
  const [download] = await Promise.all([
    officer.waitForEvent('download'),
    officer.getByRole('button', { name: '下载成绩表' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`成绩表 ${term}期末.xlsx`);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  let head = 0;
  sheet.eachRow((row, at) => {
    if (row.getCell(1).text === '班级') head = at;
  });
  const columnOf = (label: string) => {
    for (let at = 1; at <= sheet.columnCount; at += 1) if (sheet.getRow(head).getCell(at).text === label) return at;
    throw new Error(`no column ${label}`);
  };
  if (names.length === 0)
    for (const at of [1, 2, 3]) names.push(sheet.getRow(head + at).getCell(columnOf('姓名')).text);
  for (const [at, [chinese, sums]] of marks.entries()) {
    sheet.getRow(head + 1 + at).getCell(columnOf('语文')).value = chinese;
    sheet.getRow(head + 1 + at).getCell(columnOf('数学')).value = sums;
  }
  await book.xlsx.writeFile(file);
  await officer.locator('input[type=file]').setInputFiles(file);
}

it('RSK-07 RSK-08 the officer hands in two sheets; a row that cannot be taken is held, corrected and taken', async () => {
  await officer.goto(`${visited.url}/risks`);
  await officer.getByRole('main').getByRole('link', { name: '成绩登记' }).click();
  await officer.getByText('还没有上传过表格').waitFor();
  await handIn('2026—2027学年第一学期', [
    ['优', '优'],
    ['优', '优'],
    ['优', '良'],
  ]);
  await officer.getByRole('button', { name: '登记这 3 行' }).click();
  await officer.getByText('已登记 3 行').waitFor();

  await handIn('2026—2027学年第二学期', [
    ['待合格', '待合格'],
    ['很好', '优'],
    ['优', '优'],
  ]);
  await officer.getByText('2 行可以登记；1 行有问题').waitFor();
  const held = officer
    .getByRole('list', { name: '表格的行' })
    .getByRole('listitem')
    .filter({ hasText: names[1] ?? '?' });
  expect(await held.innerText()).toContain('不认识的语文成绩“很好”');
  await held.getByRole('button', { name: '更正' }).click();
  const form = officer.getByRole('dialog');
  expect(await form.getByLabel('物理').count()).toBe(0);
  await form.getByLabel('语文').fill('良');
  await form.getByRole('button', { name: '保存并再检查' }).click();
  await form.waitFor({ state: 'hidden' });
  await officer.getByRole('button', { name: '登记这 3 行' }).click();
  await officer.getByText('已登记 3 行').waitFor();
});

it('RSK-10 RSK-11 the class teacher finds the sign with its reason on the phone, and the marks behind it', async () => {
  const teacher = await visited.visit('ban1-0101', 390);
  await teacher.goto(`${visited.url}/risks?kind=scoreFall`);
  await teacher.getByText(reason).first().waitFor();
  expect(await teacher.locator('main').innerText()).toContain(names[0] ?? '?');
  expect(await teacher.locator('main').innerText()).not.toContain(names[1] ?? '?');
  await teacher
    .locator('.card')
    .filter({ hasText: names[0] ?? '?' })
    .getByRole('button', { name: '打开' })
    .click();
  await teacher.getByRole('dialog').getByRole('link', { name: '成绩' }).click();
  await teacher.getByRole('heading', { name: '2026—2027学年第二学期期末' }).waitFor();
  await teacher.getByText('95 %').waitFor();
  const wide = await teacher.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await teacher.goto(`${visited.url}/risks/scores`);
  await teacher.getByText('还没有上传过表格').waitFor();
  const sheetWide = await teacher.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sheetWide).toBeLessThanOrEqual(0);
  await teacher.context().close();
});

it('RSK-11 the bureau finds that the sign stands, on the list and on the child’s page, and no mark', async () => {
  const bureau = await visited.visit('zhuangan1');
  await bureau.goto(`${visited.url}/risks?kind=scoreFall`);
  await bureau.getByText(closedWords).first().waitFor();
  expect(await bureau.locator('main').innerText()).not.toMatch(/得分率|百分点/u);
  expect(await bureau.getByRole('link', { name: '成绩登记' }).count()).toBe(0);
  await bureau
    .getByText(names[0] ?? '?')
    .first()
    .click();
  const drawer = bureau.getByRole('dialog');
  await drawer.getByText(closedWords).waitFor();
  expect(await drawer.getByRole('link', { name: '成绩' }).count()).toBe(0);
  await drawer.getByRole('link', { name: '档案' }).click();
  await bureau.getByText(`成绩下滑：${closedWords}`).waitFor();
  expect(await bureau.locator('main').innerText()).not.toMatch(/得分率|打开成绩/u);
  await bureau.context().close();
});

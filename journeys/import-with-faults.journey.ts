import { readFile } from 'node:fs/promises';
import { read, utils, write } from '@e965/xlsx';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
let page: Page;
beforeAll(async () => {
  visited = await startVisit();
  page = await visited.visit('zhuangan1');
});
afterAll(() => visited.stop());

const number = (birth: string, order: string) => {
  const first17 = `420102${birth}${order}`;
  return first17 + residentCheckCharacter(first17);
};
const wrongLast = (whole: string) => whole.slice(0, 17) + (whole.endsWith('1') ? '2' : '1');
const misread = number('20180306', '917');
/** Rows as an office would write them; the fault of each is told beside it. */
const rows = [
  ['闻人青禾', '女', '2017-05-22', number('20170522', '924')],
  ['闻人青山', '男', '2018-03-08', number('20180308', '931')],
  ['闻人小满', '男', '2018-03-06', wrongLast(misread)], // the last digit was misread
  ['闻人谷雨', '女', '2016-04-20', number('20160421', '926')], // another birthday than in the number
  ['闻人白露', '男', '2015-09-08', number('20150908', '928')], // a boy with a girl's number
  ['', '女', '2017-01-02', number('20170102', '922')], // no name
  ['闻人立冬', '女', '冬天', '无'], // no day at all
];
const list = (data: readonly (readonly string[])[]) =>
  [
    '姓名,性别,出生日期,证件类型,证件号码,监护人姓名,现住址',
    ...data.map(([name, sex, birth, document]) =>
      [name, sex, birth, document === '无' ? '无证件' : '居民身份证', document === '无' ? '' : document]
        .concat(['闻人志远', '江岸区丹水池街道汉黄社区9栋'])
        .join(','),
    ),
  ].join('\r\n');

/** The number that stands beside a word in the row of figures. */
const figure = async (within: Locator, word: string) =>
  Number(
    (
      await within
        .locator('div:has(> dt)')
        .filter({ has: page.getByText(word, { exact: true }) })
        .first()
        .locator('dd')
        .innerText()
    ).replaceAll(',', ''),
  );

async function upload(fileName: string, content: Buffer): Promise<void> {
  await page.goto(`${visited.url}/compare/imports/new`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: fileName, mimeType: 'application/octet-stream', buffer: content });
  await page.getByRole('button', { name: /^上传并核对/ }).click();
  await page.getByRole('button', { name: '正式导入' }).first().waitFor();
}
async function publish(): Promise<void> {
  await page.getByRole('button', { name: '正式导入' }).first().click();
  await page
    .getByText(/已导入 [\d,]+ 行|已导入，/)
    .first()
    .waitFor();
}
const childrenOf = async (words: string) => {
  await page.goto(`${visited.url}/children?q=${encodeURIComponent(words)}`);
  await page.getByText(/^共 \d+ 条$/).waitFor();
  return Number(/共 (\d+) 条/.exec(await page.locator('main').innerText())?.[1]);
};

it('IMP-06 a list with faults is uploaded: the preview counts them, names the reasons and changes nothing', async () => {
  await upload('适龄档案_闻人家.csv', Buffer.from(list(rows)));
  const main = page.locator('main');
  expect(await figure(main, '数据行')).toBe(7);
  expect(await figure(main, '可接收')).toBe(2);
  expect(await figure(main, '待更正')).toBe(5);
  expect(await figure(main, '新增儿童')).toBe(2);
  expect(await main.innerText()).toContain('数据还没有写入');
  const address = page.url();
  expect(await childrenOf('闻人')).toBe(0);
  await page.goto(address);
  await publish();
  expect(await figure(page.locator('main'), '已接收')).toBe(2);
  expect(await childrenOf('闻人')).toBe(2);
  await page.goto(address);
});

it('IMP-05 the held rows come out as a sheet with the reason beside each row', async () => {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出待更正的行' }).click(),
  ]);
  expect(saved.suggestedFilename()).toMatch(/\.xlsx$/);
  sheet = await readFile(await saved.path());
  const told = heldRows(sheet).map((row) => [row['姓名'], row['原行号'], row['未接收原因']?.split('，')[0]]);
  expect(told).toEqual([
    ['闻人小满', '4', '身份证号校验位错误'],
    ['闻人谷雨', '5', '出生日期2016-04-20与身份证号第7—14位不一致'],
    ['闻人白露', '6', '性别“男”与身份证号第17位（男单女双）不一致'],
    ['', '7', '姓名为空'],
    ['闻人立冬', '8', '出生日期无法识别'],
  ]);
  // only a number in doubt stands in full, for the one who handed the list in; the nameless row's comes back by its 行标识
  const numbers = heldRows(sheet).map((row) => row['证件号码']);
  expect(numbers).toEqual([
    wrongLast(misread),
    rows[3]?.[3],
    rows[4]?.[3],
    '4201************' + number('20170102', '922').slice(-2),
    '',
  ]);
  expect(new Set(heldRows(sheet).map((row) => row['行标识'])).size).toBe(5);
});

it('IMP-04 a held row shows its reason, is corrected on the screen with its basis, and counts', async () => {
  await page
    .getByRole('link', { name: /^更正 5 行/ })
    .last()
    .click();
  await page.getByRole('heading', { name: '闻人小满，第 4 行' }).waitFor();
  firstHeld = page.url();
  const main = page.locator('main');
  expect(await main.innerText()).toContain('身份证号校验位错误');
  expect(await main.innerText()).not.toContain(wrongLast(misread));
  const field = page.getByRole('textbox', { name: '证件号码（需核对）' });
  await field.fill(wrongLast(misread));
  await page.getByRole('textbox', { name: '更正依据' }).fill('核对户口本');
  await page.getByRole('button', { name: '更正并接收' }).click();
  await page.getByText('更正已保存，这一行还不能接收。').waitFor();
  await field.fill(misread);
  await page.getByRole('button', { name: '更正并接收' }).click();
  await page.getByText('第 4 行已更正并接收。').waitFor();
  await page.getByRole('heading', { name: '闻人谷雨，第 5 行' }).waitFor();
  await page.getByText('第 1 行，共 4 行').waitFor();
  await page.goto(`${firstHeld}&state=accepted`);
  await page.getByRole('heading', { name: '闻人小满，第 4 行' }).waitFor();
  expect(await childrenOf('闻人')).toBe(3);
});

it('IMP-05 IMP-11 the corrected sheet is imported and settles what waited: four children more, the one corrected on the screen is known', async () => {
  await upload('适龄档案_更正后.xlsx', corrected(sheet));
  const main = page.locator('main');
  expect(await figure(main, '数据行')).toBe(5);
  expect(await figure(main, '已有儿童')).toBe(1);
  expect(await figure(main, '新增儿童')).toBe(4);
  expect(await figure(main, '待更正')).toBe(0);
  expect(await figure(main, '更正先前的行')).toBe(4);
  await publish();
  expect(await childrenOf('闻人')).toBe(7);
});

it('IMP-12 of a list that somebody else handed in every number is masked; the doubtful ones are asked for and exported once when a second person has approved', async () => {
  const sheetOf = async (button: string) => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return heldRows(await readFile(await saved.path()));
  };
  const full = (lines: readonly Record<string, string>[]) =>
    lines.map((row) => row['证件号码'] ?? '').filter((each) => /^\d{17}[\dX]$/.test(each));
  await page.goto(`${visited.url}/compare/imports?kind=register`);
  await page.getByText('适龄儿童少年信息档案.xlsx').first().click();
  await page.getByRole('heading', { name: '这份文件' }).waitFor();
  const masked = await sheetOf('导出待更正的行');
  expect([masked.length, full(masked)]).toEqual([7, []]);
  await page.getByRole('button', { name: '申请导出存疑号码' }).click();
  await page.getByRole('textbox', { name: '原因' }).fill('与户口簿逐行核对');
  await page.getByRole('button', { name: /^确\s?定$/ }).click();
  await page.getByText('已申请导出存疑号码，等待另一人批准').waitFor();
  const leader = await visited.visit('juzhang');
  await leader.goto(`${visited.url}/approvals`);
  await leader.getByText('导出待更正的行（含完整证件号码）').waitFor();
  await leader.getByRole('button', { name: /^批\s?准$/ }).click();
  const decide = leader.getByRole('dialog').getByRole('button', { name: /^批\s?准$/ });
  await decide.click();
  await leader.getByText('已批准，申请人可以打开。').waitFor();
  await leader.context().close();
  await page.goto(page.url().replace('/compare/imports/', '/compare/held?importId='));
  await page.getByText(/已批准，有效至/).waitFor();
  const open = await sheetOf('导出（含存疑号码，一次）');
  expect(open.map((row) => row['行标识'])).toEqual(masked.map((row) => row['行标识']));
  expect(full(open).length).toBeGreaterThan(0);
  await page.getByRole('button', { name: '申请导出存疑号码' }).waitFor();
  await page.goto(`${visited.url}/approvals?open=false`);
  await page.getByText(/^已导出，/).waitFor();
});

/** The address of the rows that the first list left to be corrected. */
let firstHeld: string;
let sheet: Buffer;
/** The first sheet of a workbook as rows of text. */
const cellsOf = (content: Buffer) => {
  const book = read(content);
  const first = book.Sheets[book.SheetNames[0] ?? ''];
  if (first === undefined) throw new Error('no sheet');
  return utils.sheet_to_json<string[]>(first, { header: 1, raw: false, defval: '' });
};
function heldRows(content: Buffer): Record<string, string>[] {
  const lines = cellsOf(content);
  const top = lines.findIndex((line) => line.includes('未接收原因'));
  const rest = lines.slice(top + 1);
  return rest
    .slice(
      0,
      rest.findIndex((line) => line[0]?.startsWith('共 ')),
    )
    .map((line) => Object.fromEntries((lines[top] ?? []).map((head, at) => [head, line[at] ?? ''])));
}
/** The sheet with each row put right, as the office would send it back. */
function corrected(content: Buffer): Buffer {
  const right: Readonly<Record<string, readonly [column: string, value: string]>> = {
    '4': ['证件号码', misread],
    '5': ['出生日期', '2016-04-21'],
    '6': ['性别', '女'],
    '7': ['姓名', '闻人惊蛰'],
    '8': ['出生日期', '2014-12-21'],
  };
  const lines = cellsOf(content);
  const head = lines.find((line) => line.includes('未接收原因')) ?? [];
  for (const line of lines) {
    const change = right[line[head.indexOf('原行号')] ?? ''];
    if (change) line[head.indexOf(change[0])] = change[1];
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(lines), '更正');
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer; // as: of type any in the library
}

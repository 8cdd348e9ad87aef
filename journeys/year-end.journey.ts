import { readFileSync } from 'node:fs';
import { read, utils, write } from '@e965/xlsx';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, appoint, at, choose, next, nextOf, scan, untilThere } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';

/** The first day of July, of September, and a day after the five that follow report day; ten in the morning in China. */
const leaving = '2027-07-01T02:00:00Z';
const promotion = '2027-09-01T02:00:00Z';
const over = '2027-09-06T02:00:00Z';
const reportDay = '2027-08-30';
const primary = '青棠里小学';
const junior = '望澜初级中学';

let visited: Visited;
let screen: Page;
let leavers = 0;
/** Who does not come on report day. */
let [late, away] = ['', ''];

beforeAll(async () => {
  visited = await startVisit({ clock: leaving });
  await appoint(visited, { login: 'xueji5', name: '闻学籍', role: 'registrar', unit: '3142990105' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const total = async () => {
  const words = screen.getByText(/^共 [\d,]+ 条$/u).first();
  await words.waitFor();
  return Number((await words.innerText()).replaceAll(/[^\d]/gu, ''));
};
/** Names that stand once in the open list and are part of no other. */
async function namesOf(): Promise<string[]> {
  const all = await screen.locator('tbody tr:not([aria-hidden]) strong').allInnerTexts();
  return all.filter((name, index) => all.every((other, place) => place === index || !other.includes(name)));
}
const rowOf = (name: string) => screen.getByRole('row').filter({ hasText: name });

async function turn(words: string): Promise<number> {
  await next(screen, /^将办理 \d+ 名学生/u);
  const count = Number(/将办理 (\d+) 名/u.exec(await nextOf(screen).innerText())?.[1]);
  await screen.getByRole('button', { name: '按预览办理' }).click();
  const asked = screen.getByRole('dialog').filter({ hasText: `${words}：2027 年，${String(count)} 名学生` });
  await asked.getByText('办理后不能整体撤销').waitFor();
  await asked.getByRole('button', { name: /^办\s?理$/u }).click();
  return count;
}

it('ENR-17 the school turns its year: each leaver stands in the preview, and the turn is asked for once and done once', async () => {
  await at(visited, screen, 'xueji1', '/year?year=2027');
  await screen.getByText('小学毕业待升学').first().waitFor();
  leavers = await turn('毕业离校');
  expect(leavers).toBeGreaterThan(20);
  await next(screen, '已于 2027-07-01 办理');
  expect(await screen.getByRole('button', { name: '按预览办理' }).isDisabled()).toBe(true);
  await screen.getByText('升级（9 月 1 日）').click();
  await next(screen, '2027-09-01 起方可办理');
});

it('ENR-18 ENR-39 the bureau places some of the leavers in the list', async () => {
  await at(visited, screen, 'zhuangan1', '/leavers?show=unplaced');
  expect(await total()).toBe(leavers);
  [late = '', away = ''] = await namesOf();
  for (const name of [late, away]) await rowOf(name).getByRole('checkbox').check();
  await screen.getByRole('button', { name: '分配所选到初中' }).click();
  const form = screen.getByRole('dialog');
  await form.getByText(late).first().waitFor();
  await choose(form, '学校', primary);
  await form.getByRole('textbox', { name: '报到日' }).fill(reportDay);
  await form.getByRole('textbox', { name: '报到日' }).press('Enter');
  await form.getByRole('button', { name: /^分\s?配$/u }).click();
  await form.getByText('这所学校没有初中年级。').waitFor();
  await choose(form, '学校', junior);
  await form.getByRole('button', { name: /^分\s?配$/u }).click();
  await form.waitFor({ state: 'hidden' });
  await expect.poll(() => total()).toBe(leavers - 2);
});

it('ENR-50 ENR-51 the others go out as a sheet and in again with their junior school: a held row is put right on the screen, then all are placed', async () => {
  await screen
    .getByRole('link', { name: '按表分配' })
    .or(screen.getByRole('button', { name: '按表分配' }))
    .first()
    .click();
  const [file] = await Promise.all([
    screen.waitForEvent('download'),
    screen.getByRole('button', { name: '下载全区未分配毕业生表' }).click(),
  ]);
  const book = read(readFileSync(await file.path()));
  const name = book.SheetNames[0] ?? '';
  const sheet = book.Sheets[name];
  if (!sheet) throw new Error('no sheet');
  const lines = utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '', raw: false });
  const head = lines.findIndex((cells) => cells[0] === '毕业小学');
  const [school, day] = ['分配初中', '报到日'].map((label) => (lines[head] ?? []).indexOf(label));
  const rows = lines.slice(head + 1).filter((cells) => cells[2] !== '' && cells[0] === primary);
  expect(rows).toHaveLength(leavers - 2);
  const filled = rows.map((cells, index) =>
    cells.map((cell, column) =>
      column === school ? (index === 0 ? '望阑中学' : junior) : column === day ? reportDay : cell,
    ),
  );
  const made = utils.book_new();
  utils.book_append_sheet(made, utils.aoa_to_sheet([lines[head] ?? [], ...filled]), '分配');
  // as: the library answers bytes for this type
  const buffer = write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  await screen
    .locator('input[type=file]')
    .setInputFiles({ name: '分配.xlsx', mimeType: 'application/octet-stream', buffer });
  await next(screen, `${String(rows.length - 1)} 行可以分配；1 行有问题，更正后再分配`);
  await screen.getByText('本区没有名为“望阑中学”的初中').waitFor();
  await screen.getByRole('button', { name: /^更\s?正$/u }).click();
  const row = screen.getByRole('dialog');
  await row.getByLabel('分配初中').fill(junior);
  await row.getByRole('button', { name: '保存并再检查' }).click();
  await row.waitFor({ state: 'hidden' });
  await screen.getByRole('button', { name: `分配这 ${String(rows.length)} 行` }).click();
  await next(screen, `已分配 ${String(rows.length)} 行。报到时由初中学籍管理员确认到校。`);
  await screen.goto(`${visited.url}/leavers?show=unplaced`);
  expect(await total()).toBe(0);
  await screen.getByText('没有未分配的小学毕业生').waitFor();
});

it('ENR-39 ENR-17 on report day the junior school confirms who came, all at once; in September the primary school moves up', async () => {
  await visited.move(promotion);
  await at(visited, screen, 'xueji5', '/changes?kind=placement&size=200');
  expect(await total()).toBe(leavers);
  await screen.getByRole('columnheader').getByRole('checkbox').check();
  for (const name of [late, away]) await rowOf(name).getByRole('checkbox').uncheck();
  await screen.getByRole('button', { name: `确认 ${String(leavers - 2)} 名到校` }).click();
  await screen
    .locator('.ant-modal-confirm-title')
    .getByText(`已办 ${String(leavers - 2)} 项。`)
    .waitFor({ timeout: 60_000 });
  await at(visited, screen, 'xueji1', '/year?year=2027&what=promotion');
  const moved = await turn('升级');
  expect(moved).toBeGreaterThan(100);
  await next(screen, '已于 2027-09-01 办理');
});

it('ENR-18 who has not come five days after report day is a no-show, a duty of primary school and bureau together, and Gone of the district', async () => {
  await visited.move(over);
  await at(visited, screen, 'zhuangan1', '/leavers?show=noShow');
  await untilThere(screen, rowOf(late));
  expect((await namesOf()).sort()).toEqual([late, away].sort());
  await rowOf(late).getByText('未报到').first().waitFor();
  for (const login of ['xueji1', 'zhuangan1']) {
    await at(visited, screen, login, '/duties?rule=noShow');
    for (const name of [late, away]) await rowOf(name).getByText('查明未到校学生去向').waitFor();
  }
  // No school's any more: of the district's figures alone, which the sum of the schools' reports is not.
  await at(visited, screen, 'zhuangan1', '/cockpit/names?period=month&day=2027-09-06&part=Gone&scopeKind=district');
  await rowOf(late).waitFor();
  await rowOf(away).waitFor();
});

it('ENR-18 ENR-37 their whereabouts are settled: one came late and is confirmed on the phone, the other goes to school elsewhere with his proof', async () => {
  const phone = await visited.visit('xueji5', 390);
  await phone.goto(`${visited.url}/changes?kind=placement&state=late`);
  await phone.locator('.card').filter({ hasText: late }).getByRole('button', { name: '打开' }).click();
  await next(phone, '去向未落实');
  await act(phone, '确认到校', (form) => form.getByLabel('说明').fill('补报到'));
  await next(phone, '已办结');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await phone.context().close();

  await at(visited, screen, 'zhuangan1', '/leavers?show=noShow');
  await rowOf(away).getByText(away).click();
  await act(screen, '撤回', (form) => form.getByLabel('原因').fill('家长称已在外地入学'));
  await at(visited, screen, 'xueji1', '/leavers?show=noShow');
  await rowOf(away).getByText(away).click();
  await screen.waitForURL(/\/children\//u);
  await screen.getByRole('heading', { name: away }).first().waitFor();
  await screen.getByRole('main').getByRole('button', { name: '提出异动' }).click();
  await choose(screen.getByRole('main'), '异动类别', '转出（省内）');
  await screen.getByLabel('外地学校（省、市、校名）').fill('湖北省黄冈市启黄中学');
  await screen.getByLabel('事由').fill('随父母到黄冈就读');
  await screen.getByLabel('选择转入学校接收证明').setInputFiles(scan);
  await screen.getByText('换一份转入学校接收证明').waitFor();
  await screen.getByRole('button', { name: '提出转出（省内）' }).click();
  await next(screen, '待转出学校审核');
  const change = new URL(screen.url()).pathname;
  for (const login of ['xiaozhang1', 'zhuangan1']) {
    await at(visited, screen, login, change);
    await act(screen, '同意', () => Promise.resolve());
  }
  await at(visited, screen, 'xueji1', change);
  await act(screen, '确认到校', async (form) => {
    await form.getByLabel('选择到校证明').setInputFiles(scan);
    await form.getByText('换一份到校证明').waitFor();
  });
  await next(screen, '已办结');
  await at(visited, screen, 'zhuangan1', '/leavers');
  await screen.getByText('没有待升学的小学毕业生').waitFor();
  await screen.goto(`${visited.url}/duties?rule=noShow`);
  await screen.getByRole('heading', { level: 1 }).waitFor();
  expect(await screen.getByRole('main').innerText()).not.toContain(late);
});

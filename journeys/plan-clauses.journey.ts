import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
let screen: Page;
let phone: Page;

beforeAll(async () => {
  visited = await startVisit({ clock: '2026-11-27T02:00:00Z' });
  screen = await visited.visit(null);
  phone = await visited.visit(null, 390);
});
afterAll(() => visited.stop());

/** Saves what stands on the screen where a folder for pictures is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['BAOXUE_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

const region = () => screen.getByRole('region', { name: '各校各条款的状态' });
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

it('DUT-43 the bureau reads clauses beside schools: heads and names stay, a cell opens its numbers, a number its duties', async () => {
  await at(visited, screen, 'zhuangan1', '/plan');
  await region().waitFor();
  await picture(screen, 'plan-bureau-1440');
  expect(await region().getByRole('columnheader').count()).toBe(19);
  const placed = () =>
    region().evaluate((table) => {
      const frame = table.getBoundingClientRect();
      const head = table.querySelector('thead th:nth-child(3)')?.getBoundingClientRect();
      const name = table.querySelector('tbody tr:nth-child(2) th')?.getBoundingClientRect();
      return { head: Math.round((head?.top ?? 0) - frame.top), name: Math.round((name?.left ?? 0) - frame.left) };
    });
  const before = await placed();
  await region().evaluate((table) => {
    table.scrollTo(700, 300);
  });
  expect(await region().evaluate((table) => table.scrollLeft)).toBeGreaterThan(500);
  expect(await placed()).toEqual(before);
  await picture(screen, 'plan-bureau-moved-1440');
  await fits(screen);

  // The job of each minute tells which roll calls are owed.
  const cell = region()
    .getByRole('button', { name: /三\(五\)2 辍学报告制度：(?:逾期未办|有逾期|进行中|按期落实)/u })
    .first();
  for (let tries = 0; tries < 30 && (await cell.count()) === 0; tries += 1) {
    await screen.waitForTimeout(3000);
    await screen.reload();
    await region().waitFor();
  }
  await picture(screen, 'plan-bureau-duties-1440');
  await cell.click();
  const drawer = screen.locator('.ant-drawer').last();
  // A number of nothing is no link.
  const link = drawer.getByRole('link', { name: /三\(五\)2 \S+ [\d,]+ 项，看事项/u }).first();
  const many = (await link.innerText()).trim();
  await screen.waitForTimeout(400);
  await picture(screen, 'plan-bureau-cell-1440');
  await link.click();
  await screen.getByText(`共 ${many} 条`).waitFor();
  await screen.getByText('方案 三(五)2').waitFor();
  await picture(screen, 'plan-duties-1440');
  await screen.getByRole('link', { name: '回到方案落实' }).click();
  await region().waitFor();
});

it('DUT-43 the bureau chooses year and term, level and state in the address, opens a school, and takes the sheet away', async () => {
  await at(visited, screen, 'zhuangan1', '/plan?term=year');
  await screen.getByText(/至 \d{4}-08-31，截至/u).waitFor();
  await region().waitFor();
  const whole = await region().getByRole('rowheader').count();
  await screen.getByPlaceholder('学校名称或标识码').fill('青棠里');
  await screen.keyboard.press('Enter');
  await screen.getByText('共 1 所学校').waitFor();
  expect(screen.url()).toContain('term=year');
  expect(whole).toBeGreaterThan(2);
  await region().getByRole('link', { name: '青棠里小学' }).click();
  await screen.getByRole('heading', { name: '青棠里小学' }).waitFor();
  expect(await screen.getByRole('heading', { level: 3 }).count()).toBe(18);
  await screen.getByRole('link', { name: '回到各校' }).click();
  await region().waitFor();
  for (const [button, ending] of [
    ['下载表格', /\.xlsx$/u],
    ['下载 PDF', /\.pdf$/u],
  ] as const) {
    const [file] = await Promise.all([
      screen.waitForEvent('download', { timeout: 120_000 }),
      screen.getByRole('button', { name: button }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(ending);
    const folder = process.env['BAOXUE_PICTURES'];
    if (folder !== undefined) await file.saveAs(`${folder}/plan-bureau${button === '下载表格' ? '.xlsx' : '.pdf'}`);
  }
});

it('DUT-43 the principal reads the own school clause by clause, what has no record says so, and the next step leads on', async () => {
  await at(visited, screen, 'xiaozhang1', '/plan');
  await screen.getByRole('heading', { name: '青棠里小学' }).waitFor();
  expect(await screen.getByRole('heading', { level: 3 }).count()).toBe(18);
  const main = screen.getByRole('main');
  expect(await main.locator('li').getByText('系统尚无此项记录', { exact: true }).count()).toBe(5);
  expect(await region().count()).toBe(0);
  await screen.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await picture(screen, 'plan-principal-1440');
  await fits(screen);
  const letters = main.locator('.plan-list > li').filter({ hasText: '层层签订责任书' });
  await letters.getByRole('link', { name: '去登记' }).click();
  await screen.getByRole('heading', { name: '工作记录' }).waitFor();
  expect(screen.url()).toContain('kind=letter');
});

it('DUT-43 on a phone the bureau has a card for each school and the principal a list; nothing runs out of the page', async () => {
  await at(visited, phone, 'zhuangan1', '/plan');
  await phone.locator('.card').first().waitFor();
  await fits(phone);
  await picture(phone, 'plan-bureau-390');
  await phone.getByRole('link', { name: /^青棠里小学，打开$/u }).click();
  await phone.getByRole('heading', { name: '青棠里小学' }).waitFor();
  await fits(phone);
  await at(visited, phone, 'xiaozhang1', '/plan');
  await phone.getByRole('heading', { name: '青棠里小学' }).waitFor();
  await fits(phone);
  await picture(phone, 'plan-principal-390');
  await phone.locator('.plan-list > li').nth(9).scrollIntoViewIfNeeded();
  await picture(phone, 'plan-principal-390-below');
  // A teacher finds the catalogue and no page of the school's.
  await at(visited, phone, 'ban1-0101', '/plan');
  await phone.getByText(/没有查看这一页的权限/u).waitFor();
});

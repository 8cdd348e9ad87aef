import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
beforeAll(async () => {
  visited = await startVisit({ lived: true });
});
afterAll(() => visited.stop());

async function choose(page: Page, filter: string, words: string): Promise<void> {
  const box = page.getByRole('combobox', { name: filter, exact: true });
  await box.click();
  // A long list shows only its first lines: what is typed brings the others.
  if (await box.isEditable()) await box.pressSequentially(words);
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(words, { exact: true }).click();
}

it('COC-09 a leader filters by level and street, opens the names behind a number, downloads the brief and opens the big screen', async () => {
  const page = await visited.visit('juzhang');
  await page.goto(`${visited.url}/cockpit`);
  await page.getByRole('heading', { name: /^全区：还有多少孩子不在校/ }).waitFor();
  const retention = page.getByRole('region', { name: '巩固率' });
  expect(await retention.innerText()).toMatch(/年巩固率\s*\d+\.\d\d %/);
  await page.getByRole('heading', { name: '劝返到哪一步' }).waitFor();
  await page.getByRole('heading', { name: '学年末年巩固率能不能达到目标' }).waitFor();

  await choose(page, '学段', '初中');
  await page.getByRole('heading', { name: /^初中：/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('level')).toBe('junior');
  const tile = page
    .getByRole('list', { name: /各街道辍学和去向未落实/ })
    .getByRole('listitem')
    .first();
  await tile.waitFor();
  const street = ((await tile.innerText()).split('\n')[0] ?? '').replace('初中', '');
  await choose(page, '街道', street);
  await page.getByRole('heading', { name: new RegExp(`^${street}初中：`) }).waitFor();

  const pupils = page.getByRole('link', { name: /^期末在校 [\d,]+ 人，看名单$/ });
  const said = Number((await pupils.innerText()).replaceAll(',', ''));
  await pupils.click();
  await page.getByRole('heading', { name: /^期末在校：名单/ }).waitFor();
  await page.getByRole('row').nth(1).waitFor();
  expect(await page.getByRole('row').count()).toBe(Math.min(said, 50) + 1);

  await page.goto(`${visited.url}/cockpit`);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载简报/ }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^控辍保学简报_全区_.*\.pdf$/);
  const pdf = (await readFile(await file.path())).toString('latin1');
  expect(pdf.startsWith('%PDF')).toBe(true);
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);

  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByRole('button', { name: /大\s*屏/ }).click();
  await page.getByRole('heading', { name: /控辍保学$/ }).waitFor();
  await page.getByText('年巩固率', { exact: true }).waitFor();
  const beyond = await page.locator('.big').evaluate((big) => big.scrollHeight - big.clientHeight);
  expect(beyond).toBeLessThanOrEqual(0);
  await page.context().close();
});

it('COC-14 another way of reckoning is chosen, stands in the address and on the screen, and the formulas are read', async () => {
  const page = await visited.visit('juzhang');
  await page.goto(`${visited.url}/cockpit`);
  const retention = page.getByRole('region', { name: '巩固率' });
  await retention.waitFor();
  await page.getByRole('combobox', { name: '计算口径' }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('休学视同在校').click();
  await page.keyboard.press('Escape');
  await retention.getByText('选用口径：年巩固率（休学视同在校）。').waitFor();
  expect(new URL(page.url()).searchParams.get('variants')).toBe('annualRetention.withSuspended');
  await page.screenshot({ path: 'test-results/cockpit-variants.png' });
  await retention.getByRole('link', { name: '指标口径' }).click();
  await page.getByRole('heading', { name: '年巩固率' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('期末在校＋去向未落实＋辍学');
  await page.screenshot({ path: 'test-results/formulas.png' });
  await page.context().close();
});

it('COC-18 the base of the enrolment rate is chosen, stands in the address and is named on the page and the big screen; 应就学 opens its names', async () => {
  const page = await visited.visit('juzhang');
  await page.goto(`${visited.url}/cockpit`);
  const rate = page.getByRole('region', { name: '入学率' });
  await rate.getByText('户籍、常住和在校合并').waitFor();
  const owing = rate.getByRole('link', { name: /^应就学 [\d,]+ 人，看名单$/u });
  const said = (await owing.innerText()).replaceAll(',', '');
  await owing.click();
  await page.getByText(new RegExp(`共 ${Number(said).toLocaleString('en-US')} 条`, 'u')).waitFor();
  await page.goto(`${visited.url}/cockpit`);
  await choose(page, '入学率口径', '口径：常住');
  await rate.getByText('人户状态为人户一致、人在户不在的孩子').waitFor();
  expect(new URL(page.url()).searchParams.get('base')).toBe('resident');
  await page.screenshot({ path: 'test-results/cockpit-base.png' });
  await page.getByRole('button', { name: /大\s*屏/ }).click();
  await page.getByText('入学率（常住）').waitFor();
  await page.getByRole('link', { name: '退出大屏' }).click();
  await rate.getByText('人户状态为人户一致、人在户不在的孩子').waitFor();
  await page.goto(`${visited.url}/cockpit?day=2026-09-10`);
  await page
    .getByText(/当时未留存|没有可用的入学率/u)
    .first()
    .waitFor();
  await page.context().close();
});

it('COC-10 the timeliness of a school opens its duties, as of the day and as known at the moment chosen', async () => {
  const page = await visited.visit('juzhang');
  await page.goto(`${visited.url}/cockpit`);
  const link = page.getByRole('link', { name: /任务及时率 [\d.]+ %，看任务$/u }).first();
  await link.waitFor();
  await link.click();
  await page.getByRole('heading', { name: '到期应办的任务' }).waitFor();
  await page.getByRole('row').nth(1).waitFor();
  const told = /共 ([\d,]+) 条/u.exec(await page.locator('main').innerText())?.[1] ?? '0';
  expect(Number(told.replaceAll(',', ''))).toBeGreaterThan(0);
  const address = new URL(page.url());
  expect([address.pathname, address.searchParams.get('scopeKind')]).toEqual(['/cockpit/duties', 'school']);
  address.searchParams.set('knownAt', '2020-01-01T00:00:00.000000Z');
  await page.goto(address.href);
  await page.getByText('按 2020年1月1日 08:00 已知').waitFor();
  await page.getByText('没有这样的任务').waitFor();
  await page.context().close();
});

it('COC-09 a principal finds his own school and its classes alone, unranked; on a phone nothing runs out of the page', async () => {
  const page = await visited.visit('xiaozhang1');
  await page.goto(`${visited.url}/cockpit`);
  await page.getByRole('heading', { name: '本校各班' }).waitFor();
  await page.getByText('按年级班号排列，不排名').waitFor();
  expect(await page.getByRole('heading', { name: '在哪些学校' }).count()).toBe(0);
  expect(await page.getByRole('combobox', { name: '街道' }).count()).toBe(0);
  await page.context().close();
  const phone = await visited.visit('xiaozhang1', 390);
  await phone.goto(`${visited.url}/cockpit`);
  await phone.getByRole('heading', { name: '本校各班' }).waitFor();
  const wider = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await phone.context().close();
});

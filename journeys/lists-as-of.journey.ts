import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
beforeAll(async () => {
  visited = await startVisit({ lived: true });
});
afterAll(() => visited.stop());

const totalOf = async (page: Page): Promise<number> =>
  Number((/共 ([\d,]+) 条/u.exec(await page.locator('.list-total').innerText())?.[1] ?? '-1').replaceAll(',', ''));

it('PLT-24 the day and the moment stand in the address and in a sentence over the list; acts are off and say why; one tap leads back to now', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/cases`);
  await page.getByRole('heading', { name: '个案' }).waitFor();
  await page.getByRole('row').nth(1).waitFor();
  const now = await totalOf(page);
  expect(now).toBeGreaterThan(0);
  await page.getByRole('button', { name: '看过去' }).click();
  const day = page.getByRole('textbox', { name: '截至哪一天' });
  await day.fill('2026-08-31');
  await day.press('Enter');
  await page.getByText('截至2026年8月31日', { exact: true }).waitFor();
  await page.getByText('可以查看和导出，不能办理').waitFor();
  expect(new URL(page.url()).searchParams.get('day')).toBe('2026-08-31');
  await page.getByText('没有符合这些条件的个案').waitFor();
  expect(await totalOf(page)).toBe(0);
  await page.screenshot({ path: 'test-results/lists-as-of.png' });
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.getByRole('row').nth(1).waitFor();
  expect(new URL(page.url()).searchParams.get('day')).toBeNull();
  expect(await totalOf(page)).toBe(now);
  await page.context().close();
});

it('PLT-24 what would change something is off while the past is shown and says why; the sentence tells day and moment', async () => {
  const page = await visited.visit('deyu1');
  await page.goto(`${visited.url}/cases?day=2026-11-01&knownAt=2026-11-02T01:00:00.000000Z`);
  await page.getByText('截至2026年11月1日，按2026年11月2日09:00所知').waitFor();
  const report = page.getByRole('button', { name: /报告疑似辍学/ }).first();
  expect([await report.isDisabled(), await report.getAttribute('title')]).toEqual([
    true,
    '正在看过去的情况，不能办理。回到现在后再办。',
  ]);
  await page.getByRole('button', { name: '回到现在' }).click();
  await page
    .getByRole('link', { name: /报告疑似辍学/ })
    .first()
    .waitFor();
  await page.context().close();
});

it('PLT-24 on a phone the fields and the sentence fit, and lead back to now', async () => {
  const page = await visited.visit('xiaozhang1', 390);
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  for (const path of [
    '/children',
    '/households?view=list',
    '/households',
    '/attendance?tab=standings',
    '/duties',
    '/visits',
  ]) {
    await page.goto(`${visited.url}${path}`);
    await page.getByRole('button', { name: '看过去' }).click();
    await page.getByLabel('获知时刻').waitFor();
    expect([path, await wider()]).toEqual([path, 0]);
    const with_ = `${path}${path.includes('?') ? '&' : '?'}day=2026-11-02&knownAt=2026-11-03T01:00:00.000000Z`;
    await page.goto(`${visited.url}${with_}`);
    await page.getByText(/截至2026年11月2日，按2026年11月3日09:00所知/).waitFor();
    expect([path, await wider()]).toEqual([path, 0]);
  }
  await page.screenshot({ path: 'test-results/lists-as-of-phone.png' });
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.getByRole('button', { name: '看过去' }).waitFor();
  await page.context().close();
});

it('PLT-30 a record opened from a list of the past says that it shows what is now, and leads back to the list', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/children?day=2026-11-25`);
  await page.getByRole('row').nth(1).click();
  await page.getByText('名单是截至2026年11月25日的情况，这里是现在的记录。').waitFor();
  await page.screenshot({ path: 'test-results/from-past.png' });
  await page.reload();
  await page.getByRole('link', { name: '回到名单' }).click();
  await page.getByText('截至2026年11月25日', { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('day')).toBe('2026-11-25');
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.getByRole('button', { name: '看过去' }).waitFor();
  await page.getByRole('row').nth(1).click();
  await page.waitForURL(/\/children\/[0-9a-f-]{36}/u);
  await page.getByRole('button', { name: '更正信息' }).waitFor();
  expect(await page.getByText('这里是现在的记录').count()).toBe(0);
  await page.context().close();
});

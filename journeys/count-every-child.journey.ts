import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
beforeAll(async () => {
  visited = await startVisit();
});
afterAll(() => visited.stop());

it('the officer sees how many children are not accounted for and opens them by name', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/cockpit`);
  await page.getByRole('heading', { name: '还有多少孩子没有落实就学？' }).waitFor();
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/\d+\s*人未落实/);
  expect(text).toContain('97.9 %');
  await page.goto(`${visited.url}/compare?kind=notEnrolled`);
  await page.locator('table tbody tr').nth(1).waitFor();
  // The names come before the figures beside the kinds.
  await expect.poll(() => page.locator('main').innerText(), { timeout: 20_000 }).toContain('应入学未入学 15');
  const list = await page.locator('main').innerText();
  expect(list).not.toMatch(/\d{17}[\dX]/);
  await page.context().close();
});

it('a child is found by pinyin initials and the record masks the number', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/children?q=bay`);
  await page.getByText('白安野').first().click();
  await page.getByRole('heading', { name: /白安野/ }).waitFor();
  const text = await page.locator('main').innerText();
  expect(text).toMatch(/\d{4}\*{12}[\dX]{2}/);
  expect(text).not.toMatch(/证件号码\s*\d{17}/);
  await page.context().close();
});

it('two records are judged to be one child, with a reason, and the decision can be found again', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/compare/proposals`);
  await page.getByText('是同一人，两份档案合并').click();
  await page.getByPlaceholder('看到了什么材料，或向谁核实').fill('核对户口簿，系同一人');
  await page.locator('button[type=submit]').click();
  await page.getByText('第 1 对，共 12 对').waitFor();
  await page.goto(`${visited.url}/compare/proposals`);
  await page.getByText('第 1 对，共 12 对').waitFor();
  await page.context().close();
});

it('a community worker sees only the own community, on a phone', async () => {
  const page = await visited.visit('shequ1-1', 390);
  await page.goto(`${visited.url}/children`);
  await page.waitForLoadState('networkidle');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const officer = await visited.visit('zhuangan1');
  const total = async (one: typeof page) => {
    const answered = await one.evaluate(
      async () =>
        (await fetch('/api/children?page=1&size=1', { headers: { 'x-baoxue': '1' } })).json() as Promise<{
          total: number;
        }>,
    );
    return answered.total;
  };
  expect(await total(page)).toBeGreaterThan(0);
  expect(await total(page)).toBeLessThan(await total(officer));
  await page.context().close();
  await officer.context().close();
});

it('the audit administrator sees the trail and no child', async () => {
  const page = await visited.visit(null);
  await page.locator('input').first().fill('shenji');
  await page.locator('input[type=password]').fill('Baoxue-2026');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1500);
  const status = await page.evaluate(async () => (await fetch('/api/children?page=1&size=1')).status);
  expect(status).toBe(403);
  await page.goto(`${visited.url}/audit`);
  await page.locator('table tbody tr').nth(1).waitFor();
  await page.context().close();
});

it('sign-in and the list of children have no serious accessibility fault', async () => {
  const page = await visited.visit('zhuangan1');
  await page.goto(`${visited.url}/children`);
  await page.locator('table tbody tr').nth(3).waitFor();
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(found.violations.filter((one) => one.impact === 'critical').map((one) => one.id)).toEqual([]);
  await page.context().close();
});

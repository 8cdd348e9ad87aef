import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

/** The first Saturday after six school days of roll calls. */
const clock = '2026-11-28T02:00:00Z';
let visited: Visited;
beforeAll(async () => {
  visited = await startVisit({ lived: true, clock });
});
afterAll(() => visited.stop());

it('PLT-14 the first start shows a district at work: classes marked, alarms waiting, one case under way with its notice', async () => {
  const page = await visited.visit('deyu1');
  await page.goto(`${visited.url}/cases`);
  await page.getByText('共 2 条').waitFor();
  await page.getByRole('row', { name: /劝返中/ }).click();
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('main').getByText('劝学通知书').locator('visible=true').first().waitFor();
  await page.goto(`${visited.url}/attendance`);
  await page.getByText('72 / 72').waitFor();
  await page.goto(`${visited.url}/notices`);
  const row = page.getByRole('row', { name: /劝学通知书/ });
  await row.getByText('已送达').waitFor();
  await page.context().close();
});

it('SEC-10 every page of the menu opens on a desk and on a phone without a fault, and none is wider than the phone', async () => {
  const faults: string[] = [];
  for (const login of ['zhuangan1', 'anquan']) {
    const page = await visited.visit(login);
    page.on('pageerror', (error) => faults.push(error.message));
    const links = page.getByRole('navigation', { name: '主菜单' }).getByRole('link');
    const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    expect(paths.length).toBeGreaterThan(6);
    for (const path of paths) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`${visited.url}${path}`);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForFunction(() => document.querySelector('[aria-busy=true], .ant-skeleton') === null);
        expect([login, path, width, await page.getByText('这一页没有打开').count()]).toEqual([login, path, width, 0]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        expect([login, path, width, wider]).toEqual([login, path, width, false]);
      }
    }
    await page.context().close();
  }
  expect(faults).toEqual([]);
}, 300_000);

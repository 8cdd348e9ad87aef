import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { samplePassword, startVisit, type Visited } from './installation.ts';

let visited: Visited;
let page: Page;
beforeAll(async () => {
  visited = await startVisit();
  page = await visited.visit(null);
});
afterAll(() => visited.stop());

/** What has the focus: its name and whether the eye sees it there. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return { words: '', seen: false };
    const style = getComputedStyle(at);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    // a field is framed by its own shadow, or by that of the box around it
    const field = at instanceof HTMLInputElement ? [at, at.parentElement, at.closest('.ant-select')] : [];
    const framed = field.some((one) => one !== null && getComputedStyle(one).boxShadow !== 'none');
    const box = at.getBoundingClientRect();
    const inside = box.width > 0 && box.bottom > 0 && box.top < window.innerHeight && box.right > 0;
    return { words: at.getAttribute('aria-label') ?? at.innerText.trim(), seen: inside && (outlined || framed) };
  });
/** Goes on or back with Tab until something of that name has the focus; every stop on the way has to be visible. */
async function tabTo(words: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press(key);
    const at = await focused();
    if (at.words !== '') expect([at.words, at.seen]).toEqual([at.words, true]);
    if (words.test(at.words)) return;
  }
  throw new Error(`${String(words)} is not reached with Tab`);
}

it('signs in with the keyboard: the name field has the focus, Enter sends', async () => {
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await expect.poll(async () => page.evaluate(() => document.activeElement?.id), { timeout: 20_000 }).toBe('login');
  await page.keyboard.type('zhuangan1');
  await page.keyboard.press('Tab');
  await page.keyboard.type(samplePassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '工作台' }).waitFor();
});

it('POP-01 finds a child from the search box with Ctrl K and initials, opens it, and goes back', async () => {
  const before = page.url();
  await page.keyboard.press('Control+k');
  expect((await focused()).seen).toBe(true);
  await page.keyboard.type('bay');
  const option = page.getByRole('option', { name: /白安野/ }).first();
  await option.waitFor();
  for (let step = 0; step < 20 && (await option.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /白安野/ }).waitFor();
  await page.goBack(); // the browser's own Alt and left arrow, which does not reach a page without a window
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  expect(page.url()).toBe(before);
});

it('skips to the content with the first Tab, and the content takes the focus', async () => {
  await page.goto(visited.url);
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused()).toEqual({ words: '跳到正文', seen: true });
  await page.keyboard.press('Enter');
  await expect.poll(async () => page.evaluate(() => document.activeElement?.id), { timeout: 20_000 }).toBe('content');
});

it('reaches 数据比对 with Tab, walks the findings with J and K, opens one and goes on to the next', async () => {
  await page.goto(visited.url);
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  await tabTo(/^发现$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^数据比对/ }).waitFor();
  await page.locator('tbody').getByRole('row').nth(3).waitFor();
  await tabTo(/^跳到正文$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  const here = page.locator('[aria-current=true]');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const name = (await here.getByRole('cell').first().innerText()).trim();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: new RegExp(`^${name}`) }).waitFor();
  const address = page.url();
  expect(address).toContain('/compare/findings/');
  // The keys work once the list that it was opened from has been asked for again.
  await page.locator('button:enabled').filter({ hasText: '下一条' }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => page.url(), { timeout: 20_000 }).not.toBe(address);
  await page.locator('button:enabled').filter({ hasText: '上一条' }).waitFor();
  await page.keyboard.press('k');
  await expect.poll(() => page.url(), { timeout: 20_000 }).toBe(address);
});

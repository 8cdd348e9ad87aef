import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
let screen: Page;

beforeAll(async () => {
  visited = await startVisit({ clock: '2026-11-27T02:00:00Z' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

it('BOK-05 the principal has 一校一册 made, sees its progress and downloads it', async () => {
  await at(visited, screen, 'xiaozhang1', '/books?what=schoolBook');
  await screen.getByRole('button', { name: '制作 PDF' }).click();
  const save = screen.getByRole('button', { name: '下载 PDF' }).first();
  await save.waitFor({ timeout: 120_000 });
  const [download] = await Promise.all([screen.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^一校一册_.*\.pdf$/u);
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

it('BOK-09 BOK-10 the bureau moves a column up and adds a field of its own; the sheet follows', async () => {
  await at(visited, screen, 'zhuangan1', '/books/design?sheet=roster');
  await screen.getByRole('button', { name: '新设字段' }).click();
  await screen.getByRole('dialog').getByLabel('名称').fill('上学方式');
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /新\s*设/ })
    .click();
  await screen.getByRole('checkbox', { name: /上学方式/ }).check();
  await screen.getByRole('button', { name: '年级班级 上移' }).click();
  await screen.getByLabel('版式名称').fill('秋季花名册');
  await screen.getByRole('button', { name: '保存并启用' }).click();
  await screen.getByText('现行').waitFor();
  await at(visited, screen, 'xiaozhang1', '/books?what=roster');
  await screen.getByText('版式：秋季花名册').waitFor();
  const heads = await screen.locator('th').allInnerTexts();
  expect(heads[0]).toBe('年级班级');
  expect(heads).toContain('上学方式');
});

it('BOK-01 a class teacher sees the sheet of the class and nothing to take away', async () => {
  await at(visited, screen, 'ban1-0101', '/books?what=roster');
  await screen.getByText(/共 [\d,]+ 行/).waitFor();
  expect(await screen.getByRole('button', { name: /下载|制作/ }).count()).toBe(0);
  expect(await screen.getByRole('button', { name: '编排栏目与自设字段' }).count()).toBe(0);
});

it('BOK-14 a moment is picked by the clock in China or pasted as printed, and one tap leads back to now', async () => {
  await at(visited, screen, 'zhuangan1', '/books?what=roster');
  await screen.getByText(/共 [\d,]+ 行/).waitFor();
  const printed = /册表所印为 (\S+)）/u.exec(await screen.locator('main').innerText())?.[1] ?? '';
  const field = screen.getByRole('textbox', { name: '获知时刻' });
  await field.fill('2026-11-20 10:30');
  await screen.keyboard.press('Enter');
  await screen.waitForURL((url) => url.searchParams.get('knownAt') === '2026-11-20T02:30:00.000000Z');
  await screen.getByText('获知时刻 2026年11月20日 10:30').waitFor();
  await screen.getByRole('button', { name: '回到现在' }).click();
  await screen.waitForURL((url) => !url.searchParams.has('knownAt'));
  await screen.getByRole('button', { name: '按册表所印的时刻' }).click();
  const paste = screen.getByRole('dialog');
  await paste.getByLabel('册表所印的获知时刻').fill('上周');
  await paste.getByRole('button', { name: '按这一刻查看' }).click();
  await paste.getByText('没有认出这一刻').waitFor();
  await paste.getByLabel('册表所印的获知时刻').fill(printed);
  await paste.getByRole('button', { name: '按这一刻查看' }).click();
  await paste.waitFor({ state: 'hidden' });
  expect(new URL(screen.url()).searchParams.get('knownAt')).toBe(printed);
  await screen.getByText(`册表所印为 ${printed}`).waitFor();
});

it('BOK-13 the registrar fills a field of the bureau on the page of the school', async () => {
  await at(visited, screen, 'zhuangan1', '/books/design?sheet=table1');
  await screen.getByRole('button', { name: '新设字段' }).click();
  const form = screen.getByRole('dialog');
  await form.getByText('学校', { exact: true }).click();
  await form.getByLabel('名称').fill('校车数量');
  await form.getByRole('button', { name: /新\s*设/ }).click();
  await screen.getByRole('checkbox', { name: /校车数量/ }).waitFor();
  await at(visited, screen, 'xueji1', '/schools');
  await screen.getByRole('row').nth(1).waitFor();
  const own = (await (await screen.request.get(`${visited.url}/api/me`)).json()) as { posts: { unitId: string }[] }; // as: an answer of the contract
  await screen.goto(`${visited.url}/schools/${own.posts[0]?.unitId ?? ''}`);
  await screen.getByRole('button', { name: '填写自设字段' }).click();
  await screen.getByLabel('校车数量').fill('2');
  await screen.getByRole('button', { name: /保\s*存/ }).click();
  await screen.getByText('已保存自设字段。').waitFor();
  await screen.getByText('2', { exact: true }).first().waitFor();
});

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
  await screen.getByText(/共 \d+ 行/).waitFor();
  expect(await screen.getByRole('button', { name: /下载|制作/ }).count()).toBe(0);
  expect(await screen.getByRole('button', { name: '编排栏目与自设字段' }).count()).toBe(0);
});

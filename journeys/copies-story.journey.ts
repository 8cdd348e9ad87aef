import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, choose, pupilsOf } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

let visited: Visited;
let screen: Page;
let name = '';

beforeAll(async () => {
  visited = await startVisit({ clock: '2026-11-27T02:00:00Z' });
  name = (await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25'))[0]?.name ?? '';
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const line = () => screen.getByRole('row').filter({ hasText: name });

it('INT-05 the bureau records a guardian’s request; the copy waits for another person', async () => {
  await at(visited, screen, 'zhuangan1', '/copies');
  await screen.getByText('没有申请').waitFor();
  await screen.getByRole('button', { name: '登记申请' }).first().click();
  const form = screen.getByRole('dialog');
  await choose(form, '学生', name);
  await form.getByLabel('申请人姓名').fill('云志远');
  await form.getByLabel('与儿童的关系，或单位职务').fill('父亲');
  await form.getByLabel('核验的证件或文书').fill('户口簿、监护人身份证原件');
  await form.getByLabel('用途').fill('查阅本人子女全部信息');
  await form.getByRole('button', { name: '登记并申请批准' }).click();
  await form.waitFor({ state: 'hidden' });
  await line().getByText('云志远').waitFor();
  expect(await line().getByRole('button', { name: '生成副本' }).count()).toBe(0);
});

it('INT-05 INT-06 another approves, the copy is made once, and both its forms are downloaded', async () => {
  await at(visited, screen, 'juzhang', '/approvals');
  const waiting = screen.getByRole('row').filter({ hasText: '查阅本人子女全部信息' });
  await waiting.getByRole('button', { name: /^批\s?准$/u }).click();
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /^批\s?准$/u })
    .click();
  await screen.getByText('已批准，申请人可以打开。').waitFor();
  await at(visited, screen, 'zhuangan1', '/copies');
  await line().getByRole('button', { name: '生成副本' }).click();
  await screen.getByText('副本已生成。').waitFor({ timeout: 60_000 });
  for (const [words, ending] of [
    ['PDF', '.pdf'],
    ['JSON', '.json'],
  ] as const) {
    const [file] = await Promise.all([
      screen.waitForEvent('download', { timeout: 60_000 }),
      line().getByRole('link', { name: words }).click(),
    ]);
    expect(file.suggestedFilename().endsWith(ending)).toBe(true);
    const content = await readFile(await file.path());
    if (words === 'PDF') expect(content.subarray(0, 5).toString()).toBe('%PDF-');
    else expect(JSON.stringify(JSON.parse(content.toString('utf8')))).toContain(name);
  }
  expect(await line().getByRole('button', { name: '生成副本' }).count()).toBe(0);
});

it('INT-05 nobody else finds the copies, by the menu or by the address', async () => {
  await at(visited, screen, 'xiaozhang1', '/');
  await screen.getByRole('heading', { name: '工作台' }).waitFor();
  expect(await screen.getByRole('menuitem', { name: '信息查阅副本' }).or(screen.getByRole('link', { name: '信息查阅副本' })).count()).toBe(0); // prettier-ignore
  await screen.goto(`${visited.url}/copies`);
  await screen.getByRole('heading', { level: 1 }).waitFor();
  expect(await screen.getByText(name).count()).toBe(0);
  expect(await screen.getByRole('button', { name: '登记申请' }).count()).toBe(0);
});

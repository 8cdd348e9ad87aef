import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, at, nextOf, pupilsOf } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

const clock = '2026-11-27T02:00:00Z';
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n');

let visited: Visited;
let screen: Page;
let name = '';

beforeAll(async () => {
  visited = await startVisit({ clock });
  const pupils = await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25');
  name = pupils[0]?.name ?? '';
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

async function choose(label: string, words: string): Promise<void> {
  await screen.getByRole('combobox', { name: label, exact: true }).fill(words);
  await screen.locator('.ant-select-item-option').filter({ hasText: words }).first().click();
}

it('ENR-06 退学 is offered nowhere: chosen, the form says the clause and has nothing to send', async () => {
  await at(visited, screen, 'xueji1', '/changes');
  await screen.getByRole('link', { name: '提出异动' }).first().click();
  await choose('异动类别', '退学');
  await screen.getByRole('alert').filter({ hasText: '义务教育法' }).waitFor();
  expect(await screen.getByRole('button', { name: /^提出/ }).count()).toBe(0);
});

it('ENR-10 the registrar asks for a suspension with its papers, the principal agrees, the bureau grants it', async () => {
  await choose('异动类别', '休学');
  await screen.getByRole('combobox', { name: '学生', exact: true }).fill(name);
  await screen.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
  await screen.getByRole('textbox', { name: '结束日期' }).fill('2027-06-30');
  await screen.keyboard.press('Enter');
  await screen.getByLabel('事由').fill('因病治疗');
  for (const words of ['监护人书面申请', '县级以上医院证明']) {
    await screen
      .getByLabel(`选择${words}`)
      .setInputFiles({ name: `${words}.pdf`, mimeType: 'application/pdf', buffer: paper });
    await screen.getByText(`换一份${words}`).waitFor();
  }
  await screen.getByRole('button', { name: '提出休学' }).click();
  await nextOf(screen).locator('strong').filter({ hasText: '待学校审核' }).waitFor();
  const page = new URL(screen.url()).pathname;
  await at(visited, screen, 'xiaozhang1', page);
  await act(screen, '同意', () => Promise.resolve());
  await nextOf(screen).locator('strong').filter({ hasText: '待区教育局审批' }).waitFor();
  expect(await screen.getByRole('button', { name: '同意', exact: true }).count()).toBe(0);
  await at(visited, screen, 'zhuangan1', page);
  await act(screen, '同意', () => Promise.resolve());
  await nextOf(screen).locator('strong').filter({ hasText: '已办结' }).waitFor();
  await screen.getByText('休学', { exact: true }).first().waitFor();
});

it('ENR-17 the year page previews each pupil and says from when it may be run', async () => {
  await at(visited, screen, 'xueji1', '/year?year=2027');
  await nextOf(screen).locator('strong').filter({ hasText: '2027-07-01 起方可办理' }).waitFor();
  await screen.getByRole('heading', { name: '逐人预览' }).waitFor();
  expect(await screen.getByRole('button', { name: '按预览办理' }).isDisabled()).toBe(true);
});

it('ENR-18 the page of leavers says how they come to stand there', async () => {
  await at(visited, screen, 'zhuangan1', '/leavers');
  await screen.getByText('没有待升学的小学毕业生').waitFor();
});

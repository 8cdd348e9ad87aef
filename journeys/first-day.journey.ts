import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

/** A Monday, nine in the morning in China; the bureau has put the beginning of the term on it. */
const clock = '2026-11-30T01:00:00Z';
const day = '2026-11-30';
const calendar = {
  key: 'calendar.2026',
  value: { terms: [{ name: '第一学期', from: '2026-11-28', to: '2027-01-31' }], changes: [] },
  fromDate: '2026-11-28',
  reason: '本学期推迟开学',
};

let visited: Visited;
let teacher: Page;
let principal: Page;
let bureau: Page;
let school = '';
const names: string[] = [];

beforeAll(async () => {
  visited = await startVisit({ clock });
  bureau = await visited.visit('zhuangan1');
  const status = await bureau.evaluate(async (setting) => {
    const headers = { 'content-type': 'application/json', 'x-baoxue': '1', 'x-request-id': crypto.randomUUID() };
    return (await fetch('/api/settings', { method: 'POST', headers, body: JSON.stringify(setting) })).status;
  }, calendar);
  expect(status).toBe(200);
  teacher = await visited.visit('ban1-0101', 390);
  principal = await visited.visit('xiaozhang1');
});
afterAll(() => visited.stop());

/** The line of a duty on a person's desk; the job of each minute brings it. */
async function onDesk(page: Page, words: string): Promise<void> {
  const link = page.getByRole('main').getByRole('link', { name: words, exact: true }).first();
  for (let tries = 0; tries < 30; tries += 1) {
    await page.goto(visited.url);
    const there = await link.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    if (there) break;
  }
  await link.click();
}

async function choose(name: string, what: string, words: string): Promise<void> {
  await teacher.getByLabel(`${name}${what}`, { exact: true }).click();
  await teacher.locator('.ant-select-dropdown:visible').getByText(words, { exact: true }).click();
}

it('DUT-22 ATT-22 a class teacher completes the list on the phone: the roll call first, then who did not come', async () => {
  await onDesk(teacher, '去核对');
  await teacher.getByRole('link', { name: '去点名' }).click();
  await teacher.locator('.att-tile').first().waitFor();
  const all = await teacher.locator('.att-tile-name').allInnerTexts();
  names.push(...all.filter((name, at) => all.indexOf(name) === at && !all.some((one) => one !== name && one.includes(name)))); // prettier-ignore
  const [ill = '', lost = ''] = names;
  for (const name of [ill, lost]) await teacher.locator('.att-tile').filter({ hasText: name }).click();
  await teacher.getByRole('button', { name: /^提交点名/ }).click();
  await teacher.getByText('还有 2 人没有联系家长').waitFor();
  await teacher.getByRole('link', { name: '去核对' }).click();
  await teacher.getByText('还有 2 名学生没有到校，请写明原因和去向。').waitFor();
  await choose(ill, '未到校的原因', '病假');
  await choose(lost, '未到校的原因', '联系不上');
  const wide = await teacher.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await teacher.getByRole('button', { name: '保存 2 人的原因和去向' }).click();
  await teacher.getByText('已核对完').first().waitFor();
});

it('ATT-25 who cannot be reached offers the report of that child, prefilled', async () => {
  const line = teacher.locator('.att-absent').filter({ hasText: names[1] ?? '' });
  await line.getByRole('link', { name: '报告疑似辍学' }).click();
  await teacher.getByText('开学首日未到校，去向不明').waitFor();
});

it('ATT-23 a correction leaves the earlier entry in sight', async () => {
  await teacher.goBack();
  const [ill = ''] = names;
  await teacher.getByRole('button', { name: `更正${ill}的登记` }).click();
  await teacher.getByLabel(`${ill}未到校原因的说明`).fill('水痘，已就诊');
  await teacher.getByRole('button', { name: '保存 1 人的原因和去向' }).click();
  await teacher.getByText(/更正前：病假/u).waitFor();
  await teacher.getByText('病假：水痘，已就诊').waitFor();
});

it('DUT-22 ATT-26 the principal signs with the gaps and the reason, and the list is frozen', async () => {
  await onDesk(principal, '去签');
  await principal
    .getByText(/还有 \d+ 个班没有核对完/u)
    .first()
    .waitFor();
  school = /school\/([0-9a-f-]{36})/u.exec(principal.url())?.[1] ?? '';
  await principal
    .getByText(names[1] ?? '?')
    .first()
    .waitFor();
  await principal.getByRole('button', { name: '签本校名单' }).click();
  await principal.getByLabel('原因').fill('其余班级上午点名，当日补齐');
  await principal.getByRole('button', { name: /^确\s*定$/u }).click();
  await principal.getByText('第 1 版，已签').waitFor();
  // While the dialog closes its field holds the same words.
  await principal.getByRole('main').getByText('其余班级上午点名，当日补齐').waitFor();
  const [download] = await Promise.all([
    principal.waitForEvent('download'),
    principal.getByRole('button', { name: '打印 PDF' }).click(),
  ]);
  expect(download.suggestedFilename()).toContain('开学首日到校核对名单');
});

it('ATT-27 the bureau sees who has signed and opens the names behind a number', async () => {
  await bureau.goto(`${visited.url}/attendance/first-day?state=signed`);
  await bureau.getByText(/已签 1 所，未签 \d+ 所/u).waitFor();
  await bureau.goto(`${visited.url}/attendance/first-day?tab=pupils&schoolId=${school}&reason=notReached&day=${day}`);
  await bureau
    .getByText(names[1] ?? '?')
    .first()
    .waitFor();
  expect(await bureau.locator('main').innerText()).not.toContain(names[0] ?? '?');
});

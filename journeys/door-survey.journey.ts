import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
let page: Page;
beforeAll(async () => {
  visited = await startVisit();
  page = await visited.visit('shequ1-1', 390);
});
afterAll(() => visited.stop());

const main = () => page.locator('main').innerText();
const submit = () => page.getByRole('button', { name: '提交入户结果' });
const number = (first17: string) => first17 + residentCheckCharacter(first17);

/** From the households that have no result yet to the door of the first; answers which it is. */
async function atDoor(): Promise<string> {
  await page.goto(`${visited.url}/households`);
  await page.getByRole('link', { name: /户，看名单/ }).click();
  await page.getByRole('button', { name: '打开', exact: true }).first().click();
  await page.getByRole('button', { name: '登记入户' }).click();
  await page.getByText('2　入户结果').waitFor();
  return new URL(page.url()).searchParams.get('household') ?? '';
}
/** Draws two strokes with the finger where the surveyor signs. */
async function sign(): Promise<void> {
  const pad = page.getByRole('img', { name: /签名处，尚未签名/ });
  await pad.evaluate((place) => place.scrollIntoView({ block: 'center' }));
  const box = await pad.boundingBox();
  if (box === null) throw new Error('no place to sign');
  for (const part of [0.3, 0.6]) {
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * part);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * (part + 0.2), { steps: 6 });
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * part, { steps: 6 });
    await page.mouse.up();
  }
  await page.getByRole('img', { name: /已签名/ }).waitFor();
}
async function writeChild(name: string, first17: string): Promise<void> {
  await page.getByRole('button', { name: '添加孩子' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('姓名').fill(name);
  await form.getByText('女', { exact: true }).click();
  await form.getByLabel('出生日期').fill(`${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`);
  await form.getByLabel('证件号码').fill(number(first17));
  const status = form.getByLabel('就读状态');
  await status.press('ArrowDown');
  await page.getByText('区内就读', { exact: true }).last().waitFor();
  await status.press('Enter'); // a tap on an option is lost while the list is still opening
  await form.getByRole('button', { name: '添加这个孩子' }).click();
  await form.waitFor({ state: 'hidden' });
}
const visitsIn = async (household: string) => {
  await page.goto(`${visited.url}/households/${household}`);
  await page.getByRole('heading', { name: /^入户记录/ }).waitFor();
  return Number(/入户记录（(\d+)）/.exec(await main())?.[1]);
};

it('POP-03 POP-04 at the door a survey is refused without signature, and kept with it, the child added there', async () => {
  const household = await atDoor();
  await page.getByText('有适龄儿童', { exact: true }).click();
  await writeChild('闻人小雪', '42010220181122936');
  expect(await submit().isDisabled()).toBe(true);
  expect(await main()).toContain('请摸底人签名');
  await sign();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await submit().click();
  await page.getByText('已登记', { exact: true }).waitFor();
  expect(await visitsIn(household)).toBe(1);
  const record = await main();
  expect(record).toContain('闻人小雪');
  expect(record).toContain('摸底人已签名');
  expect(record).not.toContain(number('42010220181122936'));
  await page.goto(`${visited.url}/households`);
  await page.getByText(/已有结果 1 户，共 \d+ 户/).waitFor();
});

it('POP-03 without signal the entry stays on the phone with a clear word, and is sent once when the signal is back', async () => {
  const household = await atDoor();
  await page.context().setOffline(true);
  await page.getByText('未遇', { exact: true }).click();
  await page.getByRole('textbox', { name: '说明' }).fill('邻居说晚上七点后在家');
  await sign();
  await submit().click();
  await page
    .getByText(/连不上|网络|没有信号/)
    .first()
    .waitFor();
  expect(await page.getByRole('textbox', { name: '说明' }).inputValue()).toBe('邻居说晚上七点后在家');
  await page.getByRole('img', { name: /已签名/ }).waitFor();
  await page.context().setOffline(false);
  await submit().click();
  await page.getByText('已登记', { exact: true }).waitFor();
  expect(await visitsIn(household)).toBe(1);
  expect(await main()).toContain('邻居说晚上七点后在家');
});

it('SEC-04 an entry that arrived while its answer was lost on the way and is sent again stands once', async () => {
  const household = await atDoor();
  await page.getByText('有适龄儿童', { exact: true }).click();
  await writeChild('闻人大雪', '42010220171207938');
  await sign();
  await page.route('**/api/surveys', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await submit().click();
  await page
    .getByText(/连不上|网络|没有信号/)
    .first()
    .waitFor();
  await page.unroute('**/api/surveys');
  await submit().click();
  await page.getByText('已登记', { exact: true }).waitFor();
  expect(await visitsIn(household)).toBe(1);
  expect((await main()).match(/闻人大雪/g)).toHaveLength(1);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, at, choose, markDays, next, offers, opens, pupilsOf, scan } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

/** A Friday of the term, ten in the morning in China: the third school day of the absence. */
const clock = '2026-11-27T02:00:00Z';
/** The same day, three in the afternoon. */
const afternoon = '2026-11-27T07:00:00Z';

let visited: Visited;
let screen: Page;
let child: { childId: string; name: string };
let casePath = '';

beforeAll(async () => {
  visited = await startVisit({ clock });
  const teacher = await callAs(visited.url, 'ban1-0101');
  const [, found] = await pupilsOf(teacher, '2026-11-25');
  if (!found) throw new Error('no pupil');
  child = found;
  await markDays(teacher, ['2026-11-25', '2026-11-26', '2026-11-27'], child.childId);
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const block = (title: string) =>
  screen.locator('.block').filter({ has: screen.getByRole('heading', { name: title, exact: true }) });
const desk = (name: string) => screen.locator('.desk-line').filter({ hasText: name });

it('DRP-02 DUT-08 the absence crossed the rule: the teacher finds the report on the phone and sends it', async () => {
  const page = await visited.visit('ban1-0101', 390);
  const line = page.locator('.desk-line').filter({ hasText: child.name }).filter({ hasText: '报告疑似辍学' });
  await line.getByRole('link', { name: '去报告' }).click();
  await next(page, '报告疑似辍学');
  casePath = new URL(page.url()).pathname;
  await page.getByRole('main').getByRole('link', { name: '报告疑似辍学', exact: true }).first().click();
  await choose(page.getByRole('main'), '原因', '家庭');
  await choose(page.getByRole('main'), '去向', '省外');
  await page.getByRole('button', { name: '报告', exact: true }).click();
  await next(page, '确认或排除疑似辍学');
  expect(new URL(page.url()).pathname).toBe(casePath);
  expect(await offers(page, '排除')).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.context().close();
});

it('DRP-03 the principal dismisses only with a reason, and does not check it himself', async () => {
  await at(visited, screen, 'xiaozhang1', '/');
  await desk(child.name).filter({ hasText: '确认或排除疑似辍学' }).getByRole('link', { name: '去确认' }).click();
  await next(screen, '由您办理');
  await screen.getByRole('button', { name: '排除', exact: true }).click();
  const form = screen.getByRole('dialog');
  await form.getByRole('button', { name: '排除', exact: true }).click();
  await form.getByText('请填写排除的依据。').waitFor();
  await form.getByLabel('排除的依据').fill('家长口头称过几天就来');
  await form.getByRole('button', { name: '排除', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await next(screen, '复核排除');
  await next(screen, '由区控辍专干办理');
  for (const words of ['复核排除', '确认辍学']) expect(await offers(screen, words)).toBe(false);
});

it('DRP-03 the bureau refuses with its reason, and the case is suspected again', async () => {
  await at(visited, screen, 'zhuangan1', '/');
  await desk(child.name).getByRole('link', { name: '去复核' }).click();
  await next(screen, '由您办理');
  await screen.getByRole('button', { name: '复核排除', exact: true }).click();
  const form = screen.getByRole('dialog');
  await form.getByRole('radio', { name: '不同意，继续查找' }).check();
  await form.getByRole('button', { name: '复核排除', exact: true }).click();
  await form.getByText('请写明原因。').waitFor();
  await form.getByLabel('说明').fill('没有上门核实，也没有材料');
  await form.getByRole('button', { name: '复核排除', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await next(screen, '确认或排除疑似辍学');
  expect(await block('排除').innerText()).toMatch(/家长口头称过几天就来[\s\S]+不同意[\s\S]+没有上门核实，也没有材料/u);
});

it('DRP-03 PAP-08 the principal dismisses again with the paper, and the bureau accepts', async () => {
  await visited.move(afternoon);
  await at(visited, screen, 'xiaozhang1', casePath);
  expect(await block('排除').innerText()).toContain('没有上门核实，也没有材料');
  await act(screen, '排除', async (form) => {
    await form.getByLabel('排除的依据').fill('已上门核实，孩子随父母探亲，后天返校，附承诺书');
    await form.getByLabel('选择材料').setInputFiles(scan);
    await form.getByText('desk.png').waitFor();
  });
  await next(screen, '复核排除');
  await at(visited, screen, 'zhuangan1', casePath);
  await act(screen, '复核排除', (form) => form.getByRole('radio', { name: '同意排除', exact: true }).check());
  await screen.getByRole('heading', { level: 1 }).getByText('已排除').waitFor();
  await screen.getByText('现在没有要办的事。').waitFor();
});

it('DRP-03 DRP-19 both versions stay for the inspector, on the page and in the book', async () => {
  await at(visited, screen, 'ducha1', casePath);
  expect(await block('排除').innerText()).toMatch(/附承诺书[\s\S]+同意/u);
  const earlier = await block('以前的申请和复核').innerText();
  expect(earlier).toMatch(/家长口头称过几天就来[\s\S]+不同意[\s\S]+没有上门核实，也没有材料/u);
  expect(await opens(block('排除').getByRole('link', { name: '打开材料' }))).toBe(true);
  expect(await screen.getByRole('main').getByRole('button').allInnerTexts()).toEqual(['导出一生一案', 'Word 副本']);
  await at(visited, screen, 'xiaozhang1', '/');
  await screen.getByRole('heading', { name: '工作台' }).waitFor();
  expect(await desk(child.name).filter({ hasText: '排除' }).count()).toBe(0);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { confirmCase } from '#contract/dropout.ts';
import {
  act,
  appoint,
  at,
  checkedBy,
  choose,
  next,
  nextOf,
  offers,
  opens,
  pupilsOf,
  reported,
  scan,
} from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

/** A Friday of the term; the day of the answer; the day after it; each ten in the morning in China. */
const clock = '2026-11-27T02:00:00Z';
const answered = '2026-12-09T02:00:00Z';
const proposed = '2026-12-10T02:00:00Z';
const bureau = '黄冈市黄州区教育局';

let visited: Visited;
let screen: Page;
let child: { childId: string; name: string };
let casePath = '';

beforeAll(async () => {
  visited = await startVisit({ clock });
  const teacher = await callAs(visited.url, 'ban1-0101');
  const [, , , found] = await pupilsOf(teacher, '2026-11-27');
  if (!found) throw new Error('no pupil');
  child = found;
  casePath = await reported(teacher, child.childId, '2026-11-27');
  await (
    await callAs(visited.url, 'xiaozhang1')
  )(confirmCase, { id: casePath.split('/').at(-1) ?? '', note: '属实' });
  await appoint(visited, { login: 'zhuangan2', name: '陈知远', role: 'bureauOfficer' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const main = () => screen.getByRole('main');
const block = (title: string) =>
  screen.locator('.block').filter({ has: screen.getByRole('heading', { name: title, exact: true }) });

it('DRP-04 the teacher hears by phone that the child went to another province', async () => {
  const phone = await visited.visit('ban1-0101', 390);
  await phone.goto(visited.url + casePath);
  await next(phone, '联系学生和家长');
  await phone.getByRole('main').getByRole('button', { name: '登记联系', exact: true }).click();
  const form = phone.getByRole('dialog');
  await form.getByRole('radio', { name: '联系上', exact: true }).check();
  await form.getByLabel('联系了谁').fill('母亲');
  await form.getByLabel('联系情况').fill('孩子随父母去黄冈，在当地小学上学，没有办转学');
  await choose(form, '孩子现在在哪里', '省内市外');
  await form.getByRole('button', { name: '登记联系', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await phone.getByText('孩子随父母去黄冈').first().waitFor();
  // Letters go out from the bureau only.
  expect(await offers(phone, '发协查函或转介')).toBe(false);
  await phone.context().close();
});

it('DRP-12 the bureau sends a numbered letter to the bureau elsewhere, and the case waits for its answer', async () => {
  await at(visited, screen, 'zhuangan1', casePath);
  await act(screen, '发协查函或转介', async (form) => {
    await choose(form, '发给', '外地教育局');
    await form.getByLabel('单位名称').fill(bureau);
    await form.getByLabel('请求的事项').fill('请核查该生是否在你区就读及学籍情况');
  });
  await screen.getByRole('heading', { level: 1 }).getByText('待外地回函').waitFor();
  const letters = await block('协查与转介').innerText();
  expect(letters).toMatch(new RegExp(`外地教育局 ${bureau} 协查字〔2026〕第1号 2026-11-27 发出`, 'u'));
  // 15 working days from a Friday.
  expect(letters).toContain('应于 2026-12-18');
  await screen.goto(`${visited.url}/cases`);
  const row = screen.getByRole('row').filter({ hasText: child.name });
  await row.getByText('待外地回函').waitFor();
  await at(visited, screen, 'xiaozhang1', casePath);
  await screen.getByRole('heading', { level: 1 }).getByText('待外地回函').waitFor();
  expect(await offers(screen, '登记回函')).toBe(false);
});

it('DRP-12 the answer is entered with its scan, and nothing is waited for any more', async () => {
  await visited.move(answered);
  await at(visited, screen, 'zhuangan1', casePath);
  await act(screen, '登记回函', async (form) => {
    await form.getByLabel('回复内容').fill('该生自 12 月 1 日起在黄州区第二小学就读，学籍转接中');
    await form.getByLabel('选择材料').setInputFiles(scan);
    await form.getByText('desk.png').waitFor();
  });
  await block('协查与转介').getByText('2026-12-09 回复').waitFor();
  expect(await screen.getByRole('heading', { level: 1 }).innerText()).not.toContain('待外地回函');
  expect(await opens(block('协查与转介').getByRole('link', { name: '打开材料' }))).toBe(true);
});

it('DRP-08 who proposes a closing does not check it; another officer sends it back with the reason', async () => {
  await act(screen, '申请销号', async (form) => {
    await choose(form, '类别', '外地就读，无学籍');
    await form.getByLabel('加盖公章的就读证明（名称、编号或摘要）').fill('见回函');
    await form.getByLabel('选择材料').first().setInputFiles(scan);
    await form.getByText('desk.png').waitFor();
    await form.getByLabel('学校联系人及电话核实情况（结果）').fill('多次拨打未接通');
    await checkedBy(form);
  });
  await next(screen, '复核销号');
  expect(await offers(screen, '复核销号')).toBe(false);
  await screen.getByText('现在不能办的').click();
  await screen.getByText('这是您本人填写的，须由另一人复核。').waitFor();
  await at(visited, screen, 'zhuangan2', casePath);
  await next(screen, '由您办理');
  await act(screen, '复核销号', async (form) => {
    await form.getByRole('radio', { name: '不同意，继续劝返' }).check();
    await form.getByLabel('说明').fill('学籍已在转接，应按有学籍办理，由学校提出');
  });
  await screen.getByRole('heading', { level: 1 }).getByText('劝返中').waitFor();
});

it('DRP-08 the school proposes by the category with the evidence that it demands, the bureau accepts, the case is closed', async () => {
  await visited.move(proposed);
  await at(visited, screen, 'deyu1', casePath);
  await screen.getByRole('button', { name: '申请销号', exact: true }).click();
  const form = screen.getByRole('dialog');
  await choose(form, '类别', '外地就读，有学籍');
  await form.getByText('销号后：不再跟踪').waitFor();
  await form.getByLabel('学籍系统查询结果（结果）').fill('学籍系统显示已转入黄州区第二小学');
  await checkedBy(form);
  await form.getByRole('button', { name: '申请销号', exact: true }).click();
  await form.getByText('请填写就读学校和学籍号末四位。').waitFor();
  await form.getByLabel('就读学校和学籍号末四位').fill('黄州区第二小学，2217');
  await form.getByLabel('选择材料').setInputFiles(scan);
  await form.getByText('desk.png').waitFor();
  await form.getByRole('button', { name: '申请销号', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await next(screen, '复核销号');
  await next(screen, '由区控辍专干办理');
  expect(await offers(screen, '复核销号')).toBe(false);
  expect(await block('以前的申请和复核').innerText()).toMatch(/外地就读，无学籍[\s\S]+不同意[\s\S]+应按有学籍办理/u);

  await at(visited, screen, 'zhuangan1', casePath);
  await act(screen, '复核销号', (check) => check.getByRole('radio', { name: '同意销号', exact: true }).check());
  await nextOf(screen).getByText('已销号（外地就读，有学籍），没有要办的事。').waitFor();
  await screen.goto(`${visited.url}/cases/ledgers?ledger=dropout`);
  await main().getByText('共').first().waitFor();
  expect(await main().innerText()).not.toContain(child.name);
});

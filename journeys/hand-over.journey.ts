import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listCases } from '#contract/dropout-views.ts';
import { getChild } from '#contract/population.ts';
import { whoAmI } from '#contract/security.ts';
import { act, appoint, at, choose, next, nextOf, offers, pupilsOf, reported } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

/** A Friday of the term, ten in the morning in China. */
const clock = '2026-11-27T02:00:00Z';

let visited: Visited;
let screen: Page;
let child: { childId: string; name: string };
let casePath = '';
let streetName = '';

beforeAll(async () => {
  visited = await startVisit({ clock });
  const teacher = await callAs(visited.url, 'ban1-0101');
  const street = await callAs(visited.url, 'jiedao1');
  streetName = (await street(whoAmI, {})).posts[0]?.unitName ?? '';
  const seen = async (childId: string) => (await street(getChild, { id: childId }).catch(() => null)) !== null;
  // A child of another street than the one that gets the case.
  for (const pupil of await pupilsOf(teacher, '2026-11-27')) {
    if (await seen(pupil.childId)) continue;
    child = pupil;
    break;
  }
  casePath = await reported(teacher, child.childId, '2026-11-27');
  await appoint(visited, { login: 'xiaozhang2', name: '云知夏', role: 'principal', unit: '2142990102' });
  await appoint(visited, { login: 'xiaozhang3', name: '穆怀瑾', role: 'principal', unit: '2142990103' });
  await appoint(visited, { login: 'jiedao2', name: '江流云', role: 'subdistrictOfficer', unit: '420102002' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const notFound = async (login: string) => {
  await at(visited, screen, login, casePath);
  await screen.getByText('没有找到这条个案').waitFor();
  const cases = await (await callAs(visited.url, login))(listCases, { childId: child.childId, state: 'all' });
  expect([login, cases.total]).toEqual([login, 0]);
};

it('DRP-13 DRP-15 before it is handed over, other schools and streets do not find the case', async () => {
  for (const login of ['xiaozhang2', 'xiaozhang3', 'jiedao1']) await notFound(login);
  await at(visited, screen, 'ban1-0101', casePath);
  await next(screen, '确认或排除疑似辍学');
  expect(await offers(screen, '移交')).toBe(false);
});

it('DRP-13 the principal hands it to the school where the child lives now; who had it still sees it, and does not work on it', async () => {
  await at(visited, screen, 'xiaozhang1', casePath);
  await screen.getByRole('button', { name: '移交', exact: true }).click();
  const form = screen.getByRole('dialog');
  await form.getByRole('radio', { name: '学校', exact: true }).check();
  await form.getByRole('button', { name: '移交', exact: true }).click();
  await form.getByText('请选择学校。').waitFor();
  await choose(form, '学校', '云杪小学');
  await form.getByLabel('移交的原因').fill('全家已搬到云杪小学片区');
  await form.getByRole('button', { name: '移交', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await next(screen, /由云杪小学校长办理/u);
  await screen.getByText('全家已搬到云杪小学片区').first().waitFor();
  for (const words of ['确认辍学', '排除', '移交']) expect(await offers(screen, words)).toBe(false);
  await notFound('xiaozhang3');
});

it('DRP-13 DUT-08 the school that got it finds it on its desk and confirms', async () => {
  await at(visited, screen, 'xiaozhang2', '/');
  const line = screen.locator('.desk-line').filter({ hasText: child.name }).filter({ hasText: '确认或排除疑似辍学' });
  await line.getByRole('link', { name: '去确认' }).click();
  await next(screen, '由您办理');
  await act(screen, '确认辍学', (form) => form.getByLabel('说明').fill('上门核实，孩子不在家'));
  await next(screen, '联系学生和家长');
  await next(screen, /由云杪小学德育主任办理/u);
  await at(visited, screen, 'xiaozhang1', '/');
  await screen.locator('.desk').waitFor();
  expect(await screen.locator('.desk-line').filter({ hasText: child.name }).count()).toBe(0);
});

it('DRP-08 退学 and 开除 are refused with the clause, 失联 is refused and nothing of it stays', async () => {
  await at(visited, screen, 'xiaozhang2', casePath);
  await screen.getByRole('button', { name: '申请销号', exact: true }).click();
  const form = screen.getByRole('dialog');
  for (const [category, clause] of [
    ['退学', '义务教育阶段不得退学，本平台不登记退学（义务教育法第二条、第四条、第二十七条）。请继续劝返。'],
    ['开除', '义务教育阶段学校不得开除学生（义务教育法第二十七条）。请继续劝返。'],
    ['失联', '失联不能销号。请继续查找，并登记公安协查及回复；个案保持在劝返中（方案四(二)）。'],
  ] as const) {
    await choose(form, '类别', category);
    await form.getByRole('button', { name: '申请销号', exact: true }).click();
    await form.getByText(clause).waitFor();
  }
  await form.getByRole('button', { name: '返回' }).click();
  await form.waitFor({ state: 'hidden' });
  await screen.reload();
  await screen.getByRole('heading', { level: 1 }).getByText('已确认').waitFor();
  await next(screen, '联系学生和家长');
  expect(await screen.getByRole('heading', { name: '销号', exact: true }).count()).toBe(0);
});

it('DRP-13 DRP-04 the bureau hands it to a street, which works on it from there; other streets do not find it', async () => {
  await at(visited, screen, 'zhuangan1', casePath);
  await act(screen, '移交', async (form) => {
    await form.getByRole('radio', { name: '街道', exact: true }).check();
    await choose(form, '街道', streetName);
    await form.getByLabel('移交的原因').fill('全家现住该街道，由街道牵头查找');
  });
  await next(screen, new RegExp(`由${streetName}街道教育专干办理`, 'u'));
  await at(visited, screen, 'jiedao1', '/');
  await screen.locator('.desk-line').filter({ hasText: child.name }).getByRole('link').last().click();
  await next(screen, '由您办理');
  await act(screen, '登记联系', async (form) => {
    await form.getByRole('radio', { name: '没有联系上' }).check();
    await form.getByLabel('联系情况').fill('电话停机，出租屋已退租');
    await choose(form, '孩子现在在哪里', '去向不明');
  });
  await next(screen, '第 1 次劝返');
  await nextOf(screen).getByText('由您办理').waitFor();
  await notFound('jiedao2');
  await notFound('xiaozhang3');
  for (const login of ['xiaozhang1', 'xiaozhang2']) {
    await at(visited, screen, login, casePath);
    await screen.getByText('电话停机，出租屋已退租').first().waitFor();
  }
});

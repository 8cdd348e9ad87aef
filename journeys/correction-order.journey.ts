import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getChild } from '#contract/population.ts';
import { act, at, draw, markDays, next, nextOf, offers, pupilsOf, serve } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

// The report; after the school's notice; after the street's; and in the new year, ten days after the order and back at school for a week.
const clock = '2026-11-27T02:00:00Z';
const afterNotice = '2026-12-07T02:00:00Z';
const afterStreet = '2026-12-15T02:00:00Z';
const afterOrder = '2026-12-31T02:00:00Z';

let visited: Visited;
let screen: Page;
let child: { childId: string; name: string };
let street = '';
let casePath = '';

/** The pupil of the class whom a street of the sample has within reach, and the street's officer. */
async function livesIn(pupils: readonly { childId: string; name: string }[]) {
  for (const login of ['jiedao1', 'jiedao2', 'jiedao3', 'jiedao4']) {
    const officer = await callAs(visited.url, login);
    for (const pupil of pupils.slice(0, 12)) {
      const seen = await officer(getChild, { id: pupil.childId }).catch(() => null);
      if (seen) return { pupil, login };
    }
  }
  throw new Error('no pupil of a street');
}

beforeAll(async () => {
  visited = await startVisit({ clock });
  const teacher = await callAs(visited.url, 'ban1-0101');
  const found = await livesIn(await pupilsOf(teacher, '2026-11-25'));
  child = found.pupil;
  street = found.login;
  await markDays(teacher, ['2026-11-25', '2026-11-26'], child.childId);
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

async function choose(label: string, words: string): Promise<void> {
  await screen.getByRole('combobox', { name: label, exact: true }).click();
  await screen.locator('.ant-select-item-option').filter({ hasText: words }).click();
}

it('DRP-18 DRP-01 the school officer reports from the list of cases, and the principal confirms', async () => {
  await at(visited, screen, 'deyu1', '/cases');
  await screen.getByRole('link', { name: '报告疑似辍学' }).first().click();
  await screen.getByRole('combobox', { name: '学生' }).fill(child.name);
  await screen.locator('.ant-select-item-option').filter({ hasText: child.name }).first().click();
  await choose('原因', '外出打工');
  await choose('去向', '务工场所');
  await screen.getByRole('button', { name: '报告', exact: true }).click();
  await next(screen, '确认或排除疑似辍学');
  casePath = new URL(screen.url()).pathname;
  expect(await offers(screen, '确认辍学')).toBe(false);
  await at(visited, screen, 'xiaozhang1', casePath);
  await act(screen, '确认辍学', (form) => form.getByLabel('说明').fill('属实'));
  await next(screen, '联系学生和家长');
});

it('DRP-04 contact, plan and persuasion by school and street; the street’s notice waits for the school’s', async () => {
  await at(visited, screen, 'ban1-0101', casePath);
  await act(screen, '登记联系', async (form) => {
    await form.getByRole('radio', { name: '没有联系上' }).check();
    await form.getByLabel('联系情况').fill('无人接听');
  });
  await act(screen, '制定劝返方案', async (form) => {
    await form.getByLabel('目标').fill('十二月内返校');
    await form.getByLabel('姓名').fill('周老师');
    await form.getByLabel('做什么').fill('每周上门一次');
    await form.getByLabel('完成日期').fill('2026-12-18');
    await form.getByLabel('完成日期').press('Enter');
  });
  await screen.getByText('十二月内返校').first().waitFor();
  for (const [login, words] of [
    ['ban1-0101', '上门劝说，家长称孩子已外出务工'],
    [street, '会同社区再次上门，家长不同意'],
  ] as const) {
    await at(visited, screen, login, casePath);
    await act(screen, '登记劝返', (form) => form.getByLabel('经过和结果').fill(words));
  }
  // The street may issue its own notice only, and not before the school's without a reason.
  await next(screen, '劝学通知书');
  expect(await offers(screen, '发出劝学通知书')).toBe(false);
  await screen.getByRole('button', { name: '发出限期复学通知书' }).click();
  const early = screen.getByRole('dialog');
  await early.getByRole('button', { name: '发出限期复学通知书' }).click();
  await early.getByText('请填写跳过前面步骤的原因。').waitFor();
  await early.getByRole('button', { name: '返回' }).click();
  await at(visited, screen, 'deyu1', casePath);
  await act(screen, '发出劝学通知书', (form) => form.getByLabel('联系电话').fill('027-82345678'));
  await serve(screen, '闻人建国');
  await next(screen, '第 3 次劝返');
});

it('NOT-05 NOT-10 the principal reports to the bureau, and the street serves its notice', async () => {
  await visited.move(afterNotice);
  await at(visited, screen, 'ban1-0101', casePath);
  await act(screen, '登记劝返', (form) => form.getByLabel('经过和结果').fill('期限已过，家长仍不送孩子返校'));
  await next(screen, '书面报告区教育局');
  expect(await offers(screen, '发出书面报告')).toBe(false);
  await at(visited, screen, 'xiaozhang1', casePath);
  await act(screen, '发出书面报告', async (form) => {
    expect(await form.getByLabel('已做的劝返工作').inputValue()).toContain('第 1 次劝返');
    expect(await form.getByLabel('辍学情况（原因、去向）').inputValue()).toContain('务工场所');
  });
  await next(screen, '限期复学通知书');
  await at(visited, screen, street, casePath);
  await act(screen, '发出限期复学通知书', (form) => form.getByLabel('联系电话').fill('027-82340000'));
  await serve(screen, '闻人建国');
});

it('DRP-05 the bureau finds 无正当理由, and only the leader signs the order, which is served', async () => {
  await visited.move(afterStreet);
  await at(visited, screen, 'juzhang', casePath);
  await screen.getByText('现在不能办的').click();
  await screen.getByText('须先认定无正当理由。').waitFor();
  expect(await offers(screen, '发出责令限期改正通知书')).toBe(false);
  await at(visited, screen, 'zhuangan1', casePath);
  await screen.getByRole('button', { name: '认定无正当理由', exact: true }).click();
  const form = screen.getByRole('dialog');
  await form.getByLabel('查明的事实').fill('十一月下旬起未到校，在外务工');
  await form.getByLabel('证据').fill('三次劝返记录、两份送达回证');
  await form.getByRole('button', { name: '认定无正当理由', exact: true }).click();
  await form.getByText('请填写监护人的陈述、申辩。').waitFor();
  await form.getByLabel('监护人的陈述、申辩').fill('称读书无用，要孩子挣钱');
  await form.getByRole('button', { name: '认定无正当理由', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await next(screen, '责令限期改正');
  expect(await offers(screen, '发出责令限期改正通知书')).toBe(false);
  await at(visited, screen, 'juzhang', casePath);
  await nextOf(screen).getByText('由您办理').waitFor();
  await act(screen, '发出责令限期改正通知书', async (order) => {
    expect(await order.getByLabel('监护人的陈述和申辩').inputValue()).toBe('称读书无用，要孩子挣钱');
    expect(await order.getByLabel('签发人').count()).toBe(0);
    await order.getByLabel('有管辖权的法院').fill('江岸区人民法院');
  });
  await serve(screen, '闻人建国');
  await nextOf(screen)
    .getByText(/文书期限到 2026年12月25日/u)
    .waitFor();
});

it('DRP-07 DRP-10 back at school, then away again: a new round of the same case, the earlier one stays', async () => {
  await visited.move(afterOrder);
  const teacher = await callAs(visited.url, 'ban1-0101');
  await markDays(teacher, ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30'], null);
  await at(visited, screen, 'xiaozhang1', casePath);
  await act(screen, '认定复学', (form) => draw(screen, form.getByRole('img', { name: /校长签名处/u })));
  await next(screen, '复学后第 1 次跟踪');
  await at(visited, screen, 'ban1-0101', casePath);
  await act(screen, '登记跟踪', async (form) => {
    await form.getByRole('radio', { name: '不在校', exact: true }).check();
    await form.getByLabel('在校情况').fill('元旦前又外出务工');
  });
  await next(screen, '确认或排除疑似辍学');
  expect(new URL(screen.url()).pathname).toBe(casePath);
  await screen.getByRole('heading', { name: '劝返阶梯（第 2 轮）' }).waitFor();
  const rounds = screen.locator('.block').filter({ has: screen.getByRole('heading', { name: '轮次' }) });
  expect(await rounds.innerText()).toMatch(/第 1 轮[\s\S]+复学[\s\S]+第 2 轮/u);
  for (const words of ['责令限期改正', '限期复学通知书', '劝学通知书'])
    await screen
      .getByRole('main')
      .getByRole('link', { name: new RegExp(words, 'u') })
      .first()
      .waitFor();
  // A subject teacher has no cases: the page is refused with words.
  await at(visited, screen, 'renke1-1', casePath);
  await screen.getByText('您的岗位没有查看这一页的权限').waitFor();
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { listFindings } from '#contract/comparison.ts';
import { act, at, choose, next, nextOf, opens, pupilsOf, scan } from './case-story.ts';
import { samplePassword, startVisit, type Visited } from './installation.ts';
import { callAs, makePhone } from './phone.ts';

/** A Friday of the term, ten in the morning in China. */
const clock = '2026-11-27T02:00:00Z';
const words = '邻居说孩子三天没有回家，家长去外地找';
const receipt = '岸公接〔2026〕1127号';

let visited: Visited;
let phone: Page;
let screen: Page;
let child: { childId: string; name: string };
let casePath = '';

beforeAll(async () => {
  visited = await startVisit({ clock });
  const teacher = await callAs(visited.url, 'ban1-0101');
  const [, found] = await pupilsOf(teacher, '2026-11-27');
  if (!found) throw new Error('no pupil');
  child = found;
  phone = await visited.visit('ban1-0101', 390);
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const main = () => screen.getByRole('main');
const urgentBlock = () => screen.locator('.block').filter({ has: screen.getByRole('heading', { name: '紧急情况' }) });

it('DRP-11 DRP-22 at the call of a roll call the teacher reports what he hears, with the police and where it is passed on', async () => {
  await phone.goto(`${visited.url}/rollcall`);
  await phone.getByRole('main').getByRole('link', { name: '点名', exact: true }).click();
  await phone.locator('.att-tile').filter({ hasText: child.name }).click();
  await phone.getByRole('button', { name: /未到 1 人$/u }).click();
  const absent = phone.locator('.att-absent').filter({ hasText: child.name });
  await absent.getByRole('link', { name: '有紧急情况？立即报告' }).click();
  await phone.getByRole('heading', { name: '报告紧急情况' }).waitFor();
  await phone.getByRole('button', { name: '立即报告' }).click();
  await phone.getByText('请选择情况。').waitFor();
  await phone.getByRole('checkbox', { name: '下落不明' }).check();
  await phone.getByLabel('经过').fill(words);
  await phone.getByRole('checkbox', { name: '已经报警' }).check();
  await phone.getByLabel('报警时刻').fill('09:20');
  await phone.getByLabel('报警回执号').fill(receipt);
  await phone.getByRole('checkbox', { name: '公安' }).check();
  expect(await phone.getByRole('checkbox', { name: '外地教育局' }).count()).toBe(0);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await phone.getByRole('button', { name: '立即报告' }).click();
  await phone.getByText('已报告，并转给 1 个部门，限时答复。').waitFor();
  await phone.getByText('紧急情况：下落不明').waitFor();
  await phone.getByText('已报警；等公安答复，期限 2026-11-28 10:00。').waitFor();
  casePath = new URL(phone.url()).pathname;
  // No threshold is waited for: it was the first day of absence.
  await next(phone, '确认或排除疑似辍学');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

it('DRP-11 DUT-14 DUT-08 principal and bureau have it at the bell and first on their desk the same minute', async () => {
  for (const login of ['xiaozhang1', 'zhuangan1']) {
    await at(visited, screen, login, '/');
    const bell = screen.getByRole('link', { name: /站内消息，\d+ 条未读，其中紧急 1 条/u });
    await bell.waitFor();
    const first = screen.locator('.desk-line').first();
    expect(await first.innerText()).toMatch(/紧急[\s\S]+紧急情况：立即处置并转介/u);
    expect(await first.innerText()).toContain('2026-11-28 10:00');
    await bell.click();
    await screen.getByText('紧急情况，请立即处置').first().click();
    const message = screen.getByRole('dialog');
    // The message names the child by surname only.
    expect(await message.innerText()).toContain(`${child.name.slice(0, 1)}某`);
    expect(await message.innerText()).not.toContain(child.name);
    await message.getByRole('link', { name: '去办理' }).click();
    await screen.waitForURL(visited.url + casePath);
    expect(await urgentBlock().innerText()).toMatch(
      new RegExp(`下落不明[\\s\\S]+${words}[\\s\\S]+09:20报警，回执 ${receipt}`, 'u'),
    );
  }
});

it('DRP-11 DRP-15 who is not on the case learns that there is one, and nothing of it', async () => {
  for (const login of ['deyu1', 'xueji1', 'ducha1', 'juzhang']) {
    await at(visited, screen, login, casePath);
    await main().getByText('本案有紧急情况，内容只有办理人员可以看。').waitFor();
    const seen = await main().innerText();
    for (const hidden of [words, receipt, '下落不明', '公安'])
      expect([login, seen.includes(hidden)]).toEqual([login, false]);
    expect(await urgentBlock().innerText()).toContain('另有 1 件只有办理人员可以看。');
  }
  await at(visited, screen, 'renke1-1', casePath);
  await screen.getByText('您的岗位没有查看这一页的权限').waitFor();
});

it('DRP-22 the principal adds a second police report and another office', async () => {
  await at(visited, screen, 'xiaozhang1', casePath);
  await main().getByRole('link', { name: '补记报警或转介' }).click();
  await screen.getByRole('heading', { name: '补记报警或转介' }).waitFor();
  await screen.getByRole('checkbox', { name: '下落不明' }).check();
  await screen.getByLabel('新的情况').fill('派出所已立案查找');
  await screen.getByLabel('报警时刻').fill('9点半');
  await screen.getByRole('button', { name: '补记', exact: true }).click();
  await screen.getByText('请写成 14:30 这样。').waitFor();
  await screen.getByLabel('报警时刻').fill('9:50');
  await screen.getByRole('checkbox', { name: '民政' }).check();
  await screen.getByRole('button', { name: '补记', exact: true }).click();
  await screen.getByText(/已报警；等(公安、民政|民政、公安)答复/u).waitFor();
  expect(await urgentBlock().innerText()).toContain('派出所已立案查找');
});

it('DRP-22 DUT-03 the bureau enters the answers with their scans, and the urgent duty is done', async () => {
  await at(visited, screen, 'zhuangan1', casePath);
  for (const [office, answer] of [
    ['公安', '已在邻县找到，由派出所送回'],
    ['民政', '已列入困境儿童，安排走访'],
  ] as const) {
    await act(screen, '登记回函', async (form) => {
      await form.getByRole('radio', { name: new RegExp(`^${office} 紧急转介`, 'u') }).check();
      await form.getByLabel('回复内容').fill(answer);
      await form.getByLabel('选择材料').setInputFiles(scan);
      await form.getByText('desk.png').waitFor();
    });
  }
  await main().getByText('已报警；转介的部门都已答复。').waitFor();
  const letters = screen.locator('.block').filter({ has: screen.getByRole('heading', { name: '协查与转介' }) });
  expect(await letters.innerText()).toMatch(/公安 紧急转介[\s\S]+2026-11-27 回复[\s\S]+已在邻县找到/u);
  expect(await opens(letters.getByRole('link', { name: '打开材料' }).first())).toBe(true);
  await nextOf(screen).getByText('确认或排除疑似辍学').waitFor();
  for (const login of ['zhuangan1', 'xiaozhang1']) {
    await at(visited, screen, login, '/');
    await screen.getByRole('heading', { name: '工作台' }).waitFor();
    await screen.locator('.desk').waitFor();
    expect([login, await screen.getByText('紧急情况：立即处置并转介').count()]).toEqual([login, 0]);
  }
});

it('DRP-22 at a visit the report is one tap away, and what is being written stays', async () => {
  const teacher = await callAs(visited.url, 'ban1-0101');
  const own = (await teacher(myClasses, { day: '2026-11-27' })).classes[0];
  const { pupils } = await teacher(getRollCall, { classId: own?.classId ?? '', day: '2026-11-27', part: 'morning' });
  const other = pupils.find((one) => one.childId !== child.childId);
  if (!other) throw new Error('no pupil');
  await phone.goto(`${visited.url}/visits/new?child=${other.childId}`);
  await phone.getByLabel('受访家长').fill('邻居代答');
  const [report] = await Promise.all([
    phone.context().waitForEvent('page'),
    phone.getByRole('link', { name: '报告紧急情况' }).click(),
  ]);
  await report.getByRole('heading', { name: '报告紧急情况' }).waitFor();
  await report.getByRole('heading', { name: new RegExp(other.name, 'u') }).waitFor();
  await report.close();
  expect(await phone.getByLabel('受访家长').inputValue()).toBe('邻居代答');
});

it('DRP-23 a community worker reports from the child’s page and is told that it was received', async () => {
  const page = await visited.visit('shequ1-1', 390);
  await page.goto(`${visited.url}/children`);
  await page.locator('main').getByText('共').first().waitFor();
  await page.locator('.card-open').first().click();
  await page.getByRole('button', { name: '报告疑似辍学' }).click();
  await choose(page.getByRole('main'), '原因', '外出打工');
  await choose(page.getByRole('main'), '去向', '务工场所');
  await page.getByRole('button', { name: '报告', exact: true }).click();
  await nextOf(page).getByText('已收到').waitFor();
  await nextOf(page).getByRole('link', { name: '打开档案' }).click();
  await page.getByRole('button', { name: '报告疑似辍学' }).waitFor();
  await page.context().close();
});

it('DRP-23 DRP-16 a finding leads to the report of its child, and the case says where it comes from', async () => {
  const officer = await callAs(visited.url, 'zhuangan1');
  const [finding] = (await officer(listFindings, { kind: 'onRollAbsent', size: 5 })).rows;
  if (!finding) throw new Error('no finding');
  await at(visited, screen, 'zhuangan1', `/compare/findings/${finding.id}`);
  await main().getByRole('link', { name: '报告疑似辍学' }).click();
  await screen.getByRole('heading', { name: new RegExp(finding.name, 'u') }).waitFor();
  await choose(main(), '原因', '学习困难');
  await choose(main(), '去向', '在家');
  await screen.getByRole('button', { name: '报告', exact: true }).click();
  await next(screen, '确认或排除疑似辍学');
  await screen.getByText(/第 1 轮：.+数据比对/u).waitFor();
});

it('DRP-22 FLD-05 at the door without signal the report waits on the phone and goes up by itself, the visit stays as written', async () => {
  const pocket = await makePhone(visited.url, clock);
  const { page } = await pocket.open();
  await page.getByLabel('登录名').fill('ban1-0101');
  await page.getByLabel('密码').fill(samplePassword);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('手机口令').fill('408215');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('再输入一次').fill('408215');
  await page.getByRole('button', { name: '打开' }).click();
  const card = page.locator('section[aria-labelledby=visits] .card', { hasText: child.name });
  await page.getByText(/七天内还有 \d+ 次/u).click();
  await card.click();
  await page.getByLabel('见到的家长').fill('祖父');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '报告紧急情况' }).click();
  await page.getByRole('button', { name: '立即报告' }).click();
  await page.getByText('请选择情况，并写一句是怎么回事。').waitFor();
  await page.getByRole('button', { name: '受到伤害或有危险' }).click();
  await page.getByLabel('怎么回事').fill('祖父称孩子手臂有伤');
  await page.getByRole('checkbox', { name: '已经报警' }).check();
  await page.getByLabel('报警时间').fill('2026-11-27T09:55');
  await page.getByRole('button', { name: '卫健' }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: '立即报告' }).click();
  await page.getByRole('heading', { name: '待上传' }).waitFor();
  await page.context().setOffline(false);
  await page.locator('.card .state-confirmed, .card .state-refused').waitFor();
  expect(await page.locator('.card').innerText()).toContain('平台已确认');
  await page.goBack();
  await page.getByText(/七天内还有 \d+ 次/u).click();
  await card.click();
  expect(await page.getByLabel('见到的家长').inputValue()).toBe('祖父');
  await pocket.stop();
  await at(visited, screen, 'zhuangan1', casePath);
  await main().getByText('已报警；等卫健答复').waitFor();
  expect(await urgentBlock().innerText()).toMatch(
    /受到伤害或有危险[\s\S]+祖父称孩子手臂有伤[\s\S]+09:55报警，没有回执号/u,
  );
});

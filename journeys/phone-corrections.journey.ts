import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange, askChange, correctChange, listHomeLessons } from '#contract/enrolment-changes.ts';
import { correctVisit, getVisit, listVisits } from '#contract/visits.ts';
import { draw, paperVisit, pupilsOf, type Caller } from './case-story.ts';
import { samplePassword, startVisit, type Visited } from './installation.ts';
import {
  callAs,
  enterPin,
  friday,
  fridayMorning,
  makePhone,
  readyWithoutSignal,
  scanAs,
  setPin,
  signInOnPhone,
  type Phone,
} from './phone.ts';

let visited: Visited;
let phone: Phone;
let page: Page;
let teacher: Caller;
let principal: Caller;
let officer: Caller;
let taught = { childId: '', name: '' };
let met = { childId: '', name: '' };
const lessonsOf = randomUUID();
let visitId: string;

beforeAll(async () => {
  visited = await startVisit({ clock: fridayMorning });
  phone = await makePhone(visited.url, fridayMorning);
  teacher = await callAs(visited.url, 'ban1-0101');
  principal = await callAs(visited.url, 'xiaozhang1');
  officer = await callAs(visited.url, 'zhuangan1');
  const registrar = await callAs(visited.url, 'xueji1');
  const [first, second] = await pupilsOf(teacher, friday);
  if (!first || !second) throw new Error('no pupils');
  [taught, met] = [first, second];
  const scan = () => scanAs(visited.url, 'xueji1', 'scan', taught.childId);
  await registrar(askChange, {
    id: lessonsOf,
    kind: 'homeTeaching',
    childId: taught.childId,
    fromDay: friday,
    reason: '重度残疾，不能到校',
    quota: 8,
    pieces: [
      { code: 'application', paperId: await scan() },
      { code: 'assessment', paperId: await scan() },
      { code: 'plan', paperId: await scan() },
    ],
  });
  await principal(approveChange, { id: lessonsOf });
  await officer(approveChange, { id: lessonsOf });
  visitId = await paperVisit(teacher, met.childId, fridayMorning, '父母在外务工，祖母照看');
});
afterAll(async () => {
  await phone.stop();
  await visited.stop();
});

async function openPhone(): Promise<void> {
  ({ page } = await phone.open());
}
const button = (words: string | RegExp) => page.getByRole('button', { name: words, exact: true });
/** The pupil taught at home, on the first page of the phone. */
const card = () => page.locator('section[aria-labelledby=lessons] .card', { hasText: taught.name });
const home = async () => {
  await button('返回').click();
  await page.getByRole('heading', { name: '送教上门' }).waitFor();
};

it('FLD-33 without signal a day of home teaching is written, outlives the killed browser, and is signed by the guardian', async () => {
  await openPhone();
  await signInOnPhone(page, 'ban1-0101');
  await setPin(page);
  await card().getByText('2026-11：已送 0 课时，应送 8 课时，还差 8 课时').waitFor();
  await page.waitForTimeout(3000);
  await readyWithoutSignal(page);
  await page.context().setOffline(true);

  await card().click();
  await button('登记送教').click();
  await button('登记送教').click();
  await page.getByText('请写明送教内容。').waitFor();
  await button('3').click();
  await page.getByLabel('送教内容').fill('认读数字一到十');
  await page.getByLabel('学生表现（可不填）').fill('能跟读，注意力约十分钟');
  await page.waitForTimeout(800);
  await phone.kill();

  await openPhone();
  await page.context().setOffline(true);
  await enterPin(page);
  await card().click();
  await button('登记送教').click();
  expect(await page.getByLabel('送教内容').inputValue()).toBe('认读数字一到十');
  expect(await button('3').getAttribute('aria-pressed')).toBe('true');
  await button('登记送教').click();
  await page.getByText('请监护人签名。').waitFor();
  await draw(page, page.getByRole('img', { name: /监护人签名处/u }));
  await button('登记送教').click();
  await page.getByRole('heading', { name: `送教上门：${taught.name} ${friday}` }).waitFor();
  await home();
  await card().getByText('1 次送教还没有被平台接收').waitFor();
});

it('FLD-34 FLD-36 without signal a visit is corrected with its reason; what is missing is said first, and both go up once', async () => {
  await button('走访记录和更正').click();
  await page.locator('.card', { hasText: met.name }).click();
  await page.getByText('父母在外务工，祖母照看').waitFor();
  await button('更正这次走访').click();
  await page.getByLabel('家庭和监护情况').fill('');
  await button('提交更正').click();
  await page.getByText('请至少填写一项了解到的情况或措施。').waitFor();
  await page.getByLabel('家庭和监护情况').fill('父亲在家务农，祖母照看');
  await button('提交更正').click();
  await page.getByText('请写明更正原因。').waitFor();
  await page.getByLabel('更正原因').fill('父亲已经回家');
  expect(await button('当面重新签名').count()).toBe(0);
  await button('提交更正').click();
  await page.getByRole('heading', { name: `更正走访：${met.name} ${friday}` }).waitFor();
  await home();
  await button('走访记录和更正').click();
  await page.locator('.card', { hasText: met.name }).click();
  await page.getByText('更正存在本机，等待上传').waitFor();
  expect(await button('更正这次走访').count()).toBe(0);
  await phone.kill();

  await openPhone();
  await enterPin(page);
  await button('登录').click();
  await page.getByLabel('密码').fill(samplePassword);
  await button('登录').click();
  await button('待上传 0').click();
  await expect.poll(() => page.getByText('平台已确认').count(), { timeout: 30_000 }).toBe(2);
  const log = await teacher(listHomeLessons, { id: lessonsOf });
  expect(log.rows.map((row) => [row.day, row.lessons, row.content])).toEqual([[friday, 3, '认读数字一到十']]);
  const [now] = (await teacher(listVisits, { childId: met.childId })).rows;
  expect(now?.version).toBe(2);
  expect(await teacher(getVisit, { id: visitId })).toMatchObject({ current: false, signedState: 'awaitingScan' });

  await home();
  await page.getByText('2026-11：已送 3 课时，应送 8 课时，还差 5 课时').waitFor();
  await button('走访记录和更正').click();
  await page.locator('.card', { hasText: '第 2 版' }).click();
  await page.getByText('父亲在家务农，祖母照看').waitFor();
  await page.locator('.card', { hasText: '第 1 版' }).click();
  await page.getByText('这是更正前的第 1 版，已被更正，保留备查。').waitFor();
  await page.getByText('父母在外务工，祖母照看').waitFor();
  await button('打开最新的一版').click();
  await page.getByText('父亲在家务农，祖母照看').waitFor();
});

it('FLD-35 what was done on the platform meanwhile refuses both in words, and the correction is taken over into the newest version', async () => {
  await page.waitForTimeout(1000);
  await page.context().setOffline(true);
  await button('更正这次走访').click();
  await page.getByLabel('措施').fill('每周电话联系一次');
  await page.getByLabel('更正原因').fill('补写措施');
  await button('提交更正').click();
  await page
    .getByRole('heading', { name: /^更正走访：/u })
    .first()
    .waitFor();
  await home();
  await card().click();
  await button('登记送教').click();
  await page.getByLabel('送教内容').fill('画图');
  await draw(page, page.getByRole('img', { name: /监护人签名处/u }));
  await button('登记送教').click();
  await page
    .getByRole('heading', { name: /^送教上门：/u })
    .first()
    .waitFor();

  const [before] = (await principal(listVisits, { childId: met.childId })).rows;
  const { content } = await principal(getVisit, { id: before?.id ?? '' });
  await principal(correctVisit, {
    id: randomUUID(),
    visitId: before?.id ?? '',
    mode: 'door',
    at: fridayMorning,
    paperForm: true,
    reason: '补写陪同人员',
    content: { ...content, companions: '社区网格员' },
  });
  await officer(correctChange, { id: lessonsOf, reason: '评估意见有误，重新评估' });
  await page.context().setOffline(false);
  await button(/现在上传/u).click();
  const refused = page.locator('.entry-refused');
  await expect.poll(() => refused.count(), { timeout: 30_000 }).toBe(2);
  await refused.getByText('这项异动不是已批准的送教上门，不能登记送教。').waitFor();
  await refused.getByText('这条走访记录已被更正，请打开最新的一版再改。').waitFor();

  await button('打开这次走访，接着更正').click();
  await button('打开最新的一版').click();
  await page.getByText('写的内容还在，可以接着办').waitFor();
  await button('用上次写的内容更正').click();
  expect(await page.getByLabel('措施').inputValue()).toBe('每周电话联系一次');
  expect(await page.getByLabel('陪同人员（可不填）').inputValue()).toBe('社区网格员');
  await button('提交更正').click();
  await expect
    .poll(async () => (await teacher(listVisits, { childId: met.childId })).rows[0]?.version, { timeout: 30_000 })
    .toBe(4);
  const [last] = (await teacher(listVisits, { childId: met.childId })).rows;
  const { content: written, versions } = await teacher(getVisit, { id: last?.id ?? '' });
  expect(written).toMatchObject({ companions: '社区网格员', measures: '每周电话联系一次' });
  expect(versions.map((one) => one.reason)).toEqual([null, '父亲已经回家', '补写陪同人员', '补写措施']);
  // Taken over, it is offered no more. Nobody is taught at home any more: the home page has no such heading now.
  await button('返回').click();
  await button('走访记录和更正').click();
  await page.locator('.card', { hasText: '第 4 版' }).click();
  await button('更正这次走访').waitFor();
  expect(await button('用上次写的内容更正').count()).toBe(0);
});

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listLeaves } from '#contract/attendance-leaves.ts';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { getCase } from '#contract/dropout-views.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { getVisit } from '#contract/visits.ts';
import { paperVisit, type Caller } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import {
  callAs,
  friday,
  fridayMorning,
  makePhone,
  readyWithoutSignal,
  setPin,
  signInOnPhone,
  type Phone,
} from './phone.ts';

let visited: Visited;
let phone: Phone;
let page: Page;
let teacher: Caller;
let caseId: string;
let visitId: string;
let names: string[];

beforeAll(async () => {
  visited = await startVisit({ clock: fridayMorning });
  phone = await makePhone(visited.url, fridayMorning);
  teacher = await callAs(visited.url, 'ban1-0101');
  const principal = await callAs(visited.url, 'xiaozhang1');
  const own = (await teacher(myClasses, { day: friday })).classes[0];
  if (!own) throw new Error('no class');
  const { pupils } = await teacher(getRollCall, { classId: own.classId, day: friday });
  names = pupils.map((pupil) => pupil.name);
  const [gone, met] = pupils;
  if (!gone || !met) throw new Error('no pupils');
  ({ caseId } = await teacher(reportDropout, { id: randomUUID(), childId: gone.childId, discovered: friday, reasonGroup: 'study', whereabouts: 'home' })); // prettier-ignore
  await principal(confirmCase, { id: caseId });
  visitId = await paperVisit(teacher, met.childId, fridayMorning, '父母在家务农');
});
afterAll(async () => {
  await phone.stop();
  await visited.stop();
});

it('FLD-30 FLD-31 FLD-32 a contact, a leave with its paper and a signed form are entered without signal and go up once, in order', async () => {
  ({ page } = await phone.open());
  await signInOnPhone(page, 'ban1-0101');
  await setPin(page);
  const card = page.locator('section[aria-labelledby=cases] .card', { hasText: names[0] ?? '' });
  await card.waitFor();
  await page.waitForTimeout(3000);
  await readyWithoutSignal(page);
  await page.context().setOffline(true);

  await card.click();
  await page.getByRole('button', { name: '登记联系家长' }).click();
  await page.getByRole('button', { name: '登记联系', exact: true }).click();
  await page.getByText('请选择方式，以及是否联系上。').waitFor();
  await page.getByRole('button', { name: '联系上了' }).click();
  await page.getByLabel('联系情况').fill('父亲答应周一送回');
  await page.getByRole('button', { name: '登记联系', exact: true }).click();
  await page.getByRole('heading', { name: `联系家长：${names[0] ?? ''}` }).waitFor();
  await page.getByRole('button', { name: '返回' }).click();

  const picture = await page.screenshot();
  const paper = { name: '证明.png', mimeType: 'image/png', buffer: picture };
  await page.getByRole('button', { name: '登记请假' }).click();
  await page.getByRole('button', { name: new RegExp(names[2] ?? '') }).click();
  await page.getByRole('button', { name: '病假' }).click();
  await page.getByLabel('证明照片（可以以后补）').setInputFiles(paper);
  await page.getByText(`请假证明 ${names[2] ?? ''} 1 已存本机`).waitFor();
  await page.getByRole('button', { name: '登记请假' }).click();
  await page.getByRole('heading', { name: `病假：${names[2] ?? ''}` }).waitFor();
  await page.getByRole('button', { name: '返回' }).click();

  await page.getByRole('button', { name: '补纸质签名' }).click();
  await page.getByRole('button', { name: new RegExp(names[1] ?? '') }).click();
  await page.getByLabel('拍下签了名的记录表').setInputFiles(paper);
  await page.getByText(/家访记录表 .* 1 已存本机/).waitFor();
  await page.getByRole('button', { name: '教师' }).click();
  await page.getByRole('button', { name: '家长' }).click();
  await page.getByRole('button', { name: '学生' }).click();
  await page.getByRole('button', { name: '附上签名的记录表' }).click();
  await page.getByRole('heading', { name: `纸质签名：${names[1] ?? ''}` }).waitFor();
  expect(await page.locator('.card').count()).toBe(5);

  await page.context().setOffline(false);
  await page.getByRole('button', { name: /现在上传/ }).click();
  await expect.poll(() => page.getByText('平台已确认').count(), { timeout: 30_000 }).toBe(5);
  const shown = await teacher(getCase, { id: caseId });
  expect(shown.timeline.filter((one) => JSON.stringify(one).includes('父亲答应周一送回'))).toHaveLength(1);
  const leaves = (await teacher(listLeaves, {})).rows.filter((row) => row.name === names[2]);
  expect(leaves).toHaveLength(1);
  expect((await teacher(getVisit, { id: visitId })).signedState).toBe('signed');
});

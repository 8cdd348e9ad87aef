import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import { makePlan } from '#contract/visit-plans.ts';
import { listVisits, myVisits } from '#contract/visits.ts';
import { draw, type Caller } from './case-story.ts';
import { samplePassword, startVisit, type Visited } from './installation.ts';
import {
  callAs,
  enterPin,
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
let classId: string;

beforeAll(async () => {
  visited = await startVisit({ clock: fridayMorning });
  phone = await makePhone(visited.url, fridayMorning);
  teacher = await callAs(visited.url, 'ban1-0101');
  const officer = await callAs(visited.url, 'deyu1');
  const own = (await teacher(myClasses, { day: friday })).classes[0];
  if (!own) throw new Error('no class');
  classId = own.classId;
  await officer(makePlan, {
    id: randomUUID(),
    kind: 'term',
    name: '第一学期全员家访',
    schoolId: own.schoolId,
    from: friday,
    to: friday,
    classIds: [classId],
    preview: false,
  });
});
afterAll(async () => {
  await phone.stop();
  await visited.stop();
});

const open = async () => {
  ({ page } = await phone.open());
};
async function unlock(): Promise<void> {
  await enterPin(page);
  await page.getByRole('heading', { name: '点名', exact: true }).waitFor();
}
const sign = (party: string) => draw(page, page.getByRole('region', { name: `${party}签名` }).getByRole('img'));

it('FLD-01 a teacher signs in once with signal, sets a PIN, and today’s work lies on the phone', async () => {
  await open();
  await signInOnPhone(page, 'ban1-0101');
  await page.getByLabel('手机口令').fill('111111');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('太容易猜到').waitFor();
  await setPin(page);
  await page.getByText('上午还没有点名').waitFor();
  await readyWithoutSignal(page);
  // What is fetched for later is sealed: no name stands in the browser's store.
  const names = (await teacher(getRollCall, { classId, day: friday, part: 'morning' })).pupils.map(
    (pupil) => pupil.name,
  );
  await page.waitForFunction(async () => {
    const store = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('baoxue-field');
      opening.onsuccess = () => {
        resolve(opening.result);
      };
    });
    const count = await new Promise<number>((resolve) => {
      const counting = store.transaction('fetched').objectStore('fetched').count();
      counting.onsuccess = () => {
        resolve(counting.result);
      };
    });
    store.close();
    return count >= 3;
  });
  expect(names.length).toBeGreaterThan(20);
});

it('FLD-05 a roll call and a visit with signatures are entered without signal, survive the killed browser, and go up once', async () => {
  await page.context().setOffline(true);
  await page.getByRole('button', { name: /上午还没有点名/ }).click();
  const pupils = page.locator('.roll li > button');
  const absent = (await pupils.nth(3).locator('span').first().innerText()).trim();
  await pupils.nth(3).click();
  await page.getByRole('button', { name: '1 人没到，提交' }).click();
  await page.getByRole('button', { name: '联系不上' }).click();
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByText('上午已点名，存在本机，等待上传').waitFor();

  const card = page.locator('section[aria-labelledby=visits] .card').first();
  const child = (await card.locator('strong').innerText()).trim();
  await card.click();
  await page.getByLabel('见到的家长').fill('闻人建国');
  await page.getByLabel('与孩子的关系').fill('父亲');
  await page.getByLabel('家长意见').fill('一定按时送孩子上学');
  await page.waitForTimeout(800);
  // The phone goes out in the middle of the visit.
  await phone.kill();
  await open();
  await page.context().setOffline(true);
  await unlock();
  await page.getByText('没有信号，显示的是').waitFor();
  await page.locator('section[aria-labelledby=visits] .card', { hasText: child }).first().click();
  expect(await page.getByLabel('家长意见').inputValue()).toBe('一定按时送孩子上学');
  await page.getByRole('button', { name: '核对内容并签名' }).click();
  await page.getByRole('button', { name: '登记走访' }).click();
  await page.getByText('请教师签名').waitFor();
  await sign('教师');
  await sign('家长');
  await page.getByRole('button', { name: '登记走访' }).click();
  await page.getByRole('heading', { name: '待上传' }).waitFor();
  expect(await page.locator('.card').count()).toBe(3);
  await phone.kill();

  // The killed browser has forgotten the session: the entries wait for the same person to sign in.
  await open();
  await unlock();
  await page.getByText('登录已失效，3 条登记等您重新登录后上传').waitFor();
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('密码').fill(samplePassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: /待上传 0/ }).waitFor();
  await page.getByRole('button', { name: /待上传/ }).click();
  expect(await page.getByText('平台已确认').count()).toBe(3);
  const marked = await teacher(getRollCall, { classId, day: friday, part: 'morning' });
  expect(marked.pupils.filter((pupil) => pupil.mark === 'unexcused').map((pupil) => pupil.name)).toEqual([absent]);
  expect(marked.pupils.find((pupil) => pupil.name === absent)?.answer).toBe('notReached');
  const visits = (await teacher(listVisits, { classId })).rows;
  expect(visits.map((visit) => [visit.childName, visit.guardian, visit.signedState])).toEqual([
    [child, expect.stringContaining('闻人建国'), 'signed'],
  ]);
});

it('FLD-03 signing out erases the names and keeps what waits for the same person', async () => {
  const fetchedAgain = page.waitForResponse(/attendance\/roll-call/);
  await page.getByRole('button', { name: '返回' }).click();
  await fetchedAgain;
  await page.getByText(/上午已点名：到校/).waitFor();
  await page.waitForTimeout(500);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: /上午已点名/ }).click();
  await page.locator('.roll li > button').nth(5).click();
  await page
    .getByRole('group', { name: /更正为/ })
    .getByRole('button', { name: '无故缺勤' })
    .click();
  await page.getByRole('button', { name: '点名时记错' }).click();
  await page.getByText('无故缺勤（已更正）').waitFor();
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('button', { name: '退出，清除本机名单' }).click();
  await page
    .getByText(/第一次使用须联网登录|已退出/)
    .first()
    .waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await signInOnPhone(page, 'ban1-0101');
  await setPin(page);
  await page.getByRole('button', { name: /待上传 0/ }).waitFor();
  const marked = await teacher(getRollCall, { classId, day: friday, part: 'morning' });
  expect(marked.pupils.filter((pupil) => pupil.mark === 'unexcused')).toHaveLength(2);
  expect((await teacher(myVisits, { day: friday })).due.length).toBeGreaterThan(0);
});

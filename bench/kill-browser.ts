import type { Page } from 'playwright-core';
import { getRollCall } from '#contract/attendance.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { Chance } from '#server/sample/chance.ts';
import { makePhone } from '../journeys/phone.ts';
import { addressOf } from './installation.ts';
import { password, type Room } from './kill-world.ts';

const pin = '408215';
/** Corrections begun in each life of the browser. */
const tapsOfLife = 3;

/** A teacher's phone, a real browser that is killed while its entries wait or are on the way. */
export interface KilledPhone {
  /** Opens the browser, lets go up what waits, corrects some marks, and kills it at a random moment. */
  liveAndDie(): Promise<void>;
  /** Opens it for the last time and waits until nothing waits. */
  finish(): Promise<void>;
  /** The pupils whose correction stood on the screen as kept before the browser was killed. */
  acknowledged: Set<string>;
  /** Every pupil whose correction was begun. */
  begun: Set<string>;
  stop(): Promise<void>;
}

async function enterPin(page: Page): Promise<void> {
  await page.getByLabel('手机口令').fill(pin);
  await page.getByRole('button', { name: '打开' }).click();
  await page.getByRole('heading', { name: '点名', exact: true }).waitFor();
}

/** Makes the phone of a class's teacher; the class must not be marked yet on the day of `at`. */
export async function killedPhone(
  url: string,
  room: Room,
  at: string,
  day: string,
  chance: Chance,
  cookie: string,
): Promise<KilledPhone> {
  const phone = await makePhone(url, at);
  const acknowledged = new Set<string>();
  const begun = new Set<string>();
  let lives = 0;
  let pupils: string[] = [];
  const first = async (page: Page) => {
    await page.getByLabel('登录名').fill(room.login);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    for (const label of ['手机口令', '再输入一次']) {
      await page.getByLabel(label).fill(pin);
      await page.getByRole('button', { name: label === '手机口令' ? '下一步' : '打开' }).click();
    }
    await page.getByRole('button', { name: /上午还没有点名/ }).click();
    await page.getByRole('button', { name: /提交/ }).click();
    await page.getByRole('button', { name: '返回' }).click();
  };
  const again = async (page: Page) => {
    await enterPin(page);
    // A killed browser has mostly forgotten the session.
    const signInAgain = page.getByRole('button', { name: '登录' });
    await signInAgain
      .or(page.getByRole('button', { name: /待上传 0/ }))
      .first()
      .waitFor();
    if (!(await signInAgain.isVisible())) return;
    await signInAgain.click();
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
  };
  const open = async () => {
    const { page } = await phone.open();
    // Whether a page comes is asked here, not how fast: the machine may be busy with other work.
    page.setDefaultTimeout(90_000);
    lives += 1;
    try {
      await (lives === 1 ? first(page) : again(page));
      await page.getByRole('button', { name: /待上传 0/ }).waitFor();
    } catch (error) {
      throw new Error(`the page shows: ${await page.locator('body').innerText()}`, { cause: error });
    }
    return page;
  };
  const shown = async () => {
    const to = addressOf(url, getRollCall, { classId: room.classId, day, part: 'morning' }).url;
    // as: the answer of this very call
    const roll = (await (await fetch(to, { headers: { cookie } })).json()) as OutputOf<typeof getRollCall>;
    return roll.pupils.map((pupil) => pupil.childId);
  };
  const correct = async (page: Page) => {
    const at = pupils.findIndex((childId) => !begun.has(childId));
    const childId = pupils[at];
    if (childId === undefined) return;
    const row = page.locator('.roll li').nth(at);
    await row.getByRole('button').first().click();
    await row.getByRole('button', { name: '无故缺勤' }).click();
    begun.add(childId);
    await row.getByRole('button', { name: '点名时记错' }).click();
    await row.getByText('已更正').waitFor();
    acknowledged.add(childId);
  };
  return {
    acknowledged,
    begun,
    liveAndDie: async () => {
      const page = await open();
      if (pupils.length === 0) pupils = await shown();
      await page.getByRole('button', { name: /上午已点名/ }).click();
      await page.locator('.roll li').first().waitFor();
      await correct(page);
      const life = { over: false };
      const died = new Promise((resolve) => setTimeout(resolve, chance.whole(0, 900))).then(async () => {
        life.over = true;
        await phone.kill();
      });
      for (let tap = 1; tap < tapsOfLife && !life.over; tap += 1) {
        // A browser that dies under the finger ends the life.
        const lives = await correct(page).then(
          () => true,
          () => false,
        );
        if (!lives) break;
      }
      await died;
    },
    finish: async () => {
      await open();
    },
    stop: () => phone.stop(),
  };
}

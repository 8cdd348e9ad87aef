import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { getRollCall, markRollCall, myClasses } from '#contract/attendance.ts';
import { reportDropout } from '#contract/dropout.ts';
import { changePassword } from '#contract/security.ts';
import { recordVisit } from '#contract/visits.ts';
import type { Role } from '#domain/basics/roles.ts';
import { samplePassword, type Visited } from './installation.ts';
import type { callAs } from './phone.ts';

/** A person of the sample who calls the platform. */
export type Caller = Awaited<ReturnType<typeof callAs>>;

/** A scan as an office attaches it. */
export const scan = path.resolve(import.meta.dirname, '../docs/pictures/desk.png');

/** Gives a post of the sample to somebody new, who has signed in once and taken the password of all; answers the login. */
export async function appoint(
  visited: Visited,
  post: { login: string; name: string; role: Role; unit?: string },
): Promise<string> {
  const first = `${samplePassword}-first`;
  const unit = post.unit === undefined ? [] : ['--unit', post.unit];
  const who = ['--district', '420102', '--login', post.login, '--name', post.name, '--role', post.role];
  await visited.command('account', 'create', ...who, ...unit, '--password', first);
  const send = (to: string, cookie: string, body: Record<string, string>) =>
    fetch(visited.url + to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-baoxue': '1', 'x-request-id': randomUUID(), cookie },
      body: JSON.stringify(body),
    });
  const signed = await send('/api/sign-in', '', { login: post.login, password: first });
  const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? '';
  const changed = await send(changePassword.path, cookie, { current: first, next: samplePassword });
  if (!changed.ok) throw new Error(`${post.login}: ${await changed.text()}`);
  return post.login;
}

/** A suspected dropout that the teacher reports, as the story needs it beforehand; answers the page of its case. */
export async function reported(teacher: Caller, childId: string, day: string): Promise<string> {
  const made = await teacher(reportDropout, {
    id: randomUUID(),
    childId,
    discovered: day,
    reasonGroup: 'family',
    whereabouts: 'unknown',
    done: '电话联系家长两次，无人接听',
  });
  return made.link;
}

/** A visit at the door on a paper form that nobody has signed yet, as the story needs it beforehand; answers its id. */
export async function paperVisit(teacher: Caller, childId: string, at: string, family: string): Promise<string> {
  const id = randomUUID();
  await teacher(recordVisit, {
    id,
    childId,
    mode: 'door',
    at,
    paperForm: true,
    content: {
      visitors: [{ staffId: null, name: '王老师' }],
      guardian: { name: '闻人建国', relation: '父亲' },
      purpose: '家访',
      family,
    },
  });
  return id;
}

/** Chooses in a list of a form that stands on the page, by typing what is meant: a long list shows only its beginning. */
export async function choose(form: Locator, label: string, words: string): Promise<void> {
  const page = form.page();
  const box = form.getByRole('combobox', { name: label, exact: true });
  const own = page.getByRole('combobox', { name: label, exact: true });
  const chosen = form.locator('.ant-select').filter({ has: own }).getByText(words).filter({ visible: true }).first();
  // The list still moves while it opens: a tap beside the words is made again, as a person would.
  for (let tries = 0; tries < 4; tries += 1) {
    await box.fill(words);
    await form.page().locator('.ant-select-item-option').filter({ hasText: words }).first().click();
    if (
      await chosen.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`“${words}” was not chosen at “${label}”`);
}

/** Whether the paper behind a link opens for this person. */
export async function opens(link: Locator): Promise<boolean> {
  const to = new URL((await link.getAttribute('href')) ?? '', link.page().url()).href;
  return (await link.page().request.get(to)).ok();
}

let hands = 0;

/** Draws two strokes in a box to sign in, each time in another hand: one hand under two names is refused. The box is found by its role: its name changes with the first stroke. */
export async function draw(page: Page, pad: Locator): Promise<void> {
  // To the middle, where no bar at the foot of the page lies over it.
  await pad.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  const box = await pad.boundingBox();
  if (!box) throw new Error('no box');
  hands += 1;
  const slant = 0.05 + (hands % 7) * 0.03;
  for (const part of [0.3, 0.6]) {
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * part);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height * (part + slant), { steps: 6 });
    await page.mouse.up();
  }
}

/** Another person takes the screen and opens a page; the sign-in page itself has its own journeys. */
export async function at(visited: Visited, page: Page, login: string, path: string): Promise<Page> {
  await page.context().clearCookies();
  const signed = await page.context().request.post(`${visited.url}/api/sign-in`, {
    headers: { 'x-baoxue': '1' },
    data: { login, password: samplePassword },
  });
  if (!signed.ok()) throw new Error(`${login}: ${String(signed.status())} ${await signed.text()}`);
  await page.goto(visited.url + path);
  return page;
}

/** Loads the open page anew until what the job of each minute brings stands on it. */
export async function untilThere(page: Page, there: Locator): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    const came = await there
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
    if (came) return;
    await page.reload();
  }
  throw new Error(`the minute’s job did not bring ${there.toString()}`);
}

/** What the case page says is next. */
export const nextOf = (page: Page) => page.getByRole('region', { name: '下一步' });

/** Waits until the case page says that this is next. */
export async function next(page: Page, words: string | RegExp): Promise<void> {
  await nextOf(page).locator('strong').filter({ hasText: words }).waitFor();
}

/** Takes an act of the open case page: its button, its form filled, sent, and closed again. */
export async function act(page: Page, words: string, fill: (form: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: words, exact: true }).click();
  const form = page.getByRole('dialog').filter({ hasText: `${words}：` });
  await form.waitFor();
  await fill(form);
  await form.getByRole('button', { name: words, exact: true }).click();
  await form.waitFor({ state: 'hidden' });
}

/** Fills who looked a piece of evidence up, when and where. */
export async function checkedBy(form: Locator): Promise<void> {
  await form.getByLabel('核实人').fill('冯专干');
  await form.getByLabel('核实日期').fill('2026-12-09');
  await form.getByLabel('核实日期').press('Enter');
  await form.getByLabel('在哪个系统查询，或拨打的电话').fill('全国中小学生学籍信息管理系统');
}

/** Whether the case page has a button for an act. */
export const offers = async (page: Page, words: string): Promise<boolean> =>
  (await page.getByRole('main').getByRole('button', { name: words, exact: true }).count()) > 0;

/** Serves the document that waits, from the case page on: in person, signed by who received it. */
export async function serve(page: Page, recipient: string): Promise<void> {
  await nextOf(page).getByRole('link', { name: '登记送达' }).click();
  await nextOf(page).getByRole('button', { name: '登记送达' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('签收人', { exact: true }).fill(recipient);
  await form.getByLabel('与学生的关系').fill('父亲');
  await form.getByLabel('地点').fill('家中');
  await draw(page, form.getByRole('img', { name: /签收人签名处/u }));
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  await page.getByText('已登记送达情况。').waitFor();
  await page.getByRole('main').getByRole('link', { name: '打开个案' }).first().click();
  await nextOf(page).waitFor();
}

/** Marks the teacher's class on past days as entries made late: the one pupil absent, or everybody present. */
export async function markDays(teacher: Caller, days: readonly string[], absent: string | null): Promise<void> {
  for (const day of days) {
    const own = (await teacher(myClasses, { day })).classes[0];
    if (!own) throw new Error('no class');
    await teacher(markRollCall, {
      id: randomUUID(),
      classId: own.classId,
      day,
      part: 'morning',
      absent: absent === null ? [] : [{ id: randomUUID(), childId: absent, kind: 'unexcused' }],
      reason: '当天未及时登记，按班级日志补记',
    });
  }
}

/** The pupils of the teacher's class on a day, only those whose name is not part of another's. */
export async function pupilsOf(teacher: Caller, day: string): Promise<{ childId: string; name: string }[]> {
  const own = (await teacher(myClasses, { day })).classes[0];
  if (!own) throw new Error('no class');
  const { pupils } = await teacher(getRollCall, { classId: own.classId, day, part: 'morning' });
  return pupils.filter((one) => pupils.every((other) => other === one || !other.name.includes(one.name)));
}

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange, askChange } from '#contract/enrolment-changes.ts';
import { listSchools } from '#contract/organisations.ts';
import { revealChild } from '#contract/population.ts';
import { act, appoint, at, choose, nextOf, offers, pupilsOf, scan, type Caller } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs, scanAs } from './phone.ts';

/** A Friday of the term, ten in the morning in China; and the Monday after the ten working days in which the pupil should have come. */
const friday = '2026-11-27T02:00:00Z';
const over = '2026-12-14T02:00:00Z';
const sending = '青棠里小学';
const receiving = '云杪小学';

interface Pupil {
  childId: string;
  name: string;
  number: string;
}
let visited: Visited;
let screen: Page;
let moving: Pupil;
let missing: Pupil;
let receivingId = '';
let change = '';
/** The change whose pupil never arrives. */
const never = randomUUID();

beforeAll(async () => {
  visited = await startVisit({ clock: friday });
  await appoint(visited, { login: 'xueji2', name: '闻学籍', role: 'registrar', unit: '2142990102' });
  await appoint(visited, { login: 'xiaozhang2', name: '云知夏', role: 'principal', unit: '2142990102' });
  const registrar = await callAs(visited.url, 'xueji1');
  const named = async (pupil: { childId: string; name: string } | undefined): Promise<Pupil> => {
    if (!pupil) throw new Error('no pupil');
    const reason = '家长办理转学，核对证件';
    const { documentNumber } = await registrar(revealChild, { id: pupil.childId, what: 'document', reason });
    return { ...pupil, number: documentNumber ?? '' };
  };
  const pupils = await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25');
  [moving, missing] = [await named(pupils[0]), await named(pupils[1])];
  const officer = await callAs(visited.url, 'zhuangan1');
  receivingId = (await officer(listSchools, {})).rows.find((one) => one.name === receiving)?.id ?? '';
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const step = (words: string, page = screen) => nextOf(page).locator('strong').filter({ hasText: words }).waitFor();
const said = () => screen.getByRole('main').innerText();

it('ENR-07 ENR-19 the receiving school asks by the papers of a child whom it does not see; a wrong number is refused in words', async () => {
  await at(visited, screen, 'xueji2', '/changes');
  await screen.getByRole('link', { name: '提出异动' }).first().click();
  const form = screen.getByRole('main');
  await choose(form, '异动类别', '转学（区内）');
  await screen.getByLabel('姓名（按证件）').fill(moving.name);
  await screen.getByLabel('证件号码或学籍号').fill(missing.number);
  await choose(form, '学校', receiving);
  await screen.getByLabel('事由').fill('随父母迁居，房屋已交付');
  for (const words of ['监护人书面申请', '户籍或居住变动证明']) {
    await screen.getByLabel(`选择${words}`).setInputFiles(scan);
    await screen.getByText(`换一份${words}`).waitFor();
  }
  await screen.getByRole('button', { name: '提出转学（区内）' }).click();
  await screen.locator('.ant-form-item-explain-error').first().waitFor();
  expect(await said()).not.toContain(sending);
  await screen.getByLabel('证件号码或学籍号').fill(moving.number);
  await screen.getByRole('button', { name: '提出转学（区内）' }).click();
  await step('待转入学校审核');
  change = new URL(screen.url()).pathname;
  // Who asked does not approve.
  expect(await offers(screen, '同意')).toBe(false);
});

it('ENR-07 receiving school, sending school and bureau agree in turn, the sending principal on the phone; the pupil stays on the sending roll meanwhile', async () => {
  await at(visited, screen, 'xiaozhang2', change);
  await act(screen, '同意', (form) => form.getByLabel('说明').fill('一年级（2）班有空位'));
  await step('待转出学校审核');
  expect(await offers(screen, '同意')).toBe(false);

  const phone = await visited.visit('xiaozhang1', 390);
  await phone.goto(`${visited.url}/changes`);
  const card = phone.locator('.card').filter({ hasText: moving.name });
  await card.getByText('待转出学校审核').waitFor();
  await card.getByRole('button', { name: '打开' }).click();
  await step('待转出学校审核', phone);
  await phone.getByText('一年级（2）班有空位').waitFor();
  await act(phone, '同意', () => Promise.resolve());
  await step('待区教育局审批', phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await phone.context().close();

  await at(visited, screen, 'xueji1', change);
  expect(await offers(screen, '确认到校')).toBe(false);
  await screen.getByText('转出办理中').first().waitFor();
  await at(visited, screen, 'zhuangan1', change);
  await act(screen, '同意', () => Promise.resolve());
  await step('待到校确认');
  // 10 working days from a Friday.
  await nextOf(screen).getByText('2026年12月11日').waitFor();
});

it('ENR-07 the receiving school confirms the arrival: the roll changes on that day, and both schools see it settled', async () => {
  await at(visited, screen, 'xueji2', change);
  await act(screen, '确认到校', (form) => form.getByLabel('说明').fill('班主任已接收'));
  await step('已办结');
  await screen.getByText(`在校 ${receiving}`).waitFor();
  for (const [login, there] of [
    ['xueji2', 1],
    ['xueji1', 0],
  ] as const) {
    await at(visited, screen, login, `/roster?q=${encodeURIComponent(moving.name)}`);
    await screen.getByText(/^共 \d+ 条$/u).waitFor();
    expect([login, await screen.getByRole('row').filter({ hasText: moving.name }).count()]).toEqual([login, there]);
  }
  await at(visited, screen, 'xueji1', '/changes?state=done');
  await screen.getByRole('row').filter({ hasText: moving.name }).getByText('已办结').waitFor();
});

it('ENR-09 a transfer whose pupil never arrives is 去向未落实 past its deadline: in the list, on the page and as a duty of both', async () => {
  const who: Record<'asker' | 'receiver' | 'sender' | 'bureau', Caller> = {
    asker: await callAs(visited.url, 'xueji2'),
    receiver: await callAs(visited.url, 'xiaozhang2'),
    sender: await callAs(visited.url, 'xiaozhang1'),
    bureau: await callAs(visited.url, 'zhuangan1'),
  };
  const paper = async (code: string) => ({ code, paperId: await scanAs(visited.url, 'xueji2', 'scan', null) });
  await who.asker(askChange, {
    id: never,
    kind: 'transferInside',
    person: { name: missing.name, number: missing.number },
    toSchoolId: receivingId,
    fromDay: '2026-11-27',
    reason: '随祖父母居住',
    pieces: [await paper('application'), await paper('residence')],
  });
  for (const party of [who.receiver, who.sender, who.bureau]) await party(approveChange, { id: never });
  await visited.move(over);
  await at(visited, screen, 'zhuangan1', '/changes?state=late');
  const row = screen.getByRole('row').filter({ hasText: missing.name });
  // The job of each minute passes the deadline.
  for (let tries = 0; tries < 16 && (await row.count()) === 0; tries += 1) {
    await screen.waitForTimeout(5000);
    await screen.reload();
    await screen.getByText(/^共 \d+ 条$/u).waitFor();
  }
  await row.getByText('去向未落实').waitFor();
  await row.click();
  await step('去向未落实：查明去向，到校后确认');
  await screen.getByText('逾期未确认到校，去向未落实').first().waitFor();
  expect(await offers(screen, '确认到校')).toBe(true);
  for (const login of ['xueji2', 'zhuangan1']) {
    await at(visited, screen, login, '/duties?rule=noShow');
    await screen.getByText('查明未到校学生去向').first().waitFor();
    await screen.getByText(missing.name).first().waitFor();
  }
});

it('ENR-09 STA-02 STA-08 he counts as 去向未落实 of the school that he left: in its report and in the district’s, each number with his name', async () => {
  await at(visited, screen, 'xiaozhang1', '/reports?period=month&day=2026-12-14');
  await screen.getByRole('row').filter({ hasText: sending }).click();
  await screen.getByRole('link', { name: '去向未落实 1 人，看名单' }).click();
  const names = screen.getByRole('dialog').filter({ hasText: '去向未落实' });
  await names.getByRole('link', { name: missing.name }).waitFor();
  expect(await names.innerText()).not.toContain(moving.name);
  await at(visited, screen, 'zhuangan1', '/reports/district?period=month&day=2026-12-14');
  const link = screen.getByRole('link', { name: '去向未落实 1 人，看名单' });
  await link.click();
  await screen.getByRole('dialog').getByRole('link', { name: missing.name }).waitFor();
});

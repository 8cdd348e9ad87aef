import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange, askChange } from '#contract/enrolment-changes.ts';
import { listSchools } from '#contract/organisations.ts';
import { revealChild } from '#contract/population.ts';
import { decideApproval, requestApproval } from '#contract/security.ts';
import { act, appoint, at, choose, next, nextOf, offers, pupilsOf, scan, untilThere } from './case-story.ts';
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
  const [registrar, principal] = [await callAs(visited.url, 'xueji1'), await callAs(visited.url, 'xiaozhang1')];
  // The number that stands on the papers which the family brings to the receiving school.
  const named = async (pupil: { childId: string; name: string } | undefined): Promise<Pupil> => {
    if (!pupil) throw new Error('no pupil');
    const reason = '家长办理转学，核对证件';
    const asked = { kind: 'revealDocument', purpose: reason, childId: pupil.childId } as const;
    const { id: approvalId } = await registrar(requestApproval, asked);
    await principal(decideApproval, { id: approvalId, approve: true });
    const opened = { id: pupil.childId, what: 'document', reason, approvalId } as const;
    const { documentNumber } = await registrar(revealChild, opened);
    return { ...pupil, number: documentNumber ?? '' };
  };
  const pupils = await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25');
  [moving, missing] = [await named(pupils[0]), await named(pupils[1])];
  const officer = await callAs(visited.url, 'zhuangan1');
  receivingId = (await officer(listSchools, {})).rows.find((one) => one.name === receiving)?.id ?? '';
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const main = () => screen.getByRole('main');
const rowOf = (name: string) => screen.getByRole('row').filter({ hasText: name });
const record = () => main().getByRole('link', { name: '学生档案' });

it('ENR-07 ENR-19 the receiving school asks by the papers of a child whom it does not see; a wrong number is refused in words', async () => {
  await at(visited, screen, 'xueji2', '/changes');
  await screen.getByRole('link', { name: '提出异动' }).first().click();
  const form = main();
  await choose(form, '异动类别', '转学（区内）');
  await screen.getByLabel('姓名（按证件）').fill(moving.name);
  await screen.getByLabel('证件号码或学籍号').fill(missing.number);
  await choose(form, '学校', receiving);
  await screen.getByLabel('事由').fill('随父母迁居，房屋已交付');
  for (const words of ['监护人书面申请', '户籍或居住变动证明']) {
    await screen.getByLabel(`选择${words}`).setInputFiles(scan);
    await screen.getByText(`换一份${words}`).waitFor();
  }
  await form.getByRole('button', { name: '提出转学（区内）' }).click();
  await form.getByText('没有姓名和号码都相符的学生，请核对证件。').waitFor();
  expect(await form.innerText()).not.toContain(sending);
  await screen.getByLabel('证件号码或学籍号').fill(moving.number);
  await form.getByRole('button', { name: '提出转学（区内）' }).click();
  await next(screen, '待转入学校审核');
  change = new URL(screen.url()).pathname;
  // Who asked does not approve, and has no record of the child to open yet.
  expect(await offers(screen, '同意')).toBe(false);
  await main().getByText('随父母迁居，房屋已交付').waitFor();
  expect(await record().count()).toBe(0);
});

it('ENR-07 receiving school, sending school and bureau agree in turn, the sending principal on the phone; the pupil stays on the sending roll meanwhile', async () => {
  await at(visited, screen, 'xiaozhang2', change);
  await act(screen, '同意', (form) => form.getByLabel('说明').fill('一年级（2）班有空位'));
  await next(screen, '待转出学校审核');
  expect(await offers(screen, '同意')).toBe(false);

  const phone = await visited.visit('xiaozhang1', 390);
  await phone.goto(`${visited.url}/changes`);
  const card = phone.locator('.card').filter({ hasText: moving.name });
  await card.getByText('待转出学校审核').waitFor();
  await card.getByRole('button', { name: '打开' }).click();
  await next(phone, '待转出学校审核');
  await phone.getByRole('main').getByText('一年级（2）班有空位').waitFor();
  await act(phone, '同意', () => Promise.resolve());
  await next(phone, '待区教育局审批');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await phone.context().close();

  await at(visited, screen, 'xueji1', change);
  expect(await offers(screen, '确认到校')).toBe(false);
  await main().getByText('转出办理中').first().waitFor();
  await at(visited, screen, 'zhuangan1', change);
  await act(screen, '同意', () => Promise.resolve());
  await next(screen, '待到校确认');
  // 10 working days from a Friday.
  await nextOf(screen).getByText('2026年12月11日').waitFor();
});

it('ENR-07 ENR-19 the receiving school confirms the arrival and names his class: the roll changes on that day, and both schools see it settled', async () => {
  await at(visited, screen, 'xueji2', change);
  await act(screen, '确认到校', async (form) => {
    await form.getByRole('combobox', { name: '编入班级', exact: true }).click();
    await screen.locator('.ant-select-item-option').filter({ hasText: '一年级（2）班' }).click();
    await form.getByLabel('说明').fill('班主任已接收');
  });
  await next(screen, '已办结');
  await main().getByText(`在校 ${receiving} 一年级（2）班`).waitFor();
  await record().waitFor();
  for (const [login, there] of [
    ['xueji2', 1],
    ['xueji1', 0],
  ] as const) {
    await at(visited, screen, login, `/roster?q=${encodeURIComponent(moving.name)}`);
    await screen.getByText(/^共 \d+ 条$/u).waitFor();
    const pupil = rowOf(moving.name).filter({ hasText: login === 'xueji2' ? '一年级（2）班' : '一年级（1）班' });
    expect([login, await pupil.count()]).toEqual([login, there]);
  }
  await at(visited, screen, 'xueji1', '/changes?state=done');
  await rowOf(moving.name).getByText('已办结').waitFor();
});

it('ENR-09 a transfer whose pupil never arrives is 去向未落实 past its deadline: in the list, on the page, and as a duty that the school he left holds with the bureau', async () => {
  const paper = async (code: string) => ({ code, paperId: await scanAs(visited.url, 'xueji2', 'scan', null) });
  const pieces = [await paper('application'), await paper('residence')];
  // Signed in last: of a person's sessions only the latest few go on.
  const asker = await callAs(visited.url, 'xueji2');
  await asker(askChange, {
    id: never,
    kind: 'transferInside',
    person: { name: missing.name, number: missing.number },
    toSchoolId: receivingId,
    fromDay: '2026-11-27',
    reason: '随祖父母居住',
    pieces,
  });
  for (const login of ['xiaozhang2', 'xiaozhang1', 'zhuangan1'])
    await (
      await callAs(visited.url, login)
    )(approveChange, { id: never });
  await visited.move(over);
  await at(visited, screen, 'zhuangan1', '/changes?state=late');
  const row = rowOf(missing.name);
  await untilThere(screen, row);
  await row.getByText('去向未落实').waitFor();
  await row.getByText(missing.name).click();
  await next(screen, '去向未落实：查明去向，到校后确认');
  await main().getByText('逾期未确认到校，去向未落实').waitFor();
  expect(await offers(screen, '确认到校')).toBe(true);
  for (const login of ['xueji1', 'zhuangan1']) {
    await at(visited, screen, login, '/duties?rule=noShow');
    await rowOf(missing.name).getByText('查明未到校学生去向').waitFor();
  }
});

it('ENR-09 STA-02 STA-08 he counts as 去向未落实 of the school that he left: in its report and in the district’s, each number with his name', async () => {
  await at(visited, screen, 'xiaozhang1', '/reports?period=month&day=2026-12-14');
  await rowOf(sending).getByText(sending).click();
  const gone = main().getByRole('link', { name: '去向未落实 1 人，看名单', exact: true });
  await gone.click();
  const names = screen.getByRole('dialog').filter({ hasText: '去向未落实' });
  await names.getByRole('link', { name: missing.name }).waitFor();
  expect(await names.innerText()).not.toContain(moving.name);
  await at(visited, screen, 'zhuangan1', '/reports/district?period=month&day=2026-12-14');
  await gone.click();
  await screen.getByRole('dialog').getByRole('link', { name: missing.name }).waitFor();
});

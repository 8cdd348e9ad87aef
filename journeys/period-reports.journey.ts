import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange, askChange } from '#contract/enrolment-changes.ts';
import { listReports } from '#contract/statistics-reports.ts';
import { appoint, at, next, nextOf, offers, pupilsOf } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs, scanAs } from './phone.ts';

/** Ten in the morning in China: the day after November and the next, after the year's last quarter, and after the term. */
const december = '2026-12-01T02:00:00Z';
const second = '2026-12-02T02:00:00Z';
const january = '2027-01-04T02:00:00Z';
const february = '2027-02-01T02:00:00Z';
const month = 'period=month&day=2026-11-30';

let visited: Visited;
let screen: Page;
let schoolId = '';
let pupil = { childId: '', name: '' };

beforeAll(async () => {
  visited = await startVisit({ clock: december });
  const principal = await callAs(visited.url, 'xiaozhang1');
  const [own] = (await principal(listReports, { period: 'month', day: '2026-11-30' })).rows;
  schoolId = own?.schoolId ?? '';
  pupil = (await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25'))[0] ?? pupil;
  await appoint(visited, { login: 'xiaozhang2', name: '云知夏', role: 'principal', unit: '2142990102' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const of = (period: string, day: string) => `/reports/${schoolId}?period=${period}&day=${day}`;
const report = () => `/reports/${schoolId}?${month}`;
const drawer = (page: Page, words: string) => page.getByRole('dialog').filter({ hasText: words });
const block = (title: string) =>
  screen.locator('.block').filter({ has: screen.getByRole('heading', { name: title, exact: true }) });

/** Signs the open report with a reason for its gaps. */
async function sign(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '说明缺口并签报' }).click();
  const form = drawer(page, '签报：');
  await form.getByLabel('缺口的原因').fill(reason);
  await form.getByRole('button', { name: '签报', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
}

it('STA-12 STA-20 the month’s report lists its gaps with the way to mend each; no nil return is offered, and it is signed with a reason alone', async () => {
  await at(visited, screen, 'xiaozhang1', `/reports?${month}`);
  await screen.getByText('本校这一期还没有签报，报送期限').waitFor();
  await screen
    .getByRole('link', { name: '去签报' })
    .or(screen.getByRole('button', { name: '去签报' }))
    .first()
    .click();
  await next(screen, '待校长签报');
  await nextOf(screen).getByText('2026年12月3日').waitFor();
  const gaps = block('缺口');
  await gaps
    .getByText(/2026-11-30 有 \d+ 个班未点名：/u)
    .first()
    .waitFor();
  expect(await gaps.getByRole('link', { name: '去补办' }).count()).toBeGreaterThan(1);
  expect(await offers(screen, '零报告')).toBe(false);
  await screen.getByRole('button', { name: '说明缺口并签报' }).click();
  const form = drawer(screen, '签报：');
  await form.getByRole('button', { name: '签报', exact: true }).click();
  await form.getByText('请写明原因，不少于 4 个字。').waitFor();
  await form.getByLabel('缺口的原因').fill('十一月底系统上线，此前未在平台点名');
  await form.getByRole('button', { name: '签报', exact: true }).click();
  await next(screen, '待区级审核');
  await block('签报时的缺口').getByText('说明：十一月底系统上线，此前未在平台点名').waitFor();
  expect(await offers(screen, '说明缺口并签报')).toBe(false);
});

it('STA-13 the bureau sends it back with a reason; the principal reads it on the phone and signs again; the bureau accepts', async () => {
  await at(visited, screen, 'zhuangan1', `/reports?${month}&state=signed`);
  await screen.getByRole('row').filter({ hasText: '青棠里小学' }).click();
  await next(screen, '待区级审核');
  await screen.getByRole('button', { name: '退回' }).click();
  const asked = screen.getByRole('dialog');
  await asked.getByLabel('原因').fill('请写明哪几天已用纸质点名');
  await asked.getByRole('button', { name: /确\s?定/u }).click();
  await next(screen, '待校长补正后重新签报');

  const phone = await visited.visit('xiaozhang1', 390);
  await phone.goto(visited.url + report());
  await phone.getByText('退回原因：请写明哪几天已用纸质点名').waitFor();
  await sign(phone, '23 日至 27 日用纸质点名，已存档');
  await next(phone, '待区级审核');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await phone.context().close();

  await at(visited, screen, 'zhuangan1', report());
  await block('签报时的缺口').getByText('23 日至 27 日用纸质点名，已存档').waitFor();
  await screen.getByRole('button', { name: '审核通过' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: '审核通过' }).click();
  await next(screen, '已办结');
  const history = await screen.getByRole('main').innerText();
  for (const words of ['退回', '审核通过', '请写明哪几天已用纸质点名']) expect(history).toContain(words);
  expect(await offers(screen, '退回')).toBe(false);
});

it('STA-14 STA-15 STA-21 a late correction leaves the frozen numbers; the revision lists what changed, from what to what and by whose entry', async () => {
  await visited.move(second);
  const [registrar, principal, officer] = [
    await callAs(visited.url, 'xueji1'),
    await callAs(visited.url, 'xiaozhang1'),
    await callAs(visited.url, 'zhuangan1'),
  ];
  const id = randomUUID();
  const paper = async (code: string, kind: 'statement' | 'hospitalPaper') => ({
    code,
    paperId: await scanAs(visited.url, 'xueji1', kind, pupil.childId),
  });
  await registrar(askChange, {
    id,
    kind: 'suspension',
    childId: pupil.childId,
    fromDay: '2026-11-30',
    endsOn: '2027-06-30',
    reason: '因病治疗',
    pieces: [await paper('application', 'statement'), await paper('medical', 'hospitalPaper')],
  });
  await principal(approveChange, { id });
  await officer(approveChange, { id });
  await at(visited, screen, 'xiaozhang1', report());
  await next(screen, '签报后数据有变化，待校长更正重报');
  // What was signed stands; what the records say now stands beside it.
  const rests = screen.locator('.rep-group dl > div').filter({ has: screen.getByText('休学', { exact: true }) });
  expect((await rests.innerText()).replaceAll(/\s+/gu, ' ')).toBe('休学 0 现为 1');
  await block('签报后的变化').getByRole('link', { name: pupil.name }).waitFor();
  await screen.getByRole('button', { name: '更正重报' }).click();
  const form = drawer(screen, '更正重报：');
  await form.getByLabel('更正原因').fill('休学手续十二月二日才办结，自十一月三十日起');
  await form.getByRole('button', { name: '更正重报', exact: true }).click();
  await next(screen, '待区级审核');
  for (const login of ['xiaozhang1', 'zhuangan1']) {
    await at(visited, screen, login, report());
    const versions = block('版本');
    await versions.getByRole('button', { name: /第 3 版/u }).click();
    await versions.getByText('计入休学').waitFor();
    await versions.getByRole('link', { name: pupil.name }).first().waitFor();
    await versions.getByText('按签报时所知重新核对，数据和指纹一致').waitFor();
    await versions.getByRole('row').filter({ hasText: '期末在校' }).first().waitFor();
    await versions.getByRole('button', { name: /第 2 版/u }).click();
    await versions.getByText('说明：23 日至 27 日用纸质点名，已存档').waitFor();
  }
});

it('STA-16 STA-23 the district’s roll-up shows who is missing; a school that signs is missing no more, and sum and recount stand side by side', async () => {
  const roll = `/reports/district?${month}`;
  await at(visited, screen, 'zhuangan1', roll);
  await screen.getByRole('heading', { name: '未报和退回 5 所' }).waitFor();
  await screen.locator('.rep-missing').getByRole('link', { name: '云杪小学' }).click();
  await next(screen, '待校长签报');
  const theirs = new URL(screen.url());
  await at(visited, screen, 'xiaozhang2', theirs.pathname + theirs.search);
  await sign(screen, '十一月底系统上线，此前未在平台点名');
  await next(screen, '待区级审核');
  await at(visited, screen, 'zhuangan1', roll);
  await screen.getByRole('heading', { name: '未报和退回 4 所' }).waitFor();
  expect(await screen.locator('.rep-missing').innerText()).not.toMatch(/云杪小学|青棠里小学/u);
  // The sum of what was signed, school by school, down to the pupil; beside it the recount of the records.
  const sums = block('合计');
  await sums.getByRole('link', { name: /^期末在校 \d+ 人，看各校$/u }).waitFor();
  await sums.getByRole('link', { name: '休学 1 人，看名单', exact: true }).waitFor();
  await sums.getByRole('link', { name: '休学 1 人，看各校', exact: true }).click();
  const schools = drawer(screen, '休学，各校签报');
  expect(
    await schools
      .getByRole('row')
      .filter({ hasText: /云杪小学/u })
      .innerText(),
  ).toMatch(/\b0\b/u);
  await schools
    .getByRole('row')
    .filter({ hasText: '青棠里小学' })
    .getByRole('link', { name: '1', exact: true })
    .click();
  await screen.getByRole('dialog').getByRole('link', { name: pupil.name }).waitFor();
});

it('STA-18 STA-24 the quarter and the term are signed in the same way, each from its last day on, with the forms of their period', async () => {
  await visited.move(january);
  await at(visited, screen, 'xiaozhang1', of('term', '2027-01-04'));
  await next(screen, /2027-\d\d-\d\d 起可以签报/u);
  expect(await offers(screen, '说明缺口并签报')).toBe(false);
  await screen.goto(visited.url + of('quarter', '2026-12-31'));
  await screen.getByText('2026年第四季度').first().waitFor();
  await sign(screen, '系统十一月底上线，此前未在平台点名');
  await next(screen, '待区级审核');
  await visited.move(february);
  await at(visited, screen, 'xiaozhang1', of('term', '2027-01-15'));
  await screen.getByText('第一学期').first().waitFor();
  await sign(screen, '系统十一月底上线，此前未在平台点名');
  await next(screen, '待区级审核');
  await at(visited, screen, 'zhuangan1', '/reports/district?period=term&day=2027-01-15');
  await screen.getByRole('heading', { name: '未报和退回 5 所' }).waitFor();
});

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRoster } from '#contract/enrolment.ts';
import { samplePassword, startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

/** A Friday of the term, nine in the morning in China. */
const clock = '2026-11-27T01:00:00Z';

let visited: Visited;
let folder: string;
let officer: Page;
let bureau: Page;
let pupils: { childId: string; name: string; className: string | null }[];
let first = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-documents-'));
  visited = await startVisit({ clock });
  officer = await visited.visit('deyu1');
  bureau = await visited.visit('zhuangan1');
  const roster = await (await callAs(visited.url, 'deyu1'))(listRoster, { grade: 6, size: 60 });
  pupils = roster.rows.filter((row) => [...row.name].length >= 3);
});
afterAll(async () => {
  await visited.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The words of a PDF without spaces and line ends. */
function wordsOf(pdf: Buffer): string {
  const file = path.join(folder, 'page.pdf');
  writeFileSync(file, pdf);
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
}

/** Presses a button that shows a file in a new tab, and answers the words of that file. */
async function previewed(page: Page, button: Locator): Promise<string> {
  let pdf: Buffer = Buffer.alloc(0);
  await page.route('**/preview', async (route) => {
    const answer = await route.fetch();
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
    pdf = await answer.body();
    await route.fulfill({ response: answer });
  });
  const [tab] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  await tab.waitForURL(/^blob:/);
  await tab.close();
  await page.unroute('**/preview');
  return wordsOf(pdf);
}

/** Presses a button that saves a file, and answers its words. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return wordsOf(readFileSync(await download.path()));
}

async function typeDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(day);
  await page.getByLabel(label, { exact: true }).press('Tab');
}

async function choose(page: Page, field: string, words: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.locator('.ant-select-item-option').filter({ hasText: words }).first().click();
}

/** Issues a 劝学通知书 for a pupil by the pages, and answers what its preview and its number were. */
async function issue(pupil: { name: string }): Promise<{ preview: string; path: string }> {
  await officer.goto(`${visited.url}/notices`);
  await officer.getByRole('main').getByRole('link', { name: '签发文书' }).click();
  await choose(officer, '文书种类', '劝学通知书');
  await officer.getByRole('combobox', { name: '学生' }).fill(pupil.name);
  await officer
    .locator('.ant-select-item-option')
    .filter({ hasText: `${pupil.name} ·` })
    .first()
    .click();
  const sign = officer.getByRole('button', { name: /^签\s*发$/ });
  await typeDay(officer, '未到校起始日期', '2026-11-10');
  await officer.getByLabel('联系电话').fill('027-82340000');
  expect(await sign.isDisabled()).toBe(true);
  const preview = await previewed(officer, officer.getByRole('button', { name: /^预\s*览$/ }));
  await officer.getByText('预览与将要签发的内容一致').waitFor();
  await sign.click();
  await officer
    .getByRole('dialog')
    .getByRole('button', { name: /^签\s*发$/ })
    .click();
  await officer.waitForURL(/\/notices\/[0-9a-f-]{36}$/);
  await officer.getByRole('heading', { name: `${pupil.name}：劝学通知书` }).waitFor();
  return { preview, path: new URL(officer.url()).pathname };
}

it('NOT-05 NOT-08 NOT-16 a school officer sees the notice before it is issued, and the issued file bears its number', async () => {
  const [pupil] = pupils;
  if (!pupil) throw new Error('no pupil');
  const made = await issue(pupil);
  first = made.path;
  expect(made.preview).toContain('劝学通知书');
  expect(made.preview).toContain(`${pupil.name}的父母或者其他监护人`);
  expect(made.preview).toContain('自2026年11月10日起未到校');
  expect(made.preview).toContain('义劝通字〔2026〕第号');
  const number = /义劝通字〔2026〕第\d+号/u.exec(await officer.locator('main').innerText())?.[0] ?? '';
  const file = await saved(officer, '下载原件重印');
  expect(file).toContain(number);
  expect(file).toContain('送达回证');
});

it('NOT-09 NOT-10 DUT-03 DUT-08 leaving needs a witness and a picture; then the deadline stands among the duties', async () => {
  await officer.getByRole('button', { name: '登记送达' }).first().click();
  const form = officer.getByRole('dialog');
  await form.getByLabel('送达方式').click();
  await officer.locator('.ant-select-item-option').filter({ hasText: '留置送达' }).click();
  await form.getByLabel('留置地点').fill('学生家门口');
  await form.getByLabel('受送达人').fill('学生父亲');
  await form.getByLabel('拒收的情况').fill('听取说明后拒绝签收');
  const register = form.getByRole('button', { name: /登\s*记$/ });
  await register.click();
  await form.getByText('留置送达须有见证人（社区、学校等基层组织的代表）。').waitFor();
  await form.getByText('留置送达须附送达过程的照片。').waitFor();
  await form.getByRole('button', { name: '添加见证人' }).click();
  await form.getByLabel('见证人姓名').fill('石知楠');
  await form.getByLabel('见证人单位').fill('社区居委会');
  await form.getByLabel('选择送达材料').setInputFiles(path.resolve(import.meta.dirname, '../docs/pictures/desk.png'));
  await form.getByText('desk.png').waitFor();
  await register.click();
  await officer.getByText('留置送达：2026-11-27 送达').waitFor();
  const shown = await officer.locator('main').innerText();
  expect(shown).toContain('石知楠（社区居委会）');
  expect(shown).toContain('期限 2026年12月4日');
  expect(await officer.getByRole('link', { name: '送达材料 1' }).count()).toBe(1);

  await officer.goto(`${visited.url}/duties`);
  const duty = officer.getByRole('row').filter({ hasText: pupils[0]?.name ?? '' });
  await duty.getByText('文书期限届满，办理下一步').waitFor();
  expect(await duty.innerText()).toContain('2026-12-04');
  await duty.getByRole('link', { name: '查看文书' }).click();
  await officer.waitForURL(`${visited.url}${first}`);
});

it('NOT-12 another school’s officer does not find the notice', async () => {
  const post = ['--role', 'schoolOfficer', '--unit', '2142990102', '--name', '叶遥'];
  const account = ['--district', '420102', '--login', 'deyu2', '--password', samplePassword];
  await visited.command('account', 'create', ...post, ...account);
  const other = await visited.visit(null);
  await other.getByLabel('登录名').fill('deyu2');
  await other.getByLabel('密码', { exact: true }).fill(samplePassword);
  await other.keyboard.press('Enter');
  await other.getByLabel('现在的密码').fill(samplePassword);
  await other.getByLabel('新密码', { exact: true }).fill('Yunmiao-2026-11');
  await other.getByLabel('再填一次新密码').fill('Yunmiao-2026-11');
  await other.keyboard.press('Enter');
  await other.getByRole('button', { name: /打开账号菜单/ }).waitFor();
  await other.goto(`${visited.url}/notices`);
  await other.getByRole('status').filter({ hasText: '共' }).waitFor();
  expect(await other.locator('main').innerText()).not.toContain(pupils[0]?.name ?? '');
  await other.goto(`${visited.url}${first}`);
  await other.getByText('没有找到这份文书').waitFor();
  expect(await other.getByRole('button', { name: '下载原件重印' }).count()).toBe(0);
  await other.goto(`${visited.url}/notices/templates/persuasionNotice`);
  await other.getByRole('heading', { name: '模板：劝学通知书' }).waitFor();
  expect(await other.getByRole('button', { name: '调整文字' }).count()).toBe(0);
  await other.context().close();
});

it('NOT-07 the bureau adjusts the words with a preview; the next notice has them, the one issued before keeps its own', async () => {
  await bureau.goto(`${visited.url}/notices/templates/persuasionNotice`);
  await bureau.getByRole('button', { name: '调整文字' }).click();
  const body = bureau.getByLabel(/^正文/);
  const words = await body.inputValue();
  await body.fill(`${words}\n学校已为{学生性名}安排了专人补课。`);
  await bureau.getByRole('button', { name: '保存新版本' }).click();
  await bureau.getByText('没有可填入“{学生性名}”的内容，请核对写法。').waitFor();
  await body.fill(`${words}\n学校已为{学生姓名}安排了专人补课。`);
  const preview = await previewed(bureau, bureau.getByRole('button', { name: '预览（以虚构的学生）' }));
  expect(preview).toContain('学校已为张小明安排了专人补课。');
  await bureau.getByRole('button', { name: '保存新版本' }).click();
  await bureau.getByRole('textbox', { name: '原因' }).fill('补充学校的帮扶措施');
  await bureau.getByRole('button', { name: /^确\s*定$/ }).click();
  await bureau.getByRole('heading', { name: '现行：第 1 版' }).waitFor();
  await bureau.getByText(/：补充学校的帮扶措施$/).waitFor();

  const [, pupil] = pupils;
  if (!pupil) throw new Error('no second pupil');
  const next = await issue(pupil);
  expect(next.preview).toContain(`学校已为${pupil.name}安排了专人补课。`);
  expect(await saved(officer, '下载原件重印')).toContain(`学校已为${pupil.name}安排了专人补课。`);
  await officer.goto(`${visited.url}${first}`);
  expect(await saved(officer, '下载原件重印')).not.toContain('安排了专人补课');
});

it('NOT-08 a voided notice keeps its file and number, with the reason', async () => {
  const [, pupil] = pupils;
  await officer.goto(`${visited.url}/notices?state=unserved`);
  await officer
    .getByRole('row')
    .filter({ hasText: pupil?.name ?? '' })
    .click();
  await officer.getByRole('button', { name: /^作\s*废$/ }).click();
  await officer.getByRole('textbox', { name: '原因' }).fill('未到校日期写错');
  await officer.getByRole('button', { name: /^确\s*定$/ }).click();
  await officer.getByText('已作废：未到校日期写错').waitFor();
  expect(await officer.getByRole('button', { name: '登记送达' }).count()).toBe(0);
  expect(await saved(officer, '下载原件重印')).toContain(pupil?.name ?? '');
});

it('NOT-13 a class gets its notices at once, in one file with a number each', async () => {
  await officer.goto(`${visited.url}/notices/jobs`);
  await officer.getByRole('main').getByRole('link', { name: '批量签发' }).click();
  await choose(officer, '文书种类', '劝学通知书');
  await choose(officer, '班级', /^五年级/);
  const rows = officer.getByRole('row').filter({ hasText: '五年级' });
  await rows.first().waitFor();
  await officer.locator('.ant-table-thead input[type=checkbox]').check();
  const many = Number(/已选 (\d+) 人/u.exec(await officer.locator('main').innerText())?.[1]);
  expect(many).toBeGreaterThan(5);
  await officer.getByText(`还有 ${String(many)} 人的必填内容没有填写。`).waitFor();
  await typeDay(officer, '未到校起始日期', '2026-11-12');
  await officer.getByRole('button', { name: `签发 ${String(many)} 份` }).click();
  await officer.getByRole('dialog').getByRole('button', { name: '开始签发' }).click();
  await officer.getByRole('button', { name: '下载合订文件' }).waitFor({ timeout: 60_000 });
  const text = await saved(officer, '下载合订文件');
  expect(text.match(/义劝通字〔2026〕第\d+号/gu)?.length).toBe(2 * many);
  await officer.getByRole('link', { name: '查看这批文书' }).click();
  await officer.getByText(`共 ${String(many)} 条`).waitFor();
});

it('DUT-10 DUT-14 the bell in the head counts what is unread and opens it', async () => {
  const principal = await visited.visit('xiaozhang1');
  const bell = principal
    .getByRole('link', { name: /^站内消息.*\d+ 条未读/u })
    .filter({ has: principal.locator('.top-bell-icon') });
  await bell.waitFor();
  const words = (await bell.getAttribute('aria-label')) ?? '';
  const unread = Number(/(\d+) 条未读/u.exec(words)?.[1] ?? '0');
  await bell.click();
  await principal.waitForURL(/\/messages/);
  await principal.getByText(`共 ${String(unread)} 条`).waitFor();
  expect(unread).toBeGreaterThan(0);
  await principal.getByRole('button', { name: '全部标为已读' }).click();
  await principal.getByRole('button', { name: '标为已读', exact: true }).click();
  await principal.getByText('没有未读的消息。').waitFor();
  await principal.getByRole('link', { name: '站内消息，没有未读' }).waitFor();
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVisit, type Visited } from './installation.ts';

/** A Friday of the term, nine in the morning in China. */
const clock = '2026-11-27T01:00:00Z';
const today = '2026-11-27';

let visited: Visited;
let teacher: Page;
let officer: Page;
beforeAll(async () => {
  visited = await startVisit({ clock });
  teacher = await visited.visit('ban1-0101', 390);
  officer = await visited.visit('deyu1');
});
afterAll(() => visited.stop());

const tile = (page: Page, name: string) => page.locator('.att-tile').filter({ hasText: name });
const tileWords = (page: Page, name: string) => tile(page, name).locator('.att-tile-mark').innerText();
const absent = (name: string) => teacher.locator('.att-absent').filter({ hasText: name });
const names: string[] = [];
let classPath = '';

/** The class of the teacher on a day. */
async function atClass(page: Page, day: string): Promise<void> {
  await page.goto(`${visited.url}${classPath}?day=${day}`);
  await page.locator('.att-tile').first().waitFor();
}

it('ATT-01 a teacher marks a class on the phone in four taps, naming only those not there', async () => {
  let taps = 0;
  const tap = async (target: ReturnType<Page['locator']>) => {
    taps += 1;
    await target.click();
  };
  await teacher.goto(`${visited.url}/rollcall`);
  await tap(teacher.getByRole('main').getByRole('link', { name: '点名', exact: true }));
  await teacher.locator('.att-tile').first().waitFor();
  classPath = new URL(teacher.url()).pathname;
  const all = await teacher.locator('.att-tile-name').allInnerTexts();
  names.push(
    ...all.filter(
      (name, at) => all.indexOf(name) === at && !all.some((other) => other !== name && other.includes(name)),
    ),
  );
  const [ill = '', gone = ''] = names;
  await tap(tile(teacher, ill));
  await tap(tile(teacher, gone));
  const wide = await teacher.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await tap(teacher.getByRole('button', { name: `提交点名：到校 ${String(all.length - 2)} 人，未到 2 人` }));
  await teacher.getByText('还有 2 人没有联系家长').waitFor();
  expect(taps).toBe(4);
  expect(await tileWords(teacher, ill)).toBe('无故缺勤');
  expect(await tileWords(teacher, names[2] ?? '')).toBe('到校');
});

it('ATT-05 one tap answers for an absent name, and “no longer at school” offers the report of that child', async () => {
  const [ill = '', gone = ''] = names;
  await absent(ill)
    .getByRole('button', { name: `拨打${ill}家长电话` })
    .click();
  await absent(ill)
    .getByRole('link', { name: /^\D*1\d{10}$/ })
    .waitFor();
  await absent(ill).getByRole('button', { name: '病假' }).click();
  await absent(ill).getByText('家长：病假').waitFor();
  expect(await tileWords(teacher, ill)).toBe('病假');
  await absent(gone).getByRole('button', { name: '家长称不再上学' }).click();
  const report = absent(gone).getByRole('link', { name: '报告疑似辍学' });
  await report.waitFor();
  const child = /child\/([0-9a-f-]{36})/.exec(
    (await absent(gone).getByRole('link', { name: gone }).getAttribute('href')) ?? '',
  )?.[1];
  expect(await report.getAttribute('href')).toBe(`/cases/report?child=${child ?? 'none'}&day=${today}&called=yes`);
  expect(await tileWords(teacher, gone)).toBe('无故缺勤');
});

it('ATT-16 a late entry is sent only with its reason', async () => {
  for (const day of ['2026-11-25', '2026-11-26']) {
    await atClass(teacher, day);
    await tile(teacher, names[1] ?? '').click();
    const submit = teacher.getByRole('button', { name: /^提交点名/ });
    expect(await submit.isDisabled()).toBe(true);
    await teacher.getByLabel('为什么当天没有点名').fill('当天外出研学，返校后补记');
    await submit.click();
    await teacher.getByText('当天外出研学，返校后补记').waitFor();
  }
  await atClass(teacher, today);
  await teacher.getByText('连续无故缺勤 3 天，本学期累计 3 天').waitFor();
});

it('ATT-06 ATT-07 a correction that takes the alarm away waits for another person, who sees both versions', async () => {
  const gone = names[1] ?? '';
  await tile(teacher, gone).click();
  const form = teacher.getByRole('dialog');
  await form.getByText('到校', { exact: true }).click();
  await form.getByLabel('原因').fill('点名时在医务室，误记为缺勤');
  await form.getByRole('button', { name: '提交更正' }).click();
  await form.getByText('请写明依据。').waitFor();
  await form.getByLabel('依据').fill('医务室登记本 11 月 27 日 8:05');
  await form.getByRole('button', { name: '提交更正' }).click();
  await absent(gone).getByText('更正待同意').waitFor();
  expect(await tile(teacher, gone).isDisabled()).toBe(true);

  await teacher.goto(`${visited.url}/attendance/corrections`);
  await teacher.getByText('本人提出的更正须由另一人同意。').waitFor();
  expect(await teacher.getByLabel('您看到的依据').count()).toBe(0);

  await officer.goto(`${visited.url}/attendance/corrections`);
  const sides = officer.locator('.att-sides');
  await sides.waitFor();
  expect(await sides.innerText()).toMatch(/原来登记\s*无故缺勤\s*更正为\s*到校/u);
  await officer.getByText('会使疑似辍学预警消失').waitFor();
  await officer.getByRole('radio', { name: '同意，改记为到校', exact: true }).check();
  await officer.getByLabel('您看到的依据').fill('看过医务室登记本，有当天的记录');
  await officer.getByRole('button', { name: `同意${gone}的更正` }).click();
  await officer.getByText(/没有待同意的更正/).waitFor();

  await atClass(teacher, today);
  expect(await tileWords(teacher, gone)).toBe('到校');
  const inspector = await visited.visit('ducha1');
  await inspector.goto(`${visited.url}/attendance/corrections?show=all`);
  await inspector.getByText(gone).first().click();
  const versions = inspector.getByRole('region', { name: '各个版本' });
  await versions.getByText('无故缺勤').first().waitFor();
  expect(await inspector.getByRole('dialog').innerText()).toContain('看过医务室登记本，有当天的记录');
});

it('ATT-13 the school officer sees which classes have not reported, and the number opens them', async () => {
  await officer.goto(`${visited.url}/rollcall`);
  const missing = officer.locator('.block').filter({ has: officer.getByRole('heading', { name: /^还没有点名/ }) });
  await missing.waitFor();
  expect(await missing.innerText()).not.toContain('一年级（1）班');
  expect(await missing.locator('.att-class').count()).toBe(11);
  expect(await officer.locator('.att-figures').innerText()).toMatch(/还没有报的班\s*11 \/ 12/u);
  await officer.goto(`${visited.url}/attendance?from=2026-11-25&to=${today}`);
  await officer.getByRole('table').getByRole('link', { name: '33', exact: true }).click();
  await officer.getByText('共 33 条').waitFor();
  expect(await officer.locator('main').innerText()).toContain('未点名，情况未知');
});

it('ATT-10 a substitute is named in two taps and marks the class that day', async () => {
  await officer.goto(`${visited.url}/rollcall`);
  const line = officer.locator('.att-class').filter({ hasText: '二年级（1）班' });
  await line.getByRole('button', { name: '代班' }).click();
  await officer
    .getByRole('dialog')
    .getByRole('button', { name: /任课教师/ })
    .first()
    .click();
  await line.getByText(/代班，|，.+代班/u).waitFor();
  const substitute = await visited.visit('renke1-1', 390);
  await substitute.goto(`${visited.url}/rollcall`);
  await substitute.getByText('由您代班').waitFor();
  await substitute.getByRole('main').getByRole('link', { name: '点名', exact: true }).click();
  await substitute.getByRole('button', { name: /全部到校，提交点名|^提交点名/ }).click();
  await substitute.getByText('全班到校。').waitFor();
});

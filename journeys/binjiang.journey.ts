import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { samplePassword, startVisit, type Visited } from './installation.ts';

interface Truth {
  asOf: string;
  schoolAge: { owing: number; inRegister: number };
  enrolmentRate: { denominator: number; enrolledOnRoster: number; statedElsewhere: number };
  findings: Record<keyof typeof comparisonKindWords, { name: string; id: string }[]>;
}
const folder = path.resolve(import.meta.dirname, '../server/testing/samples/binjiang');
const truth = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Truth; // as: the file is ours
const kinds = Object.entries(comparisonKindWords).map(([kind, words]) => ({
  words,
  children: truth.findings[kind as keyof typeof comparisonKindWords], // as: a key of this very table
}));
const rate = `${((truth.enrolmentRate.enrolledOnRoster / truth.enrolmentRate.denominator) * 100).toFixed(1)} %`;
const lists = readdirSync(folder).filter((name) => name !== 'expected.json' && !name.startsWith('学校名录'));

let visited: Visited;
let page: Page;
beforeAll(async () => {
  visited = await startVisit({ empty: true, clock: `${truth.asOf}T17:00:00+08:00` });
  await visited.command('district', 'create', '420102');
  const account = ['--district', '420102', '--login', 'zhuangan', '--name', '专干', '--role', 'bureauOfficer'];
  await visited.command('account', 'create', ...account, '--password', samplePassword);
  page = await visited.visit(null);
});
afterAll(() => visited.stop());

async function takeIn(files: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files.map((name) => path.join(folder, name)));
  await page.getByRole('button', { name: `上传并核对 ${String(files.length)} 份` }).click();
  const publish = page.getByRole('button', { name: files.length > 1 ? /^正式导入这/ : '正式导入' }).first();
  await publish.click({ timeout: 60_000 });
  await page.getByText(`${String(files.length)} 份已导入`).waitFor({ timeout: 60_000 });
}

it('SEC-16 the first officer of a new district replaces the password handed out and finds an empty desk', async () => {
  await page.getByLabel('登录名').fill('zhuangan');
  await page.getByLabel('密码', { exact: true }).fill(samplePassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
  await page.getByLabel('现在的密码').fill(samplePassword);
  await page.getByLabel('新密码', { exact: true }).fill('Binjiang-2026-11');
  await page.getByLabel('再填一次新密码').fill('Binjiang-2026-11');
  await page.getByRole('button', { name: '修改并继续' }).click();
  await page.getByRole('heading', { name: '工作台' }).waitFor();
  await page.goto(`${visited.url}/cockpit`);
  await page.getByText('还没有做过数据比对，所以没有数字').waitFor();
});

it('IMP-02 the lists of the Binjiang sample are handed in together and kept', async () => {
  await page.goto(`${visited.url}/compare/imports/new`);
  await takeIn(['学校名录.csv']);
  await page.getByRole('button', { name: '再导入名单' }).click();
  await takeIn(lists);
  expect(await page.locator('main').innerText()).toContain('还有 5 行待更正');
});

it('CMP-01 the comparison on the screen gives the figures and every name of the truth', async () => {
  await page.getByRole('button', { name: '进行比对' }).first().click();
  await page.getByRole('button', { name: '开始比对' }).click();
  await page.getByRole('heading', { name: /^数据比对结果，截至2026年11月20日/ }).waitFor({ timeout: 60_000 });
  const figures = await page
    .locator('dl div:has(> dt)')
    .evaluateAll((boxes) =>
      boxes.map((box) => [box.querySelector('dt')?.textContent, box.querySelector('dd')?.textContent]),
    );
  expect(Object.fromEntries(figures)).toMatchObject({
    入学率: rate,
    应入学儿童少年: String(truth.schoolAge.owing),
    其中档案登记: String(truth.schoolAge.inRegister),
    入学率分母: String(truth.enrolmentRate.denominator),
    名册在籍: String(truth.enrolmentRate.enrolledOnRoster),
    '自述区外就读（待核实）': String(truth.enrolmentRate.statedElsewhere),
  });
  const shown = await page.locator('section:has(h2)').evaluateAll((blocks) =>
    blocks.map((block): [string, string[]] => {
      const items = [...block.querySelectorAll('li')].map((item) => item.innerText.split('，')[0] ?? '');
      return [block.querySelector('h2')?.textContent ?? '', items.sort()];
    }),
  );
  for (const { words, children } of kinds) {
    const title = `${words}（${String(children.length)}）`;
    const names = children.map((child) => `${child.name} ${child.id === '' ? '无证件' : child.id}`).sort();
    expect([title, new Map(shown).get(title)]).toEqual([title, names]);
  }
});

it('CMP-01 the lists of findings hold the same totals, and the children not enrolled stand there by name', async () => {
  await page.goto(`${visited.url}/compare`);
  await page.getByRole('tab', { name: '应入学未入学' }).waitFor();
  await expect
    .poll(async () => page.getByRole('tab').allInnerTexts(), { timeout: 20_000 })
    .toEqual(expect.arrayContaining(kinds.map(({ words, children }) => `${words} ${String(children.length)}`)));
  for (const { words, children } of kinds) {
    await page.getByRole('tab', { name: new RegExp(`^${words} `) }).click();
    await page.getByText(`共 ${String(children.length)} 条`, { exact: true }).waitFor();
    const shown = async () =>
      page
        .locator('tbody tr:not([aria-hidden]) td:first-child')
        .allInnerTexts()
        .then((names) => names.sort());
    await expect
      .poll(async () => [words, await shown()], { timeout: 20_000 })
      .toEqual([words, children.map(({ name }) => name).sort()]);
  }
});

it('CMP-01 the cockpit answers with the same rate and number of children not accounted for', async () => {
  await page.goto(`${visited.url}/cockpit`);
  const answer = page.getByRole('region', { name: '入学率' });
  await answer.waitFor();
  const said = (await answer.innerText()).replaceAll(/\s+/g, ' ');
  const { denominator, enrolledOnRoster, statedElsewhere } = truth.enrolmentRate;
  expect(said.replaceAll(' ', '')).toContain(`${String(truth.findings.notEnrolled.length)}人未落实`);
  expect(said).toContain(rate);
  expect(said).toContain(`${String(enrolledOnRoster)} ÷ ${String(denominator)}`);
  expect(said).toContain(`自述在外就读 ${String(statedElsewhere)} 人`);
  expect(said).toContain(`${String(truth.schoolAge.owing)} 人`);
});

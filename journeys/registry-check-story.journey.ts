import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listSchools } from '#contract/organisations.ts';
import { listChildren } from '#contract/population.ts';
import { act, appoint, at, nextOf } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

const folder = path.resolve(import.meta.dirname, '../server/testing/samples/binjiang');
const roster = '学籍_2142010215_解放小学.csv';
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n');

let visited: Visited;
let screen: Page;
/** Who rests by the national registry, and who sits in another class there. */
let [resting, elsewhere] = ['', ''];

async function takeIn(file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await screen.locator('input[type=file]').setInputFiles(file);
  await screen.getByRole('button', { name: '上传并核对 1 份' }).click();
  await screen.getByRole('button', { name: '正式导入' }).first().click({ timeout: 100_000 });
  await screen.getByText('1 份已导入').waitFor({ timeout: 100_000 });
}

/** The export of the national registry: the school's own roster, where one pupil rests and another sits in class 99. */
async function registryExport(): Promise<Buffer> {
  const text = new TextDecoder('gb18030').decode(readFileSync(path.join(folder, roster)));
  const [first = '', ...lines] = text.replace(/^\uFEFF/u, '').split(/\r?\n/u).filter((line) => line !== ''); // prettier-ignore
  const head = [...first.split(','), '学籍状态'];
  const cell = (line: readonly string[], label: string) => line[head.indexOf(label)] ?? '';
  const officer = await callAs(visited.url, 'zhuangan');
  const school = (await officer(listSchools, {})).rows.find((one) => one.code === '2142010215');
  const pupils = (await officer(listChildren, { schoolId: school?.id ?? '', size: 200 })).rows;
  const names = pupils.map((one) => one.name);
  const plain = names.filter((name) => names.filter((other) => other === name).length === 1);
  [resting = '', elsewhere = ''] = lines
    .map((line) => cell(line.split(','), '姓名'))
    .filter((name) => plain.includes(name));
  const rows = lines.map((line) => {
    const cells = [...line.split(','), cell(line.split(','), '姓名') === resting ? '休学' : '在读'];
    if (cell(cells, '姓名') === elsewhere) cells[head.indexOf('班号')] = '0199';
    return cells.join(',');
  });
  return Buffer.from([head.join(','), ...rows].join('\r\n'));
}

beforeAll(async () => {
  visited = await startVisit({ empty: true, clock: '2026-11-20T17:00:00+08:00' });
  await visited.command('district', 'create', '420102');
  await appoint(visited, { login: 'zhuangan', name: '云专干', role: 'bureauOfficer' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

it('INT-01 the roster of a school is taken in, and nothing has been compared yet', async () => {
  await at(visited, screen, 'zhuangan', '/compare/imports/new');
  await takeIn(path.join(folder, '学校名录.csv'));
  await screen.getByRole('button', { name: '再导入名单' }).click();
  await takeIn(path.join(folder, roster));
  await appoint(visited, { login: 'xueji', name: '云学籍', role: 'registrar', unit: '2142010215' });
  await appoint(visited, { login: 'xiaozhang', name: '云校长', role: 'principal', unit: '2142010215' });
  await at(visited, screen, 'zhuangan', '/registry-check');
  await screen.getByText('还没有比对过').waitFor();
});

it('INT-01 the bureau hands in an export of the national registry; the differences stand by school, and the roster is as it was', async () => {
  const buffer = await registryExport();
  await screen.getByRole('link', { name: '上传全国系统导出' }).or(screen.getByRole('button', { name: '上传全国系统导出' })).first().click(); // prettier-ignore
  await takeIn({ name: '全国系统导出_2142010215_解放小学.csv', mimeType: 'text/csv', buffer });
  await screen.goto(`${visited.url}/registry-check`);
  await screen.getByText('最近一次按 2026-11-20 的导出比对').waitFor();
  for (const [name, words] of [
    [resting, '学籍状态不同'],
    [elsewhere, '班级不同'],
  ] as const)
    await screen.getByRole('row').filter({ hasText: name }).filter({ hasText: words }).waitFor();
});

it('INT-02 the registrar takes a proposed change: the form opens filled, is sent with its papers, and goes the way of every change', async () => {
  await at(visited, screen, 'xueji', '/registry-check');
  await screen.getByRole('row').filter({ hasText: resting }).filter({ hasText: '学籍状态不同' }).click();
  const drawer = screen.getByRole('dialog');
  await drawer.getByText('全国系统已登记休学，本平台尚无休学审批').waitFor();
  await drawer.getByRole('button', { name: '办理休学' }).click();
  await screen.waitForURL(/\/changes\/new/u);
  await screen.getByText(new RegExp(resting, 'u')).first().waitFor();
  await screen.getByRole('textbox', { name: '结束日期' }).fill('2027-06-30');
  await screen.keyboard.press('Enter');
  expect(await screen.getByLabel('事由').inputValue()).toContain('全国');
  for (const words of ['监护人书面申请', '县级以上医院证明']) {
    await screen.getByLabel(`选择${words}`).setInputFiles({ name: `${words}.pdf`, mimeType: 'application/pdf', buffer: paper }); // prettier-ignore
    await screen.getByText(`换一份${words}`).waitFor();
  }
  await screen.getByRole('button', { name: '提出休学' }).click();
  await nextOf(screen).locator('strong').filter({ hasText: '待学校审核' }).waitFor();
  const change = new URL(screen.url()).pathname;
  await screen.goto(`${visited.url}/registry-check?state=taken`);
  await screen.getByRole('row').filter({ hasText: resting }).filter({ hasText: '休学' }).waitFor();
  await at(visited, screen, 'xiaozhang', change);
  await act(screen, '同意', () => Promise.resolve());
  await at(visited, screen, 'zhuangan', change);
  await act(screen, '同意', () => Promise.resolve());
  await nextOf(screen).locator('strong').filter({ hasText: '已办结' }).waitFor();
});

it('INT-02 INT-03 a difference that is the registry’s own is dismissed with its reason, and a fresh export settles what was put right', async () => {
  await at(visited, screen, 'xueji', '/registry-check');
  await screen.getByRole('row').filter({ hasText: elsewhere }).filter({ hasText: '班级不同' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: '不予办理并写明原因' }).click();
  const reason = screen.getByRole('dialog').filter({ hasText: '不予办理：' });
  await reason.getByLabel('原因').fill('全国系统班号未更新');
  await reason.getByRole('button', { name: /确\s?定/u }).click();
  await screen.getByText('已记为不予办理。').waitFor();
  const buffer = await registryExport();
  await at(visited, screen, 'zhuangan', '/compare/imports/new');
  await takeIn({ name: '全国系统导出_2142010215_解放小学_再次.csv', mimeType: 'text/csv', buffer });
  await screen.goto(`${visited.url}/registry-check?state=settled`);
  await screen.getByRole('row').filter({ hasText: resting }).waitFor();
  await screen.goto(`${visited.url}/registry-check?state=dismissed`);
  await screen.getByRole('row').filter({ hasText: elsewhere }).waitFor();
});

import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange, askChange } from '#contract/enrolment-changes.ts';
import { listReports } from '#contract/statistics-reports.ts';
import { appoint, at, next, nextOf, pupilsOf } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs, scanAs } from './phone.ts';

const friday = '2026-11-27T02:00:00Z';
const week = { period: 'week', day: '2026-11-27' } as const;

let visited: Visited;
let screen: Page;
let report = '';
let pupil = { childId: '', name: '' };

beforeAll(async () => {
  visited = await startVisit({ clock: friday });
  const principal = await callAs(visited.url, 'xiaozhang1');
  const [own] = (await principal(listReports, week)).rows;
  report = `/reports/${own?.schoolId ?? ''}?period=week&day=2026-11-27`;
  const pupils = await pupilsOf(await callAs(visited.url, 'ban1-0101'), '2026-11-25');
  pupil = pupils[0] ?? pupil;
  await appoint(visited, { login: 'xiaozhang2', name: '云知夏', role: 'principal', unit: '2142990102' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

/** Uploads a scan as the registrar does, and answers its id. */
const scanOf = (kind: 'statement' | 'hospitalPaper') => scanAs(visited.url, 'xueji1', kind, pupil.childId);

const dialog = (words: string) => screen.getByRole('dialog').filter({ hasText: words });

it('STA-28 a half-written report stays when its drawer closes or the page is loaded anew, and is given up or signed out of only when asked', async () => {
  await at(visited, screen, 'xiaozhang1', report);
  await screen.getByRole('button', { name: '说明缺口并签报' }).click();
  const form = dialog('签报：');
  await form.getByLabel('缺口的原因').fill('写到一半的原因');
  await form.getByRole('button', { name: /返\s?回/u }).click();
  await screen.getByText('没写完的内容已留在这个页面').waitFor();
  await screen.reload();
  const again = screen.getByRole('button', { name: '接着写签报' });
  await again.waitFor();
  await screen.getByRole('button', { name: /打开账号菜单/u }).click();
  await screen.getByText('退出登录').click();
  const warning = dialog('退出后不能找回');
  await warning.getByRole('button', { name: '返回接着写' }).click();
  await warning.waitFor({ state: 'hidden' });
  await again.click();
  await form.getByText('已恢复上次没写完的内容').waitFor();
  expect(await form.getByLabel('缺口的原因').inputValue()).toBe('写到一半的原因');
  await form.getByRole('button', { name: /^放\s?弃$/u }).click();
  await screen
    .getByRole('tooltip')
    .getByRole('button', { name: /^放\s?弃$/u })
    .click();
  expect(await form.getByLabel('缺口的原因').inputValue()).toBe('');
  await form.getByRole('button', { name: /返\s?回/u }).click();
  await screen.getByRole('button', { name: '说明缺口并签报' }).waitFor();
});

it('STA-22 the duty of the week leads the principal to the report', async () => {
  await at(visited, screen, 'xiaozhang1', '/duties?rule=reportDue');
  const line = screen.getByText('2026-11-23 至 2026-11-29 周统计待校长签报').first();
  // the job of each minute tells of it
  for (let tries = 0; tries < 60 && (await line.count()) === 0; tries += 1) {
    await screen.waitForTimeout(2000);
    await screen.reload();
    await screen.getByRole('heading', { level: 1 }).waitFor();
  }
  await screen.getByRole('link', { name: '去签报' }).first().click();
  await screen.waitForURL(/\/reports\//u);
  await next(screen, '待校长签报');
});

it('STA-19 STA-20 the principal finds the report in the list, sees what is missing, and signs with a reason', async () => {
  await at(visited, screen, 'xiaozhang1', '/reports');
  await screen.getByText('本校这一期还没有签报').waitFor();
  await screen.goto(visited.url + report);
  await next(screen, '待校长签报');
  await screen
    .getByText(/2026-11-24 有 \d+ 个班未点名/u)
    .first()
    .waitFor();
  expect(await screen.getByRole('button', { name: '零报告' }).count()).toBe(0);
  await screen.getByRole('link', { name: /期末在校 \d+ 人，看名单/u }).click();
  await screen
    .getByRole('dialog')
    .getByText(/共 \d+ 人/u)
    .waitFor();
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: 'Close' })
    .or(screen.getByRole('dialog').getByLabel('关闭'))
    .first()
    .click();
  await screen.getByRole('button', { name: '说明缺口并签报' }).click();
  const form = dialog('签报：');
  await form.getByLabel('缺口的原因').fill('本周停电检修，未能点名');
  const summary = form.getByRole('textbox', { name: /文字小结/u });
  expect(await summary.inputValue()).toContain('期末在校');
  await summary.fill(`${await summary.inputValue()}\n六、其他。本周召开例会一次。`);
  await form.getByRole('button', { name: '签报', exact: true }).click();
  await next(screen, '待区级审核');
  await screen.getByText('本周召开例会一次').waitFor();
});

it('STA-31 STA-32 the form says what is unknown and opens its classes with the days on which nobody was called; rates stand with both sides', async () => {
  await at(visited, screen, 'xiaozhang1', report);
  await screen
    .getByRole('link', { name: /^合计 未知 [\d.]+，看名单/u })
    .first()
    .click();
  const drawer = dialog('各班点名');
  await drawer.getByText('没有点名的日子').first().waitFor();
  await drawer.getByRole('link', { name: '11-24' }).first().waitFor();
  await screen.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
  await screen.getByText('比率计算表', { exact: true }).first().click();
  await screen.getByRole('columnheader', { name: '分子：本期辍学' }).waitFor();
  await screen
    .getByRole('link', { name: /^合计 分母：期末在校＋去向未落实＋辍学 \d+，看名单/u })
    .first()
    .click();
  await dialog('期末在校、去向未落实和辍学')
    .getByText(/共 \d+ 人/u)
    .waitFor();
});

it('STA-20 the bureau sends back with a reason, the school signs again, the bureau accepts', async () => {
  await at(visited, screen, 'zhuangan1', report);
  await screen.getByRole('button', { name: '退回' }).click();
  await screen.getByRole('dialog').getByLabel('原因').fill('请写明补点名的日期');
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/u })
    .click();
  await next(screen, '待校长补正后重新签报');
  await at(visited, screen, 'xiaozhang1', report);
  await screen.getByText('退回原因：请写明补点名的日期').waitFor();
  await screen.getByRole('button', { name: '说明缺口并签报' }).click();
  const form = dialog('签报：');
  await form.getByLabel('缺口的原因').fill('停电检修，下周一补点名');
  await form.getByRole('button', { name: '签报', exact: true }).click();
  await next(screen, '待区级审核');
  expect(await screen.getByRole('button', { name: '审核通过' }).count()).toBe(0);
  await at(visited, screen, 'zhuangan1', report);
  await screen.getByRole('button', { name: '审核通过' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: '审核通过' }).click();
  await next(screen, '已办结');
});

it('STA-21 a late entry leaves the signed numbers, and a revision shows what changed to the school and the bureau', async () => {
  await visited.move('2026-11-30T02:00:00Z');
  const [registrar, principal, officer] = await Promise.all(
    ['xueji1', 'xiaozhang1', 'zhuangan1'].map((login) => callAs(visited.url, login)),
  );
  if (!registrar || !principal || !officer) throw new Error('nobody');
  const id = randomUUID();
  const pieces = [
    { code: 'application', paperId: await scanOf('statement') },
    { code: 'medical', paperId: await scanOf('hospitalPaper') },
  ];
  await registrar(askChange, {
    id,
    kind: 'suspension',
    childId: pupil.childId,
    fromDay: '2026-11-26',
    endsOn: '2027-06-30',
    reason: '因病治疗',
    pieces,
  });
  await principal(approveChange, { id });
  await officer(approveChange, { id });
  await at(visited, screen, 'xiaozhang1', report);
  await next(screen, '签报后数据有变化，待校长更正重报');
  await screen.getByRole('heading', { name: '签报后的变化' }).waitFor();
  await screen.getByRole('link', { name: pupil.name }).first().waitFor();
  await screen.getByRole('button', { name: '更正重报' }).click();
  const form = dialog('更正重报：');
  await form.getByLabel('更正原因').fill('休学手续周一才办结');
  await form.getByRole('button', { name: '更正重报', exact: true }).click();
  await next(screen, '待区级审核');
  for (const login of ['xiaozhang1', 'zhuangan1']) {
    await at(visited, screen, login, report);
    await screen.getByRole('button', { name: /第 3 版/u }).click();
    const versions = screen
      .locator('section')
      .filter({ has: screen.getByRole('heading', { name: '版本', exact: true }) });
    await versions.getByText('计入休学').waitFor();
    await versions.getByText('数据和指纹一致').waitFor();
    await versions.getByText('报表的考勤、台账、劝返按签报时所知重新统计，一致').waitFor();
    await versions.getByText(pupil.name).first().waitFor();
  }
});

it('STA-23 STA-26 STA-34 the bureau sees the district with who is missing, downloads both files, and files the roll-up with a reason; a phone shows the report', async () => {
  await at(visited, screen, 'zhuangan1', '/reports/district?period=week&day=2026-11-27');
  await screen.getByRole('heading', { name: /未报和退回 [1-9]\d* 所/u }).waitFor();
  await screen.getByRole('heading', { name: '控辍保学周统计汇总表' }).waitFor();
  for (const words of ['下载表格', '下载 PDF']) {
    const [file] = await Promise.all([
      screen.waitForEvent('download', { timeout: 120_000 }),
      screen.getByRole('button', { name: words }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^控辍保学周统计.*\.(?:xlsx|pdf)$/u);
  }
  await screen.getByRole('button', { name: '核查上报' }).click();
  await screen
    .getByRole('dialog')
    .getByText(/所学校未报/u)
    .waitFor();
  await screen.getByRole('dialog').getByLabel('原因').fill('其余学校停电，下周补报');
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/u })
    .click();
  await screen.getByText('此后各校没有新的签报').waitFor();
  await screen.getByRole('cell', { name: '其余学校停电，下周补报' }).waitFor();
  const phone = await visited.visit(null, 390);
  await at(visited, phone, 'xiaozhang1', report);
  await next(phone, '待区级审核');
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

it('STA-19 a class teacher and another school see no report and find none by its address', async () => {
  await at(visited, screen, 'ban1-0101', '/');
  await screen.getByRole('heading', { name: '工作台' }).waitFor();
  expect(await screen.getByRole('menuitem', { name: '各校报告' }).count()).toBe(0);
  for (const login of ['ban1-0101', 'xiaozhang2']) {
    await at(visited, screen, login, report);
    await screen
      .getByText('没有找到')
      .or(screen.getByText(/不存在|查看范围/u))
      .first()
      .waitFor();
    expect(await nextOf(screen).count()).toBe(0);
  }
});

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cellsOf } from '#server/areas/population/testing.ts';
import { at, scan } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';

let visited: Visited;
let screen: Page;
const records = '/books/records';

beforeAll(async () => {
  visited = await startVisit({ clock: '2026-11-27T02:00:00Z' });
  screen = await visited.visit(null);
});
afterAll(() => visited.stop());

const drawer = () => screen.locator('.ant-drawer').last();
const keep = () =>
  drawer()
    .getByRole('button', { name: /登\s*记/ })
    .last()
    .click();

it('BOK-15 BOK-16 the principal keeps whose letter was signed and an activity; both stand in the list', async () => {
  await at(visited, screen, 'xiaozhang1', records);
  await screen.getByText('还没有工作记录').waitFor();
  await screen.getByRole('button', { name: '登记责任书' }).click();
  await drawer().getByText('教师与家长').click();
  await drawer().getByRole('combobox', { name: '班级' }).click();
  await screen.locator('.ant-select-item-option').first().click();
  await drawer().getByLabel('名称').fill('2026年秋季控辍保学责任书');
  // Without a pupil it is refused in words, and nothing that was entered is lost.
  await keep();
  await drawer().getByText('请选择学生。').first().waitFor();
  expect(await drawer().getByLabel('名称').inputValue()).toBe('2026年秋季控辍保学责任书');
  await drawer().getByRole('button', { name: '全选本班' }).click();
  await keep();
  await screen.getByText('已登记。').first().waitFor();
  await screen.getByRole('button', { name: '登记活动' }).click();
  // Enter takes the day that was typed; the form is not sent half written.
  const day = drawer().getByRole('textbox', { name: '日期' });
  await day.fill('2026-11-26');
  await day.press('Enter');
  await screen.waitForTimeout(500);
  expect(await day.inputValue()).toBe('2026-11-26');
  expect(await drawer().getByText('请填写活动内容。').count()).toBe(0);
  await drawer().getByLabel('活动内容').fill('义务教育法宣传周');
  await drawer().getByLabel('选择材料').setInputFiles(scan);
  await drawer()
    .getByRole('button', { name: /^移去desk/ })
    .waitFor();
  await keep();
  await screen.getByText('义务教育法宣传周').first().waitFor();
  await screen.getByText('2026年秋季控辍保学责任书').first().waitFor();
});

it('BOK-19 a scan is opened from its record; a correction leaves it out and both versions stay to be read', async () => {
  await at(visited, screen, 'xiaozhang1', records);
  await screen.getByText('义务教育法宣传周').first().click();
  const link = drawer().getByRole('link', { name: /desk/ });
  const href = (await link.getAttribute('href')) ?? '';
  const opened = await screen.request.get(new URL(href, visited.url).toString());
  expect([opened.status(), opened.headers()['content-type']]).toEqual([200, 'image/png']);
  await drawer().getByRole('button', { name: '更正' }).click();
  await drawer()
    .getByRole('button', { name: /^移去desk/ })
    .click();
  await drawer().getByLabel('更正的原因').fill('换一张清楚的');
  await drawer()
    .getByRole('button', { name: /更\s*正/ })
    .last()
    .click();
  await screen.getByText('已登记。').first().waitFor();
  await screen.getByText('义务教育法宣传周').first().click();
  await drawer().getByText('换一张清楚的').waitFor();
  expect(await drawer().getByRole('link', { name: /desk/ }).count()).toBe(0);
  await drawer()
    .getByText(/第 1 版/)
    .click();
  await drawer().getByRole('link', { name: /desk/ }).waitFor();
});

it('BOK-21 BOK-22 the school keeps its plan of the work, and who helps a pupil in several difficulties, entry by entry', async () => {
  await at(visited, screen, 'xiaozhang1', records);
  await screen.getByRole('button', { name: '登记工作方案' }).click();
  await drawer().getByLabel('文件名称').fill('2026—2027学年控辍保学工作方案');
  await keep();
  // Neither text nor scan: said at the field.
  await drawer().getByText('请填写正文，或上传扫描件。').waitFor();
  await drawer().getByLabel('正文（也可只上传扫描件）').fill('一、工作目标\n入学率100%，年巩固率99%。');
  await keep();
  await screen.getByText('2026—2027学年控辍保学工作方案').first().waitFor();
  await screen.getByRole('button', { name: '登记双困生帮扶' }).click();
  for (const name of ['班级', '学生']) {
    await drawer().getByRole('combobox', { name }).click();
    const open = screen.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
    await open.locator('.ant-select-item-option').first().click();
    // The list folds away before the next one is opened, or its options would be taken for those.
    await open.waitFor({ state: 'hidden' });
  }
  await drawer().getByLabel('学习困难').check();
  await drawer().getByLabel('帮扶目标').fill('数学跟上班级进度');
  await drawer().getByLabel('其他帮扶人').fill('数学教师');
  await keep();
  await drawer().getByText('双困生至少有两方面的困难。').first().waitFor();
  await drawer().getByLabel('家庭经济困难').check();
  await keep();
  await screen.getByText('数学跟上班级进度').first().click();
  await drawer().getByRole('button', { name: '登记帮扶' }).click();
  await screen.getByRole('dialog').getByLabel('帮扶情况').fill('课后辅导一次。');
  await screen.getByRole('dialog').getByRole('button', { name: '登记帮扶' }).last().click();
  await drawer().getByText('课后辅导一次。').waitFor();
});

it('PLT-21 the principal takes the list away as a sheet, with the filter that stands; the teacher finds no button', async () => {
  await screen.goto(`${visited.url}${records}?kind=activity`);
  await screen.getByText('共 1 条').waitFor();
  const [download] = await Promise.all([
    screen.waitForEvent('download'),
    screen.getByRole('button', { name: /导\s*出/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('工作记录_2026-11-27.xlsx');
  const cells = cellsOf(await readFile(await download.path()));
  expect(cells.filter((line) => /^\d+$/.test(line[0] ?? '')).map((line) => line[3])).toEqual(['义务教育法宣传周']);
  expect(cells.flat().join('\n')).toContain('共 1 行，导出完整');
  await at(visited, screen, 'ban1-0101', '/duties');
  await screen.getByText(/^共 \d+ 条$/).waitFor();
  expect(await screen.getByRole('button', { name: /导\s*出/ }).count()).toBe(0);
});

it('BOK-20 the inspector finds something, the school mends it, the inspector rechecks; the school cannot settle it itself', async () => {
  await at(visited, screen, 'ducha1', records);
  await screen.getByRole('button', { name: '登记督查' }).click();
  await drawer().getByRole('combobox', { name: '学校' }).click();
  await screen.locator('.ant-select-item-option', { hasText: '青棠里小学' }).click();
  await drawer().getByLabel('督查内容').fill('秋季学期督查');
  await drawer().getByLabel('督查人员').fill('督查一组');
  await drawer()
    .getByLabel(/发现的问题/)
    .fill('两个班漏点名\n台账未签字');
  await keep();
  await drawer().getByText('请填写整改期限').first().waitFor();
  await drawer().getByRole('textbox', { name: '整改期限' }).fill('2026-12-01');
  await drawer().getByLabel('督查内容').click();
  await keep();
  await screen.getByText('已登记督查。').first().waitFor();

  // The duty stands on the desk of the school's head and leads to the record.
  await at(visited, screen, 'xiaozhang1', '/');
  await screen.getByText('整改督查发现的问题').first().waitFor();
  await at(visited, screen, 'xiaozhang1', '/duties?rule=mendFindings');
  await screen
    .getByRole('button', { name: '登记整改' })
    .or(screen.getByRole('link', { name: '登记整改' }))
    .first()
    .click();
  await drawer().getByText('两个班漏点名').waitFor();
  expect(
    await drawer()
      .getByRole('button', { name: /复\s*查/ })
      .count(),
  ).toBe(0);
  await drawer().getByRole('button', { name: '登记整改' }).click();
  await screen.getByRole('dialog').getByLabel('整改情况').fill('已补点名，台账已签字。');
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /登记整改/ })
    .last()
    .click();
  await screen.getByText('请上传整改的照片或扫描件。').first().waitFor();
  await screen.getByRole('dialog').getByLabel('选择材料').setInputFiles(scan);
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /^移去desk/ })
    .waitFor();
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /登记整改/ })
    .last()
    .click();
  await screen.getByText('已整改待复查').first().waitFor();
  await at(visited, screen, 'xiaozhang1', '/duties?rule=mendFindings&state=settled');
  await screen.getByText('已办，按时').first().waitFor();

  await at(visited, screen, 'ducha1', records);
  await screen.getByText('秋季学期督查').first().click();
  await drawer()
    .getByRole('button', { name: /复\s*查/ })
    .click();
  await screen.getByRole('dialog').getByLabel('复查意见').fill('现场查看属实。');
  await screen
    .getByRole('dialog')
    .getByRole('button', { name: /复\s*查/ })
    .last()
    .click();
  await screen.getByText('已办结').first().waitFor();
});

it('STA-29 the bureau edits the summary of the roll-up and puts the drafted one back', async () => {
  await at(visited, screen, 'zhuangan1', '/reports/district');
  await screen.getByRole('button', { name: '修改小结' }).click();
  await screen.getByRole('textbox', { name: '文字小结' }).fill('本周各校工作平稳。\n重点跟进未报学校。');
  await screen.getByRole('button', { name: '保存小结' }).click();
  await screen.getByText('重点跟进未报学校。').first().waitFor();
  await screen
    .getByText(/第 1 次/)
    .first()
    .waitFor();
  await screen.reload();
  await screen.getByText('重点跟进未报学校。').first().waitFor();
  await screen.getByRole('button', { name: '恢复系统起草' }).click();
  await screen.getByText(/第 2 次.*恢复系统起草/).waitFor();
});

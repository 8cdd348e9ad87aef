import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn, startVisit, type Visited } from './installation.ts';

let visited: Visited;
beforeAll(async () => {
  visited = await startVisit();
});
afterAll(() => visited.stop());

const open = ['学校', '街道与社区'];
const office = [...open, '参数', '校历'];
const children = ['儿童少年'];
const homes = ['住户'];
const findings = ['发现', '比对记录'];
const duties = ['工作台', '任务清单', '站内消息', '提醒设置', '方案条款'];
/** Whoever reads reports reads the books; the bureau sees the whole district's. */
const reports = ['各校报告', '册表'];
const whole = ['全区汇总'];
const handedOn = ['开放数据', '上级汇总'];
/** Everyone of a school, the inspectors and the leader read changes and leavers; the year is turned by who may ask. */
const changes = ['学籍异动', '全国系统比对', '小学毕业生升学'];
const year = ['年度升级与毕业'];
const absences = ['点名', '开学首日核对', '请假', '缺勤情况', '点名更正'];
const cases = ['个案', '三本台账'];
const visits = ['走访记录', '走访计划'];
const documents = ['文书列表', '文书模板'];
const issues = ['签发文书', '批量签发'];
/** Marks come from the school alone: its officer and the class's teacher hand them in. */
const scores = ['成绩登记'];
const school = [
  ...duties,
  '方案落实',
  '及时率',
  '驾驶舱',
  ...children,
  '花名册',
  ...changes,
  ...reports,
  ...absences,
  '预警',
  ...visits,
  ...documents,
  ...cases,
  ...findings,
  '人员与岗位',
  ...office,
];
/** What each person of the sample finds in the menu, written from the rights of the plan's people. */
const menus: readonly (readonly [login: string, role: string, entries: readonly string[]])[] = [
  ['juzhang', '局领导', [...school, ...whole, ...handedOn, ...issues, ...homes, '批准事项']],
  [
    'zhuangan1',
    '控辍专干',
    [
      ...school,
      ...whole,
      ...handedOn,
      ...year,
      ...issues,
      ...homes,
      '信息查阅副本',
      '同一人核对',
      '导入名单',
      '待更正',
      '接口令牌',
      '批准事项',
    ],
  ],
  ['ducha1', '督查组成员', school],
  ['xiaozhang1', '校长', [...school, ...issues, '批准事项']],
  ['xueji1', '学籍管理员', [...school, ...year, '批准事项']],
  ['deyu1', '德育主任', [...school, ...year, ...issues, ...scores, '批准事项']],
  // Reports and the clauses of the plan are the school's: a class has none of its own.
  [
    'ban1-0101',
    '班主任',
    [...school.filter((words) => words !== '各校报告' && words !== '方案落实'), ...issues, ...scores, '批准事项'],
  ],
  ['renke1-1', '任课教师', [...duties, ...children, '花名册', ...absences, ...visits, ...office]],
  [
    'jiedao1',
    '街道教育专干',
    [
      ...duties,
      '及时率',
      '驾驶舱',
      ...children,
      ...homes,
      ...visits,
      ...documents,
      ...issues,
      ...cases,
      ...findings,
      '人员与岗位',
      ...office,
      '批准事项',
    ],
  ],
  ['shequ1-1', '社区网格员', [...duties, ...children, ...homes, ...visits, ...findings, ...office, '批准事项']],
  ['xitong', '系统管理员', office],
  ['anquan', '安全管理员', [...office, '人员与岗位', '账号', '接口令牌']],
  ['shenji', '审计管理员', [...office, '审计']],
];

it('SEC-10 each person finds the own menu entries and no others, the three administrators no child', async () => {
  const page = await visited.visit(null);
  for (const [login, role, entries] of menus) {
    await page.context().clearCookies();
    await page.goto(visited.url);
    await signIn(page, login);
    const found = await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts();
    expect([login, found.map((words) => words.trim()).sort()]).toEqual([login, [...entries].sort()]);
    await page.getByRole('button', { name: /打开账号菜单/ }).click();
    await page
      .getByText(new RegExp(` ${role}$`))
      .first()
      .waitFor();
    if (!entries.includes('儿童少年')) await findsNoChild(page);
  }
  await page.context().close();
});

/** An administrator asks for children by call, by search and by page. */
async function findsNoChild(page: Page): Promise<void> {
  const asked = await page.evaluate(async () =>
    Promise.all(['/api/children', '/api/households', '/api/findings'].map(async (path) => (await fetch(path)).status)),
  );
  expect(asked).toEqual([403, 403, 403]);
  const found = page.waitForResponse(/\/api\/search/);
  await page.getByRole('combobox', { name: /^搜索学校/ }).fill('白安野');
  expect(await (await found).json()).toMatchObject({ children: [], households: [] });
  await page.goto(`${visited.url}/children`);
  await page.getByText('您的岗位没有查看这一页的权限').waitFor();
}

it('ENR-33 leader and inspectors read changes and leavers and find nothing to do there; the registrar does', async () => {
  const page = await visited.visit(null);
  for (const [login, acts] of [
    ['juzhang', 0],
    ['ducha1', 0],
    ['xueji1', 1],
  ] as const) {
    await page.context().clearCookies();
    await page.goto(visited.url);
    await signIn(page, login);
    await page.goto(`${visited.url}/changes`);
    await page.getByText('没有符合条件的学籍异动').waitFor();
    expect([login, await page.getByRole('link', { name: '提出异动' }).count()]).toEqual([login, acts * 2]);
    expect([login, await page.getByRole('link', { name: '批量办理' }).count()]).toEqual([login, acts]);
    await page.goto(`${visited.url}/leavers`);
    await page.getByText('没有待升学的小学毕业生').waitFor();
    const statuses = await page.evaluate(async () =>
      Promise.all(
        ['/api/changes', '/api/leavers/place'].map(
          async (path) =>
            (
              await fetch(path, {
                method: 'POST',
                headers: { 'content-type': 'application/json', 'x-baoxue': '1', 'x-request-id': crypto.randomUUID() },
                body: JSON.stringify({
                  id: crypto.randomUUID(),
                  kind: 'classChange',
                  childId: crypto.randomUUID(),
                  fromDay: '2026-11-20',
                  reason: '核对',
                  childIds: [crypto.randomUUID()],
                  toSchoolId: crypto.randomUUID(),
                  reportDay: '2026-11-20',
                }),
              })
            ).status,
        ),
      ),
    );
    expect([login, statuses]).toEqual([login, acts === 1 ? [404, 403] : [403, 403]]);
  }
  await page.context().close();
});

/** Answers the question for a reason that stands before a number. */
async function say(page: Page, words: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '原因' }).fill(words);
  await dialog.getByRole('button', { name: /确\s*定/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}
const factOf = (page: Page, label: RegExp) =>
  page
    .locator('div:has(> dt)')
    .filter({ has: page.getByText(label) })
    .first();

it('SEC-12 a class teacher opens a guardian’s phone at once, and a document number only after the principal approved', async () => {
  const teacher = await visited.visit('ban1-0101');
  await teacher.goto(`${visited.url}/children`);
  await teacher.getByRole('row').nth(1).click();
  await teacher.getByText('证件号码', { exact: true }).waitFor();
  const child = teacher.url();
  const phone = factOf(teacher, /^电话/);
  expect(await phone.innerText()).toMatch(/\d{3}\*{4}\d{4}/);
  await phone.getByRole('button', { name: '拨打电话' }).click();
  await phone.getByRole('link', { name: /^\D*1\d{10}$/ }).waitFor();

  const document = factOf(teacher, /^证件号码$/);
  expect(await document.getByRole('button', { name: '打开完整证件号码' }).count()).toBe(0);
  await document.getByRole('button', { name: '申请批准' }).click();
  await say(teacher, '核对学籍与户口簿');
  await document.getByRole('button', { name: '打开完整证件号码' }).click();
  await say(teacher, '核对户口簿');
  await teacher
    .getByText(/尚未批准/)
    .first()
    .waitFor();
  expect(await document.innerText()).not.toMatch(/\d{17}/);

  const principal = await visited.visit('xiaozhang1');
  await principal.goto(`${visited.url}/approvals`);
  const request = principal.getByRole('row').filter({ hasText: '核对学籍与户口簿' });
  expect(await request.innerText()).toContain('完整证件号码');
  await request.getByRole('button', { name: /^批\s*准$/ }).click();
  await principal
    .getByRole('dialog')
    .getByRole('button', { name: /^批\s*准$/ })
    .click();
  await principal.getByText('没有待批准的事项。').waitFor();

  await teacher.goto(child);
  await document.getByRole('button', { name: '打开完整证件号码' }).click();
  await say(teacher, '核对户口簿');
  await document.getByText(/^\d{17}[\dX]$/).waitFor();
  await principal.context().close();
  await teacher.context().close();
});

it('SEC-05 SEC-12 the audit administrator finds who opened the number, why and with whose approval, and the chain holds', async () => {
  const page = await visited.visit('shenji');
  await page.goto(`${visited.url}/audit?verb=population.revealChild`);
  const rows = page.getByRole('row').filter({ hasText: '打开完整号码' });
  await rows.first().waitFor();
  const told = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' '));
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/核对户口簿.*已办/);
  expect(told[1]).toMatch(/班主任联系本班学生的监护人.*已办/);
  await rows.first().click();
  const detail = page.getByRole('dialog');
  await detail.getByText('完整证件号码', { exact: true }).waitFor();
  expect(await detail.innerText()).toContain('批准人');
  expect(await detail.innerText()).not.toMatch(/\d{17}[\dX]/);
  await page.goto(`${visited.url}/audit?outcome=refused`);
  await page.getByRole('row').filter({ hasText: '孩子' }).first().waitFor();
  await page.getByRole('button', { name: '核验审计链' }).click();
  await page.getByText(/^审计链完整/).waitFor();
  await page.context().close();
});

it('SEC-12 a subject teacher sees the masks and no way to open them', async () => {
  const page = await visited.visit('renke1-1');
  await page.goto(`${visited.url}/children`);
  await page.getByRole('row').nth(1).click();
  await page.getByText('证件号码', { exact: true }).waitFor();
  expect(await factOf(page, /^证件号码$/).innerText()).toMatch(/\d{4}\*+[\dX]{2}/);
  expect(await page.getByRole('button', { name: /打开完整|申请批准|拨打/ }).count()).toBe(0);
  await page.context().close();
});

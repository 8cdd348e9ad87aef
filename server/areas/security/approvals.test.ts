import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFindings } from '#contract/comparison.ts';
import { exportRoster } from '#contract/enrolment.ts';
import { exportChildren, revealChild } from '#contract/population.ts';
import * as contract from '#contract/security.ts';
import { runAs } from '#server/http/run.ts';
import { loadActor } from '#server/http/sessions.ts';
import { binjiangFolder } from '#server/testing/binjiang.ts';
import { openWorld, testPassword, type Person, type World } from '#server/testing/world.ts';
import { createStaffWithAccount, useApproval } from './actions.ts';
import { lastAudit, later, makeChild, makeSchool, tryToSignIn } from './testing.ts';

const schoolCode = '2142010201';

let world: World;
let children: string[];

beforeAll(async () => {
  world = await openWorld();
  const hand = async (kind: 'schools' | 'roster', fileName: string) =>
    world.importFile(
      { kind, fileName, asOf: '2026-11-20', dryRun: false },
      await readFile(path.join(binjiangFolder, fileName)),
    );
  await hand('schools', '学校名录.csv');
  await hand('roster', '学籍_2142010201_滨江小学.xlsx');
  const found = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT c.id FROM child c JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id
     WHERE c.district_code = $1 AND c.sealed IS NOT NULL AND c.identity = 'proven' ORDER BY c.id LIMIT 2`,
    [world.district],
  );
  children = found.rows.map((row) => row.id);
});
afterAll(() => world.stop());

/** A registrar who asks and the principal who decides, both signed in now. */
const pair = async () => ({
  asker: await world.person('registrar', schoolCode, '学籍员'),
  head: await world.person('principal', schoolCode, '滨江校长'),
});
const childAt = (at: number): string => children[at] ?? '';
const requestFor = async (who: Person, childId: string): Promise<string> =>
  (await who.call(contract.requestApproval, { kind: 'revealDocument', purpose: '核对学籍信息', childId })).id;
const open = (who: Person, childId: string, approvalId?: string, headers: Record<string, string> = {}) =>
  who.ask(
    revealChild,
    { id: childId, what: 'document', reason: '办理转学', ...(approvalId ? { approvalId } : {}) },
    { headers },
  );
/** What the answer to a refused call says. */
const said = (answered: { status: number; body: unknown }): string =>
  `${String(answered.status)} ${JSON.stringify(answered.body)}`;

test('SEC-12 a number opens with reason and approval until the day is over, and the trail tells both without it', async () => {
  const { asker, head } = await pair();
  const child = childAt(0);
  expect(said(await open(asker, child))).toMatch(/^403 .*approval-needed/);
  expect(await lastAudit(world)).toMatchObject({ verb: 'security.useApproval', outcome: 'refused', subject_id: child });
  expect((await asker.ask(revealChild, { id: child, what: 'document', reason: '' })).status).toBe(422);
  const id = await requestFor(asker, child);
  expect(said(await open(asker, child, id))).toMatch(/尚未批准/);
  await head.call(contract.decideApproval, { id, approve: true });
  const opened = await open(asker, child, id);
  expect(opened.status).toBe(200);
  expect(opened.body.documentNumber).toMatch(/^\d{17}[\dX]$/);
  const row = await lastAudit(world);
  expect(row).toMatchObject({
    verb: 'population.revealChild',
    outcome: 'done',
    subject_id: child,
    reason: '办理转学',
    detail: { what: 'document', approvalId: id, approvedBy: '滨江校长' },
  });
  expect(JSON.stringify(row)).not.toContain(opened.body.documentNumber);
  later(world, 24 * 60 - 1);
  const cookie = `baoxue_session=${(await tryToSignIn(world, asker.login, testPassword)).cookie}`;
  expect((await open(asker, child, id, { cookie })).status).toBe(200);
  later(world, 1);
  expect(said(await open(asker, child, id, { cookie }))).toMatch(/^403 .*超过 24 小时/);
});

test('SEC-12 no approval of oneself, of a refused request, of another child or of another person opens a number', async () => {
  const { asker, head } = await pair();
  const own = await requestFor(head, childAt(0));
  expect((await head.ask(contract.decideApproval, { id: own, approve: true })).status).toBe(403);
  expect(said(await open(head, childAt(0), own))).toMatch(/尚未批准/);
  const refused = await requestFor(asker, childAt(0));
  await head.call(contract.decideApproval, { id: refused, approve: false, note: '没有必要' });
  expect(said(await open(asker, childAt(0), refused))).toMatch(/未获批准/);
  const good = await requestFor(asker, childAt(0));
  await head.call(contract.decideApproval, { id: good, approve: true });
  expect(said(await open(asker, childAt(1), good))).toMatch(/不是为本次/);
  expect(said(await open(head, childAt(0), good))).toMatch(/他人申请/);
  expect(said(await open(asker, childAt(0), '00000000-0000-7000-8000-000000000000'))).toMatch(/没有找到这项批准/);
  expect((await open(asker, childAt(0), good)).status).toBe(200);
  const teacher = await world.person('subjectTeacher', schoolCode);
  expect((await open(teacher, childAt(0), good)).status).toBe(403);
});

test('SEC-12 SEC-19 a full export uses its approval up; every export stands in the trail with rows and approver', async () => {
  const { asker, head } = await pair();
  const { id } = await asker.call(contract.requestApproval, {
    kind: 'exportIdentities',
    purpose: '毕业班核对',
    exportOf: 'roster',
  });
  const full = () => asker.ask(exportRoster, { identities: 'full', approvalId: id });
  expect((await full()).status).toBe(403);
  const told = async (open: 'true' | 'false') => (await asker.call(contract.listApprovals, { open })).rows[0];
  expect(await told('true')).toMatchObject({ id, exportOf: 'roster', usable: false, usedAt: null });
  await head.call(contract.decideApproval, { id, approve: true });
  expect(await told('false')).toMatchObject({ id, usable: true, usedAt: null });
  expect(said(await asker.ask(exportChildren, { identities: 'full', approvalId: id }))).toMatch(/^403 .*不是为本次/);
  expect((await full()).status).toBe(200);
  expect(await lastAudit(world)).toMatchObject({
    verb: 'enrolment.exportRoster',
    actor_name: '学籍员',
    subject_id: 'roster',
    detail: { identities: 'full', approvalId: id, approvedBy: '滨江校长' },
  });
  expect(said(await full())).toMatch(/^403 .*已经用过/);
  expect(await told('false')).toMatchObject({ id, usable: false, usedAt: world.clock.now().toISOString() });
  for (const endpoint of [exportRoster, exportChildren, exportFindings]) {
    expect([endpoint.name, (await asker.ask(endpoint, {})).status]).toEqual([endpoint.name, 200]);
    const row = await lastAudit(world);
    expect(row).toMatchObject({ verb: endpoint.name, outcome: 'done', detail: { identities: 'masked' } });
    expect(typeof row.detail['rows']).toBe('number');
  }
});

test('SEC-12 a second named person approves, within reach, never oneself; the approval ends after a day', async () => {
  const school = await makeSchool(world, '2142010298', '批准小学');
  const other = await makeSchool(world, '2142010297', '外校小学');
  const childId = await makeChild(world, school.id);
  const asker = await world.person('registrar', school.code, '申请人');
  const head = await world.person('principal', school.code, '本校长');
  const stranger = await world.person('principal', other.code, '外校长');
  const { id } = await asker.call(contract.requestApproval, {
    kind: 'revealDocument',
    purpose: '核对学籍信息',
    childId,
  });
  expect((await stranger.call(contract.listApprovals, {})).rows).toEqual([]);
  expect((await stranger.ask(contract.decideApproval, { id, approve: true })).status).toBe(404);
  expect((await asker.ask(contract.decideApproval, { id, approve: true })).status).toBe(403);
  expect((await head.call(contract.listApprovals, {})).rows).toMatchObject([
    { id, mayDecide: true, mine: false, scopeWords: '查看陈小满的完整证件号码' },
  ]);
  expect((await asker.call(contract.listApprovals, {})).rows).toMatchObject([{ id, mayDecide: false, mine: true }]);
  await head.call(contract.decideApproval, { id, approve: true, note: '同意' });
  expect((await head.ask(contract.decideApproval, { id, approve: false })).status).toBe(409);
  const decided = (await asker.call(contract.listApprovals, { open: 'false' })).rows[0];
  expect(decided).toMatchObject({ decision: 'approved', decidedName: '本校长' });
  expect(Date.parse(decided?.expiresAt ?? '') - world.platform.clock.now().getTime()).toBe(24 * 3_600_000);
  const own = await head.call(contract.requestApproval, { kind: 'revealDocument', purpose: '核对学籍信息', childId });
  expect((await head.ask(contract.decideApproval, { id: own.id, approve: true })).status).toBe(403);
  expect(
    (await stranger.ask(contract.requestApproval, { kind: 'revealDocument', purpose: '外校想看', childId })).status,
  ).toBe(404);
  expect((await secAdminAgain()).status).toBe(403);
  async function secAdminAgain() {
    return (await world.person('secAdmin', world.district)).ask(contract.requestApproval, {
      kind: 'exportIdentities',
      purpose: '管理员想导出',
      exportOf: 'roster',
    });
  }
});

test('SEC-12 an approval is used by its asker for its own scope; an export uses it up', async () => {
  const { accountId } = await askerAccount();
  const asker = await world.person('registrar', '2142010298', '导出人');
  const me = await asker.call(contract.whoAmI, {});
  const use = async (who: string, exportOf: string, approvalId: string | undefined) => {
    const actor = await loadActor(world.platform, world.district, who, false, null);
    if (!actor) throw new Error('no actor');
    return runAs(world.platform, { actor, reach: { all: false, tokens: [] }, audit: null }, (context) =>
      useApproval(context, 'exportIdentities', { exportOf }, { approvalId }),
    );
  };
  const { id } = await asker.call(contract.requestApproval, {
    kind: 'exportIdentities',
    purpose: '毕业班核对',
    exportOf: 'roster',
  });
  await expect(use(me.accountId, 'roster', undefined)).rejects.toMatchObject({ code: 'approval-needed' });
  await expect(use(me.accountId, 'roster', id)).rejects.toThrow('尚未批准');
  const head = await world.person('principal', '2142010298', '另一校长');
  await head.call(contract.decideApproval, { id, approve: true });
  await expect(use(accountId, 'roster', id)).rejects.toThrow('他人');
  await expect(use(me.accountId, 'findings', id)).rejects.toThrow('不是为本次');
  expect(await use(me.accountId, 'roster', id)).toMatchObject({
    approvalId: id,
    approvedBy: '另一校长',
    purpose: '毕业班核对',
  });
  await expect(use(me.accountId, 'roster', id)).rejects.toThrow('已经用过');
});

function askerAccount() {
  return createStaffWithAccount(world.platform, {
    district: world.district,
    name: '旁人',
    login: 'pangren',
    posts: [{ role: 'registrar', unitId: '2142010298' }],
    mustChange: false,
  });
}

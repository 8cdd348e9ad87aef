import { TOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '#contract/security.ts';
import * as organisations from '#contract/organisations.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { openWorld, send, testPassword, type Person, type World } from '#server/testing/world.ts';
import { runAs } from '#server/http/run.ts';
import { loadActor } from '#server/http/sessions.ts';
import { createStaffWithAccount, useApproval } from './actions.ts';

let world: World;
let secAdmin: Person;
let officer: Person;

beforeAll(async () => {
  world = await openWorld();
  secAdmin = await world.person('secAdmin', world.district, '安全员');
  officer = await world.person('bureauOfficer', world.district, '专干');
});
afterAll(() => world.stop());

/** Moves the clock on by minutes. */
function later(minutes: number): void {
  world.clock.move(new Date(world.platform.clock.now().getTime() + minutes * 60_000).toISOString());
}

async function tryToSignIn(login: string, password: string, code?: string) {
  const answered = await send(
    world.app,
    contract.signIn,
    { login, password, ...(code ? { code } : {}) },
    { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/130' },
  );
  const sent = answered.headers['set-cookie'];
  const set = typeof sent === 'string' ? sent : '';
  // as: problem+json or the sign-in's own answer
  return {
    status: answered.status,
    body: answered.body as { code?: string; title?: string; signedIn?: boolean; secondFactorNeeded?: boolean },
    set,
    cookie: /baoxue_session=([^;]+)/.exec(set)?.[1] ?? '',
  };
}

async function lastAudit(): Promise<{
  verb: string;
  outcome: string;
  actor_name: string;
  detail: Record<string, unknown>;
}> {
  const found = await world.platform.database.loaderPool.query<{
    verb: string;
    outcome: string;
    actor_name: string;
    detail: Record<string, unknown>;
  }>(
    'SELECT verb, outcome, actor_name, detail FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1',
    [world.district],
  );
  const row = found.rows[0];
  if (!row) throw new Error('no audit row');
  return row;
}

test('sign-in sets a strict cookie, says who one is, and leaves an audit row', async () => {
  const signed = await tryToSignIn(` ${officer.login.toUpperCase()} `, testPassword);
  expect(signed).toMatchObject({ status: 200, body: { signedIn: true, secondFactorNeeded: false } });
  expect(signed.set).toMatch(/HttpOnly/);
  expect(signed.set).toMatch(/SameSite=Strict/);
  expect(await lastAudit()).toMatchObject({ verb: 'security.signIn', outcome: 'done', actor_name: '专干' });
  const me = await officer.call(contract.whoAmI, {});
  expect(me).toMatchObject({
    name: '专干',
    district: { code: '420102', name: '江岸区' },
    posts: [{ roleName: '控辍专干', unitName: '江岸区' }],
    mustChangePassword: false,
  });
  expect(me.permissions).toContain('runs.manage');
  expect(me.permissions).not.toContain('accounts.manage');
});

test('five failures lock for thirty minutes, known and unknown logins alike, and every one is audited', async () => {
  const victim = await world.person('inspector', (await makeSchool('2142010299', '测试小学')).code, '被锁人');
  for (const login of [victim.login, 'nobody.here']) {
    const seen = [];
    for (let at = 0; at < 5; at += 1) seen.push((await tryToSignIn(login, 'wrong')).body.code);
    expect(seen).toEqual(['password-wrong', 'password-wrong', 'password-wrong', 'password-wrong', 'account-locked']);
    expect(await lastAudit()).toMatchObject({ verb: 'security.signIn', outcome: 'refused' });
    expect((await tryToSignIn(login, testPassword)).body.code).toBe('account-locked');
  }
  later(30);
  expect((await tryToSignIn(victim.login, testPassword)).status).toBe(200);
});

test('many tries at once do not pass the limit', async () => {
  const { login } = await world.person('inspector', '2142010299', '并发人');
  const codes = await Promise.all(
    Array.from({ length: 12 }, async () => (await tryToSignIn(login, 'wrong')).body.code),
  );
  expect(codes.filter((code) => code === 'password-wrong').length).toBeLessThanOrEqual(4);
  expect((await tryToSignIn(login, testPassword)).body.code).toBe('account-locked');
});

async function makeSchool(code: string, name: string): Promise<{ id: string; code: string }> {
  const keeper = await world.person('bureauOfficer', world.district);
  const { id } = await keeper.call(organisations.saveSchool, {
    code,
    name,
    stage: '小学',
    subdistrictCode: null,
    contact: null,
    fromDate: '2020-09-01',
    toDate: null,
  });
  return { id, code };
}

test('a session ends when idle for thirty minutes and after twelve hours', async () => {
  const { cookie } = await tryToSignIn(secAdmin.login, testPassword);
  const ask = async () => (await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${cookie}` })).status;
  later(29);
  expect(await ask()).toBe(200);
  later(31);
  expect(await ask()).toBe(401);
  const again = await tryToSignIn(secAdmin.login, testPassword);
  for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
    later(20);
    expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(200);
  }
  later(21);
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(401);
});

test('the sixth session drops the first, and sign-out everywhere ends all', async () => {
  const who = await world.person('auditAdmin', world.district, '多端人');
  const cookies: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    later(1);
    cookies.push((await tryToSignIn(who.login, testPassword)).cookie);
  }
  const status = async (cookie: string | undefined) =>
    (await send(world.app, contract.listSessions, {}, { cookie: `baoxue_session=${cookie ?? ''}` })).status;
  expect(await status(who.cookie)).toBe(401);
  expect(await status(cookies[0])).toBe(200);
  const listed = await send(world.app, contract.listSessions, {}, { cookie: `baoxue_session=${cookies[4] ?? ''}` });
  expect(listed.body).toHaveLength(5);
  expect(listed.body).toContainEqual(expect.objectContaining({ current: true, device: '电脑 · Chrome' }));
  expect(
    (await send(world.app, contract.signOut, { everywhere: true }, { cookie: `baoxue_session=${cookies[4] ?? ''}` }))
      .status,
  ).toBe(200);
  expect(await Promise.all(cookies.map(status))).toEqual([401, 401, 401, 401, 401]);
});

async function fresh(role: Parameters<World['person']>[0], name?: string): Promise<Person> {
  return world.person(role, world.district, name);
}

test('a new password keeps every rule and the words say which one failed', async () => {
  const who = await fresh('bureauLeader', '张伟');
  const change = async (current: string, next: string) =>
    (await who.ask(contract.changePassword, { current, next })) as {
      status: number;
      body: { detail?: { issues: { path: string; words: string }[] } };
    }; // as: problem+json
  const issues = (answered: Awaited<ReturnType<typeof change>>) => answered.body.detail?.issues;
  expect(issues(await change('wrong', 'Tian-gao-88'))).toEqual([{ path: 'current', words: '现在的密码不对。' }]);
  expect(issues(await change(testPassword, 'short'))?.[0]).toEqual({ path: 'next', words: '密码至少 10 位。' });
  expect(issues(await change(testPassword, 'zhangWei-2026'))).toEqual([
    { path: 'next', words: '密码不能包含姓名的拼音。' },
  ]);
  expect(issues(await change(testPassword, testPassword))?.[0]?.words).toContain('最近 5 次');
  expect((await change(testPassword, 'Tian-gao-88')).status).toBe(200);
  expect(issues(await change('Tian-gao-88', testPassword))?.[0]?.words).toContain('最近 5 次');
  expect((await tryToSignIn(who.login, 'Tian-gao-88')).status).toBe(200);
});

test('a second factor is bound with a code, asked for at sign-in, and a code works once', async () => {
  const who = await fresh('bureauOfficer', '双因子');
  const started = await who.call(contract.startSecondFactor, { password: testPassword });
  expect(started.qrSvg).toContain('<svg');
  const totp = new TOTP({ secret: Secret.fromBase32(started.secret) });
  const code = () => totp.generate({ timestamp: world.platform.clock.now().getTime() });
  const first = code();
  await who.call(contract.confirmSecondFactor, { code: first });
  expect((await who.call(contract.whoAmI, {})).secondFactor).toBe(true);
  expect((await tryToSignIn(who.login, testPassword)).body).toEqual({ signedIn: false, secondFactorNeeded: true });
  expect((await tryToSignIn(who.login, testPassword, first)).body.code).toBe('second-factor-needed');
  later(1);
  const second = code();
  expect((await tryToSignIn(who.login, testPassword, second)).body.signedIn).toBe(true);
  expect((await tryToSignIn(who.login, testPassword, second)).body.code).toBe('second-factor-needed');
  expect((await who.ask(contract.startSecondFactor, { password: testPassword })).status).toBe(409);
  const keeper = await fresh('secAdmin');
  const { rows } = await keeper.call(contract.listAccounts, { q: who.login });
  await keeper.call(contract.setAccountState, {
    id: rows[0]?.id ?? '',
    action: 'removeSecondFactor',
    reason: '手机遗失',
  });
  expect((await tryToSignIn(who.login, testPassword)).body.signedIn).toBe(true);
});

test('accounts are opened, reset, disabled; nobody changes his own', async () => {
  const keeper = await fresh('secAdmin', '管账号');
  const { id: staffId } = await keeper.call(organisations.saveStaff, { name: '李新', phone: null, note: null });
  const made = await keeper.call(contract.createAccount, { staffId, login: 'lixin' });
  expect(made.firstPassword).toMatch(/^.{4}-.{4}-.{4}$/);
  expect((await keeper.ask(contract.createAccount, { staffId, login: 'lixin2' })).status).toBe(409);
  expect((await tryToSignIn('lixin', made.firstPassword)).body.code).toBe('not-allowed');
  await keeper.call(organisations.appoint, {
    id: staffId,
    role: 'bureauOfficer',
    unitId: world.district,
    fromDate: '2026-11-01',
    toDate: null,
    approvedBy: '王局',
  });
  const signed = await tryToSignIn('lixin', made.firstPassword);
  expect(signed.status).toBe(200);
  expect(
    (await send(world.app, contract.listTokens, {}, { cookie: `baoxue_session=${signed.cookie}` })).body,
  ).toMatchObject({ code: 'password-change-needed' });
  const reset = await keeper.call(contract.resetPassword, { id: made.id, reason: '忘记密码' });
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${signed.cookie}` })).status).toBe(401);
  const again = await tryToSignIn('lixin', reset.firstPassword);
  await keeper.call(contract.setAccountState, { id: made.id, action: 'disable', reason: '调离' });
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(401);
  expect((await tryToSignIn('lixin', reset.firstPassword)).body).toMatchObject({
    code: 'account-locked',
    title: expect.stringContaining('停用') as string,
  });
  const own = (await keeper.call(contract.listAccounts, { q: '管账号' })).rows[0];
  expect(
    (await keeper.ask(contract.setAccountState, { id: own?.id ?? '', action: 'unlock', reason: '自己' })).status,
  ).toBe(403);
  expect((await keeper.call(contract.listAccounts, { q: 'lixin' })).rows[0]).toMatchObject({
    disabled: true,
    posts: ['控辍专干（江岸区）'],
  });
});

test('a token opens only what it was given, until it is taken back', async () => {
  const giver = await fresh('bureauOfficer');
  const { id, token } = await giver.call(contract.createToken, {
    name: '数据中台',
    permissions: ['organisations.read'],
    days: 30,
  });
  expect(token).toMatch(/^bx_/);
  const ask = async () =>
    (await send(world.app, organisations.listPlaces, {}, { authorization: `Bearer ${token}` })).status;
  expect(await ask()).toBe(200);
  expect((await send(world.app, contract.listTokens, {}, { authorization: `Bearer ${token}` })).status).toBe(403);
  expect((await giver.call(contract.listTokens, {}))[0]).toMatchObject({ name: '数据中台', revokedAt: null });
  await giver.call(contract.revokeToken, { id });
  expect(await ask()).toBe(401);
  const keeper = await fresh('secAdmin');
  expect(
    (await keeper.ask(contract.createToken, { name: '越权', permissions: ['children.read'], days: 1 })).status,
  ).toBe(403);
});

test('the trail is listed by day, verb and outcome, and verifies', async () => {
  const auditor = await fresh('auditAdmin', '审计员');
  const today = (await auditor.call(contract.whoAmI, {})).today;
  const { rows, total } = await auditor.call(contract.listAudit, {
    from: today,
    to: today,
    verb: 'security.signIn',
    outcome: 'done',
    actor: '审计',
  });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({ actor: '审计员', verb: 'security.signIn' });
  expect((await auditor.call(contract.verifyAudit, {})).brokenAt).toBeNull();
  expect((await officer.ask(contract.listAudit, {})).status).not.toBe(200);
});

async function makeChild(schoolId: string): Promise<string> {
  const { platform, district } = world;
  const id = platform.newId();
  await inTransaction(platform.database.appPool, { district, actor: 'test', all: true, tokens: [] }, (client) =>
    client.query(
      `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, document_index, identity, reach, created_at, changed_at)
       VALUES ($1, $2, '陈小满', '满', 'chenxiaoman', 'cxm', '1', $3, 'proven', $4, $5, $5)`,
      [district, id, blindIndex(platform.keys, 'document', id), [`school:${schoolId}`], platform.clock.now()],
    ),
  );
  return id;
}

test('a second named person approves, within reach, never oneself; the approval ends after a day', async () => {
  const school = await makeSchool('2142010298', '批准小学');
  const other = await makeSchool('2142010297', '外校小学');
  const childId = await makeChild(school.id);
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
    return (await fresh('secAdmin')).ask(contract.requestApproval, {
      kind: 'exportIdentities',
      purpose: '管理员想导出',
      exportOf: 'roster',
    });
  }
});

test('people made by the platform get posts at every unit below a larger one', async () => {
  const { accountId, password } = await createStaffWithAccount(world.platform, {
    district: world.district,
    name: '督查',
    login: 'ducha',
    posts: [{ role: 'inspector', unitId: world.district }],
    mustChange: true,
  });
  expect(accountId).toMatch(/-/);
  expect((await tryToSignIn('ducha', password)).status).toBe(200);
  await expect(
    createStaffWithAccount(world.platform, {
      district: world.district,
      name: '无处',
      login: 'wuchu',
      posts: [{ role: 'principal', unitId: '0000000000' }],
      mustChange: true,
    }),
  ).rejects.toThrow('没有找到任职单位');
});

test('an approval is used by its asker for its own scope; an export uses it up', async () => {
  const { accountId } = await askerAccount();
  const asker = await world.person('registrar', '2142010298', '导出人');
  const me = await asker.call(contract.whoAmI, {});
  const use = async (who: string, exportOf: string, approvalId: string | undefined) => {
    const actor = await loadActor(world.platform, world.district, who, false, null);
    if (!actor) throw new Error('no actor');
    return runAs(world.platform, { actor, reach: { all: false, tokens: [] }, audit: null }, (context) =>
      useApproval(context, 'exportIdentities', { exportOf }, approvalId),
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

test('an altered row breaks the chain at its place', async () => {
  const auditor = await fresh('auditAdmin');
  await inTransaction(
    world.platform.database.ownerPool,
    { district: world.district, actor: 'test', all: true, tokens: [] },
    (client) =>
      client.query(`UPDATE audit_entry SET actor_name = '别人' WHERE district_code = $1 AND sequence = 3`, [
        world.district,
      ]),
  );
  expect((await auditor.call(contract.verifyAudit, {})).brokenAt).toBe(3);
});

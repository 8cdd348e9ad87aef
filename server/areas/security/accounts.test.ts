import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '#contract/security.ts';
import * as organisations from '#contract/organisations.ts';
import { listChildren } from '#contract/population.ts';
import { getCockpit } from '#contract/statistics.ts';
import * as tokens from '#contract/tokens.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { openWorld, send, type Person, type World } from '#server/testing/world.ts';
import { createStaffWithAccount } from './actions.ts';
import { lastAudit, later, makeSchool, tryToSignIn } from './testing.ts';

let world: World;
let officer: Person;

beforeAll(async () => {
  world = await openWorld();
  officer = await world.person('bureauOfficer', world.district, '专干');
});
afterAll(() => world.stop());

async function fresh(role: Parameters<World['person']>[0], name?: string): Promise<Person> {
  return world.person(role, world.district, name);
}

test('SEC-17 accounts are opened, reset, disabled; nobody changes his own', async () => {
  const keeper = await fresh('secAdmin', '管账号');
  const { id: staffId } = await keeper.call(organisations.saveStaff, { name: '李新', phone: null, note: null });
  const made = await keeper.call(contract.createAccount, { staffId, login: 'lixin' });
  expect(made.firstPassword).toMatch(/^.{4}-.{4}-.{4}$/);
  expect((await keeper.ask(contract.createAccount, { staffId, login: 'lixin2' })).status).toBe(409);
  expect((await tryToSignIn(world, 'lixin', made.firstPassword)).body.code).toBe('not-allowed');
  await keeper.call(organisations.appoint, {
    id: staffId,
    role: 'bureauOfficer',
    unitId: world.district,
    fromDate: '2026-11-01',
    toDate: null,
    approvedBy: '王局',
  });
  const signed = await tryToSignIn(world, 'lixin', made.firstPassword);
  expect(signed.status).toBe(200);
  expect(
    (await send(world.app, tokens.listTokens, {}, { cookie: `baoxue_session=${signed.cookie}` })).body,
  ).toMatchObject({ code: 'password-change-needed' });
  const reset = await keeper.call(contract.resetPassword, { id: made.id, reason: '忘记密码' });
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${signed.cookie}` })).status).toBe(401);
  const again = await tryToSignIn(world, 'lixin', reset.firstPassword);
  await keeper.call(contract.setAccountState, { id: made.id, action: 'disable', reason: '调离' });
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(401);
  expect((await tryToSignIn(world, 'lixin', reset.firstPassword)).body).toMatchObject({
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

test('SEC-17 people made by the platform get posts at every unit below a larger one', async () => {
  await makeSchool(world, '2142010299', '测试小学');
  const { accountId, password } = await createStaffWithAccount(world.platform, {
    district: world.district,
    name: '督查',
    login: 'ducha',
    posts: [{ role: 'inspector', unitId: world.district }],
    mustChange: true,
  });
  expect(accountId).toMatch(/-/);
  expect((await tryToSignIn(world, 'ducha', password)).status).toBe(200);
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

test('SEC-11 a token opens only what it was given, until it is taken back', async () => {
  const giver = await fresh('bureauOfficer');
  const { id, token } = await giver.call(tokens.createToken, {
    name: '数据中台',
    permissions: ['organisations.read'],
    days: 30,
  });
  expect(token).toMatch(/^bx_/);
  const ask = async () =>
    (await send(world.app, organisations.listPlaces, {}, { authorization: `Bearer ${token}` })).status;
  expect(await ask()).toBe(200);
  expect((await send(world.app, tokens.listTokens, {}, { authorization: `Bearer ${token}` })).status).toBe(403);
  expect((await giver.call(tokens.listTokens, {}))[0]).toMatchObject({ name: '数据中台', revokedAt: null });
  await giver.call(tokens.revokeToken, { id });
  expect(await ask()).toBe(401);
  const keeper = await fresh('secAdmin');
  expect((await keeper.ask(tokens.createToken, { name: '越权', permissions: ['children.read'], days: 1 })).status).toBe(
    403,
  );
});

test('SEC-11 a token writes what it was given to write, expires by itself, and is never shown again', async () => {
  const giver = await fresh('bureauOfficer', '发牌人');
  const reader = await giver.call(tokens.createToken, { name: '只读平台', permissions: ['cockpit.read'], days: 2 });
  const bearer = { authorization: `Bearer ${reader.token}` };
  const read = async () => (await send(world.app, getCockpit, {}, bearer)).status;
  expect(await read()).toBe(200);
  const children = await send(world.app, listChildren, {}, bearer);
  expect([children.status, children.body]).toMatchObject([403, { code: 'not-allowed' }]);
  expect(await lastAudit(world)).toMatchObject({
    verb: 'population.listChildren',
    outcome: 'refused',
    actor_name: '接口 只读平台',
  });
  for (const endpoint of [contract.whoAmI, contract.listSessions, contract.listApprovals, contract.listAccounts])
    expect([endpoint.name, (await send(world.app, endpoint, {}, bearer)).status]).toEqual([endpoint.name, 403]);
  const stored = await world.platform.database.loaderPool.query<{ kept: string }>(
    `SELECT t::text AS kept FROM api_token t WHERE district_code = $1 AND id = $2`,
    [world.district, reader.id],
  );
  expect(stored.rows[0]?.kept).not.toContain(reader.token);
  expect(stored.rows[0]?.kept).not.toContain(reader.token.slice(3));
  expect(JSON.stringify(await giver.call(tokens.listTokens, {}))).not.toContain(reader.token.slice(3));
  later(world, 2 * 24 * 60 - 1);
  expect(await read()).toBe(200);
  later(world, 1);
  expect(await read()).toBe(401);
  expect((await send(world.app, getCockpit, {}, { authorization: 'Bearer bx_notissuedbyanybodyatall' })).status).toBe(
    401,
  );
});

test('SEC-18 the trail is listed by day, verb and outcome, and verifies', async () => {
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

test('SEC-05 an altered row breaks the chain at its place', async () => {
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

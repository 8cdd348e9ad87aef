import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '#contract/security.ts';
import * as organisations from '#contract/organisations.ts';
import { roleUnit, roles, secondFactorRoles } from '#domain/basics/roles.ts';
import { openWorld, testPassword, type Person, type World } from '#server/testing/world.ts';
import { later, makeSchool, statusOf, tryToSignIn } from './testing.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

async function fresh(role: Parameters<World['person']>[0], name?: string): Promise<Person> {
  return world.person(role, world.district, name);
}

test('SEC-16 a new password keeps every rule and the words say which one failed', async () => {
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
  expect((await tryToSignIn(world, who.login, 'Tian-gao-88')).status).toBe(200);
});

test('SEC-16 the other sessions end with the old password, and five wrong present ones must wait', async () => {
  const who = await fresh('auditAdmin', '改密人');
  const elsewhere = (await tryToSignIn(world, who.login, testPassword)).cookie;
  await who.call(contract.changePassword, { current: testPassword, next: 'Quite-another-2026' });
  expect([await statusOf(world, elsewhere), await statusOf(world, who.cookie)]).toEqual([401, 200]);
  expect((await tryToSignIn(world, who.login, testPassword)).status).toBe(401);
  const guess = async () =>
    (await who.ask(contract.changePassword, { current: 'guess', next: 'Third-password-2026' })).status;
  const tried = [];
  for (let at = 0; at < 6; at += 1) tried.push(await guess());
  expect(tried).toEqual([422, 422, 422, 422, 422, 429]);
  later(world, 29);
  await who.call(contract.whoAmI, {});
  later(world, 2);
  await who.call(contract.changePassword, { current: 'Quite-another-2026', next: 'Third-password-2026' });
});

test('SEC-16 each person is told the length the own next password needs, also where the district raised it', async () => {
  const minimum = async (who: Person) => (await who.call(contract.whoAmI, {})).passwordMinimum;
  const [plain, administrator] = [await fresh('bureauLeader', '长码人'), await fresh('secAdmin', '安管人')];
  expect([await minimum(plain), await minimum(administrator)]).toEqual([10, 12]);
  const today = (await plain.call(contract.whoAmI, {})).today;
  await plain.call(organisations.setSetting, {
    key: 'password.minimum',
    value: 16,
    fromDate: today,
    reason: '等保要求',
  });
  expect([await minimum(plain), await minimum(administrator)]).toEqual([16, 16]);
  const short = await plain.ask(contract.changePassword, { current: testPassword, next: 'Tian-gao-88' });
  expect(short.body).toMatchObject({ detail: { issues: [{ path: 'next', words: '密码至少 16 位。' }] } });
  await plain.call(organisations.setSetting, {
    key: 'password.minimum',
    value: 10,
    fromDate: today,
    reason: '恢复原值',
  });
});

test('SEC-16 the administrators\u2019 passwords are longer', async () => {
  const who = await fresh('secAdmin', '短密人');
  const short = await who.ask(contract.changePassword, { current: testPassword, next: 'Kurz-2026-x' });
  expect(short.body).toMatchObject({ detail: { issues: [{ path: 'next', words: '密码至少 12 位。' }] } });
  const officer = await fresh('bureauOfficer', '一般人');
  await officer.call(contract.changePassword, { current: testPassword, next: 'Kurz-2026-x' });
});

test('SEC-07 a second factor is bound with a code, asked for at sign-in, and a code works once', async () => {
  const who = await fresh('bureauOfficer', '双因子');
  const started = await who.call(contract.startSecondFactor, { password: testPassword });
  expect(started.qrSvg).toContain('<svg');
  const totp = new TOTP({ secret: Secret.fromBase32(started.secret) });
  const code = () => totp.generate({ timestamp: world.platform.clock.now().getTime() });
  const first = code();
  await who.call(contract.confirmSecondFactor, { code: first });
  expect((await who.call(contract.whoAmI, {})).secondFactor).toBe(true);
  expect((await tryToSignIn(world, who.login, testPassword)).body).toEqual({
    signedIn: false,
    secondFactorNeeded: true,
  });
  expect((await tryToSignIn(world, who.login, testPassword, first)).body.code).toBe('second-factor-needed');
  later(world, 1);
  const second = code();
  expect((await tryToSignIn(world, who.login, testPassword, second)).body.signedIn).toBe(true);
  expect((await tryToSignIn(world, who.login, testPassword, second)).body.code).toBe('second-factor-needed');
  expect((await who.ask(contract.startSecondFactor, { password: testPassword })).status).toBe(409);
  const keeper = await fresh('secAdmin');
  const { rows } = await keeper.call(contract.listAccounts, { q: who.login });
  await keeper.call(contract.setAccountState, {
    id: rows[0]?.id ?? '',
    action: 'removeSecondFactor',
    reason: '手机遗失',
  });
  expect((await tryToSignIn(world, who.login, testPassword)).body.signedIn).toBe(true);
});

test('SEC-07 where it is demanded, bureau and administrators bind it before anything else, and others need not', async () => {
  const { code } = await makeSchool(world, '2142010296', '动态小学');
  world.platform.config.requireSecondFactor = true;
  try {
    expect([...secondFactorRoles].sort()).toEqual([
      'auditAdmin',
      'bureauLeader',
      'bureauOfficer',
      'secAdmin',
      'sysAdmin',
    ]);
    for (const role of roles.filter((one) => roleUnit[one] === 'district' || one === 'principal')) {
      const who = await world.person(role, role === 'principal' ? code : world.district);
      const demanded = secondFactorRoles.includes(role);
      expect([role, (await who.call(contract.whoAmI, {})).needsSecondFactorSetup]).toEqual([role, demanded]);
      const work = await who.ask(organisations.listPlaces, {});
      expect([role, work.status]).toEqual([role, demanded ? 403 : 200]);
      if (!demanded) continue;
      expect(work.body).toMatchObject({ code: 'second-factor-setup-needed' });
      const { secret } = await who.call(contract.startSecondFactor, { password: testPassword });
      expect((await who.ask(organisations.listPlaces, {})).status).toBe(403);
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      const now = world.platform.clock.now().getTime();
      const wrong = String((Number(totp.generate({ timestamp: now })) + 1) % 1_000_000).padStart(6, '0');
      expect((await who.ask(contract.confirmSecondFactor, { code: wrong })).status).toBe(422);
      await who.call(contract.confirmSecondFactor, { code: totp.generate({ timestamp: now }) });
      expect((await who.ask(organisations.listPlaces, {})).status).toBe(200);
    }
  } finally {
    world.platform.config.requireSecondFactor = false;
  }
});

test('SEC-07 a code too old, of another person or of an unbound phone opens nothing', async () => {
  const bind = async (who: Person) => {
    const { secret } = await who.call(contract.startSecondFactor, { password: testPassword });
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => totp.generate({ timestamp: world.platform.clock.now().getTime() });
    await who.call(contract.confirmSecondFactor, { code: code() });
    return code;
  };
  const one = await fresh('bureauOfficer', '甲绑');
  const two = await fresh('bureauOfficer', '乙绑');
  const [codeOfOne, codeOfTwo] = [await bind(one), await bind(two)];
  later(world, 2);
  const old = codeOfOne();
  later(world, 2);
  expect((await tryToSignIn(world, one.login, testPassword, old)).body.code).toBe('second-factor-needed');
  expect((await tryToSignIn(world, one.login, testPassword, codeOfTwo())).body.code).toBe('second-factor-needed');
  expect((await tryToSignIn(world, one.login, testPassword, codeOfOne())).body.signedIn).toBe(true);
  expect((await one.ask(contract.startSecondFactor, { password: 'wrong' })).status).not.toBe(200);
});

import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as contract from '#contract/security.ts';
import { openWorld, send, testPassword, type Person, type World } from '#server/testing/world.ts';
import { lastAudit, later, makeSchool, statusOf, tryToSignIn } from './testing.ts';

// The real check, counted: an unknown login must cost the same work as a known one, which the clock of a busy machine cannot show.
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

let world: World;
let secAdmin: Person;
let officer: Person;

beforeAll(async () => {
  world = await openWorld();
  secAdmin = await world.person('secAdmin', world.district, '安全员');
  officer = await world.person('bureauOfficer', world.district, '专干');
});
afterAll(() => world.stop());

test('SEC-15 sign-in sets a strict cookie, says who one is, and leaves an audit row', async () => {
  const signed = await tryToSignIn(world, ` ${officer.login.toUpperCase()} `, testPassword);
  expect(signed).toMatchObject({ status: 200, body: { signedIn: true, secondFactorNeeded: false } });
  expect(signed.set).toMatch(/HttpOnly/);
  expect(signed.set).toMatch(/SameSite=Strict/);
  expect(await lastAudit(world)).toMatchObject({ verb: 'security.signIn', outcome: 'done', actor_name: '专干' });
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

test('SEC-06 five failures lock for thirty minutes, known and unknown logins alike, and every one is audited', async () => {
  const victim = await world.person('inspector', (await makeSchool(world, '2142010299', '测试小学')).code, '被锁人');
  for (const login of [victim.login, 'nobody.here']) {
    const seen = [];
    for (let at = 0; at < 5; at += 1) seen.push((await tryToSignIn(world, login, 'wrong')).body.code);
    expect(seen).toEqual(['password-wrong', 'password-wrong', 'password-wrong', 'password-wrong', 'account-locked']);
    expect(await lastAudit(world)).toMatchObject({ verb: 'security.signIn', outcome: 'refused' });
    expect((await tryToSignIn(world, login, testPassword)).body.code).toBe('account-locked');
  }
  later(world, 30);
  expect((await tryToSignIn(world, victim.login, testPassword)).status).toBe(200);
});

test('SEC-06 many tries at once do not pass the limit', async () => {
  const { login } = await world.person('inspector', '2142010299', '并发人');
  const codes = await Promise.all(
    Array.from({ length: 12 }, async () => (await tryToSignIn(world, login, 'wrong')).body.code),
  );
  expect(codes.filter((code) => code === 'password-wrong').length).toBeLessThanOrEqual(4);
  expect((await tryToSignIn(world, login, testPassword)).body.code).toBe('account-locked');
});

test('SEC-06 an unknown, a locked and a known login cost one check of the same strength', async () => {
  const { login } = await world.person('inspector', '2142010299', '计时人');
  const checks = vi.mocked(verify);
  const workOf = async (name: string) => {
    checks.mockClear();
    const { body } = await tryToSignIn(world, name, 'wrong');
    return { code: body.code, cost: checks.mock.calls.map(([hash]) => String(hash).split('$').slice(1, 4).join('$')) };
  };
  const once = ['argon2id$v=19$m=19456,t=2,p=1'];
  expect(await workOf(login)).toEqual({ code: 'password-wrong', cost: once });
  expect(await workOf('nobody.at.all')).toEqual({ code: 'password-wrong', cost: once });
  for (let at = 0; at < 4; at += 1) await tryToSignIn(world, login, 'wrong');
  for (let at = 0; at < 4; at += 1) await tryToSignIn(world, 'nobody.at.all', 'wrong');
  expect(await workOf(login)).toEqual({ code: 'account-locked', cost: once });
  expect(await workOf('nobody.at.all')).toEqual({ code: 'account-locked', cost: once });
  const words = async (name: string) => (await tryToSignIn(world, name, 'wrong')).body.title;
  expect(await words('nobody.at.all')).toBe(await words(login));
});

test('SEC-15 the trail keeps only the beginning of a login that nobody has, and never a password', async () => {
  await tryToSignIn(world, 'Geheim-Passwort-2026', 'Noch-Geheimer-77');
  const row = await lastAudit(world);
  expect(row).toMatchObject({
    verb: 'security.signIn',
    outcome: 'refused',
    detail: { refused: 'unknown-login', login: 'ge…' },
  });
  expect(JSON.stringify(row)).not.toMatch(/geheim-p|Geheimer/i);
});

test('SEC-15 in production the cookie travels over https only', async () => {
  world.platform.config.production = true;
  try {
    expect((await tryToSignIn(world, officer.login, testPassword)).set).toMatch(/; Secure/);
  } finally {
    world.platform.config.production = false;
  }
  expect((await tryToSignIn(world, officer.login, testPassword)).set).not.toMatch(/; Secure/);
});

test('SEC-08 a session ends when idle for thirty minutes and after twelve hours', async () => {
  const { cookie } = await tryToSignIn(world, secAdmin.login, testPassword);
  const ask = async () => (await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${cookie}` })).status;
  later(world, 29);
  expect(await ask()).toBe(200);
  later(world, 31);
  expect(await ask()).toBe(401);
  const again = await tryToSignIn(world, secAdmin.login, testPassword);
  for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
    later(world, 20);
    expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(200);
  }
  later(world, 21);
  expect((await send(world.app, contract.whoAmI, {}, { cookie: `baoxue_session=${again.cookie}` })).status).toBe(401);
});

test('SEC-08 the sixth session drops the first, and sign-out everywhere ends all', async () => {
  const who = await world.person('auditAdmin', world.district, '多端人');
  const cookies: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    later(world, 1);
    cookies.push((await tryToSignIn(world, who.login, testPassword)).cookie);
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

test('SEC-08 signing out ends this session at once and leaves the other devices signed in', async () => {
  const who = await world.person('auditAdmin', world.district, '两端人');
  const one = (await tryToSignIn(world, who.login, testPassword)).cookie;
  const other = (await tryToSignIn(world, who.login, testPassword)).cookie;
  expect([await statusOf(world, one), await statusOf(world, other)]).toEqual([200, 200]);
  const out = await send(world.app, contract.signOut, {}, { cookie: `baoxue_session=${one}` });
  expect(out.status).toBe(200);
  expect(String(out.headers['set-cookie'])).toMatch(/baoxue_session=;/);
  expect([await statusOf(world, one), await statusOf(world, other)]).toEqual([401, 200]);
  expect(await lastAudit(world)).toMatchObject({ verb: 'security.signOut', detail: { everywhere: false } });
});

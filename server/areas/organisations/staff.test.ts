import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '#contract/organisations.ts';
import { whoAmI } from '#contract/security.ts';
import { openWorld, testPassword, type Person, type World } from '#server/testing/world.ts';
import { tryToSignIn } from '#server/areas/security/testing.ts';

let world: World;
let officer: Person;

beforeAll(async () => {
  world = await openWorld();
  officer = await world.person('bureauOfficer', world.district, '专干');
});
afterAll(() => world.stop());

const street = '420102002';
const community = '420102002003';

test('ORG-02 staff keep sealed phones; posts are given at units of the right kind, once, and end', async () => {
  const { id } = await officer.call(contract.saveStaff, { name: '周舟', phone: '154 0000 1234', note: null });
  const stored = await world.platform.database.loaderPool.query<{ sealed_phone: Buffer }>(
    'SELECT sealed_phone FROM staff WHERE district_code = $1 AND id = $2',
    [world.district, id],
  );
  expect(stored.rows[0]?.sealed_phone.includes('15400001234')).toBe(false);
  const post = {
    id,
    role: 'communityWorker' as const,
    unitId: community,
    fromDate: '2026-09-01',
    toDate: null,
    approvedBy: '王局',
  };
  const made = await officer.call(contract.appoint, post);
  expect((await officer.ask(contract.appoint, { ...post, fromDate: '2026-10-01' })).status).toBe(409);
  expect((await officer.ask(contract.appoint, { ...post, unitId: street })).status).toBe(422);
  expect((await officer.ask(contract.appoint, { ...post, role: 'auditAdmin', unitId: world.district })).status).toBe(
    403,
  );
  const listed = await officer.call(contract.listStaff, { q: '周' });
  expect(listed.rows).toMatchObject([
    {
      name: '周舟',
      phone: '15400001234',
      login: null,
      posts: [{ roleName: '社区网格员', unitName: '保成社区', toDate: null }],
    },
  ]);
  const streetOfficer = await world.person('subdistrictOfficer', street, '街道');
  const seen = await streetOfficer.call(contract.listStaff, {});
  expect(seen.rows.map((row) => row.name).sort()).toEqual(['周舟', '街道']);
  expect(seen.rows.find((row) => row.name === '周舟')?.phone).toBe('154****1234');
  const elsewhere = await world.person('subdistrictOfficer', '420102003', '别街');
  expect((await elsewhere.call(contract.listStaff, {})).rows.map((row) => row.name)).toEqual(['别街']);
  await officer.call(contract.saveStaff, { id, name: '周舟', phone: '154****1234', note: '改过备注' });
  expect((await officer.call(contract.listStaff, { role: 'communityWorker', unitId: community })).rows[0]?.phone).toBe(
    '15400001234',
  );
  expect((await officer.ask(contract.endPost, { id: made.id, toDate: '2026-08-31' })).status).toBe(422);
  await officer.call(contract.endPost, { id: made.id, toDate: '2026-11-19' });
  expect((await officer.call(contract.listStaff, { role: 'communityWorker', unitId: community })).total).toBe(0);
  await officer.call(contract.appoint, { ...post, fromDate: '2026-11-20' });
});

test('ORG-02 nobody posts himself, and an administrator holds no second post', async () => {
  const keeper = await world.person('secAdmin', world.district, '安全员');
  const own = (await keeper.call(contract.listStaff, { q: '安全员' })).rows[0];
  expect(
    (
      await keeper.ask(contract.appoint, {
        id: own?.id ?? '',
        role: 'bureauOfficer',
        unitId: world.district,
        fromDate: '2026-11-20',
        toDate: null,
        approvedBy: '自己批',
      })
    ).status,
  ).toBe(403);
  const { id } = await keeper.call(contract.saveStaff, { name: '审计人', phone: null, note: null });
  await keeper.call(contract.appoint, {
    id,
    role: 'auditAdmin',
    unitId: world.district,
    fromDate: '2026-11-20',
    toDate: null,
    approvedBy: '王局',
  });
  expect(
    (
      await keeper.ask(contract.appoint, {
        id,
        role: 'bureauOfficer',
        unitId: world.district,
        fromDate: '2026-11-20',
        toDate: null,
        approvedBy: '王局',
      })
    ).status,
  ).toBe(422);
});

test('ORG-02 rights follow the posts held today: none before the first day, none after the last', async () => {
  const person = await world.person('communityWorker', community, '周代班');
  const row = (await officer.call(contract.listStaff, { q: '周代班' })).rows[0];
  const [held] = row?.posts ?? [];
  if (!row || !held) throw new Error('no post');
  await officer.call(contract.endPost, { id: held.id, toDate: '2026-11-20' });
  const next = { id: row.id, role: 'subdistrictOfficer' as const, unitId: street, approvedBy: '王局' };
  expect(
    (await officer.ask(contract.appoint, { ...next, approvedBy: ' ', fromDate: '2026-11-22', toDate: null })).status,
  ).toBe(422);
  await officer.call(contract.appoint, { ...next, fromDate: '2026-11-22', toDate: '2026-11-22' });
  const rightsOn = async (day: string) => {
    world.clock.move(`${day}T02:00:00Z`);
    const tried = await tryToSignIn(world, person.login, testPassword);
    const me = await person.ask(whoAmI, {}, { headers: { cookie: `baoxue_session=${tried.cookie}` } });
    const rights = me.status === 200 ? me.body.permissions : [];
    return [tried.status, rights.includes('children.read'), rights.includes('findings.assign')];
  };
  expect(await rightsOn('2026-11-20')).toEqual([200, true, false]);
  expect(await rightsOn('2026-11-21')).toEqual([403, false, false]);
  expect(await rightsOn('2026-11-22')).toEqual([200, true, true]);
  expect(await rightsOn('2026-11-23')).toEqual([403, false, false]);
});

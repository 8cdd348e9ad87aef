import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '#contract/endpoint.ts';
import { endpoints } from '#contract/index.ts';
import { grants } from '#domain/basics/grants.ts';
import { roleUnit, roles, type Role } from '#domain/basics/roles.ts';
import { openWorld, send, type Person, type World } from '#server/testing/world.ts';
import { leastInputs } from '#server/testing/contract-inputs.ts';
import { routes } from '#server/routes.ts';

let world: World;
const people = new Map<Role, Person>();

/** An input whose ids are well formed and belong to nobody. */
function strangerInput(endpoint: Endpoint): Record<string, unknown> {
  const ids = [...endpoint.path.matchAll(/:(\w+)/g)].map((found) => [found[1] ?? '', randomUUID()] as const);
  return { ...Object.fromEntries(ids), ...(leastInputs[endpoint.name] ?? {}) };
}

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const school = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM school WHERE district_code = $1 AND code = '2142010201'`,
    [world.district],
  );
  const room = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 ORDER BY grade LIMIT 1`,
    [world.district, school.rows[0]?.id],
  );
  const unit: Record<string, string> = {
    district: world.district,
    school: '2142010201',
    class: room.rows[0]?.id ?? '',
    subdistrict: '420102012',
    community: '420102012010',
  };
  for (const role of roles) people.set(role, await world.person(role, unit[roleUnit[role]] ?? ''));
});
afterAll(() => world.stop());

/** Whether a role has what an endpoint needs. */
const opens = (role: Role, { permission, alsoNeeds }: Endpoint): boolean =>
  permission !== null &&
  grants[role][permission] !== undefined &&
  (alsoNeeds === undefined || grants[role][alsoNeeds] !== undefined);
const closed = endpoints.filter((endpoint) => endpoint.permission !== null);
const asOf = (role: Role): Person => {
  const found = people.get(role);
  if (!found) throw new Error(role);
  return found;
};

describe('every endpoint', () => {
  it('SEC-01 is answered by exactly one route, and every route has an endpoint', () => {
    expect(routes.map((route) => route.endpoint.name).sort()).toEqual(
      endpoints.map((endpoint) => endpoint.name).sort(),
    );
  });

  it.each(closed.map((endpoint) => [endpoint.name, endpoint] as const))(
    'SEC-01 %s refuses a caller who is not signed in',
    async (_name, endpoint) => {
      const answered = await send(
        world.app,
        endpoint,
        strangerInput(endpoint),
        endpoint.upload ? { 'content-type': 'application/octet-stream' } : {},
      );
      expect(answered.status).toBe(401);
      expect(answered.body).toMatchObject({ code: 'signed-out' });
    },
  );

  it.each(closed.map((endpoint) => [endpoint.name, endpoint] as const))(
    'SEC-01 %s refuses every role without its permission',
    async (_name, endpoint) => {
      for (const role of roles) {
        if (opens(role, endpoint)) continue;
        const answered = await asOf(role).ask(
          endpoint,
          strangerInput(endpoint),
          endpoint.upload ? { headers: { 'content-type': 'application/octet-stream' } } : {},
        );
        expect([role, answered.status]).toEqual([role, 403]);
      }
    },
  );

  it.each(
    closed
      // The empty form of a kind is a record of nobody.
      .filter((endpoint) => /:\w+/.test(endpoint.path) && endpoint.name !== 'enrolment.printEmptyForm')
      .map((endpoint) => [endpoint.name, endpoint] as const),
  )('SEC-02 %s answers not found for an id of nobody', async (_name, endpoint) => {
    for (const role of roles) {
      if (!opens(role, endpoint)) continue;
      const answered = await asOf(role).ask(endpoint, strangerInput(endpoint));
      expect([role, endpoint.name, answered.status]).toEqual([
        role,
        endpoint.name,
        endpoint.name === 'imports.exportHeld' ? 409 : 404,
      ]);
      break;
    }
  });

  it.each(
    closed
      .filter((endpoint) => endpoint.method === 'POST' && !endpoint.upload)
      .map((endpoint) => [endpoint.name, endpoint] as const),
  )('SEC-03 %s refuses malformed input', async (_name, endpoint) => {
    const role = roles.find((one) => opens(one, endpoint));
    if (!role) throw new Error(`nobody may ${endpoint.name}`);
    const malformed = Object.fromEntries(
      Object.keys({ ...strangerInput(endpoint), everywhere: 1 }).map((key) => [key, { wrong: true }]),
    );
    const answered = await asOf(role).ask(endpoint, malformed);
    if (endpoint.name === 'security.verifyAudit') expect(answered.status).toBe(200);
    else expect([endpoint.name, answered.status]).toEqual([endpoint.name, 422]);
  });

  it('SEC-04 a write sent twice under one request id gives the first answer; another input is refused', async () => {
    const officer = asOf('bureauOfficer');
    const requestId = randomUUID();
    const { saveStaff } = await import('#contract/organisations.ts');
    const first = await officer.ask(saveStaff, { name: '重复测试', phone: null, note: null }, { requestId });
    const second = await officer.ask(saveStaff, { name: '重复测试', phone: null, note: null }, { requestId });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    const third = await officer.ask(saveStaff, { name: '另一个人', phone: null, note: null }, { requestId });
    expect(third.status).toBe(409);
    const count = await world.platform.database.loaderPool.query(
      `SELECT 1 FROM staff WHERE district_code = $1 AND name IN ('重复测试', '另一个人')`,
      [world.district],
    );
    expect(count.rowCount).toBe(1);
  });

  it('SEC-09 a write without our header or from another origin is refused', async () => {
    const { saveStaff } = await import('#contract/organisations.ts');
    const officer = asOf('bureauOfficer');
    const input = { name: '来源', phone: null, note: null };
    expect((await officer.ask(saveStaff, input, { headers: { 'x-baoxue': '0' } })).body).toMatchObject({
      code: 'origin-wrong',
    });
    expect(
      (await officer.ask(saveStaff, input, { headers: { origin: 'https://elsewhere.example' } })).body,
    ).toMatchObject({ code: 'origin-wrong' });
  });

  it('SEC-10 the three administrators have no permission that reads a child, and the database returns them none', async () => {
    for (const role of ['sysAdmin', 'secAdmin', 'auditAdmin'] as const) {
      for (const endpoint of closed.filter(
        (one) =>
          one.permission !== null &&
          /^(children|findings|roster|proposals|survey|lists|cockpit)\./.test(one.permission),
      )) {
        expect(
          (
            await asOf(role).ask(
              endpoint,
              strangerInput(endpoint),
              endpoint.upload ? { headers: { 'content-type': 'application/octet-stream' } } : {},
            )
          ).status,
        ).toBe(403);
      }
    }
  });
});

describe('the audit trail', () => {
  it('SEC-05 grows by one chained row for a write and is whole after everything above', async () => {
    const { saveStaff } = await import('#contract/organisations.ts');
    const { verifyAudit } = await import('#contract/security.ts');
    const before = await asOf('auditAdmin').call(verifyAudit, {});
    await asOf('bureauOfficer').call(saveStaff, { name: '留痕', phone: null, note: null });
    const after = await asOf('auditAdmin').call(verifyAudit, {});
    expect(before.brokenAt).toBeNull();
    expect(after.brokenAt).toBeNull();
    expect(after.links - before.links).toBe(2);
  });

  it('SEC-05 tells a changed row', async () => {
    const { verifyAudit } = await import('#contract/security.ts');
    const owner = await world.platform.database.ownerPool.connect();
    try {
      await owner.query('BEGIN');
      await owner.query('ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY');
      await owner.query(`UPDATE audit_entry SET reason = 'forged' WHERE district_code = $1 AND sequence = 3`, [
        world.district,
      ]);
      await owner.query('ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY');
      await owner.query('COMMIT');
    } finally {
      owner.release();
    }
    expect((await asOf('auditAdmin').call(verifyAudit, {})).brokenAt).toBe(3);
  });
});

describe('row-level security', () => {
  it('SEC-14 a scoped read sees only its district and reach', async () => {
    const client = await world.platform.database.appPool.connect();
    try {
      const count = async (district: string, all: string, reach: string) => {
        await client.query('BEGIN');
        await client.query('SELECT platform.enter_scope($1, $2, $3, $4)', [district, 'test', all, reach]);
        const found = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM child');
        await client.query('COMMIT');
        return found.rows[0]?.count ?? -1;
      };
      expect(await count('420103', '1', '')).toBe(0);
      expect(await count('420102', '', '{}')).toBe(0);
      expect(await count('420102', '1', '')).toBe(883);
      const one = await count('420102', '', '{"subdistrict:420102012"}');
      expect(one).toBeGreaterThan(10);
      expect(one).toBeLessThan(883);
      expect((await client.query('SELECT 1 FROM child')).rowCount).toBe(0);
    } finally {
      client.release();
    }
  });
});

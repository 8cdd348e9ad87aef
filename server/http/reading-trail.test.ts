import { afterAll, beforeAll, expect, it } from 'vitest';
import { getChild, listChildren } from '#contract/population.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { verifyChain } from './audit.ts';

let world: World;
let officer: Person;
let ids: string[];

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  ids = (await officer.call(listChildren, { size: 40 })).rows.map((row) => row.id);
});
afterAll(() => world.stop());

const openings = () =>
  rows<{ sequence: number; subject_id: string; tx: string }>(
    world,
    "SELECT sequence, subject_id, xmin::text AS tx FROM audit_entry WHERE district_code = $1 AND verb = 'population.getChild' ORDER BY sequence",
  );

it('SEC-20 records opened at the same time each leave their link before they are answered, the chain whole, in fewer transactions', async () => {
  await Promise.all(ids.map((id) => officer.call(getChild, { id })));
  const written = await openings();
  expect(written.map((row) => row.subject_id).sort()).toEqual([...ids].sort());
  expect(new Set(written.map((row) => row.tx)).size).toBeLessThan(ids.length);
  const client = await world.platform.database.loaderPool.connect();
  try {
    const verdict = await verifyChain(client, world.platform.keys, world.district);
    expect(verdict.brokenAt).toBeNull();
    expect(verdict.links).toBeGreaterThan(ids.length);
  } finally {
    client.release();
  }
});

it('SEC-20 what cannot be written into the trail is not answered', async () => {
  const { ownerPool } = world.platform.database;
  const before = (await openings()).length;
  await ownerPool.query('REVOKE INSERT ON audit_entry FROM baoxue_app');
  try {
    const refused = await Promise.all(ids.slice(0, 5).map((id) => officer.ask(getChild, { id })));
    for (const answer of refused) {
      expect(answer.status).toBe(500);
      expect(JSON.stringify(answer.body)).not.toContain('姓名');
      expect(answer.body).not.toHaveProperty('id');
    }
  } finally {
    await ownerPool.query('GRANT INSERT ON audit_entry TO baoxue_app');
  }
  await officer.call(getChild, { id: ids[0] ?? '' });
  expect((await openings()).length).toBe(before + 1);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#server/database/transaction.ts';
import { loadBinjiang } from '#server/testing/binjiang.ts';
import { openWorld, type World } from '#server/testing/world.ts';
import { insertMany, planForBulk } from './publish-bulk.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await loadBinjiang(world);
});
afterAll(() => world.stop());

/** Writes one enrolment of a child at a school, as a bulk publishing or as a single row; rolled back by the caller's error, else kept. */
const write = (bulk: boolean, child: string, school: string, made: { known: string }) =>
  inTransaction(
    world.platform.database.loaderPool,
    { district: world.district, actor: 'import', all: true, tokens: [] },
    async (client) => {
      const of = { client, district: world.district, importId: randomUUID(), asOf: '2026-11-20', knownAt: made.known };
      const publishing = { ...(await planForBulk(of)), bulk };
      const rows = await insertMany(
        publishing,
        'enrolment',
        `INSERT INTO enrolment (district_code, child_id, school_id, grade, name, tags, during, from_date, known, row_print, import_id, reach)
         VALUES ($1, $3, $4, 1, '试', '{}', daterange('2031-09-01', NULL), '2031-09-01', tstzrange($5::timestamptz, NULL), '\\x00', $2, '{}')`,
        child,
        school,
        made.known,
      );
      const set = await client.query<{ role: string }>(`SELECT current_setting('session_replication_role') AS role`);
      expect(set.rows[0]?.role).toBe('origin');
      return rows;
    },
  );
const one = async (table: 'school'): Promise<string> => {
  const found = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE district_code = $1 LIMIT 1`,
    [world.district],
  );
  return found.rows[0]?.id ?? '';
};

test('IMP-15 of many rows each that points to no child or no school breaks the import off, as a single row does', async () => {
  const fresh = await world.platform.database.loaderPool.query<{ id: string }>(
    `INSERT INTO child (district_code, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at)
     VALUES ($1, '试', '', 'shi', 's', 'none', 'none', '{}', now(), now()) RETURNING id`,
    [world.district],
  );
  const [child, school] = [fresh.rows[0]?.id ?? '', await one('school')];
  const nobody = randomUUID();
  for (const bulk of [true, false]) {
    await expect(write(bulk, nobody, school, { known: '2031-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: '23503',
      constraint: 'enrolment_child_fk',
    });
    await expect(write(bulk, child, nobody, { known: '2031-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: '23503',
      constraint: 'enrolment_school_fk',
    });
  }
  await expect(write(true, child, school, { known: '2031-01-02T00:00:00Z' })).resolves.toBe(1);
});

test('IMP-15 an import of more than 200 rows checks its keys at once, the tests of imports run that way', async () => {
  const client = await world.platform.database.loaderPool.connect();
  try {
    const may = await client.query<{ may: boolean }>(`SELECT has_parameter_privilege('session_replication_role', 'SET') AS may`); // prettier-ignore
    expect(may.rows[0]?.may).toBe(true);
  } finally {
    client.release();
  }
  await expect(world.platform.database.appPool.query('SET session_replication_role = replica')).rejects.toMatchObject({
    code: '42501',
  });
});

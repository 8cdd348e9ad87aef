import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseVersion, migrate, readMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

let server: TestServer;
let platform: Migration;

beforeAll(async () => {
  server = await startTestServer();
  platform = firstMigration();
});

afterAll(async () => {
  await server.stop();
});

function firstMigration(): Migration {
  const first = readMigrations()[0];
  if (!first) throw new Error('no migrations');
  return first;
}

function step(version: number, sql: string): Migration {
  return { version, name: 'step', sql, checksum: sql };
}

test('a new database gets every migration once, also from two processes at once', async () => {
  const database = await server.makeDatabase('migrate_once');
  const both = await Promise.all([migrate(database), migrate(database)]);
  expect(both.flatMap(({ applied }) => applied).filter((name) => name === '0001_platform')).toHaveLength(1);
  expect(await migrate(database)).toEqual({ applied: [] });
  expect(await databaseVersion(database)).toBe(readMigrations().length);
});

test('a failing migration leaves the database as it was', async () => {
  const database = await server.makeDatabase('migrate_fail');
  const broken = step(2, 'CREATE TABLE platform.half (n integer); SELECT 1 / 0;');
  await expect(migrate(database, { migrations: [platform, broken] })).rejects.toThrow(/0002_step 失败，数据库保持原状/);
  const found = await database.ownerPool.query(`SELECT to_regclass('platform.half') AS half`);
  expect(found.rows).toEqual([{ half: null }]);
  expect(await databaseVersion(database)).toBe(1);
});

test('a file changed after it was applied, and a database newer than the program, are refused', async () => {
  const database = await server.makeDatabase('migrate_changed');
  await migrate(database, { migrations: [platform, step(2, 'SELECT 1')] });
  await expect(migrate(database, { migrations: [platform, step(2, 'SELECT 2')] })).rejects.toThrow(
    /0002_step 在执行之后被改动过/,
  );
  await expect(migrate(database, { migrations: [platform] })).rejects.toThrow(/更新的版本/);
});

test('files are numbered without gaps', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-migrations-'));
  await writeFile(path.join(folder, '0001_one.sql'), 'SELECT 1');
  await writeFile(path.join(folder, '0003_three.sql'), 'SELECT 3');
  expect(() => readMigrations(folder)).toThrow(/0003_three.sql/);
  await rm(folder, { recursive: true });
});

test('a scope lasts one transaction, and its values cannot break out of their quotes', async () => {
  const database = await server.makeDatabase('migrate_scope');
  await migrate(database, { migrations: [platform] });
  const client = await database.appPool.connect();
  const read = async () =>
    (
      await client.query<Record<string, unknown>>(
        `SELECT current_setting('app.district', true) AS district, current_setting('app.reach', true) AS reach`,
      )
    ).rows[0];
  await client.query('BEGIN');
  await client.query('SELECT platform.enter_scope($1, $2, $3, $4)', [
    `330108'; DROP`,
    'actor',
    null,
    '{school:1,class:"a,b"}',
  ]);
  expect(await read()).toEqual({ district: `330108'; DROP`, reach: '{school:1,class:"a,b"}' });
  await client.query('COMMIT');
  expect(await read()).toEqual({ district: '', reach: '' });
  client.release();
});

test('the application owns nothing and cannot make tables', async () => {
  const database = await server.makeDatabase('migrate_rights');
  await migrate(database, { migrations: [platform] });
  await expect(database.appPool.query('CREATE TABLE platform.mine (n integer)')).rejects.toThrow(/permission denied/);
  await expect(database.appPool.query('CREATE TABLE public.mine (n integer)')).rejects.toThrow(/permission denied/);
  await expect(database.appPool.query('SELECT * FROM platform.migration')).rejects.toThrow(/permission denied/);
  await expect(database.appPool.query('SET ROLE baoxue_loader')).rejects.toThrow(/permission denied/);
});

test('column values arrive as numbers and plain dates', async () => {
  const database = await server.makeDatabase('migrate_types');
  const found = await database.appPool.query(
    `SELECT 7::int8 AS n, DATE '2026-09-01' AS day, ARRAY[DATE '2026-09-01', NULL] AS days, ARRAY[1, NULL]::int8[] AS counts,
            daterange('2026-09-01', '2027-07-01') AS during`,
  );
  expect(found.rows).toEqual([
    { n: 7, day: '2026-09-01', days: ['2026-09-01', null], counts: [1, null], during: '[2026-09-01,2027-07-01)' },
  ]);
  await expect(database.appPool.query(`SELECT 9007199254740993::int8 AS n`)).rejects.toThrow(RangeError);
});

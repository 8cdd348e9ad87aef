import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backup } from './backup.ts';
import type { TableEntry } from './manifest.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';
import type { Database } from './open.ts';
import { describeBackup, restore } from './restore.ts';
import { checkScope } from './scope.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const schema = `
  CREATE SCHEMA trial;
  CREATE TABLE trial.kind (code text NOT NULL, label text NOT NULL, CONSTRAINT kind_pk PRIMARY KEY (code));
  INSERT INTO trial.kind VALUES ('a', 'seed');
  CREATE TABLE trial.school (district_code text NOT NULL, id uuid NOT NULL DEFAULT uuidv7(), kind text NOT NULL, name text NOT NULL,
    length integer GENERATED ALWAYS AS (length(name)) STORED,
    CONSTRAINT school_pk PRIMARY KEY (district_code, id),
    CONSTRAINT school_kind_fk FOREIGN KEY (kind) REFERENCES trial.kind (code));
  CREATE TABLE trial.child (district_code text NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY, school_id uuid NOT NULL, note text, bytes bytea,
    CONSTRAINT child_pk PRIMARY KEY (district_code, number),
    CONSTRAINT child_school_fk FOREIGN KEY (district_code, school_id) REFERENCES trial.school (district_code, id));
  ALTER TABLE trial.school ENABLE ROW LEVEL SECURITY;
  ALTER TABLE trial.school FORCE ROW LEVEL SECURITY;
  CREATE POLICY school_district ON trial.school USING (district_code = current_setting('app.district', true));
  GRANT SELECT ON trial.school TO baoxue_app;
  CREATE FUNCTION trial.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trigger'; END $$;`;

// Children are listed before their schools on purpose: foreign keys decide the order.
const tables: TableEntry[] = [
  { name: 'trial.child', kind: 'district', backup: true },
  { name: 'trial.school', kind: 'district', backup: true },
  { name: 'trial.kind', kind: 'reference', backup: true },
];
const filesFolder = () => path.join(folder, 'files');
const options = { now: new Date('2026-03-02T01:00:00Z'), keyIds: ['data-1'], tables };

let server: TestServer;
let source: Database;
let migrations: Migration[];
let folder: string;
let file: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-backup-'));
  file = path.join(folder, 'one.baoxue');
  migrations = [...readMigrations().slice(0, 1), { version: 2, name: 'trial', sql: schema, checksum: 'trial' }];
  source = await server.makeDatabase('backup_source');
  await migrate(source, { migrations });
  await source.ownerPool.query(`INSERT INTO trial.kind VALUES ('b', '甲\t乙\\n'), ('c', '')`);
  await source.loaderPool.query(
    `INSERT INTO trial.school (district_code, kind, name) VALUES ('330108', 'a', '第一小学'), ('330106', 'b', '第二小学')`,
  );
  await source.loaderPool.query(
    `INSERT INTO trial.child (district_code, school_id, note, bytes)
     SELECT district_code, id, repeat(md5(n::text), 40), decode(md5(n::text), 'hex') FROM trial.school, generate_series(1, 2000) n`,
  );
  await mkdir(filesFolder());
  // Larger than a part, a small one, and a file half written, which is none of the store's.
  await writeFile(path.join(filesFolder(), 'large-1'), randomBytes(2_500_000));
  await writeFile(path.join(filesFolder(), 'small-2'), 'sealed');
  await writeFile(path.join(filesFolder(), 'half.part'), 'half');
  await backup(source, file, { ...options, filesFolder: filesFolder() });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function everything(database: Database): Promise<unknown[]> {
  const answers = [];
  for (const { name } of tables) {
    answers.push(
      (
        await database.loaderPool.query(
          `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest, count(*) AS rows FROM ${name} t`,
        )
      ).rows,
    );
  }
  return answers;
}

test('a backup is an ordinary tar for its owner only, and says what it needs', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const header = await describeBackup(file);
  expect(header).toMatchObject({ migration: 2, keyIds: ['data-1'], madeAt: '2026-03-02T01:00:00.000Z' });
  expect(header.tables.map(({ name }) => name)).toEqual(['trial.kind', 'trial.school', 'trial.child']);
  expect(header.tables[1]?.columns).not.toContain('length');
});

test('an existing file is not overwritten, and a missing folder is named', async () => {
  await expect(backup(source, file, options)).rejects.toThrow(/不会覆盖/);
  await expect(backup(source, path.join(folder, 'no', 'where'), options)).rejects.toThrow(/备份目录不存在/);
});

test('restored into an empty database, every row is the same, counters go on, and triggers stay quiet', async () => {
  const target = await server.makeDatabase('backup_target');
  const trigger = {
    version: 3,
    name: 'later',
    sql: `CREATE TABLE trial.later (n integer, CONSTRAINT later_pk PRIMARY KEY (n))`,
    checksum: 'later',
  };
  const withTrigger = migrations.map((migration) =>
    migration.version === 2
      ? {
          ...migration,
          sql: `${schema} CREATE TRIGGER refuse BEFORE INSERT ON trial.school FOR EACH ROW EXECUTE FUNCTION trial.refuse();`,
        }
      : migration,
  );
  const result = await restore(target, file, { migrations: [...withTrigger, trigger] });
  expect(result).toEqual({ tables: 3, rows: 4005, files: 2, keyIds: ['data-1'], madeAt: '2026-03-02T01:00:00.000Z' });
  expect(await everything(target)).toEqual(await everything(source));
  const next = await target.loaderPool.query(
    `INSERT INTO trial.child (district_code, school_id) SELECT district_code, id FROM trial.school LIMIT 1 RETURNING number`,
  );
  expect(next.rows).toEqual([{ number: 4001 }]);
  await expect(
    target.loaderPool.query(`INSERT INTO trial.school (district_code, kind, name) VALUES ('330108', 'a', 'x')`),
  ).rejects.toThrow('trigger');
  await expect(restore(target, file, { migrations: [...withTrigger, trigger] })).rejects.toThrow(/版本比备份新/);
});

/** The files of a folder with their content; none when there is no folder. */
const storeOf = (of: string) =>
  existsSync(of)
    ? Object.fromEntries(readdirSync(of).map((name) => [name, readFileSync(path.join(of, name), 'hex')]))
    : {};

test('PLT-15 the files of the store are in the backup and come back as they were, also over those of a restore cut off', async () => {
  const theirs = storeOf(filesFolder());
  delete theirs['half.part'];
  const target = await server.makeDatabase('backup_files');
  const back = path.join(folder, 'back');
  await mkdir(back);
  await writeFile(path.join(back, 'small-2'), 'sealed');
  await writeFile(path.join(back, 'other-3'), 'stays');
  expect(await restore(target, file, { migrations, filesFolder: back })).toMatchObject({ files: 2, rows: 4005 });
  expect(storeOf(back)).toEqual({ ...theirs, 'other-3': Buffer.from('stays').toString('hex') });
  expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('PLT-15 a file that is not as stated, or that stands there already with another content, leaves neither rows nor files', async () => {
  const target = await server.makeDatabase('backup_files_damaged');
  const whole = gunzipSync(readFileSync(file));
  const at = whole.indexOf('sealed');
  const changed = Buffer.from(whole);
  changed[at] = 0x53;
  const damaged = path.join(folder, 'files-changed');
  await writeFile(damaged, gzipSync(changed));
  const back = path.join(folder, 'back-damaged');
  const refusal = restore(target, damaged, { migrations, filesFolder: back });
  await expect(refusal).rejects.toThrow(/不完整或已损坏/);
  expect(storeOf(back)).toEqual({});
  await mkdir(back, { recursive: true });
  await writeFile(path.join(back, 'small-2'), 'another');
  await expect(restore(target, file, { migrations, filesFolder: back })).rejects.toThrow(/同名文件/);
  expect(Object.keys(storeOf(back))).toEqual(['small-2']);
  expect((await target.loaderPool.query(`SELECT count(*) AS n FROM trial.school`)).rows).toEqual([{ n: 0 }]);
  expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('a database that has rows is refused and keeps them', async () => {
  const before = await everything(source);
  await expect(restore(source, file, { migrations })).rejects.toThrow(/不是空的/);
  expect(await everything(source)).toEqual(before);
});

test('a changed, a cut and a foreign file are refused and nothing is loaded', async () => {
  const target = await server.makeDatabase('backup_damaged');
  const whole = gunzipSync(readFileSync(file));
  const changed = Buffer.from(whole);
  changed[changed.indexOf('第一小学') + 2] = 0xad;
  const damaged: Record<string, Buffer> = {
    changed: gzipSync(changed),
    cut: readFileSync(file).subarray(0, -2000),
    short: gzipSync(whole.subarray(0, whole.length - 4096)),
    foreign: Buffer.from('hello'),
  };
  for (const [name, content] of Object.entries(damaged)) {
    const damagedFile = path.join(folder, name);
    await writeFile(damagedFile, content);
    await expect(restore(target, damagedFile, { migrations }), name).rejects.toThrow(/不完整或已损坏/);
  }
  const rows = await target.loaderPool.query(`SELECT count(*) AS n FROM trial.school`);
  expect(rows.rows).toEqual([{ n: 0 }]);
  await expect(restore(target, path.join(folder, 'missing'), { migrations })).rejects.toThrow(/找不到备份文件/);
  expect((await restore(target, file, { migrations })).rows).toBe(4005);
});

test('a backup of a newer program is refused', async () => {
  const target = await server.makeDatabase('backup_newer');
  await expect(restore(target, file, { migrations: migrations.slice(0, 1) })).rejects.toThrow(/更新的版本/);
});

test('the start-up check finds a table that an unscoped read can see', async () => {
  await checkScope(source.appPool, tables);
  await source.ownerPool.query('ALTER TABLE trial.school DISABLE ROW LEVEL SECURITY');
  await expect(checkScope(source.appPool, tables)).rejects.toThrow(/trial\.school.*拒绝启动/);
  await source.ownerPool.query('ALTER TABLE trial.school ENABLE ROW LEVEL SECURITY');
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';
import { connectDatabase, createDatabase } from './open.ts';
import { readPostmaster, startedAt } from './postmaster.ts';
import { ensureRoles } from './roles.ts';
import { removeData } from './test-server.ts';

let folder: string;
let server: EmbeddedServer;

/** PostgreSQL's own data folder, wherever the start decided to keep it. */
function cluster(): string {
  const pointer = path.join(folder, 'database.location');
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : path.join(folder, 'postgres');
  return path.join(home, 'server', 'data');
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answer = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return answer.rows[0]?.[0];
  } finally {
    await client.end();
  }
}

function postmasterId(): number {
  const found = readPostmaster(cluster());
  if (typeof found !== 'object') throw new Error(`no server: ${found}`);
  return found.pid;
}

beforeAll(async () => {
  // 0700 and owned by root in the build: the case in which the database account cannot enter the data folder.
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-embedded-'));
  server = await startEmbedded({ dataDirectory: folder });
});

afterAll(async () => {
  await server.stop();
  await removeData(folder);
});

test('the server is PostgreSQL 18 in builtin C.UTF-8 and sorts names by pinyin', async () => {
  expect(await ask(server.adminUrl, 'SHOW server_version_num')).toMatch(/^18/);
  expect(
    await ask(server.adminUrl, `SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'postgres'`),
  ).toBe('bC.UTF-8');
  const sorted = `SELECT string_agg(n, '' ORDER BY n COLLATE "zh-Hans-CN-x-icu") FROM unnest(ARRAY['赵','陈','安']) n`;
  expect(await ask(server.adminUrl, sorted)).toBe('安陈赵');
});

test('PLT-18 what is counted beside runs behind everything else and on one core', async () => {
  const keys = { rolePassword: (role: string) => `words of ${role}` };
  await ensureRoles(server.adminUrl, keys);
  await createDatabase(server.adminUrl, 'baoxue');
  const database = await connectDatabase(server.adminUrl, 'baoxue', keys, () => Promise.resolve());
  try {
    const of = async (pool: pg.Pool) => {
      const found = await pool.query<{ pid: number; workers: string }>(
        `SELECT pg_backend_pid() AS pid, current_setting('max_parallel_workers_per_gather') AS workers`,
      );
      const [row] = found.rows;
      return [getPriority(row?.pid), row?.workers];
    };
    expect(await of(database.quietPool)).toEqual([10, '0']);
    expect(await of(database.appPool)).toEqual([getPriority(postmasterId()), '0']);
    expect(await of(database.loaderPool)).toEqual([getPriority(postmasterId()), '2']);
  } finally {
    await database.stop();
  }
});

test('PLT-01 a data folder that was there is not loosened, and secrets are readable by their owner only', async () => {
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(cluster(), '..', 'password')).mode & 0o777).toBe(0o600);
  expect(statSync(cluster()).mode & 0o777).toBe(0o700);
});

test('PLT-01 the server is never root, whoever starts it, and finds its data again', async () => {
  const owner = (pid: number) => Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  expect(owner(postmasterId())).toBeGreaterThan(0);
  expect(statSync(cluster()).uid).toBe(owner(postmasterId()));
  await ask(server.adminUrl, 'CREATE TABLE found_again AS SELECT 5 AS n');
  const before = cluster();
  await server.stop();
  server = await startEmbedded({ dataDirectory: folder });
  expect([server.started, cluster()]).toEqual([true, before]);
  expect(await ask(server.adminUrl, 'SELECT n FROM found_again')).toBe(5);
  expect(owner(postmasterId())).toBeGreaterThan(0);
});

test('without the password nobody enters', async () => {
  const url = new URL(server.adminUrl);
  url.password = 'wrong';
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
});

test('a second start joins the running server, and the last to leave stops it', async () => {
  const second = await startEmbedded({ dataDirectory: folder });
  expect(second.started).toBe(false);
  expect(second.adminUrl).toBe(server.adminUrl);
  await server.stop();
  expect(await ask(second.adminUrl, 'SELECT 1')).toBe(1);
  const pid = postmasterId();
  await second.stop();
  expect(startedAt(pid)).toBeNull();
  expect(readPostmaster(cluster())).toBe('absent');
  server = await startEmbedded({ dataDirectory: folder });
  expect(server.started).toBe(true);
});

test('two starts at once make one server', async () => {
  await server.stop();
  const both = await Promise.all([startEmbedded({ dataDirectory: folder }), startEmbedded({ dataDirectory: folder })]);
  expect(both.map(({ started }) => started).sort()).toEqual([false, true]);
  server = both[0];
  await both[1].stop();
  expect(await ask(server.adminUrl, 'SELECT 1')).toBe(1);
});

test('PLT-01 PLT-02 committed rows survive a killed server, and the next start clears up', async () => {
  await ask(server.adminUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
  process.kill(postmasterId(), 'SIGKILL');
  const again = await startEmbedded({ dataDirectory: folder });
  expect(again.started).toBe(true);
  expect(await ask(again.adminUrl, 'SELECT n FROM kept')).toBe(7);
  await server.stop();
  expect(await ask(again.adminUrl, 'SELECT 1')).toBe(1);
  server = again;
});

test('PLT-16 a killed server is started again at the same address by a process that keeps it alive', async () => {
  await ask(server.adminUrl, 'CREATE TABLE kept_alive AS SELECT 9 AS n');
  const lines: string[] = [];
  server.keepAlive((line) => lines.push(line));
  const before = postmasterId();
  process.kill(before, 'SIGKILL');
  await expect
    .poll(() => ask(server.adminUrl, 'SELECT n FROM kept_alive').catch(() => null), { timeout: 20_000 })
    .toBe(9);
  expect(postmasterId()).not.toBe(before);
  expect(lines.at(-1)).toMatch(/数据库已重新启动/);
  await server.stop();
  expect(readPostmaster(cluster())).toBe('absent');
  server = await startEmbedded({ dataDirectory: folder });
});

test('PLT-02 a lock file of another program is stale, not a running server', async () => {
  await server.stop();
  const lines = [String(process.pid), cluster(), '0', '1', '', '127.0.0.1', '', 'ready   '];
  writeFileSync(path.join(cluster(), 'postmaster.pid'), lines.join('\n'));
  server = await startEmbedded({ dataDirectory: folder });
  expect(server.started).toBe(true);
});

test('nothing personal reaches the log: neither values in errors nor statements', async () => {
  const marker = 'marker-4407';
  await expect(ask(server.adminUrl, `SELECT '${marker}'::integer`)).rejects.toThrow(marker);
  await expect(ask(server.adminUrl, `SELECT * FROM pg_class WHERE oid = '${marker}'`)).rejects.toThrow(marker);
  const log = readFileSync(path.join(cluster(), '..', '..', 'postgres.log'), 'utf8');
  expect(log).not.toContain(marker);
  expect(log).toContain('ready to accept connections');
});

test('data of another PostgreSQL version and a folder that cannot be written are refused in Chinese', async () => {
  await server.stop();
  const version = path.join(cluster(), 'PG_VERSION');
  writeFileSync(version, '17\n');
  await expect(startEmbedded({ dataDirectory: folder })).rejects.toThrow(/PostgreSQL 17/);
  writeFileSync(version, '18\n');
  await expect(startEmbedded({ dataDirectory: path.join(version, 'below-a-file') })).rejects.toThrow(
    /数据目录不能写入/,
  );
  server = await startEmbedded({ dataDirectory: folder });
});

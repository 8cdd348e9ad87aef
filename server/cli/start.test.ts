import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPostmaster } from '#server/database/postmaster.ts';
import { removeData } from '#server/database/test-server.ts';
import { runCommand, runJson } from './testing.ts';

const main = path.resolve(import.meta.dirname, '../main.ts');
const running = new Set<ChildProcess>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baoxue-start-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGTERM');
  await Promise.all([...running].map((child) => new Promise((resolve) => child.once('close', resolve))));
  await removeData(folder);
});

/** A start of the server: what it said so far, where it listens, and how it ended. */
interface Started {
  child: ChildProcess;
  said(): string;
  url: Promise<string>;
  ended: Promise<number | null>;
}

function start(dataFolder: string, port: string, args: readonly string[] = ['--empty']): Started {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, BAOXUE_DATA: dataFolder, BAOXUE_KEY_FILE: '', DATABASE_URL: '', NODE_ENV: '', PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  const url = new Promise<string>((resolve, reject) => {
    const hear = (more: string) => {
      text += more;
      const found = /已就绪：(http:\/\/localhost:\d+)/.exec(text)?.[1];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    void ended.then(() => reject(new Error(text)));
  });
  url.catch(() => undefined);
  return { child, said: () => text, url, ended };
}

const alive = async (url: string) => (await fetch(`${url}/api/health`)).status;

function cluster(): string {
  const pointer = path.join(folder, 'database.location');
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : path.join(folder, 'postgres');
  return path.join(home, 'server', 'data');
}

/** The database's server is gone; the system may need a moment after a kill. */
async function databaseEnds(): Promise<void> {
  for (let round = 0; round < 100 && typeof readPostmaster(cluster()) === 'object'; round += 1) await pause(100);
  expect(readPostmaster(cluster())).toBe('absent');
}

test('PLT-06 PLT-08 an empty start says where it listens and what to do next; stopped and started again it finds its data', async () => {
  const first = start(folder, '0');
  const url = await first.url;
  expect(await alive(url)).toBe(200);
  await runJson(folder, ['district', 'create', '420102']);
  expect(first.said()).toContain('还没有任何区。建立一个区：npm run -s baoxue -- district create 420102');
  expect(first.said()).not.toContain('示例');
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(first.said()).toMatch(/正在停止……\n已停止。\n$/);
  await expect(alive(url)).rejects.toThrow();
  await databaseEnds();
  const second = start(folder, '0');
  await second.url;
  expect(second.said()).not.toContain('还没有任何区');
  expect(await runJson(folder, ['district', 'create', '420102'])).toMatchObject([{ created: false }]);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  await databaseEnds();
});

test('PLT-07 a taken port is told with what to do, and the database does not stay behind', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const refused = start(folder, String(port));
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toContain(
    `启动没有完成：端口 ${String(port)} 已被占用。请先停止占用它的程序，或换一个端口启动：PORT=${String(port + 1)} npm start`,
  );
  await databaseEnds();
  await new Promise((resolve) => holder.close(resolve));
});

test('PLT-07 a folder in use is shared: the second server answers too, and the first to leave takes nothing with it', async () => {
  const [one, two] = [start(folder, '0'), start(folder, '0')];
  const urls = await Promise.all([one.url, two.url]);
  expect(await Promise.all(urls.map(alive))).toEqual([200, 200]);
  one.child.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  const places = await fetch(`${urls[1]}/api/sign-in`, {
    method: 'POST',
    headers: { 'x-baoxue': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'nobody', password: 'nobody' }),
  });
  expect(places.status).toBe(401);
  two.child.kill('SIGTERM');
  expect(await two.ended).toBe(0);
  await databaseEnds();
});

test('PLT-07 two first starts at once in a new folder make one key and one database', async () => {
  const fresh = await mkdtemp(path.join(tmpdir(), 'baoxue-start-twice-'));
  try {
    const both = await Promise.all([1, 2].map(() => runCommand(fresh, ['migrate', '--json'])));
    expect(both).toEqual([1, 2].map(() => ({ code: 0, out: '{"migrated":true}\n', err: '' })));
    expect(readdirSync(path.join(fresh, 'keys'))).toEqual(['master.key']);
    expect(statSync(path.join(fresh, 'keys', 'master.key')).mode & 0o777).toBe(0o600);
  } finally {
    await removeData(fresh);
  }
});

test('PLT-02 a server killed on the spot leaves nothing that stops the next start', async () => {
  const killed = start(folder, '0');
  await killed.url;
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = start(folder, '0');
  expect(await alive(await next.url)).toBe(200);
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
  await databaseEnds();
});

test('PLT-07 a folder that cannot be written, a wrong port and production without its key are refused with a sentence', async () => {
  const blocked = path.join(folder, 'a-file');
  await writeFile(blocked, '');
  const nowhere = start(path.join(blocked, 'data'), '0');
  expect([await nowhere.ended, nowhere.said()]).toMatchObject([
    1,
    expect.stringMatching(/^启动没有完成：主密钥文件不能写入.*BAOXUE_DATA/),
  ]);
  const wrong = start(folder, '70000');
  expect([await wrong.ended, wrong.said()]).toMatchObject([1, expect.stringContaining('端口号无效：PORT=70000')]);
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, BAOXUE_DATA: folder, BAOXUE_KEY_FILE: '', DATABASE_URL: '', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, said]).toMatchObject([1, expect.stringContaining('必须用 BAOXUE_KEY_FILE 指定主密钥文件')]);
});

test('PLT-01 a command makes the folder of the data for its owner alone, the kept code in it too', async () => {
  const data = path.join(folder, 'by-command');
  const script = path.resolve(import.meta.dirname, '../../scripts/baoxue.mjs');
  const child = spawn(process.execPath, [script, '--help'], {
    env: { ...process.env, BAOXUE_DATA: data, NODE_COMPILE_CACHE: undefined },
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(data, 'code')).mode & 0o777).toBe(0o700);
  expect(readdirSync(path.join(data, 'code')).length).toBeGreaterThan(0);
});

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runAs } from './account.ts';
import { binariesEnvironment, findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { stopWhenProcessEnds } from './process-end.ts';
import { locate } from './location.ts';
import type { Location } from './location.ts';
import { readPostmaster, signal, stopPostmaster, waitForLeftovers } from './postmaster.ts';
import type { Postmaster } from './postmaster.ts';
import { serverSettings } from './server-settings.ts';
import { watchServer } from './watch.ts';
import { othersUse, register, withLock } from './users.ts';

/** A running embedded server. `started` is false when it was already running for another process. */
export type EmbeddedServer = {
  /** Connection string of the superuser, to the database `postgres`. */
  adminUrl: string;
  started: boolean;
  /** Sees to it that the server is started again, on the same port, whenever it was killed while this process uses it. */
  keepAlive: (log: (line: string) => void) => void;
  /** Leaves the server; the last process that uses it stops it. */
  stop: () => Promise<void>;
};

const superuser = 'baoxue_admin';
const portName = 'port';

/**
 * Starts the PostgreSQL server that came with the packages on a data folder, or joins the one that already runs on it.
 * `durable: false` (tests only) trades safety against power loss for speed. Throws with a sentence for the operator.
 */
export async function startEmbedded(options: {
  dataDirectory: string;
  log?: (line: string) => void;
  durable?: boolean;
}): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const location = await locate(path.resolve(options.dataDirectory));
  return await withLock(location.folder, async () => {
    const binaries = findBinaries(location.account, location.folder);
    if (!existsSync(location.cluster)) {
      log(`正在建立数据库：${location.cluster}`);
      createCluster(binaries, location);
    }
    checkVersion(binaries, location);
    const found = readPostmaster(location.cluster);
    const started = typeof found !== 'object';
    if (found === 'stale') await clearStale(location, log);
    const postmaster = started
      ? await start(binaries, location, options.durable ?? true)
      : await untilReady(location, found);
    log(started ? `数据库已启动，端口 ${postmaster.port}` : `数据库已在运行，端口 ${postmaster.port}`);
    return join(location, postmaster, started, (log) => startAgain(binaries, location, options.durable ?? true, log));
  });
}

/** Starts a server that was killed, unless another process has done so meanwhile. */
function startAgain(
  binaries: Binaries,
  location: Location,
  durable: boolean,
  log: (line: string) => void,
): Promise<void> {
  return withLock(location.folder, async () => {
    const found = readPostmaster(location.cluster);
    if (typeof found === 'object') return;
    if (found === 'stale') await clearStale(location, log);
    const postmaster = await start(binaries, location, durable);
    log(`数据库已重新启动，端口 ${postmaster.port}`);
  });
}

function join(
  location: Location,
  postmaster: Postmaster,
  started: boolean,
  again: (log: (line: string) => void) => Promise<void>,
): EmbeddedServer {
  const note = register(location.folder);
  let endWatch: () => Promise<void> = () => Promise.resolve();
  const forget = stopWhenProcessEnds(stop, () => {
    rmSync(note, { force: true });
    if (!othersUse(location.folder, note)) signal(postmaster.pid, 'SIGINT');
  });
  let stopping: Promise<void> | null = null;
  function stop(): Promise<void> {
    stopping ??= endWatch().then(() => withLock(location.folder, leave));
    return stopping;
  }
  async function leave(): Promise<void> {
    forget();
    rmSync(note, { force: true });
    const running = readPostmaster(location.cluster);
    if (typeof running === 'object' && !othersUse(location.folder, note)) await stopPostmaster(running.pid);
  }
  const password = readFileSync(location.passwordFile, 'utf8').trim();
  return {
    adminUrl: `postgres://${superuser}:${password}@127.0.0.1:${postmaster.port}/postgres`,
    started,
    keepAlive: (log) => {
      endWatch = watchServer(
        () => typeof readPostmaster(location.cluster) === 'object',
        () => again(log),
        log,
      );
    },
    stop,
  };
}

/** Makes the cluster under another name and renames it when complete, so that an interrupted start leaves nothing half made. */
function createCluster(binaries: Binaries, location: Location): void {
  const server = path.dirname(location.cluster);
  for (const name of readdirSync(location.folder)) {
    if (name.startsWith('server.new-')) rmSync(path.join(location.folder, name), { recursive: true, force: true });
  }
  const fresh = `${server}.new-${process.pid}`;
  const data = path.join(fresh, 'data');
  const password = path.join(fresh, 'password');
  try {
    mkdirSync(data, { recursive: true });
    chmodSync(fresh, 0o711);
    chmodSync(data, 0o700);
    writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 });
    if (location.account)
      for (const file of [data, password]) chownSync(file, location.account.uid, location.account.gid);
    runInitdb(binaries, location, data, password);
    if (location.account) chownSync(password, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    renameSync(fresh, server);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw explain(error, location.folder);
  }
}

function runInitdb(binaries: Binaries, location: Location, data: string, password: string): void {
  const answer = spawnSync(
    path.join(binaries.folder, 'bin', 'initdb'),
    [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    { ...runAs(location.account), env: binariesEnvironment(binaries), encoding: 'utf8' },
  );
  if (answer.status !== 0) throw new Error(answer.stderr || answer.error?.message || 'initdb');
}

function checkVersion(binaries: Binaries, location: Location): void {
  const major = readFileSync(path.join(location.cluster, 'PG_VERSION'), 'utf8').trim();
  if (major === binaries.major) return;
  throw new Error(
    `数据目录是 PostgreSQL ${major} 的数据，本程序自带的是 ${binaries.major}，不能直接使用。请先用原版本执行 baoxue backup，再在新目录执行 baoxue restore。`,
  );
}

async function clearStale(location: Location, log: (line: string) => void): Promise<void> {
  log('上次没有正常关闭，正在清理并恢复数据库');
  await waitForLeftovers(location.cluster);
  rmSync(path.join(location.cluster, 'postmaster.pid'), { force: true });
}

async function start(binaries: Binaries, location: Location, durable: boolean): Promise<Postmaster> {
  writeFileSync(path.join(location.cluster, 'postgresql.conf'), serverSettings(durable));
  const oversized = (statSync(location.logFile, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000;
  if (oversized) renameSync(location.logFile, `${location.logFile}.1`);
  for (let attempt = 1; ; attempt += 1) {
    // The port of last time first: processes that use the server find it again where it was.
    const port = attempt === 1 ? (lastPort(location) ?? (await freePort())) : await freePort();
    const before = statSync(location.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const postmaster = await launch(binaries, location, port);
    if (postmaster) {
      writeFileSync(path.join(location.folder, portName), String(port));
      return postmaster;
    }
    const said = readFileSync(location.logFile).subarray(before).toString('utf8');
    const portTaken = said.includes('could not bind');
    if (!portTaken || attempt >= 5) throw explain(new Error(said), location.folder);
  }
}

function lastPort(location: Location): number | null {
  const file = path.join(location.folder, portName);
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : null;
}

/** Starts one server process; null when it ended before it was ready. */
async function launch(binaries: Binaries, location: Location, port: number): Promise<Postmaster | null> {
  const output = openSync(location.logFile, 'a', 0o600);
  // A session of its own: Ctrl-C in a terminal must not reach the server before the application has finished.
  const child = spawn(path.join(binaries.folder, 'bin', 'postgres'), ['-D', location.cluster, '-p', String(port)], {
    ...runAs(location.account),
    env: binariesEnvironment(binaries),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const state = { ended: false };
  child.once('exit', () => (state.ended = true));
  child.once('error', () => (state.ended = true));
  child.unref();
  // Replaying the log after a crash can take minutes; the server says when it is ready, or ends.
  while (!state.ended) {
    const running = readPostmaster(location.cluster);
    if (typeof running === 'object' && running.ready) return running;
    await pause(30);
  }
  return null;
}

async function untilReady(location: Location, found: Postmaster): Promise<Postmaster> {
  for (let round = 0; round < 1200; round += 1) {
    const running = readPostmaster(location.cluster);
    if (typeof running !== 'object') break;
    if (running.ready) return running;
    await pause(50);
  }
  throw new Error(`正在运行的数据库（进程 ${found.pid}）没有就绪，请稍候再试。`);
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('没有可用的本机端口。'));
      });
    });
  });
}

function explain(error: unknown, folder: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|No space left on device/.test(text))
    return new Error(`磁盘空间不足，数据库无法启动：${folder}`, { cause: error });
  if (/EACCES|EROFS|Permission denied|Read-only file system/.test(text)) {
    return new Error(`数据库目录不能写入：${folder}。请检查权限。`, { cause: error });
  }
  return new Error(`数据库启动失败：${text.trim().split('\n').slice(-6).join('\n')}`, { cause: error });
}

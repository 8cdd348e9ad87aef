import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '#server/config.ts';
import type { Platform } from '#server/http/context.ts';
import { openPlatform } from '#server/platform.ts';
import { freePort } from './installation.ts';

const repository = path.resolve(import.meta.dirname, '..');

/** An installation whose server and database are killed and started again; its folder, port and keys stay. */
export interface Site {
  url: string;
  /** Opens it in this process, for preparing and reading back. */
  open(): Promise<Platform>;
  /** Starts the server and does not wait. */
  start(): void;
  /** Waits until the server answers from its database; answers the milliseconds. */
  untilUp(): Promise<number>;
  /** SIGKILL to the server. */
  killServer(): Promise<void>;
  /** SIGKILL to the PostgreSQL postmaster of this folder; false when none runs at this moment. */
  killDatabase(): boolean;
  /** Ends the server in good order. */
  stop(): Promise<void>;
  /** Removes everything. */
  remove(): Promise<void>;
}

/** Makes the site in a folder of its own; `clock` is where the server's clock stands. */
export async function makeSite(clock: string): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-kill-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const env = {
    ...process.env,
    BAOXUE_DATA: folder,
    PORT: String(port),
    BAOXUE_RATE_LIMIT: '100000000',
    BAOXUE_TEST_CLOCK: clock,
    NODE_ENV: '',
  };
  let server: ChildProcess | null = null;
  const outside = () => {
    const pointer = path.join(folder, 'database.location');
    return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = server;
    server = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  };
  return {
    url,
    open: () => openPlatform(loadConfig(env)),
    start: () => {
      server = spawn(process.execPath, [path.join(repository, 'server/cli/main.ts'), 'serve', '--json'], {
        env,
        stdio: ['ignore', 'ignore', process.env['BAOXUE_BENCH_LOG'] ? 'inherit' : 'ignore'],
      });
    },
    untilUp: async () => {
      const begun = performance.now();
      for (;;) {
        // Nobody has this session: the refusal comes from the database.
        const answered = await fetch(`${url}/api/me`, { headers: { cookie: 'baoxue_session=nobody' } }).catch(
          () => null,
        );
        if (answered?.status === 401) return performance.now() - begun;
        if (server !== null && server.exitCode !== null)
          throw new Error(`the server ended with ${String(server.exitCode)}`);
        if (performance.now() - begun > 60_000) throw new Error('the server was not up within 60 s');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    killServer: () => end('SIGKILL'),
    killDatabase: () => {
      const home = outside() ?? path.join(folder, 'postgres');
      const file = path.join(home, 'server', 'data', 'postmaster.pid');
      if (!existsSync(file)) return false;
      try {
        process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    },
    stop: () => end('SIGTERM'),
    remove: async () => {
      const database = outside();
      if (database !== null) await rm(database, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

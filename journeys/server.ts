import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../server/main.ts');

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Starts the server on a data folder and waits until it answers; `env` is what a command on the same installation needs. */
export async function startServer(
  folder: string,
  port: number,
  words: readonly string[],
  clock: string | undefined,
): Promise<{ server: ChildProcess; url: string; env: NodeJS.ProcessEnv }> {
  const url = `http://localhost:${String(port)}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    BAOXUE_DATA: folder,
    PORT: String(port),
    NODE_ENV: '',
    BAOXUE_RATE_LIMIT: '100000',
    ...(clock === undefined ? {} : { BAOXUE_TEST_CLOCK: clock }),
  };
  const server = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; ; tries += 1) {
    const answered = await fetch(`${url}/api/health`).catch(() => null);
    if (answered?.ok) return { server, url, env };
    if (server.exitCode !== null || tries > 1200) {
      server.kill('SIGTERM');
      throw new Error('the server did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Stops a server as an operator does, and waits until it has ended. */
export async function endServer(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

/** The folder outside the data folder where its database had to be kept; null when it lies inside. */
export function databaseOutside(folder: string): string | null {
  const pointer = path.join(folder, 'database.location');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
}

/** Removes a data folder and the database that belongs to it. */
export async function removeFolder(folder: string): Promise<void> {
  const outside = databaseOutside(folder);
  if (outside !== null) await rm(outside, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

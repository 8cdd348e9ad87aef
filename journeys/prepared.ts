import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { databaseOutside, endServer, freePort, removeFolder, startServer } from './server.ts';

/** The morning of the day on which the stories with a clock of their own begin. */
const morning = '2026-11-27T00:30:00Z';

const variables = { clock: 'BAOXUE_JOURNEY_LISTS', now: 'BAOXUE_JOURNEY_LISTS_NOW' };

/** Vitest's global set-up: takes the sample's lists in once for the stories with a clock of their own and once, today, for those that live by the machine's clock. */
export async function setup(): Promise<() => Promise<void>> {
  const made = await Promise.all([prepare(variables.clock, morning), prepare(variables.now, undefined)]);
  return async () => {
    await Promise.all(made.map(removeFolder));
  };
}

async function prepare(variable: string, clock: string | undefined): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-journey-lists-'));
  const { server } = await startServer(folder, await freePort(), ['--lists'], clock);
  await endServer(server);
  await trustTheMachine(folder);
  process.env[variable] = folder;
  return folder;
}

/** The database of a story lives for minutes: what a power cut would leave of it is no part of any story, so it need not wait for the disk. */
async function trustTheMachine(folder: string): Promise<void> {
  const cluster = path.join(databaseOutside(folder) ?? path.join(folder, 'postgres'), 'server', 'data');
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression'];
  await appendFile(
    path.join(cluster, 'postgresql.auto.conf'),
    settings.map((name) => `${name} = 'off'\n`).join(''),
  );
}

/** Makes a new data folder an installation in which the lists of the sample stand and nothing has happened yet. */
export async function copyOfLists(folder: string, clock: string | undefined): Promise<void> {
  const from = process.env[clock === undefined ? variables.now : variables.clock];
  if (from === undefined) throw new Error('the lists were not prepared');
  if (clock !== undefined && clock < morning)
    throw new Error(`the lists are taken in on ${morning}: ${clock} is earlier`);
  await copy(from, folder);
  const database = databaseOutside(from);
  if (database !== null) {
    const own = path.join(path.dirname(database), path.basename(folder));
    await copy(database, own);
    await writeFile(path.join(folder, 'database.location'), `${own}\n`);
  }
  // Each story's database finds a port of its own.
  await rm(path.join(databaseOutside(folder) ?? path.join(folder, 'postgres'), 'port'), { force: true });
}

/** Owners and permissions are copied too: the database runs under another account. */
async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', '--reflink=auto', `${from}/.`, to]);
}

import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { databaseOutside, endServer, freePort, removeFolder, startServer } from './server.ts';

/** The morning of the day on which the stories with a clock of their own begin. */
const morning = '2026-11-27T00:30:00Z';

/**
 * What stories start from, each made once: the sample's lists as taken in on that morning, the same taken in today,
 * and today's first start, for stories that live by the machine's clock.
 */
type Origin = 'morning' | 'today' | 'lived';

const variable = 'BAOXUE_JOURNEY_LISTS';

/** Vitest's global set-up: a folder for what stories start from. The first story that needs an origin makes it, so that one story alone waits for one. */
export async function setup(): Promise<() => Promise<void>> {
  const root = await mkdtemp(path.join(tmpdir(), 'baoxue-journey-lists-'));
  process.env[variable] = root;
  return async () => {
    for (const entry of await readdir(root, { withFileTypes: true }))
      if (entry.isDirectory()) await removeFolder(path.join(root, entry.name));
    await removeFolder(root);
  };
}

/** The folder of an origin. Who comes first makes it; who comes meanwhile waits. */
async function folderOf(origin: Origin): Promise<string> {
  const root = process.env[variable];
  if (root === undefined) throw new Error('the lists were not prepared');
  const folder = path.join(root, origin);
  const note = `${folder}.made`;
  const first = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (first) {
    const fault = await make(folder, origin).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    // Under another name first: who reads the note reads all of it.
    await writeFile(`${note}.new`, fault);
    await rename(`${note}.new`, note);
  }
  for (let tries = 0; tries < 1500; tries += 1) {
    const fault = await readFile(note, 'utf8').catch(() => null);
    if (fault === '') return folder;
    if (fault !== null) throw new Error(`${origin}: ${fault}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${origin}: not made in time`);
}

async function make(folder: string, origin: Origin): Promise<void> {
  const words = origin === 'lived' ? [] : ['--lists'];
  const { server } = await startServer(folder, await freePort(), words, origin === 'morning' ? morning : undefined);
  await endServer(server);
  await trustTheMachine(folder);
}

/** The database of a story lives for minutes: what a power cut would leave of it is no part of any story, so it need not wait for the disk. */
async function trustTheMachine(folder: string): Promise<void> {
  const cluster = path.join(databaseOutside(folder) ?? path.join(folder, 'postgres'), 'server', 'data');
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression'];
  await appendFile(path.join(cluster, 'postgresql.auto.conf'), settings.map((name) => `${name} = 'off'\n`).join(''));
}

/** Makes a new data folder an installation in which the lists of the sample stand and nothing has happened yet, or one as after the first start today. */
export async function copyOfSample(folder: string, options: { clock?: string; lived?: boolean }): Promise<void> {
  const { clock, lived = false } = options;
  if (clock !== undefined && (lived || clock < morning))
    throw new Error(`the lists are taken in on ${morning}, and nobody has lived there: not for ${clock}`);
  const from = await folderOf(lived ? 'lived' : clock === undefined ? 'today' : 'morning');
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

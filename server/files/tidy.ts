import { existsSync } from 'node:fs';
import { opendir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { storedName } from '#server/database/backup-files.ts';
import { namedAmong } from '#server/database/named-files.ts';
import type { Database } from '#server/database/open.ts';
import { fileFolder } from './store.ts';

/** A file is written before its row is, in the same request: after this many milliseconds without one it never gets it. */
const graceMs = 24 * 3_600_000;
const atOnce = 500;
/** When no row names any of those that are old enough, or more files than this and more than half of them are named by none, folder and database do not belong together. */
const fewEnough = 100;
/** Beside the store: says on which day it was tidied last; its own time is the clock of the file system. */
const marker = 'files-tidied';

/** What a look at the store found. */
export interface Tidied {
  /** Files that no row names, and pieces of files half written, that were removed. */
  removed: number;
  /** True where so much is named by no row that nothing was touched. */
  refused: boolean;
}

async function oldOnes(folder: string, before: number): Promise<{ whole: string[]; pieces: string[] }> {
  const whole: string[] = [];
  const pieces: string[] = [];
  for await (const entry of await opendir(folder)) {
    const name = entry.name.replace(/\.part$/, '');
    if (!entry.isFile() || !storedName.test(name)) continue;
    const found = await stat(path.join(folder, entry.name)).catch(() => null);
    if (found === null || found.mtimeMs >= before) continue;
    (name === entry.name ? whole : pieces).push(entry.name);
  }
  return { whole, pieces };
}

/**
 * Removes from the store what a process that was killed left behind: sealed files that no row names, and pieces of files, both older than a
 * day. A file that a row names is never touched. Does so once on each `day` (YYYY-MM-DD), whichever process comes first; null on the others.
 */
export async function tidyFiles(
  database: Pick<Database, 'loaderPool'>,
  dataDirectory: string,
  day: string,
): Promise<Tidied | null> {
  const folder = fileFolder(dataDirectory);
  const mark = path.join(dataDirectory, marker);
  if (!existsSync(folder) || (await readFile(mark, 'utf8').catch(() => null)) === day) return null;
  await writeFile(mark, day, { mode: 0o600 });
  const { mtimeMs: now } = await stat(mark);
  const { whole, pieces } = await oldOnes(folder, now - graceMs);
  const unnamed: string[] = [];
  for (let from = 0; from < whole.length; from += atOnce) {
    const some = whole.slice(from, from + atOnce);
    const named = await namedAmong(database.loaderPool, some);
    unnamed.push(...some.filter((name) => !named.has(name)));
  }
  const strange = unnamed.length === whole.length || (unnamed.length > fewEnough && unnamed.length * 2 > whole.length);
  if (whole.length > 0 && strange) return { removed: 0, refused: true };
  for (const name of [...unnamed, ...pieces]) await rm(path.join(folder, name), { force: true });
  return { removed: unnamed.length + pieces.length, refused: false };
}

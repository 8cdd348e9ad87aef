import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { mayEnter, unprivilegedAccount } from './account.ts';
import type { Account } from './account.ts';
import { systemFolder } from './binaries.ts';
import { readPostmaster, stopPostmaster } from './postmaster.ts';
import { withLock } from './users.ts';

/** Where the embedded server lives: `folder` is ours, `cluster` is PostgreSQL's own data folder, `account` runs the server. */
export type Location = {
  folder: string;
  cluster: string;
  passwordFile: string;
  logFile: string;
  account: Account | null;
};

const pointerName = 'database.location';

/**
 * Decides where the database of a data folder is kept, and makes that folder: inside it, or — when the account that must run
 * the server cannot enter it — under /var/lib/baoxue, with a pointer file left in the data folder. Permissions of folders
 * that were there before are never changed.
 */
export async function locate(dataDirectory: string): Promise<Location> {
  const data = makeDataFolder(dataDirectory);
  // Of two first starts at once the second must find what the first decided, not take its new folder for one out of use.
  return withLock(data, () => decide(data));
}

async function decide(data: string): Promise<Location> {
  const inside = path.join(data, 'postgres');
  const pointer = path.join(data, pointerName);
  if (existsSync(pointer)) {
    const folder = readFileSync(pointer, 'utf8').trim();
    if (!existsSync(folder))
      throw new Error(`数据目录 ${data} 指向的数据库目录 ${folder} 不存在。如需重新开始，请删除文件 ${pointer}。`);
    return describe(folder);
  }
  if (existsSync(path.join(inside, 'server'))) return enterable(describe(inside), data);
  const account = unprivilegedAccount(null);
  if (account === null || mayEnter(account, data)) {
    mkdirSync(inside, { recursive: true });
    chmodSync(inside, account ? 0o711 : 0o700);
    return describe(inside);
  }
  const outside = path.join(systemFolder, createHash('sha256').update(data).digest('hex').slice(0, 16));
  await setAside(outside);
  try {
    mkdirSync(outside, { recursive: true });
    for (const folder of [systemFolder, outside]) chmodSync(folder, 0o755);
    writeFileSync(pointer, `${outside}\n`);
  } catch (error) {
    throw new Error(`无法在 ${outside} 建立数据库目录，请检查写入权限和磁盘空间。`, { cause: error });
  }
  return describe(outside);
}

function makeDataFolder(dataDirectory: string): string {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(dataDirectory, constants.W_OK | constants.X_OK);
    return realpathSync(dataDirectory);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOSPC') throw new Error(`磁盘空间不足，无法建立数据目录：${dataDirectory}`, { cause: error });
    throw new Error(`数据目录不能写入：${dataDirectory}。请检查权限，或用 BAOXUE_DATA 指定另一个目录。`, {
      cause: error,
    });
  }
}

function describe(folder: string): Location {
  const server = path.join(folder, 'server');
  const cluster = path.join(server, 'data');
  return {
    folder,
    cluster,
    passwordFile: path.join(server, 'password'),
    logFile: path.join(folder, 'postgres.log'),
    account: unprivilegedAccount(cluster),
  };
}

function enterable(location: Location, data: string): Location {
  if (mayEnter(location.account, location.cluster)) return location;
  throw new Error(
    `数据库账户 ${location.account?.name ?? ''} 无法进入 ${location.cluster}。请恢复 ${data} 及上级目录的进入权限后再启动。`,
  );
}

/** A database whose data folder was deleted is out of use: it is stopped and kept under another name, never deleted. */
async function setAside(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const running = readPostmaster(describe(folder).cluster);
  if (typeof running === 'object') await stopPostmaster(running.pid);
  let number = 1;
  while (existsSync(`${folder}.old-${number}`)) number += 1;
  renameSync(folder, `${folder}.old-${number}`);
}

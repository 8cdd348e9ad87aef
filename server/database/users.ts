import { linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startedAt } from './postmaster.ts';

let count = 0;

/** Runs the work while no other process of ours starts or stops the same server; waits at most two minutes for them. */
export async function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const file = path.join(folder, 'start.lock');
  for (let round = 0; !takeLock(file); round += 1) {
    if (round >= 1200) throw new Error(`另一个保学进程正在启动或停止数据库，已等待两分钟：${file}`);
    await pause(100);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Notes that this process uses the server; returns the note's file. */
export function register(folder: string): string {
  const users = path.join(folder, 'users');
  mkdirSync(users, { recursive: true, mode: 0o700 });
  count += 1;
  const file = path.join(users, `${process.pid}-${count}`);
  writeFileSync(file, identity());
  return file;
}

/** Whether a living process other than the note's still uses the server; notes of dead processes are cleared. */
export function othersUse(folder: string, own: string): boolean {
  const users = path.join(folder, 'users');
  return readdirSync(users)
    .map((name) => path.join(users, name))
    .filter((file) => file !== own)
    .some((file) => {
      if (lives(readOrNull(file))) return true;
      rmSync(file, { force: true });
      return false;
    });
}

function takeLock(file: string): boolean {
  const own = `${file}.${process.pid}-${(count += 1)}`;
  writeFileSync(own, identity());
  try {
    // A hard link appears complete or not at all, unlike a file that is opened and then written.
    linkSync(own, file);
    return true;
  } catch {
    clearStale(file);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function clearStale(file: string): void {
  if (lives(readOrNull(file)) !== false) return;
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    // Between reading and renaming somebody may have taken the lock: then it is given back.
    if (lives(readOrNull(aside))) linkSync(aside, file);
  } catch {
    // somebody else cleared it
  }
  rmSync(aside, { force: true });
}

function identity(): string {
  return `${process.pid} ${startedAt(process.pid) ?? ''}`;
}

function lives(text: string | null): boolean | null {
  if (text === null) return null;
  const [pid, born] = text.split(' ');
  return startedAt(Number(pid)) === born;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What a running PostgreSQL server has written about itself. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** The lock file as it stands: the running server, `stale` when its process is gone or is not PostgreSQL, `absent` without one. */
export function readPostmaster(cluster: string): Postmaster | 'stale' | 'absent' {
  let lines: string[];
  try {
    lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return 'absent';
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || !isPostmasterOf(pid, cluster)) return 'stale';
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? '').trim() === 'ready' };
}

/** When the process started, in clock ticks since the machine did; tells a process from a later one with the same id. Null when gone. */
export function startedAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/**
 * Waits for the server processes that outlived a killed postmaster: they still write into shared memory,
 * so a new server beside them would destroy data. After five seconds they get SIGQUIT, the server's own emergency stop.
 */
export async function waitForLeftovers(cluster: string): Promise<void> {
  for (let round = 0; round < 150; round += 1) {
    const left = processesIn(cluster);
    if (left.length === 0) return;
    if (round === 50) for (const pid of left) signal(pid, 'SIGQUIT');
    await pause(100);
  }
  throw new Error('上次异常退出的数据库进程仍未结束，请稍候再启动。');
}

/** Asks the server to stop quickly (open transactions are rolled back) and waits until it is gone; at most two minutes. */
export async function stopPostmaster(pid: number): Promise<void> {
  const born = startedAt(pid);
  signal(pid, 'SIGINT');
  for (let round = 0; round < 2400; round += 1) {
    if (born === null || startedAt(pid) !== born) return;
    await pause(50);
  }
  throw new Error('数据库未能在两分钟内停止。');
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // already gone
  }
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return path.basename(words[0] ?? '') === 'postgres' && words.includes(cluster);
  } catch {
    return false;
  }
}

function processesIn(cluster: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (!Number.isInteger(pid) || pid === process.pid) return false;
      try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== cluster) return false;
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres');
      } catch {
        return false;
      }
    });
}

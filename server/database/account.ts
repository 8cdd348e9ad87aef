import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';

/** A system account that runs the database server; PostgreSQL refuses to run as root. */
export type Account = { name: string; uid: number; gid: number };

const preferred = 'baoxue';

/**
 * The unprivileged account for the database server, or null when this process is unprivileged itself.
 * As root: the owner of an existing data folder, else the account `baoxue` (made when `useradd` is there), else `nobody`.
 */
export function unprivilegedAccount(existingData: string | null): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = existingData === null ? null : ownerOf(existingData);
  if (owner) return owner;
  const known = findAccount(preferred);
  if (known) return known;
  spawnSync(
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      preferred,
    ],
    { stdio: 'ignore', env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } },
  );
  const account = findAccount(preferred) ?? findAccount('nobody');
  if (!account)
    throw new Error('以 root 启动时需要一个普通系统账户运行数据库，未能创建 baoxue 账户，也没有 nobody 账户。');
  return account;
}

/** Whether the account may pass through a folder (null: this process's own account). */
export function mayEnter(account: Account | null, folder: string): boolean {
  return testAs(account, '-x', folder);
}

/** The spawn options that run a child as the account, in a folder everybody may enter. */
export function runAs(account: Account | null): { cwd: string; uid?: number; gid?: number } {
  return account ? { cwd: '/', uid: account.uid, gid: account.gid } : { cwd: '/' };
}

function testAs(account: Account | null, flag: string, target: string): boolean {
  const answer = spawnSync('/usr/bin/test', [flag, target], { ...runAs(account), stdio: 'ignore' });
  if (answer.error && 'code' in answer.error && answer.error.code === 'EPERM') {
    throw new Error(
      '当前容器不允许切换到普通账户，数据库不能以 root 运行。请改用普通账户启动，或用 DATABASE_URL 连接数据库。',
    );
  }
  return answer.status === 0;
}

function ownerOf(folder: string): Account | null {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (!stat || stat.uid === 0) return null;
  return { name: String(stat.uid), uid: stat.uid, gid: stat.gid };
}

function findAccount(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : null;
}

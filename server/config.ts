import { existsSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');

/** Everything the environment decides, read once at start. Folders and files are absolute paths. */
export type Config = {
  /** Folder of everything the installation keeps: database, files, keys. */
  dataDirectory: string;
  /** Address of a PostgreSQL server run by somebody else, or null for the embedded one. */
  databaseUrl: string | null;
  port: number;
  host: string;
  production: boolean;
  /** File of the master key; made on first use in development, must exist in production. */
  keyFile: string;
  /** Whether bureau roles and the three administrators must bind a second factor before they work (always in production). */
  requireSecondFactor: boolean;
  /** Address of the proxy whose x-forwarded headers are trusted, or null. */
  trustedProxy: string | null;
  /** Requests a minute for one address or person. */
  rateLimit: number;
  /** ISO instant at which the clock stands still; only for tests. */
  testClock: string | null;
  /** Address of the mail server (`smtp://` or `smtps://`), or null: no mail goes out. */
  smtpUrl: string | null;
  /** Sender of mail. */
  mailFrom: string;
  /** Address under which people open the platform, for links in mail, chats and calendars; null leaves links out. */
  publicUrl: string | null;
  /** Hosts (with a port other than 443) of group robots beside those of 企业微信 and 钉钉. */
  robotHosts: readonly string[];
};

/** The settings read from the environment; throws with a sentence for the operator when one of them cannot be used. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const production = env['NODE_ENV'] === 'production';
  const dataDirectory = path.resolve(env['BAOXUE_DATA'] || path.join(repository, '.data'));
  return {
    dataDirectory,
    databaseUrl: env['DATABASE_URL'] || null,
    port: readPort(env['PORT'] || '3000'),
    host: env['HOST'] || '127.0.0.1',
    production,
    keyFile: readKeyFile(env['BAOXUE_KEY_FILE'], dataDirectory, production),
    requireSecondFactor: production || env['BAOXUE_SECOND_FACTOR'] === '1',
    trustedProxy: env['BAOXUE_TRUSTED_PROXY'] || null,
    rateLimit: Number(env['BAOXUE_RATE_LIMIT'] || '1200'),
    testClock: readTestClock(env['BAOXUE_TEST_CLOCK'], production),
    smtpUrl: env['BAOXUE_SMTP_URL'] || null,
    mailFrom: env['BAOXUE_MAIL_FROM'] || 'baoxue@localhost',
    publicUrl: env['BAOXUE_PUBLIC_URL']?.replace(/\/+$/, '') || null,
    robotHosts: (env['BAOXUE_ROBOT_HOSTS'] ?? '').split(',').flatMap((host) => host.trim().toLowerCase() || []),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`端口号无效：PORT=${text}，应为 0 至 65535 的整数。`);
  }
  return port;
}

function readKeyFile(given: string | undefined, dataDirectory: string, production: boolean): string {
  if (production && !given) {
    throw new Error('正式环境必须用 BAOXUE_KEY_FILE 指定主密钥文件，且该文件应放在数据库与备份目录之外。');
  }
  const file = path.resolve(given || path.join(dataDirectory, 'keys', 'master.key'));
  if (production && !existsSync(file)) {
    throw new Error(`找不到主密钥文件：${file}。正式环境不会自动生成主密钥，请先放好再启动。`);
  }
  return file;
}

function readTestClock(given: string | undefined, production: boolean): string | null {
  if (!given) return null;
  if (production) throw new Error('正式环境不能设置 BAOXUE_TEST_CLOCK。');
  if (!/^\d{4}-\d{2}-\d{2}T/.test(given) || Number.isNaN(Date.parse(given))) {
    throw new Error(`BAOXUE_TEST_CLOCK 应为 ISO 时刻，如 2026-03-02T09:00:00+08:00；现为 ${given}。`);
  }
  return given;
}

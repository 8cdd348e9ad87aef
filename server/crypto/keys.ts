import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '#domain/basics/failure.ts';

/** The keys of one installation: a master key kept in a file outside database and backups, and what is derived from it. */
export interface Keys {
  /** Fingerprint of the master key, printed in backups so that restore can say which it needs. */
  id: string;
  /** Version of the data key new values are sealed with. */
  dataVersion: number;
  /** Version of the index key new blind indexes are made with. */
  indexVersion: number;
  dataKey(version: number): KeyObject;
  indexKey(version: number): KeyObject;
  auditKey: KeyObject;
  answerKey: KeyObject;
  cookieKey: Buffer;
  rolePassword(role: string): string;
  /** The secret from which the key for entries of phones is made; follows the version of the data key. */
  fieldSecret(version: number, round: number): Buffer;
}

interface KeyFile {
  master: string;
  dataVersion: number;
  indexVersion: number;
}

function derive(master: Buffer, purpose: string): Buffer {
  return createHmac('sha256', master).update(`baoxue:${purpose}`).digest();
}

/** Builds the keys from the content of a key file. */
export function keysFrom(file: KeyFile): Keys {
  const master = Buffer.from(file.master, 'hex');
  if (master.length !== 32) throw new Failure('internal', '主密钥文件内容不完整：应为 64 位十六进制。');
  const cache = new Map<string, KeyObject>();
  const cached = (purpose: string): KeyObject => {
    const known = cache.get(purpose);
    if (known) return known;
    const made = createSecretKey(derive(master, purpose));
    cache.set(purpose, made);
    return made;
  };
  return {
    id: derive(master, 'id').toString('hex').slice(0, 16),
    dataVersion: file.dataVersion,
    indexVersion: file.indexVersion,
    dataKey: (version) => cached(`data:${String(version)}`),
    indexKey: (version) => cached(`index:${String(version)}`),
    auditKey: cached('audit'),
    answerKey: cached('answer'),
    cookieKey: derive(master, 'cookie'),
    rolePassword: (role) => derive(master, `role:${role}`).toString('base64url'),
    fieldSecret: (version, round) => derive(master, `field:${String(version)}:${String(round)}`),
  };
}

function makeKeyFile(file: string): void {
  const made: KeyFile = { master: randomBytes(32).toString('hex'), dataVersion: 1, indexVersion: 1 };
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // Written aside and linked: of two first starts at once both read one complete key.
    const aside = `${file}.${String(process.pid)}`;
    writeFileSync(aside, `${JSON.stringify(made)}\n`, { mode: 0o600 });
    chmodSync(aside, 0o600);
    try {
      linkSync(aside, file);
    } finally {
      rmSync(aside);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST' && existsSync(file)) return;
    throw new Error(
      code === 'ENOSPC'
        ? `磁盘空间不足，无法建立主密钥文件：${file}`
        : `主密钥文件不能写入：${file}。请检查数据目录的权限，或用 BAOXUE_DATA 指定另一个目录。`,
      { cause: error },
    );
  }
}

/** Reads the key file; in development makes one (0600), in production its absence is refused. */
export function loadKeys(file: string, options: { production: boolean }): Keys {
  if (!existsSync(file)) {
    if (options.production) {
      throw new Failure(
        'internal',
        `没有找到主密钥文件 ${file}。请把备份的密钥文件放回原处，或用 BAOXUE_KEY_FILE 指明位置；没有它，已加密的证件号码无法打开。`,
      );
    }
    makeKeyFile(file);
  }
  // as: the file is ours; keysFrom checks the master key's form
  return keysFrom(JSON.parse(readFileSync(file, 'utf8')) as KeyFile);
}

/** Raises the data key's version in the key file; values sealed before stay readable. */
export function raiseDataVersion(file: string): Keys {
  // as: written by loadKeys
  const current = JSON.parse(readFileSync(file, 'utf8')) as KeyFile;
  const next: KeyFile = { ...current, dataVersion: current.dataVersion + 1 };
  writeFileSync(file, `${JSON.stringify(next)}\n`, { mode: 0o600 });
  return keysFrom(next);
}

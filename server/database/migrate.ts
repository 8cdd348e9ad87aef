import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import type { Database } from './open.ts';
import { splitStatements } from './split-statements.ts';

/** One step of the schema, in the order of its number. */
export type Migration = { version: number; name: string; sql: string; checksum: string };

const folder = path.join(import.meta.dirname, 'migrations');

/** The migrations of this program, sorted; throws when a file is misnamed or a number is missing or used twice. */
export function readMigrations(from: string = folder): Migration[] {
  const files = readdirSync(from)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const [, version, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
    if (!version || !name || Number(version) !== index + 1) throw new Error(`迁移文件命名不符或编号不连续：${file}`);
    const sql = readFileSync(path.join(from, file), 'utf8');
    return { version: Number(version), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings the database to the schema of this program (or to `upTo`), each file in one transaction, each statement in a call of its own.
 * Refuses when an applied file was changed since, or when the database is newer than the program. Safe to call from several processes.
 */
export async function migrate(
  database: Pick<Database, 'ownerPool'>,
  options: { upTo?: number; migrations?: Migration[] } = {},
): Promise<{ applied: string[] }> {
  const migrations = options.migrations ?? readMigrations();
  const client = await database.ownerPool.connect();
  const applied: string[] = [];
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('baoxue migrate'))`);
    const present = await appliedMigrations(client);
    check(present, migrations);
    for (const migration of migrations.slice(present.length)) {
      if (options.upTo !== undefined && migration.version > options.upTo) break;
      await apply(client, migration);
      applied.push(label(migration));
    }
    return { applied };
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtext('baoxue migrate'))`).catch(() => undefined);
    client.release();
  }
}

/** Number of the last migration the database has, 0 when it has none. */
export async function databaseVersion(database: Pick<Database, 'ownerPool'>): Promise<number> {
  const client = await database.ownerPool.connect();
  try {
    return (await appliedMigrations(client)).length;
  } finally {
    client.release();
  }
}

type Applied = { version: number; name: string; checksum: string };

async function appliedMigrations(client: pg.PoolClient): Promise<Applied[]> {
  const found = await client.query<{ present: boolean }>(
    `SELECT to_regclass('platform.migration') IS NOT NULL AS present`,
  );
  if (!found.rows[0]?.present) return [];
  return (await client.query<Applied>('SELECT version, name, checksum FROM platform.migration ORDER BY version')).rows;
}

function check(present: Applied[], migrations: Migration[]): void {
  present.forEach((entry, index) => {
    const migration = migrations[index];
    if (!migration) throw new Error(`数据库已由更新的版本升级（${label(entry)}），请使用同样新或更新的程序。`);
    if (migration.version !== entry.version || migration.name !== entry.name || migration.checksum !== entry.checksum) {
      throw new Error(`迁移文件 ${label(entry)} 在执行之后被改动过，为保护数据不再继续。请恢复原文件，另加新的迁移。`);
    }
  });
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  let statement = '';
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL citus.multi_shard_modify_mode = 'sequential'`);
    await client.query('SET LOCAL citus.enable_local_reference_table_foreign_keys = off');
    await client.query('SET LOCAL citus.enable_unsafe_triggers = on');
    for (statement of splitStatements(migration.sql)) await client.query(statement);
    await client.query('INSERT INTO platform.migration (version, name, checksum) VALUES ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`迁移 ${label(migration)} 失败，数据库保持原状：${reason}\n${statement.slice(0, 300)}`, {
      cause: error,
    });
  }
}

function label(migration: { version: number; name: string }): string {
  return `${String(migration.version).padStart(4, '0')}_${migration.name}`;
}

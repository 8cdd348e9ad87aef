import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { archiveEnd, writeEntry } from './archive.ts';
import { fileEntries } from './backup-files.ts';
import { entryNames, partBytes, partName } from './backup-format.ts';
import type { BackupHeader, BackupSums } from './backup-format.ts';
import { loadableTables } from './catalog.ts';
import type { LoadableTable } from './catalog.ts';
import { tables as allTables } from './manifest.ts';
import type { TableEntry } from './manifest.ts';
import { databaseVersion } from './migrate.ts';
import type { Database } from './open.ts';

/** What a backup held. */
export type BackupResult = { file: string; tables: number; rows: number; files: number; bytes: number };

/**
 * Writes one consistent snapshot of every table marked for backup, and the sealed files of the store, into a gzip'd tar, readable by its
 * owner only. The master key is not in it. The file appears under its name only when complete; an existing file is not overwritten.
 */
export async function backup(
  database: Database,
  file: string,
  options: { now: Date; keyIds: string[]; tables?: TableEntry[]; filesFolder?: string },
): Promise<BackupResult> {
  const target = path.resolve(file);
  if (existsSync(target)) throw new Error(`备份文件已存在，不会覆盖：${target}`);
  const partial = `${target}.partial`;
  const client = await database.loaderPool.connect();
  const sums: BackupSums = { tables: [], files: [] };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const entries = (options.tables ?? allTables).filter(({ backup: taken }) => taken);
    const tables = await loadableTables(client, entries);
    const header: BackupHeader = {
      format: 'baoxue-backup',
      formatVersion: 2,
      madeAt: options.now.toISOString(),
      migration: await databaseVersion(database),
      keyIds: options.keyIds,
      tables: tables.map(({ name, kind, columns }) => ({ name, kind, columns })),
    };
    await pipeline(
      Readable.from(content(client, header, tables, sums, options.filesFolder)),
      createGzip({ level: 6 }),
      createWriteStream(partial, { mode: 0o600 }),
    );
    await client.query('COMMIT');
    client.release();
    await flush(partial);
    await rename(partial, target);
  } catch (error) {
    client.release(true);
    await rm(partial, { force: true });
    throw explain(error, target);
  }
  const rows = sums.tables.reduce((sum, table) => sum + table.rows, 0);
  return { file: target, tables: sums.tables.length, rows, files: sums.files.length, bytes: await sizeOf(target) };
}

async function* content(
  client: pg.PoolClient,
  header: BackupHeader,
  tables: LoadableTable[],
  sums: BackupSums,
  filesFolder: string | undefined,
): AsyncGenerator<Buffer> {
  yield writeEntry({ name: entryNames.header, content: Buffer.from(JSON.stringify(header, null, 1)) });
  for (const [index, table] of tables.entries()) yield* tableContent(client, table, index, sums);
  if (filesFolder !== undefined) yield* fileEntries(filesFolder, sums.files);
  yield writeEntry({ name: entryNames.sums, content: Buffer.from(JSON.stringify(sums, null, 1)) });
  yield archiveEnd();
}

async function* tableContent(
  client: pg.PoolClient,
  table: LoadableTable,
  index: number,
  sums: BackupSums,
): AsyncGenerator<Buffer> {
  const columns = table.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
  const rows = client.query(copyTo(`COPY (SELECT ${columns} FROM ${table.name}) TO STDOUT`));
  const hash = createHash('sha256');
  let held: Buffer[] = [];
  let length = 0;
  let bytes = 0;
  let part = 0;
  const flushPart = () => {
    const whole = Buffer.concat(held);
    held = [];
    length = 0;
    part += 1;
    return writeEntry({ name: partName(index, part - 1), content: whole });
  };
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk);
    held.push(chunk);
    length += chunk.length;
    bytes += chunk.length;
    if (length >= partBytes) yield flushPart();
  }
  if (length > 0) yield flushPart();
  sums.tables.push({ name: table.name, rows: rows.rowCount, bytes, sha256: hash.digest('hex') });
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.sync();
  await handle.close();
}

async function sizeOf(file: string): Promise<number> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  await handle.close();
  return size;
}

function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC') return new Error(`磁盘空间不足，备份未完成：${file}`, { cause: error });
  if (code === 'ENOENT') return new Error(`备份目录不存在：${path.dirname(file)}`, { cause: error });
  if (code === 'EACCES' || code === 'EROFS') return new Error(`备份文件不能写入：${file}`, { cause: error });
  return error;
}

import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { readEntries } from './archive.ts';
import type { ArchiveEntry } from './archive.ts';
import { takeFiles, type TakenFiles } from './backup-files.ts';
import { BackupHeader, BackupSums, entryNames, partName } from './backup-format.ts';
import { advanceCounters, tablesWithRows } from './catalog.ts';
import { databaseVersion, migrate, readMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';
import type { Database } from './open.ts';

/** What a restore loaded, and the data keys the master key must be able to open. */
export type RestoreResult = { tables: number; rows: number; files: number; keyIds: string[]; madeAt: string };

/**
 * Loads a backup into an empty database and its files into the store: migrates to the backup's version, loads everything in one
 * transaction, checks every checksum before the commit, then migrates to this program's version. Refuses a database that has rows. On any
 * error nothing is loaded, and no file is left.
 */
export async function restore(
  database: Database,
  file: string,
  options: { migrations?: Migration[]; filesFolder?: string } = {},
): Promise<RestoreResult> {
  const migrations = options.migrations ?? readMigrations();
  const entries = readEntries(unpacked(file));
  try {
    const header = await readHeader(entries);
    if (header.migration > migrations.length) throw new Error('这份备份来自更新的版本，请使用同样新或更新的程序恢复。');
    await migrate(database, { upTo: header.migration, migrations });
    if ((await databaseVersion(database)) !== header.migration) {
      throw new Error('目标数据库的版本比备份新。请恢复到一个全新的空数据库（例如用 BAOXUE_DATA 指定新目录）。');
    }
    const sums = await load(database, header, entries, options.filesFolder ?? null);
    await migrate(database, { migrations });
    const rows = sums.tables.reduce((sum, table) => sum + table.rows, 0);
    return { tables: sums.tables.length, rows, files: sums.files.length, keyIds: header.keyIds, madeAt: header.madeAt };
  } catch (error) {
    throw explain(error, file);
  }
}

/** What a backup file says about itself, without reading its rows. */
export async function describeBackup(file: string): Promise<BackupHeader> {
  try {
    return await readHeader(readEntries(unpacked(file)));
  } catch (error) {
    throw explain(error, file);
  }
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  source.once('error', (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
  }
}

async function readHeader(entries: AsyncGenerator<ArchiveEntry>): Promise<BackupHeader> {
  const first = await entries.next();
  if (first.done || first.value.name !== entryNames.header) throw new Error('archive');
  return BackupHeader.parse(JSON.parse(first.value.content.toString('utf8')));
}

async function load(
  database: Database,
  header: BackupHeader,
  entries: AsyncGenerator<ArchiveEntry>,
  filesFolder: string | null,
): Promise<BackupSums> {
  const names = header.tables.map(({ name }) => name);
  const client = await database.ownerPool.connect();
  let files: TakenFiles | null = null;
  let takeBack: () => Promise<void> = () => Promise.resolve();
  try {
    await client.query('BEGIN');
    const loaded = await knownTables(client, names);
    const triggered = await tablesWithTriggers(client, loaded);
    for (const name of triggered) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    const references = header.tables.filter(({ kind }) => kind === 'reference').map(({ name }) => name);
    // Reference rows that migrations put in are replaced by those of the backup.
    const own = header.tables.filter(({ kind }) => kind !== 'reference').map(({ name }) => name);
    await asLoader(client, () => refuseRows(client, own));
    for (const name of references.reverse()) await client.query(`DELETE FROM ${name}`);
    const { tables, next } = await asLoader(client, async () => {
      const counted = await loadTables(client, header, entries);
      await advanceCounters(client, names);
      return counted;
    });
    files = await takeFiles(next, entries, filesFolder);
    const sums: BackupSums = { tables, files: files.sums };
    checkSums(sums, files.next);
    for (const name of triggered) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    // Before the commit: a row must never name a file that is not there yet.
    takeBack = await files.settle();
    await client.query('COMMIT');
    await files.drop();
    client.release();
    return sums;
  } catch (error) {
    await takeBack();
    await files?.drop();
    // A broken file ends in the middle of a COPY, where no statement is heard: closing the connection rolls back.
    client.release(true);
    throw error;
  }
}

async function asLoader<Result>(client: pg.PoolClient, work: () => Promise<Result>): Promise<Result> {
  await client.query('SET LOCAL ROLE baoxue_loader');
  const result = await work();
  await client.query('RESET ROLE');
  return result;
}

async function refuseRows(client: pg.PoolClient, names: string[]): Promise<void> {
  const filled = await tablesWithRows(client, names);
  if (filled.length > 0)
    throw new Error(`目标数据库不是空的（${filled.slice(0, 5).join('、')} 等已有数据），恢复不会覆盖已有数据。`);
}

/** Tables and columns are named in the file, so they are looked up before they become part of a statement. */
async function knownTables(client: pg.PoolClient, names: string[]): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const known = new Set(found.rows.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`备份里有本程序不认识的表：${unknown.slice(0, 5).join('、')}。`);
  return names;
}

async function tablesWithTriggers(client: pg.PoolClient, names: string[]): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    `SELECT DISTINCT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY($1::regclass[])`,
    [names],
  );
  return found.rows.map(({ name }) => name);
}

async function loadTables(
  client: pg.PoolClient,
  header: BackupHeader,
  entries: AsyncGenerator<ArchiveEntry>,
): Promise<{ tables: BackupSums['tables']; next: IteratorResult<ArchiveEntry> }> {
  const tables: BackupSums['tables'] = [];
  let entry = await entries.next();
  for (const [index, table] of header.tables.entries()) {
    const columns = table.columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
    const rows = client.query(copyFrom(`COPY ${table.name} (${columns}) FROM STDIN`));
    const hash = createHash('sha256');
    let bytes = 0;
    // The error of the statement arrives here, whichever write was waiting.
    const done = finished(rows);
    done.catch(() => undefined);
    for (let part = 0; !entry.done && entry.value.name === partName(index, part); part += 1) {
      bytes += entry.value.content.length;
      await send(rows, entry.value.content, hash, done);
      entry = await entries.next();
    }
    rows.end();
    await done;
    tables.push({ name: table.name, rows: rows.rowCount, bytes, sha256: hash.digest('hex') });
  }
  return { tables, next: entry };
}

/** Throws when the last entry does not state exactly what was counted. */
function checkSums(counted: BackupSums, last: IteratorResult<ArchiveEntry>): void {
  if (last.done || last.value.name !== entryNames.sums) throw new Error('archive');
  const stated = BackupSums.parse(JSON.parse(last.value.content.toString('utf8')));
  if (JSON.stringify(stated) !== JSON.stringify(counted)) throw new Error('checksum');
}

async function send(rows: NodeJS.WritableStream, content: Buffer, hash: Hash, done: Promise<void>): Promise<void> {
  hash.update(content);
  if (!rows.write(content)) await Promise.race([once(rows, 'drain'), done]);
}

function explain(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new Error(`找不到备份文件：${file}`, { cause: error });
  if (
    error.message === 'archive' ||
    error.message === 'checksum' ||
    error.name === 'ZodError' ||
    error instanceof SyntaxError ||
    code.startsWith('Z_')
  ) {
    return new Error(`备份文件不完整或已损坏：${file}。没有恢复任何数据。`, { cause: error });
  }
  return error;
}

import { randomBytes, randomUUID } from 'node:crypto';
import { runMigrations } from 'graphile-worker';
import { pino } from 'pino';
import { realClock, stoppedClock } from './clock.ts';
import type { Config } from './config.ts';
import { loadKeys, type Keys } from './crypto/keys.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, type Database } from './database/open.ts';
import { checkScope } from './database/scope.ts';
import { sealOpenNames } from './database/seal-names.ts';
import type { Platform } from './http/context.ts';

/** A UUID of version 7: ordered by time, so that rows written together lie together. */
export function uuidV7(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A random UUID for bulk rows: their order says nothing, so an exclusion index over them splits evenly. */
export function randomId(): string {
  return randomUUID();
}

/** Brings schema and job queue up to date and proves that an unscoped read returns nothing. */
export async function prepareDatabase(database: Database): Promise<string[]> {
  await runMigrations({ pgPool: database.ownerPool });
  const { applied } = await migrate(database);
  await checkScope(database.appPool);
  return applied;
}

/** Puts a platform together from its parts. */
export function assemble(config: Config, keys: Keys, database: Database): Platform {
  const clock = config.testClock ? stoppedClock(config.testClock) : realClock();
  return {
    config,
    keys,
    database,
    clock,
    newId: () => uuidV7(clock.now().getTime()),
    log: pino({ level: process.env['BAOXUE_LOG'] ?? 'warn', redact: ['*.password', '*.documentNumber', '*.phone'] }),
    listeners: [],
    wake: () => undefined,
  };
}

/** Opens everything an installation needs: keys, database, schema. */
export async function openPlatform(config: Config, log?: (line: string) => void): Promise<Platform> {
  const keys = loadKeys(config.keyFile, { production: config.production });
  const database = await openDatabase(config, keys, log);
  try {
    await prepareDatabase(database);
    await sealOpenNames(database, keys);
  } catch (error) {
    await database.stop();
    throw error;
  }
  return assemble(config, keys, database);
}

import { availableParallelism, setPriority } from 'node:os';
import pg from 'pg';
import type { Config } from '#server/config.ts';
import { startEmbedded } from './embedded.ts';
import { columnTypes } from './column-types.ts';
import { ensureRoles } from './roles.ts';
import type { RoleKeys, RoleName } from './roles.ts';

/** An open database: one pool per role. Row-level security holds for the application's pool and, being forced, for the owner's. */
export type Database = {
  /** Connection string of the administrator; its path is an administrative database, not this one. */
  adminUrl: string;
  databaseName: string;
  /** Role `baoxue_app`: answers requests, owns nothing; statements end after 60 seconds. */
  appPool: pg.Pool;
  /** Role `baoxue_app` for what is counted beside: no parallel workers, and behind everything else where the server is one of this machine. */
  quietPool: pg.Pool;
  /** Role `baoxue_loader`: passes row-level security; bulk load, backup and restore. */
  loaderPool: pg.Pool;
  /** Role `baoxue_owner`: owns the tables; migrations and the job queue. */
  ownerPool: pg.Pool;
  /** Starts the embedded server again whenever it was killed; nothing with a server of DATABASE_URL. For processes that serve. */
  keepAlive: (log: (line: string) => void) => void;
  /** Closes the pools and, when it was started here, the embedded server. */
  stop: () => Promise<void>;
};

/** Name of the database when DATABASE_URL does not say otherwise. */
export const defaultDatabaseName = 'baoxue';

/**
 * Opens the installation's database (embedded, or the server of DATABASE_URL), making the roles and the empty database when
 * they are missing. Does not migrate: call `migrate` next.
 */
export async function openDatabase(config: Config, keys: RoleKeys, log?: (line: string) => void): Promise<Database> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDirectory: config.dataDirectory, log });
  const adminUrl = embedded?.adminUrl ?? config.databaseUrl ?? '';
  const databaseName = config.databaseUrl ? nameIn(config.databaseUrl) : defaultDatabaseName;
  try {
    await ensureRoles(adminUrl, keys);
    await createDatabase(adminUrl, databaseName);
    const database = await connectDatabase(adminUrl, databaseName, keys, embedded?.stop);
    return embedded ? { ...database, keepAlive: embedded.keepAlive } : database;
  } catch (error) {
    await embedded?.stop();
    throw explainConnection(error);
  }
}

/** Opens the pools of a database that exists; `afterwards` runs when they are closed. Tests call it for their copies. */
export async function connectDatabase(
  adminUrl: string,
  databaseName: string,
  keys: RoleKeys,
  afterwards?: () => Promise<void>,
): Promise<Database> {
  const pool = (role: RoleName, max: number, statementTimeout: number, settings: readonly string[] = []) =>
    makePool(adminUrl, databaseName, keys, { role, max, statementTimeout, settings });
  // Each connection makes its own plans: a few that stay warm on every core answer sooner than many that are cold.
  // Workers that have to be started first take longer than a page may, and the cores from the pages of others.
  const alone = ['-c max_parallel_workers_per_gather=0'];
  const appPool = pool('baoxue_app', Math.max(8, availableParallelism() * 3), 60_000, alone);
  const quietPool = behind(pool('baoxue_app', 1, 600_000, alone), afterwards !== undefined);
  const loaderPool = pool('baoxue_loader', 4, 0);
  // A runner of jobs listens on one of them for as long as it runs.
  const ownerPool = pool('baoxue_owner', 8, 0);
  let stopping: Promise<void> | null = null;
  const close = async () => {
    await Promise.all([appPool.end(), quietPool.end(), loaderPool.end(), ownerPool.end()]);
    await afterwards?.();
  };
  const stop = () => (stopping ??= close());
  try {
    for (const each of [appPool, loaderPool, ownerPool]) (await each.connect()).release();
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl, databaseName, appPool, quietPool, loaderPool, ownerPool, keepAlive: () => undefined, stop };
}

/** Makes a database owned by `baoxue_owner`, as a copy of `template` when given; does nothing when it is there. Call `ensureRoles` before. */
export async function createDatabase(
  adminUrl: string,
  name: string,
  options: { template?: string } = {},
): Promise<void> {
  const database = pg.escapeIdentifier(name);
  await asAdmin(adminUrl, async (client) => {
    // Two first starts at once must not both find it missing; the lock ends with the connection.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`baoxue database ${name}`]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) {
      const origin = options.template
        ? `TEMPLATE ${pg.escapeIdentifier(options.template)} STRATEGY FILE_COPY`
        : `TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'`;
      await client.query(`CREATE DATABASE ${database} OWNER baoxue_owner ${origin}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO baoxue_app, baoxue_loader`);
    await client.query(`GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${database} TO baoxue_owner`);
  });
}

/** Removes a database and ends its connections; does nothing when it is not there. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  );
}

async function asAdmin<Result>(adminUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const url = new URL(adminUrl);
  // CREATE and DROP DATABASE cannot run inside the database they are about.
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function makePool(
  adminUrl: string,
  databaseName: string,
  keys: RoleKeys,
  limits: { role: RoleName; max: number; statementTimeout: number; settings: readonly string[] },
): pg.Pool {
  const url = new URL(adminUrl);
  url.username = limits.role;
  url.password = keys.rolePassword(limits.role);
  url.pathname = `/${encodeURIComponent(databaseName)}`;
  const pool = new pg.Pool({
    connectionString: url.href,
    application_name: 'baoxue',
    max: limits.max,
    idleTimeoutMillis: 600_000,
    connectionTimeoutMillis: 30_000,
    types: columnTypes,
    options: [
      '-c citus.propagate_set_commands=local',
      '-c timezone=Asia/Shanghai',
      '-c datestyle=ISO',
      `-c statement_timeout=${limits.statementTimeout}`,
      ...limits.settings,
    ].join(' '),
  });
  // An idle connection that the server closes is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So is one that is in use: its query fails, and that failure is what the caller hears.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}

/** Priority of a process that counts beside: it has a core to itself when nobody else wants it. */
const beside = 10;

/** Puts the processes of a pool's connections behind everything else. `embedded`: they run on this machine. */
function behind(pool: pg.Pool, embedded: boolean): pg.Pool {
  pool.on('connect', (client) => {
    // pg tells the process of a connection once it is ready; its types do not.
    const { processID } = client as pg.PoolClient & { processID?: number }; // as: see above
    if (!embedded || !processID) return;
    try {
      setPriority(processID, beside);
    } catch {
      // Not allowed to this user: then it counts like everybody else.
    }
  });
  return pool;
}

function nameIn(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).pathname.slice(1)) || defaultDatabaseName;
}

function explainConnection(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return new Error('连接不上数据库，请检查 DATABASE_URL 的地址和端口。', { cause: error });
  if (code === '28P01' || code === '28000')
    return new Error('数据库拒绝登录，请检查 DATABASE_URL 的用户名和口令。', { cause: error });
  if (code === '42501')
    return new Error('DATABASE_URL 的账户权限不足：需要建库、建角色并能授予 BYPASSRLS。', { cause: error });
  if (code === '53100') return new Error('数据库服务器磁盘空间不足。', { cause: error });
  return error;
}

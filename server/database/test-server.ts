import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readyCluster } from './cluster.ts';
import { startEmbedded } from './embedded.ts';
import { connectDatabase, createDatabase, dropDatabase } from './open.ts';
import type { Database } from './open.ts';
import { ensureRoles } from './roles.ts';
import type { RoleKeys } from './roles.ts';

/** Name of the environment variable in which the tests' global setup passes its server's address on. */
export const testServerVariable = 'BAOXUE_TEST_ADMIN_URL';

/** Name of the environment variable that gives a coordinator to run the tests on (docs/operations/cluster.md). */
export const clusterVariable = 'BAOXUE_CLUSTER_URL';

/** The passwords of the roles in tests: the same for all, since roles belong to the server and not to one database. */
export const testKeys: RoleKeys = { rolePassword: (role) => `test-only-${role}` };

/** A server for tests of the database floor: that of the global setup when there is one, else one of their own. */
export interface TestServer {
  adminUrl: string;
  /** Whether databases can be copied here; on a cluster they cannot. */
  copies: boolean;
  /** Makes a database, empty or as a copy of a template, that `stop` removes again. */
  makeDatabase(name: string, template?: string): Promise<Database>;
  /** Makes a template once for all who share the server, as a copy of another where one is named, and answers its name. */
  makeTemplate(name: string, from: string | null, fill: (database: Database) => Promise<void>): Promise<string>;
  stop(): Promise<void>;
}

/** Fills a template under a name of its own and gives it the right name when it is whole; who comes meanwhile waits. */
async function makeTemplate(
  adminUrl: string,
  name: string,
  from: string | null,
  fill: (database: Database) => Promise<void>,
): Promise<string> {
  await alone(adminUrl, `template ${name}`, async (client) => {
    if ((await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount !== 0) return;
    const making = `${name}_making`;
    await dropDatabase(adminUrl, making);
    await createDatabase(adminUrl, making, from === null ? {} : { template: from });
    const database = await connectDatabase(adminUrl, making, testKeys);
    try {
      await fill(database);
    } finally {
      await database.stop();
    }
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(making)} RENAME TO ${pg.escapeIdentifier(name)}`);
  });
  return name;
}

async function alone(adminUrl: string, what: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [what]);
    await work(client);
  } finally {
    await client.end();
  }
}

/** Starts or finds the server. */
export async function startTestServer(): Promise<TestServer> {
  const shared = process.env[testServerVariable];
  const folder = shared ? null : await mkdtemp(path.join(tmpdir(), 'baoxue-test-'));
  const own = folder ? await startEmbedded({ dataDirectory: folder, durable: false }) : null;
  const adminUrl = own?.adminUrl ?? shared ?? '';
  // Those of the shared server were made when it started.
  if (own) await ensureRoles(adminUrl, testKeys);
  const made: Database[] = [];
  return {
    adminUrl,
    copies: process.env[clusterVariable] === undefined,
    makeDatabase: async (name, template) => {
      await dropDatabase(adminUrl, name);
      await createDatabase(adminUrl, name, template === undefined ? {} : { template });
      if (process.env[clusterVariable] !== undefined) await readyCluster(adminUrl, name);
      const database = await connectDatabase(adminUrl, name, testKeys);
      made.push(database);
      return database;
    },
    makeTemplate: (name, from, fill) => makeTemplate(adminUrl, name, from, fill),
    stop: async () => {
      for (const database of made) {
        await database.stop();
        await dropDatabase(adminUrl, database.databaseName);
      }
      await own?.stop();
      if (folder) await removeData(folder);
    },
  };
}

/** Removes a test's data folder, and the folder outside it when the database had to be kept there. */
export async function removeData(folder: string): Promise<void> {
  const outside = await readFile(path.join(folder, 'database.location'), 'utf8').catch(() => null);
  if (outside) await rm(outside.trim(), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

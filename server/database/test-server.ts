import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
export type TestServer = { adminUrl: string; makeDatabase(name: string): Promise<Database>; stop(): Promise<void> };

/** Starts or finds the server; `makeDatabase` makes an empty database that `stop` removes again. */
export async function startTestServer(): Promise<TestServer> {
  const shared = process.env[testServerVariable];
  const folder = shared ? null : await mkdtemp(path.join(tmpdir(), 'baoxue-test-'));
  const own = folder ? await startEmbedded({ dataDirectory: folder, durable: false }) : null;
  const adminUrl = own?.adminUrl ?? shared ?? '';
  await ensureRoles(adminUrl, testKeys);
  const made: Database[] = [];
  return {
    adminUrl,
    makeDatabase: async (name) => {
      await dropDatabase(adminUrl, name);
      await createDatabase(adminUrl, name);
      if (process.env[clusterVariable] !== undefined) await readyCluster(adminUrl, name);
      const database = await connectDatabase(adminUrl, name, testKeys);
      made.push(database);
      return database;
    },
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

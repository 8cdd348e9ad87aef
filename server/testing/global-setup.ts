import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '#server/database/embedded.ts';
import { ensureRoles } from '#server/database/roles.ts';
import { clusterVariable, removeData, testKeys, testServerVariable } from '#server/database/test-server.ts';

/** Starts one database server for the server tests of all projects and stops it after them; with a cluster's address in the environment the tests use that. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env[testServerVariable] !== undefined) return () => Promise.resolve();
  const cluster = process.env[clusterVariable];
  if (cluster !== undefined) {
    await ensureRoles(cluster, testKeys);
    process.env[testServerVariable] = cluster;
    return () => Promise.resolve();
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-test-'));
  const server = await startEmbedded({ dataDirectory: folder, durable: false });
  await ensureRoles(server.adminUrl, testKeys);
  process.env[testServerVariable] = server.adminUrl;
  return async () => {
    await server.stop();
    await removeData(folder);
  };
}

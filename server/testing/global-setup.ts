import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '#server/database/embedded.ts';
import { removeData, testServerVariable } from '#server/database/test-server.ts';

/** Starts one database server for all server tests and stops it after them. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-test-'));
  const server = await startEmbedded({ dataDirectory: folder, durable: false });
  process.env[testServerVariable] = server.adminUrl;
  return async () => {
    await server.stop();
    await removeData(folder);
  };
}

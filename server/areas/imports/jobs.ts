import { spawn } from 'node:child_process';
import path from 'node:path';
import type { TaskList } from 'graphile-worker';
import type { Platform } from '#server/http/context.ts';
import { listInterrupted } from './store.ts';

const workerFile = path.join(import.meta.dirname, 'worker.ts');

/** How the worker of one import is started: with lower priority, so that the server keeps answering. `nice` becomes the worker, so its process id is the worker's. */
export function workerCommand(
  platform: Platform,
  district: string,
  id: string,
): { command: string; args: string[]; env: NodeJS.ProcessEnv } {
  return {
    command: 'nice',
    // A small young generation: with the default the worker takes 100 MB more and is no faster.
    args: [
      '-n',
      '10',
      process.execPath,
      '--max-old-space-size=320',
      '--max-semi-space-size=8',
      workerFile,
      district,
      id,
    ],
    env: {
      ...process.env,
      BAOXUE_DATA: platform.config.dataDirectory,
      BAOXUE_KEY_FILE: platform.config.keyFile,
      BAOXUE_WORKER_DATABASE: platform.database.adminUrl,
      BAOXUE_WORKER_NAME: platform.database.databaseName,
    },
  };
}

/** Reads one import in a process of its own. */
function inWorker(platform: Platform, district: string, id: string): Promise<void> {
  const { command, args, env } = workerCommand(platform, district, id);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`import worker ended with ${String(code)}`));
    });
  });
}

/** What the runner of jobs does for imports. */
export function importTasks(platform: Platform): TaskList {
  return {
    import: async (payload) => {
      // as: written by enqueueImport
      const { district, id } = payload as { district: string; id: string };
      await inWorker(platform, district, id);
    },
  };
}

/** Imports cut off by a stop, to be put in the queue again. */
export async function interruptedImports(platform: Platform): Promise<{ district: string; id: string }[]> {
  return (await listInterrupted(platform.database.loaderPool)).map((row) => ({
    district: row.district_code,
    id: row.id,
  }));
}

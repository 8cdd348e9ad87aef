import { spawn } from 'node:child_process';
import path from 'node:path';
import { Logger, run, type Runner } from 'graphile-worker';
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
    args: ['-n', '10', process.execPath, '--max-old-space-size=320', workerFile, district, id],
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

/** Starts the runner of waiting jobs. Imports cut off by a stop are put in the queue again. */
export async function startJobs(platform: Platform): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    pgPool: platform.database.ownerPool,
    // lists build on each other: one after the other, in the order in which they were handed in
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 1000,
    crontab: '',
    logger: new Logger(() => (level, message) => {
      if (/^error$/.test(level)) platform.log.error({ message: message.slice(0, 200) }, 'job');
    }),
    taskList: {
      import: async (payload) => {
        // as: written by enqueueImport
        const { district, id } = payload as { district: string; id: string };
        await inWorker(platform, district, id);
      },
    },
  });
  for (const { district_code, id } of await listInterrupted(platform.database.loaderPool)) {
    await runner.addJob('import', { district: district_code, id }, { jobKey: `import:${id}`, maxAttempts: 5 });
  }
  return { stop: () => runner.stop() };
}

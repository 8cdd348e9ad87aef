import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import { importTasks, interruptedImports } from './areas/imports/actions.ts';
import { interruptedNotices, noticeTasks } from './areas/notices/actions.ts';
import type { Platform } from './http/context.ts';
import { eachMinute } from './minute.ts';

function start(platform: Platform, taskList: TaskList, crontab: string): Promise<Runner> {
  return run({
    pgPool: platform.database.ownerPool,
    // lists build on each other: one after the other, in the order in which they were handed in
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 1000,
    crontab,
    logger: new Logger(() => (level, message) => {
      if (/^error$/.test(level)) platform.log.error({ message: message.slice(0, 200) }, 'job');
    }),
    taskList,
  });
}

/**
 * Starts the runners of waiting jobs: long work one at a time, and beside it what falls due each minute, so that a long list never
 * holds up a deadline. Imports cut off by a stop are put in the queue again; minutes missed while stopped are made up by the next one.
 */
export async function startJobs(platform: Platform): Promise<{ stop(): Promise<void> }> {
  const long = await start(platform, { ...importTasks(platform), ...noticeTasks(platform) }, '');
  const minute = await start(
    platform,
    { minute: () => eachMinute(platform) },
    '* * * * * minute ?max=1&jobKey=minute&jobKeyMode=replace',
  );
  for (const { district, id } of await interruptedImports(platform)) {
    await long.addJob('import', { district, id }, { jobKey: `import:${id}`, maxAttempts: 5 });
  }
  for (const { district, id } of await interruptedNotices(platform)) {
    await long.addJob('notices', { district, id }, { jobKey: `notices:${id}`, maxAttempts: 5 });
  }
  return {
    stop: async () => {
      await Promise.all([long.stop(), minute.stop()]);
    },
  };
}

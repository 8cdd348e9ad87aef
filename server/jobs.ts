import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import { bookTasks, interruptedBooks } from './areas/books/actions.ts';
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

/** Milliseconds until runners that ended with their database are started again. */
const againMs = 500;

async function startRunners(platform: Platform): Promise<Runner[]> {
  const runners = [await start(platform, { ...importTasks(platform), ...noticeTasks(platform) }, '')];
  try {
    runners.push(await start(platform, bookTasks(platform), ''));
    const everyMinute = async (name: string, work: () => Promise<void>) => {
      const runner = await start(
        platform,
        { [name]: work },
        `* * * * * ${name} ?max=1&jobKey=${name}&jobKeyMode=replace`,
      );
      runners.push(runner);
      // What fell due meanwhile does not wait for the next full minute.
      await runner.addJob(name, {}, { jobKey: name, jobKeyMode: 'replace', maxAttempts: 1 });
    };
    await everyMinute('minute', () => eachMinute(platform, ['due']));
    await everyMinute('counts', () => eachMinute(platform, ['counted']));
    const again = async (name: string, jobs: { district: string; id: string }[]) => {
      for (const { district, id } of jobs)
        await runners[0]?.addJob(name, { district, id }, { jobKey: `${name}:${id}`, maxAttempts: 5 });
    };
    await again('import', await interruptedImports(platform));
    await again('notices', await interruptedNotices(platform));
    await again('books', await interruptedBooks(platform));
    return runners;
  } catch (error) {
    await Promise.all(runners.map((runner) => runner.stop().catch(() => undefined)));
    throw error;
  }
}

/**
 * Starts the runners of waiting jobs: lists and documents one at a time, books beside them, what falls due each minute, and what is counted
 * anew, so that a long list holds up neither a book nor a deadline, and no count a deadline. Imports cut off by a stop are put in the queue again; what fell due
 * meanwhile is done at once. A runner ends when its database is killed: then all are started again as soon as the database answers.
 */
export async function startJobs(platform: Platform): Promise<{ stop(): Promise<void> }> {
  let runners = await startRunners(platform);
  let stopping = false;
  const stopAll = () => Promise.all(runners.map((runner) => runner.stop().catch(() => undefined)));
  const watch = (async () => {
    for (;;) {
      await Promise.race(runners.map((runner) => runner.promise)).catch(() => undefined);
      if (isOver()) return;
      await stopAll();
      runners = [];
      while (runners.length === 0 && !isOver()) {
        await new Promise((resolve) => setTimeout(resolve, againMs));
        runners = await startRunners(platform).catch((error: unknown) => {
          platform.log.error({ message: error instanceof Error ? error.message.slice(0, 200) : 'jobs' }, 'job');
          return [];
        });
      }
    }
  })();
  function isOver(): boolean {
    return stopping;
  }
  return {
    stop: async () => {
      stopping = true;
      await stopAll();
      await watch;
      await stopAll();
    },
  };
}

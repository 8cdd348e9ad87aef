import { announceClassesDue, announceFirstDay, checkLeaves, mustAnnounceFirstDay } from './areas/attendance/actions.ts';
import { mustPassDeadlines, passDeadlines } from './areas/dropout/actions.ts';
import {
  deliver,
  escalate,
  followPupils,
  makeDigests,
  mustEscalate,
  mustFollowPupils,
} from './areas/duties/actions.ts';
import { mustPassChanges, passChangeDeadlines } from './areas/enrolment/actions.ts';
import { listDistricts } from './areas/organisations/actions.ts';
import { mustPurgeScores, mustRefreshSigns, purgeScores, refreshSigns } from './areas/risk/actions.ts';
import {
  keepTalliesUp,
  keepWorkUp,
  mustKeepTallies,
  mustKeepWork,
  mustTellReportsDue,
  tellReportsDue,
} from './areas/statistics/actions.ts';
import { chinaDay } from './clock.ts';
import { tidyFiles } from './files/tidy.ts';
import type { Context, Platform } from './http/context.ts';
import { platformActor, runAs } from './http/run.ts';

/** One thing that falls due by the clock, done for a district in a transaction of its own. */
interface Step {
  name: string;
  /** Verb of the audit row, where the step changes something that its own area does not write down. */
  audit: string | null;
  /** Says without a trace whether there is anything to do. */
  waits?: (context: Context) => Promise<boolean>;
  work: (context: Context) => Promise<unknown>;
}

/** What falls due by the clock, in this order: what begins, what is over, what was missed, what is told. */
const dueSteps: readonly Step[] = [
  {
    name: 'firstDay',
    audit: 'attendance.announceFirstDay',
    waits: mustAnnounceFirstDay,
    work: (context) => announceFirstDay(context),
  },
  { name: 'classesDue', audit: null, work: (context) => announceClassesDue(context) },
  { name: 'leaves', audit: null, work: checkLeaves },
  { name: 'cases', audit: 'dropout.passDeadlines', waits: mustPassDeadlines, work: passDeadlines },
  { name: 'changes', audit: 'enrolment.passDeadlines', waits: mustPassChanges, work: passChangeDeadlines },
  { name: 'reports', audit: null, waits: mustTellReportsDue, work: tellReportsDue },
  { name: 'follow', audit: 'duties.followPupils', waits: mustFollowPupils, work: followPupils },
  { name: 'escalate', audit: 'duties.escalate', waits: mustEscalate, work: escalate },
  { name: 'digest', audit: null, work: makeDigests },
];

/** What is counted anew after writes, and once a day every sign: some seconds of a large district, for which nothing that is due waits. */
const countedSteps: readonly Step[] = [
  { name: 'tallies', audit: null, waits: mustKeepTallies, work: (context) => keepTalliesUp(context) },
  { name: 'work', audit: null, waits: mustKeepWork, work: (context) => keepWorkUp(context) },
  { name: 'scores', audit: 'risk.purgeScores', waits: mustPurgeScores, work: purgeScores },
  { name: 'signs', audit: 'risk.refreshSigns', waits: mustRefreshSigns, work: refreshSigns },
];

async function each(platform: Platform, district: string, step: Step): Promise<void> {
  const { appPool, quietPool } = platform.database;
  const pool = countedSteps.includes(step) ? quietPool : appPool;
  const options = { actor: platformActor(district, '定时任务'), reach: { all: true, tokens: [] }, pool };
  if (step.waits) {
    const { waits } = step;
    if (!(await runAs(platform, { ...options, audit: null }, waits))) return;
  }
  await runAs(platform, { ...options, audit: step.audit }, (context) => step.work(context));
}

/** Once a day for the whole installation: what a killed process left in the store of files. */
async function tidy(platform: Platform): Promise<void> {
  const done = await tidyFiles(platform.database, platform.config.dataDirectory, chinaDay(platform.clock.now()));
  if (done?.refused === true)
    platform.log.error({ step: 'tidy' }, 'most stored files are named by no row; nothing was removed');
  else if (done !== null && done.removed > 0)
    platform.log.info({ removed: done.removed }, 'files that no row names were removed');
}

/** The work of each minute: what falls due by the clock, and what is counted. */
type MinuteWork = 'due' | 'counted';

/** Does the work of a minute in every district. A step that fails is logged and tried again the next minute; it holds up no other. */
export async function eachMinute(platform: Platform, which: readonly MinuteWork[] = ['due', 'counted']): Promise<void> {
  const attempt = async (name: string, district: string | null, work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      platform.log.error({ step: name, district, stack: stack.slice(0, 800) }, 'minute');
    });
  };
  const districts = await listDistricts(platform);
  if (which.includes('due')) {
    for (const { code } of districts) {
      for (const step of dueSteps) await attempt(step.name, code, () => each(platform, code, step));
      await attempt('deliver', code, () => deliver(platform, code));
    }
    await attempt('tidy', null, () => tidy(platform));
  }
  if (which.includes('counted'))
    for (const { code } of districts)
      for (const step of countedSteps) await attempt(step.name, code, () => each(platform, code, step));
}

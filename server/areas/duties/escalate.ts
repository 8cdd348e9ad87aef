import { chinaHourOf, isQuiet } from '#domain/duties/rules.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { minutesAfter } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { climb, somethingClimbs } from './store-climb.ts';
import { tellClimbed } from './tell.ts';

/** Whether it is the time of day in which nothing but an emergency disturbs anybody. */
export async function isQuietNow(context: Context): Promise<boolean> {
  const settings = await readSettings(context, context.today);
  return isQuiet(chinaHourOf(context.now.toISOString()), {
    from: settings['duty.quietFrom'],
    to: settings['duty.quietTo'],
  });
}

/** Whether `escalate` has anything to do now. */
export async function mustEscalate(context: Context): Promise<boolean> {
  return somethingClimbs(context.client, context.district, context.now, await isQuietNow(context));
}

/**
 * Lets every duty that was not done in time climb one level and tells the units. A second run at the same moment finds nothing, and a run
 * after a stop lets each climb one level only: the next level has its own time (setting `duty.climbHours`).
 */
export async function escalate(context: Context): Promise<number> {
  const settings = await readSettings(context, context.today);
  const next = minutesAfter(context.now, settings['duty.climbHours'] * 60);
  const climbed = await climb(context.client, context.district, context.now, next, await isQuietNow(context));
  await tellClimbed(context, climbed);
  const count = climbed.reduce((sum, one) => sum + one.count, 0);
  context.note({ subjectKind: 'duty', detail: { climbed: count } });
  return count;
}

import { dayStates, presentRun, schoolDaysBefore, schoolDaysBetween, type DayState } from '#domain/attendance/rules.ts';
import { minutesBefore } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { groundOf, type Counted, type Ground } from './standing.ts';
import { readMarks } from './store-marks.ts';
import { listInCase, type StandingRecord } from './store-standing.ts';

/** How far back absence is looked for and runs of presence are counted, in school days. */
const schoolDaysBack = 30;
/** How long after its last step a case keeps its child watched: half a year, in minutes. */
const watchedMinutes = 183 * 24 * 60;

/** Tells of pupils in a case, or absent without reason lately by their standings, who are present on a further school day; a late entry counts into the run up to the last marked day. */
export async function tellPresent(
  context: Context,
  ground: Ground,
  pupils: readonly Counted[],
  standings: readonly StandingRecord[],
  day: string,
): Promise<void> {
  if (pupils.length === 0) return;
  const { client, district, now } = context;
  const since = schoolDaysBefore(day, schoolDaysBack, ground.isSchoolDay);
  const ids = pupils.map((pupil) => pupil.childId);
  const watched = new Set(await listInCase(client, district, ids, minutesBefore(now, watchedMinutes)));
  for (const row of standings) if (row.last_absent !== null && row.last_absent >= since) watched.add(row.child_id);
  const told = pupils.filter((pupil) => watched.has(pupil.childId));
  if (told.length === 0) return;
  const marks = await readMarks(
    client,
    district,
    told.map((pupil) => pupil.childId),
    since,
    context.today,
  );
  for (const pupil of told) {
    const own = marks.filter((mark) => mark.childId === pupil.childId);
    const last = own.reduce((latest, mark) => (mark.day > latest ? mark.day : latest), day);
    const run = presentRun(schoolDaysBetween(since, last, ground.isSchoolDay), dayStates(own));
    if (run)
      await context.announce({
        kind: 'attendance.presentRun',
        childId: pupil.childId,
        schoolId: pupil.schoolId,
        classId: pupil.classId,
        from: run.from,
        days: run.days,
        day: last,
        at: now.toISOString(),
      });
  }
}

/** What the school days of a span were for a pupil: present and absent by the marks, unknown where a part was not marked. */
export async function presenceOn(
  context: Context,
  childId: string,
  from: string,
  to: string,
): Promise<{ day: string; state: DayState }[]> {
  const ground = await groundOf(context, to);
  const states = dayStates(await readMarks(context.client, context.district, [childId], from, to));
  return schoolDaysBetween(from, to, ground.isSchoolDay).map((day) => ({ day, state: states.get(day) ?? 'unknown' }));
}

import type { Answer, AbsenceKind, DayPart } from '#domain/attendance/record.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { settleFirstDay } from './first-day.ts';
import { tellPresent } from './present.ts';
import { recount, tellStandings, type Counted, type Ground } from './standing.ts';
import { closeAbsence, insertAbsences, listAbsences, type AbsenceRow } from './store-marks.ts';

/** A change of one pupil's mark; `kind` null is present. */
export interface MarkChange {
  pupil: Counted;
  day: string;
  part: DayPart;
  weight: number;
  /** The version that stands, null when the pupil was present. */
  absence: AbsenceRow | null;
  kind: AbsenceKind | null;
  /** The guardian's answer that comes with it. */
  answer?: { answer: Answer; name: string; at: Date };
}

/** Supersedes the mark of one pupil, recounts the term and tells the areas above. */
export async function applyMark(context: Context, ground: Ground, change: MarkChange): Promise<void> {
  const { client, district, actor, now } = context;
  const { pupil, day, part, absence, kind } = change;
  const knownAt = await context.knownAt();
  if (absence) await closeAbsence(client, district, absence.id, knownAt);
  if (kind !== null)
    await insertAbsences(client, district, knownAt, [
      {
        id: context.newId(),
        childId: pupil.childId,
        schoolId: pupil.schoolId,
        classId: pupil.classId,
        day,
        part,
        weight: change.weight,
        kind,
        leaveId: null,
        answer: change.answer?.answer ?? null,
        answeredName: change.answer?.name ?? null,
        answeredAt: change.answer?.at ?? null,
        by: actor.id,
        byName: actor.name,
        at: now,
        reach: pupil.reach,
      },
    ]);
  const recounted = await recount(context, ground, [pupil], day);
  const where = { childId: pupil.childId, schoolId: pupil.schoolId, classId: pupil.classId };
  const at = now.toISOString();
  if (kind === 'unexcused')
    await context.announce({
      kind: 'attendance.classMarked',
      schoolId: pupil.schoolId,
      classId: pupil.classId,
      day,
      part,
      at,
      absent: [pupil.childId],
    });
  else if (absence?.kind === 'unexcused' && !change.answer && !(await absentElsewhere(context, change)))
    await context.announce({ kind: 'attendance.absenceGone', ...where, day, at });
  await tellStandings(context, ground, recounted);
  if (kind === null || kind === 'late')
    await tellPresent(
      context,
      ground,
      [pupil],
      recounted.flatMap((one) => (one.before ? [one.before] : [])),
      day,
    );
  const { schoolId, classId } = pupil;
  await underReach(context, wholeReach, (wide) => settleFirstDay(wide, ground, { schoolId, classId }, day));
}

/** Whether the other part of the day is unexcused too: its contact is still owed. */
async function absentElsewhere(context: Context, { pupil, day, part }: MarkChange): Promise<boolean> {
  const other = await listAbsences(context.client, context.district, {
    classId: pupil.classId,
    day,
    part: part === 'morning' ? 'afternoon' : 'morning',
  });
  return other.some((row) => row.child_id === pupil.childId && row.kind === 'unexcused');
}

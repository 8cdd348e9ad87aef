import type { CorrectedKind, DayPart, KeptKind } from '#domain/attendance/record.ts';
import { isPresent, weightOf } from '#domain/attendance/rules.ts';
import type { ClassPupil } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';
import { classTokens } from './access.ts';
import { keepWaiting } from './corrections.ts';
import { settleFirstDay } from './first-day.ts';
import { tellPresent } from './present.ts';
import { recount, tellStandings, wouldLose, type Counted, type Ground } from './standing.ts';
import type { ClassPlace } from './store-classes.ts';
import { endLeaveRow, leavesOn, type LeaveOnDay } from './store-leaves.ts';
import { insertAbsences, insertRollCall, type NewAbsence } from './store-marks.ts';
import { readStandings } from './store-standing.ts';

/** The leave of a pupil that bears on a day, the one that ends last. */
export function leaveFor(leaves: readonly LeaveOnDay[], childId: string): LeaveOnDay | null {
  return leaves.filter((leave) => leave.child_id === childId).at(-1) ?? null;
}

/** A class about to be marked. */
export interface ClassMark {
  id: string;
  day: string;
  part: DayPart;
  source: 'call' | 'late' | 'sheet';
  lateReason: string | null;
  absent: readonly { id: string; childId: string; kind: KeptKind }[];
}

function wishedKind(kind: KeptKind | undefined): CorrectedKind {
  return kind === undefined || kind === 'unknown' ? 'present' : kind;
}

/** What marking a class came to. */
export interface Marked {
  id: string;
  onRoll: number;
  present: number;
  unexcused: number;
  waiting: string[];
}

/** The rows of those who were not simply present; `unknown` for those whose alarm a late entry must not take away. */
function absencesOf(
  context: Context,
  place: ClassPlace,
  pupils: readonly ClassPupil[],
  mark: ClassMark & { weight: number; lost: readonly string[]; leaves: readonly LeaveOnDay[] },
): NewAbsence[] {
  const { actor, now } = context;
  const said = new Map(mark.absent.map((one) => [one.childId, one] as const));
  return pupils.flatMap((pupil) => {
    const entry = said.get(pupil.childId);
    const kind = mark.lost.includes(pupil.childId) ? 'unknown' : entry?.kind;
    if (kind === undefined) return [];
    const leave = leaveFor(mark.leaves, pupil.childId);
    return [
      {
        id: entry?.id ?? context.newId(),
        childId: pupil.childId,
        schoolId: place.school_id,
        classId: place.id,
        day: mark.day,
        part: mark.part,
        weight: mark.weight,
        kind,
        leaveId: leave && leave.kind === kind && leave.to_day >= mark.day ? leave.id : null,
        by: actor.id,
        byName: actor.name,
        at: now,
        reach: pupil.reach,
      },
    ];
  });
}

/** The pupils whose announced crossing a late entry would take away. */
async function lostBy(
  context: Context,
  ground: Ground,
  pupils: readonly ClassPupil[],
  mark: ClassMark & { weight: number },
): Promise<string[]> {
  const { day, part, weight } = mark;
  if (day >= context.today) return [];
  const said = new Map(mark.absent.map((one) => [one.childId, one.kind] as const));
  const ids = pupils.map((pupil) => pupil.childId);
  const instead = new Map(ids.map((id) => [id, { day, part, weight, kind: said.get(id) ?? null }] as const));
  return wouldLose(context, ground, ids, instead, day);
}

/** Keeps the row of the class; false when another stands. */
async function keepCall(
  context: Context,
  place: ClassPlace,
  mark: ClassMark & { weight: number },
  counts: { onRoll: number; present: number },
): Promise<boolean> {
  const { client, district, actor, now } = context;
  return insertRollCall(client, district, {
    id: mark.id,
    school_id: place.school_id,
    class_id: place.id,
    day: mark.day,
    part: mark.part,
    weight: mark.weight,
    on_roll: counts.onRoll,
    present: counts.present,
    source: mark.source,
    late_reason: mark.lateReason,
    marked_by: actor.id,
    marked_name: actor.name,
    markedAt: now,
    knownAt: await context.knownAt(),
    reach: classTokens({ schoolId: place.school_id, classId: place.id }),
  });
}

/**
 * Marks a class: one row for the class and one for each pupil who was not simply present. A late entry that would take an alarm away
 * leaves that pupil unknown and asks for consent. Null when the class is marked already.
 */
export async function markClass(
  context: Context,
  ground: Ground,
  place: ClassPlace,
  pupils: readonly ClassPupil[],
  entered: ClassMark,
): Promise<Marked | null> {
  const { client, district, now } = context;
  const { day, part } = entered;
  const mark = { ...entered, weight: weightOf(ground.settings['attendance.afternoon']) };
  const counted: Counted[] = pupils.map((pupil) => ({ ...pupil, classId: place.id }));
  const ids = pupils.map((pupil) => pupil.childId);
  const lost = await lostBy(context, ground, pupils, mark);
  const leaves = await leavesOn(client, district, ids, day);
  const rows = absencesOf(context, place, pupils, { ...mark, lost, leaves });
  const away = new Set(rows.filter((row) => !isPresent(row.kind)).map((row) => row.childId));
  const present = pupils.length - away.size;
  if (!(await keepCall(context, place, mark, { onRoll: pupils.length, present }))) return null;
  await insertAbsences(client, district, await context.knownAt(), rows);
  for (const leave of leaves.filter((one) => !away.has(one.child_id)))
    await endLeaveRow(client, district, leave.id, day);
  const unexcused = rows.filter((row) => row.kind === 'unexcused').map((row) => row.childId);
  const late = day < context.today;
  const standings = await readStandings(client, district, ground.termOf(day)?.from ?? day, ids);
  const standing = new Map(standings.map((row) => [row.child_id, row] as const));
  const touched = counted.filter(({ childId }) => {
    const stored = standing.get(childId);
    return unexcused.includes(childId) || (stored !== undefined && (late || stored.consecutive > 0));
  });
  const recounted = await recount(context, ground, touched, day, standings);
  for (const pupil of counted.filter((one) => lost.includes(one.childId)))
    await keepWaiting(context, {
      pupil,
      day,
      part,
      fromKind: 'unknown',
      toKind: wishedKind(entered.absent.find((one) => one.childId === pupil.childId)?.kind),
      why: 'crossing',
      words: { reason: mark.lateReason ?? '补点名', evidence: '' },
    });
  await underReach(context, { all: true, tokens: [] }, async (wide) => {
    await wide.announce({
      kind: 'attendance.classMarked',
      schoolId: place.school_id,
      classId: place.id,
      day,
      part,
      at: now.toISOString(),
      absent: unexcused,
    });
    await tellStandings(wide, ground, recounted);
    const here = counted.filter((pupil) => !away.has(pupil.childId));
    await tellPresent(wide, ground, here, standings, day);
    await settleFirstDay(wide, ground, { schoolId: place.school_id, classId: place.id }, day);
  });
  return { id: mark.id, onRoll: pupils.length, present, unexcused: unexcused.length, waiting: lost };
}

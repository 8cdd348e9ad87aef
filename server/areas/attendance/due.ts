import { isPresent, partsToMark, schoolDaysBefore, schoolDaysBetween } from '#domain/attendance/rules.ts';
import type { VerifyReason } from '#domain/attendance/record.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { chinaDay } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { hasBegun } from './classes.ts';
import { groundOf, type Ground } from './standing.ts';
import { countClassesOf, listClassStates, listTold, rememberDue } from './store-classes.ts';
import {
  endLeaveRow,
  insertLeave,
  listLongWithoutLeave,
  listRunningLeaves,
  tellLeave,
  type RunningLeave,
} from './store-leaves.ts';
import { readMarks } from './store-marks.ts';

/**
 * Announces the classes that are not marked though their lesson has begun, school by school, each once a day and part. At most
 * `schools` schools at a time; answers how many classes were told of and whether schools are left. Needs the whole district in sight.
 */
export async function announceClassesDue(
  context: Context,
  schools = 50,
): Promise<{ classes: number; schoolsLeft: number }> {
  const { client, district, today: day, now } = context;
  const done = { classes: 0, schoolsLeft: 0 };
  const ground = await groundOf(context, day);
  if (!ground.isSchoolDay(day)) return done;
  for (const part of partsToMark(ground.settings['attendance.afternoon'])) {
    if (!hasBegun(context, ground, part)) continue;
    const told = new Set(await listTold(client, district, day, part));
    const rows = (await countClassesOf(client, district, day, null)).filter((row) => !told.has(row.school_id));
    const open = [...new Set(rows.map((row) => row.school_id))];
    if (open.length === 0) continue;
    const marked = new Set(
      (await listClassStates(client, district, day, { schoolId: null }))
        .filter((state) => state.part === part)
        .map((state) => state.class_id),
    );
    for (const schoolId of open.slice(0, schools)) {
      const due = rows.filter((row) => row.school_id === schoolId && !marked.has(row.id));
      if (!(await rememberDue(client, district, { schoolId, day, part, at: now, classes: due.length }))) continue;
      for (const row of due) {
        await context.announce({
          kind: 'attendance.classDue',
          schoolId,
          classId: row.id,
          day,
          part,
          at: now.toISOString(),
        });
        done.classes += 1;
      }
    }
    done.schoolsLeft += Math.max(0, open.length - schools);
  }
  return done;
}

async function tell(context: Context, leave: RunningLeave, why: VerifyReason): Promise<void> {
  await tellLeave(context.client, context.district, leave.id, why);
  await context.announce({
    kind: 'attendance.leaveToVerify',
    childId: leave.child_id,
    schoolId: leave.school_id,
    classId: leave.class_id,
    leaveId: leave.id,
    why,
    day: context.today,
    at: context.now.toISOString(),
  });
}

/** Why a running leave is too long for its kind, null when it is not; one that was prolonged is again after as many days from then on. */
function tooLong(context: Context, ground: Ground, leave: RunningLeave): VerifyReason | null {
  const last = leave.to_day < context.today ? leave.to_day : context.today;
  const from = leave.prolonged_at === null ? leave.from_day : addCalendarDays(chinaDay(leave.prolonged_at), 1);
  const days = from > last ? 0 : schoolDaysBetween(from, last, ground.isSchoolDay).length;
  if (leave.kind === 'illness' && leave.paper_id === null && days > ground.settings['leave.illnessDays'])
    return 'illnessWithoutPaper';
  return leave.kind === 'personal' && days > ground.settings['leave.personalDays'] ? 'personalTooLong' : null;
}

/**
 * Looks at the leaves: one whose pupil was marked present after its end is ended; one whose pupil was marked absent after it, and those
 * that grew too long, are announced for verification, each reason once. Long illness known from roll calls alone becomes a leave.
 * Needs the whole district in sight; answers how many were told of.
 */
export async function checkLeaves(context: Context): Promise<number> {
  const { client, district, today, now, actor } = context;
  const ground = await groundOf(context, today);
  const { 'leave.illnessDays': illness, 'leave.personalDays': personal } = ground.settings;
  const since = schoolDaysBefore(today, 60, ground.isSchoolDay);
  for (const row of await listLongWithoutLeave(client, district, since, { illness, personal }))
    await insertLeave(client, district, {
      id: context.newId(),
      childId: row.child_id,
      schoolId: row.school_id,
      classId: row.class_id,
      kind: row.kind,
      asker: 'marks',
      fromDay: row.days[0] ?? today,
      toDay: row.days.at(-1) ?? today,
      paperRequired: row.kind === 'illness',
      paperId: null,
      sealedReason: null,
      state: 'approved',
      by: actor.id,
      byName: actor.name,
      at: now,
      decided: true,
      reach: row.reach,
    });
  const shortest = addCalendarDays(today, -Math.min(illness, personal));
  const leaves = await listRunningLeaves(client, district, today, shortest);
  const ended = leaves.filter((leave) => leave.to_day < today);
  const first = ended.reduce((least, leave) => (leave.to_day < least ? leave.to_day : least), today);
  const marks = await readMarks(client, district, [...new Set(ended.map((leave) => leave.child_id))], first, today);
  let told = 0;
  for (const leave of leaves) {
    const after = marks.filter((mark) => mark.childId === leave.child_id && mark.day > leave.to_day);
    const back = after
      .filter((mark) => isPresent(mark.kind))
      .map((mark) => mark.day)
      .sort()[0];
    const reasons: VerifyReason[] = [];
    const long = tooLong(context, ground, leave);
    if (long) reasons.push(long);
    if (leave.to_day < today && after.some((mark) => mark.kind === 'unexcused') && back === undefined)
      reasons.push('pastEnd');
    for (const why of reasons.filter((one) => !leave.told.includes(one))) {
      await tell(context, leave, why);
      told += 1;
    }
    if (back !== undefined && reasons.length === 0) await endLeaveRow(client, district, leave.id, back);
  }
  return told;
}

import { substituteGraceDays } from '#domain/attendance/rules.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';
import { findClass, type ClassPlace } from './store-classes.ts';
import { classesSubstituted } from './store-substitutes.ts';

/** The tokens that reach a class. */
export function classTokens(place: { schoolId: string; classId: string }): string[] {
  return [reachToken('school', place.schoolId), reachToken('class', place.classId)];
}

/** The classes that the actor substitutes on a day: while the substitution holds today, or, for late entries, some days after its end. */
export async function substitutedBy(context: Context, day: string, graceDays = 0): Promise<string[]> {
  const { client, district, today, actor } = context;
  if (actor.staffId === null) return [];
  const asked = { day, today, endsFrom: addCalendarDays(today, -graceDays) };
  return (await classesSubstituted(client, district, actor.staffId, asked)).map((row) => row.class_id);
}

/** The classes that the actor stands in for today, each with its days. */
export async function substitutionsNow(
  context: Context,
): Promise<{ classId: string; fromDay: string; toDay: string }[]> {
  const { client, district, today: day, actor } = context;
  if (actor.staffId === null) return [];
  const rows = await classesSubstituted(client, district, actor.staffId, { day, today: day, endsFrom: day });
  return rows.map((row) => ({ classId: row.class_id, fromDay: row.from_day, toDay: row.to_day }));
}

/** What an actor may do with a class. */
export interface ClassAccess {
  place: ClassPlace;
  mark: boolean;
  asSubstitute: boolean;
  why: string | null;
}

function withClass(reach: Reach, classId: string): Reach {
  return reach.all ? reach : { all: false, tokens: [...reach.tokens, reachToken('class', classId)] };
}

type ClassWork<T> = (context: Context, access: ClassAccess) => Promise<T>;

/**
 * Does one thing with a class that the actor reaches by post, or substitutes on a day while the substitution holds today; else the class
 * is not found. Marking needs a post with the permission (班主任, 德育主任) or the substitution.
 */
export function inClass<T>(context: Context, classId: string, day: string, work: ClassWork<T>): Promise<T> {
  return within(context, classId, { day, graceDays: 0 }, work);
}

/** The same for marks and answers of a day, which a substitute's phone may send up shortly after the substitution has ended. */
export function inClassToMark<T>(context: Context, classId: string, day: string, work: ClassWork<T>): Promise<T> {
  return within(context, classId, { day, graceDays: substituteGraceDays }, work);
}

async function within<T>(
  context: Context,
  classId: string,
  { day, graceDays }: { day: string; graceDays: number },
  work: ClassWork<T>,
): Promise<T> {
  const place = await findClass(context.client, context.district, classId);
  if (!place) throw notFound('班级');
  const tokens = classTokens({ schoolId: place.school_id, classId });
  const marks = context.reachFor('attendance.mark');
  const mark = marks !== null && reaches(marks, tokens);
  if (mark && reaches(context.reach, tokens)) return work(context, { place, mark, asSubstitute: false, why: null });
  if ((await substitutedBy(context, day, graceDays)).includes(classId))
    return underReach(context, withClass(context.reach, classId), (inner) =>
      work(inner, { place, mark: true, asSubstitute: true, why: null }),
    );
  if (!reaches(context.reach, tokens)) throw notFound('班级');
  return work(context, {
    place,
    mark: false,
    asSubstitute: false,
    why: '点名由本班班主任、德育主任或指定的代班教师进行。',
  });
}

/** Refuses an actor who may look at the class but not mark it. */
export function mustMark(access: ClassAccess): void {
  if (!access.mark) throw new Failure('not-allowed', access.why ?? '您不能为这个班点名。');
}

/** Whether the actor may consent at a school. */
export function mayConsent(context: Context, schoolId: string): boolean {
  const reach = context.reachFor('attendance.consent');
  return reach !== null && reaches(reach, [reachToken('school', schoolId)]);
}

/** Whether the actor may mark, by post, a class of a school. */
export function mayMarkClass(context: Context, place: { schoolId: string; classId: string | null }): boolean {
  const reach = context.reachFor('attendance.mark');
  return (
    reach !== null &&
    reaches(
      reach,
      place.classId === null
        ? [reachToken('school', place.schoolId)]
        : classTokens({ ...place, classId: place.classId }),
    )
  );
}

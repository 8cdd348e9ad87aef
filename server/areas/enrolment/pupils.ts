import type { Context } from '#server/http/context.ts';
import {
  readClasses,
  readClassPupils,
  readOnRoll,
  type ClassOfSchool,
  type ClassPupil,
  type PupilOnRoll,
} from './store-pupils.ts';

/** The pupils on the roll of a class on a day by pinyin, within the request's reach. */
export function pupilsOfClass(context: Context, classId: string, day: string): Promise<ClassPupil[]> {
  return readClassPupils(context.client, context.district, day, classId);
}

/** Where a child is on roll on a day; null when on none, or out of reach. */
export async function findOnRoll(context: Context, childId: string, day: string): Promise<PupilOnRoll | null> {
  return (await readOnRoll(context.client, context.district, day, [childId]))[0] ?? null;
}

/** Where children are on roll on a day, by child. */
export async function onRollOf(
  context: Context,
  childIds: readonly string[],
  day: string,
): Promise<Map<string, PupilOnRoll>> {
  return new Map(
    (await readOnRoll(context.client, context.district, day, childIds)).map((row) => [row.childId, row] as const),
  );
}

/** Classes with pupils within reach on a day, of one school or of all. */
export function classesOf(context: Context, day: string, schoolId: string | null = null): Promise<ClassOfSchool[]> {
  return readClasses(context.client, context.district, day, schoolId);
}

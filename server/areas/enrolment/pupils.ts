import type { Context } from '#server/http/context.ts';
import { readClassPupils, readOnRoll, type ClassPupil, type PupilOnRoll } from './store-pupils.ts';

/** The pupils on the roll of a class on a day by pinyin, within the request's reach. */
export function pupilsOfClass(context: Context, classId: string, day: string): Promise<ClassPupil[]> {
  return readClassPupils(context.client, context.district, day, classId);
}

/** Where a child is on roll on a day; null when on none, or out of reach. */
export async function findOnRoll(context: Context, childId: string, day: string): Promise<PupilOnRoll | null> {
  return (await readOnRoll(context.client, context.district, day, [childId]))[0] ?? null;
}

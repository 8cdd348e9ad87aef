import type { Context } from '#server/http/context.ts';
import {
  readClassPupils,
  readEveryoneOnRoll,
  readOnRoll,
  type ClassPupil,
  type PupilNamed,
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

/** Where children are on roll on a day, by id; who is on none, or out of reach, is missing. */
export async function onRollOf(
  context: Context,
  childIds: readonly string[],
  day: string,
): Promise<Map<string, PupilOnRoll>> {
  const rows = await readOnRoll(context.client, context.district, day, childIds);
  return new Map(rows.map((row) => [row.childId, row]));
}

/** Everybody on a roll on a day in a class, suspended pupils too, as far as the request reaches, class by class by pinyin. */
export function everyoneOnRoll(context: Context, day: string): Promise<PupilNamed[]> {
  return readEveryoneOnRoll(context.client, context.district, day);
}

import { Failure } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { formerTokens } from '#server/areas/imports/actions.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';

/**
 * Who reaches a child as he is now: his units without the schools and classes that he has left for others. What these wrote while he was theirs
 * stays theirs to read (decision 0015).
 */
export async function presentReach(context: Context, id: string, reach: readonly string[]): Promise<string[]> {
  const { client, district, today } = context;
  const former = new Set(await inWholeDistrict(context, () => formerTokens(client, district, id, today)));
  return reach.filter((token) => !former.has(token));
}

/** Whether an actor reaches a child for a time alone that is over. */
export function isFormer(reach: Reach, present: readonly string[]): boolean {
  return !reaches(reach, present);
}

/** Refuses what only the present school, the street and the bureau may do. */
export async function requirePresent(context: Context, id: string, reach: readonly string[]): Promise<void> {
  if (isFormer(context.reach, await presentReach(context, id, reach)))
    throw new Failure('not-allowed', '这名学生已转到其他学校或班级，现在的信息由现在的学校和教育局查看、更正。');
}

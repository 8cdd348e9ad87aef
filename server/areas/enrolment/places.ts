import { onRollStates, type CourseState } from '#domain/enrolment/course.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { endAttending, readAttending } from './store-attending.ts';

/** Ends the attending places of a child from a day on; what began later is known no more. Answers how many ended. */
export async function endPlaces(context: Context, childId: string, day: string): Promise<number> {
  const { client, district, keys } = context;
  const held = (await readAttending(client, district, childId)).filter(
    (one) => one.toDate === null || one.toDate > day,
  );
  if (held.length === 0) return 0;
  const knownAt = await context.knownAt();
  const place = (id: string) => ({ table: 'attending_place', column: 'sealed', district, id }) as const;
  for (const row of held) {
    const id = context.newId();
    const kept =
      row.fromDate < day
        ? { id, until: day, sealed: sealJson(keys, place(id), openJson(keys, place(row.id), row.sealed)) }
        : null;
    await endAttending(client, district, { id: row.id, kept, knownAt });
    await context.announce({
      kind: 'enrolment.lessonsSettled',
      changeId: row.changeId,
      childId,
      at: context.now.toISOString(),
    });
  }
  return held.length;
}

/** Whether a spell ends where the child attends beside the roll: he is on the roll of another school, suspended, or on none. */
export function endsPlaces(
  stood: { schoolId: string } | null,
  spell: { schoolId: string; state: CourseState },
): boolean {
  if (spell.state === 'suspended' || !onRollStates.includes(spell.state)) return true;
  return stood !== null && stood.schoolId !== spell.schoolId;
}

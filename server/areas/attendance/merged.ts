import type { Context } from '#server/http/context.ts';
import { groundOf, recount, tellStandings } from './standing.ts';
import { standingsOfBoth } from './store-standing.ts';

/**
 * Two records became one person, or two again: the standings of both are counted anew from the marks that each has now. Of the kept
 * person it is told as ever; of the other nothing is, since his alarm is not gone but elsewhere.
 */
export async function recountBoth(context: Context, keptId: string, mergedId: string): Promise<void> {
  const rows = await standingsOfBoth(context.client, context.district, [keptId, mergedId]);
  for (const termFrom of new Set(rows.map((row) => row.term_from))) {
    const ground = await groundOf(context, termFrom);
    for (const childId of [keptId, mergedId]) {
      const of = rows.filter((row) => row.term_from === termFrom);
      // Where one of the two had no standing yet, the place is that of the other.
      const place = of.find((row) => row.child_id === childId) ?? of[0];
      const reach = rows.find((row) => row.child_id === childId)?.reach ?? place?.reach;
      if (!place || !reach) continue;
      const pupil = { childId, schoolId: place.school_id, classId: place.class_id, reach };
      const done = await recount(context, ground, [pupil], termFrom);
      if (childId === keptId) await tellStandings(context, ground, done);
    }
  }
}

import type { CourseCause, CourseState } from '#domain/enrolment/course.ts';
import { tryMoveChild } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { categoryOf } from './next.ts';
import type { CaseRecord } from './store-cases.ts';

/** Where a closing category leads; null leaves the course as it stands (a record that was wrong, or a child at his own school). */
function endOf(category: string | null): { state: CourseState; cause: CourseCause } | null {
  switch (categoryOf(category)) {
    case 'elsewhereWithRegistry':
    case 'elsewhereWithoutRegistry':
      return { state: 'out', cause: 'transferArrived' };
    case 'suspension':
      return { state: 'suspended', cause: 'suspension' };
    case 'abroad':
      return { state: 'abroad', cause: 'emigration' };
    case 'deceased':
      return { state: 'dead', cause: 'death' };
    case 'graduated':
      return { state: 'graduated', cause: 'graduation' };
    case 'homeDelivered':
    case 'specialSchool':
    case 'homeTeaching':
      return { state: 'inSchool', cause: 'returned' };
    // Nobody came back: the entry is taken out of the roll, and is no return (product, section 6).
    case 'recordError':
      return { state: 'out', cause: 'correction' };
    case 'returned':
    case 'deferral':
    case 'unable':
    case null:
      return null;
  }
}

/**
 * Lets the course of a pupil follow his case where its state moved: confirmed is `dropout`, returned is in school from the first present
 * day, closed by its category. A case of a child who was never enrolled (失学) moves no course.
 */
export async function followCase(context: Context, before: CaseRecord, after: CaseRecord): Promise<void> {
  if (after.kind !== 'dropout' || after.schoolId === null || after.state === before.state) return;
  const of = { childId: after.childId, caseId: after.id };
  if (after.state === 'confirmed')
    await tryMoveChild(context, { ...of, day: after.confirmedOn ?? context.today, state: 'dropout', cause: 'dropout' });
  if (after.state === 'returned')
    await tryMoveChild(context, {
      ...of,
      day: after.returnedOn ?? context.today,
      state: 'inSchool',
      cause: 'returned',
    });
  if (after.state !== 'closed') return;
  const end = endOf(after.category);
  if (end) await tryMoveChild(context, { ...of, day: context.today, ...end });
}

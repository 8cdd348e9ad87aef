export { getVisit as visitInFull } from './read.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { modesFor } from '#domain/visits/rules.ts';
import { planPurposeWords } from '#domain/visits/words.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { getBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { shownVisits } from './shown.ts';
import { readClassTeachers } from './store-plans.ts';
import { visitsOfOneCase } from './store.ts';
import { assignCaseItem, dropItems, insertItems, openItemsOfCase } from './store-items.ts';

/** A visit as lists show it. */
export type VisitView = OutputOf<typeof contract.listVisits>['rows'][number];

/** The visits of a case that hold, oldest first, within reach. */
export async function visitsOfCase(context: Context, caseId: string): Promise<VisitView[]> {
  return shownVisits(context, await visitsOfOneCase(context.client, context.district, caseId));
}

/**
 * Plans a visit at the door for a case until a day, by a person of the staff (null: nobody named, so the class teacher); the first met
 * visit of the case settles it. An open one of the case is moved to the new day and person instead of a second. Answers its id.
 */
export async function planCaseVisit(
  context: Context,
  wanted: { caseId: string; childId: string; due: string; staff: string | null },
): Promise<string> {
  const { client, district } = context;
  const [open] = await openItemsOfCase(client, district, wanted.caseId);
  if (open) {
    await assignCaseItem(client, district, open.id, {
      staffId: wanted.staff ?? open.staff_id,
      dueDate: wanted.due,
    });
    return open.id;
  }
  const child = await getBrief(context, wanted.childId);
  const [teacher] =
    child.classId === null ? [] : await readClassTeachers(client, district, context.today, [child.classId]);
  const id = context.newId();
  const before = (await visitsOfOneCase(client, district, wanted.caseId)).at(-1)?.day;
  // The visit that asks for the next one does not settle it.
  const from = before === undefined || before < context.today ? context.today : addCalendarDays(before, 1);
  const item = {
    id,
    plan_id: null,
    kind: 'case' as const,
    child_id: child.id,
    household_id: child.householdId,
    school_id: child.schoolId,
    class_id: child.classId,
    staff_id: wanted.staff ?? teacher?.staff_id ?? null,
    case_id: wanted.caseId,
    purpose: planPurposeWords.case,
    modes: modesFor('case', await readSettings(context, context.today)),
    from_date: from,
    due_date: wanted.due,
    to_date: null,
    reach: child.reach,
  };
  await insertItems(client, district, [item], await context.knownAt());
  return id;
}

/** Takes back the open planned visits of a case that is closed or dismissed. */
export async function dropCaseVisits(context: Context, caseId: string): Promise<void> {
  const open = await openItemsOfCase(context.client, context.district, caseId);
  await dropItems(
    context.client,
    context.district,
    open.map((item) => item.id),
  );
}

import { reaches } from '#domain/basics/reach.ts';
import type { Context } from '#server/http/context.ts';
import type { VisitRecord } from './store.ts';

/** Whether the actor may correct a visit: who recorded it, also after another corrected it, or who plans visits for a unit that reaches it. */
export function mayCorrect(context: Context, row: VisitRecord): boolean {
  const record = context.reachFor('visits.record');
  if (record === null || !reaches(record, row.reach)) return false;
  if (row.by_id === context.actor.id || row.first_by_id === context.actor.id) return true;
  const plan = context.reachFor('visits.plan');
  return plan !== null && reaches(plan, row.reach);
}

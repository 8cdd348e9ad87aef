import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { planKindWords } from '#domain/visits/words.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { itemsOfStaff } from './store-items.ts';

type Mine = OutputOf<typeof contract.myVisits>;

/** The actor's planned visits: due by the day (overdue first), and those of the seven days after, with what the phone needs without signal. */
export async function myVisits(context: Context, input: { day?: string | undefined }): Promise<Mine> {
  const day = input.day ?? context.today;
  const { staffId } = context.actor;
  if (staffId === null) return { day, due: [], ahead: [] };
  const items = await itemsOfStaff(context.client, context.district, staffId, addCalendarDays(day, 7));
  const briefs = await briefsOf(context, [...new Set(items.map((item) => item.child_id))]);
  const shown: Mine['due'] = items.flatMap((item) => {
    const child = briefs.get(item.child_id);
    if (!child) return [];
    return [
      {
        itemId: item.id,
        kind: item.kind,
        kindWords: planKindWords[item.kind],
        childId: child.id,
        name: child.name,
        sex: child.sex,
        schoolName: child.schoolName,
        className: child.className,
        address: child.address,
        communityName: child.communityName,
        householdId: child.householdId,
        guardian: child.guardian,
        relation: child.relation,
        phoneMask: child.phoneMask,
        purpose: item.purpose,
        modes: item.modes,
        caseId: item.case_id,
        dueDate: item.due_date,
        overdue: item.due_date < day,
        attempts: item.attempts,
      },
    ];
  });
  return {
    day,
    due: shown.filter((one) => one.dueDate <= day),
    ahead: shown.filter((one) => one.dueDate > day),
  };
}

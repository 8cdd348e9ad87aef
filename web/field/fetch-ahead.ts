import { listVisits, getVisit } from '#contract/visits.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { phoneNow } from './clock.ts';
import { fetchOrKept, isKept } from './keep/fetched.ts';
import type { Unlocked } from './keep/unlock.ts';
import { store } from './session.ts';

/** How many days back a visit is shown on the phone. */
export const visitDays = 60;
/** How many of the own visits lie on the phone whole, to be read and corrected without signal. */
const mostWhole = 20;

/** What the list of visits is asked for, the same for the page and for what is fetched ahead of it. */
export function recentVisits(today: string) {
  return { from: addCalendarDays(today, -visitDays), size: 100 };
}

/** What the visits with a missing signature are asked for. */
export function visitsToScan(today: string) {
  return { from: addCalendarDays(today, -visitDays), mode: 'door' as const, met: 'yes' as const, size: 50 };
}

/** Fetches the visits of the last days, and whole those that this person recorded: a version never changes, so it is fetched once. */
export async function fetchVisits(who: Unlocked, today: string): Promise<void> {
  await fetchOrKept(store, who, listVisits, visitsToScan(today), phoneNow());
  const { value, fresh } = await fetchOrKept(store, who, listVisits, recentVisits(today), phoneNow());
  if (!fresh) return;
  const own = value.rows.filter((row) => row.byName === who.owner.name).slice(0, mostWhole);
  for (const { id } of own)
    if (!(await isKept(store, getVisit, { id }))) await fetchOrKept(store, who, getVisit, { id }, phoneNow());
}

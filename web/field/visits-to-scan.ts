import { addCalendarDays } from '#domain/basics/calendar.ts';

/** How many days back a visit is offered for its paper form. */
export const scanDays = 60;

/** What the list of visits is asked for, the same for the page and for what is fetched ahead of it. */
export function visitsToScan(today: string) {
  return { from: addCalendarDays(today, -scanDays), mode: 'door' as const, met: 'yes' as const, size: 50 };
}

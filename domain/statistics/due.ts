import { addCalendarDays, moveToWorkday, type DateText } from '#domain/basics/calendar.ts';
import type { Period } from './record.ts';

/** From when a period may be signed: a week from its Friday (product, section 5), any other from its last day. */
export function firstDayToSign(period: Period): DateText {
  return period.kind === 'week' ? addCalendarDays(period.from, 4) : period.to;
}

/** Until when a school owes its report, and from when its lack goes to the bureau; moments in ISO 8601. */
export interface ReportDeadline {
  dueAt: string;
  climbsAt: string;
}

/** Days after its end until which the bureau closes the roll-up: a month by the 5th, a quarter's recheck by the 10th, a term within 10 days. */
const rollDaysAfter = { month: 5, quarter: 10, term: 10 } as const;

/** Until when the bureau owes the closing of a period's roll-up, moved to the next working day; null where none is owed (product, section 5). */
export function rollDeadline(period: Period, isWorkday: (day: DateText) => boolean): string | null {
  if (period.kind === 'week' || period.kind === 'year') return null;
  return endOf(moveToWorkday(addCalendarDays(period.to, rollDaysAfter[period.kind]), isWorkday));
}

/** Days after its end until which a report is owed; a school year has no deadline of its own, its second term has. */
const daysAfter = { month: 3, quarter: 10, term: 5 } as const;

const endOf = (day: DateText): string =>
  new Date(Date.parse(`${addCalendarDays(day, 1)}T00:00:00+08:00`) - 1).toISOString();

/**
 * The deadline of a school's report (product, section 5): a week by Friday 18:00 and at the latest by Sunday 24:00, all of it where Friday is
 * no working day; a month by the 3rd, a quarter by the 10th, a term within 5 days, moved to the next working day. Null where none is owed.
 */
export function reportDeadline(period: Period, isWorkday: (day: DateText) => boolean): ReportDeadline | null {
  switch (period.kind) {
    case 'week': {
      const friday = firstDayToSign(period);
      const climbsAt = endOf(period.to);
      return { dueAt: isWorkday(friday) ? new Date(`${friday}T18:00:00+08:00`).toISOString() : climbsAt, climbsAt };
    }
    case 'month':
    case 'quarter':
    case 'term': {
      const dueAt = endOf(moveToWorkday(addCalendarDays(period.to, daysAfter[period.kind]), isWorkday));
      return { dueAt, climbsAt: dueAt };
    }
    case 'year':
      return null;
  }
}

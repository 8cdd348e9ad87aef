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

/** What the bureau sets of the deadlines of reports: day of the week (1 is Monday), `HH:MM`, and days after the end of a period. */
export interface ReportDays {
  weekDay: number;
  weekTime: string;
  weekLatest: number;
  /** Of the school; a school year has no deadline of its own, its second term has. */
  month: number;
  quarter: number;
  term: number;
  /** Of the bureau: its summary of a month, the recheck of a quarter, what the city's term survey and the province's yearly assessment are made from. */
  roll: { month: number; quarter: number; term: number; year: number };
}

/** The deadlines of the plan, which hold where the bureau has set no others. */
export const standardReportDays: ReportDays = {
  weekDay: 5,
  weekTime: '18:00',
  weekLatest: 7,
  month: 3,
  quarter: 10,
  term: 5,
  roll: { month: 5, quarter: 10, term: 10, year: 20 },
};

const endOf = (day: DateText): string =>
  new Date(Date.parse(`${addCalendarDays(day, 1)}T00:00:00+08:00`) - 1).toISOString();

/**
 * The deadline of a school's report (product, section 5, where the bureau set nothing else): a week by Friday 18:00 and at the latest by Sunday 24:00, all of it where Friday is
 * no working day; a month by the 3rd, a quarter by the 10th, a term within 5 days, moved to the next working day. Null where none is owed.
 */
export function reportDeadline(
  period: Period,
  isWorkday: (day: DateText) => boolean,
  days: ReportDays = standardReportDays,
): ReportDeadline | null {
  switch (period.kind) {
    case 'week': {
      const day = addCalendarDays(period.from, days.weekDay - 1);
      const climbsAt = endOf(addCalendarDays(period.from, Math.max(days.weekDay, days.weekLatest) - 1));
      // A deadline on a Saturday or Sunday that the bureau chose itself is meant so.
      const holds = days.weekDay > 5 || isWorkday(day);
      return { dueAt: holds ? new Date(`${day}T${days.weekTime}:00+08:00`).toISOString() : climbsAt, climbsAt };
    }
    case 'month':
    case 'quarter':
    case 'term': {
      const dueAt = endOf(moveToWorkday(addCalendarDays(period.to, days[period.kind]), isWorkday));
      return { dueAt, climbsAt: dueAt };
    }
    case 'year':
      return null;
  }
}

/**
 * Until when the bureau owes the roll-up of a period (product, section 5, where the bureau set nothing else; 四个一 of D§2.5): a month by the 5th, a quarter by the 10th, a term within
 * 10 days, a school year by 20 September, moved to the next working day. Null for a week.
 */
export function rollDeadline(
  period: Period,
  isWorkday: (day: DateText) => boolean,
  days: ReportDays = standardReportDays,
): string | null {
  if (period.kind === 'week') return null;
  return endOf(moveToWorkday(addCalendarDays(period.to, days.roll[period.kind]), isWorkday));
}

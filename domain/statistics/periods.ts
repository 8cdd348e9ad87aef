import { addCalendarDays, weekdayOf, type DateText } from '#domain/basics/calendar.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';
import type { Period, PeriodKind } from './record.ts';

/** A term of the bureau's calendar. */
export interface NamedTerm {
  name: string;
  from: DateText;
  to: DateText;
}

function lastOfMonth(year: number, month: number): DateText {
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return addCalendarDays(`${String(nextYear)}-${String(next).padStart(2, '0')}-01`, -1);
}

/** The Monday of the week of a day. */
export function mondayOf(day: DateText): DateText {
  return addCalendarDays(day, -weekdayOf(day));
}

/** The whole of a school year, by the year in which it begins. */
export function schoolYearPeriod(schoolYear: number): Period {
  return { kind: 'year', from: `${String(schoolYear)}-09-01`, to: `${String(schoolYear + 1)}-08-31` };
}

/** The period of a kind that holds a day; a term comes from the bureau's calendar, null between terms. */
export function periodOf(kind: PeriodKind, day: DateText, terms: readonly NamedTerm[] = []): Period | null {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  switch (kind) {
    case 'week':
      return { kind, from: mondayOf(day), to: addCalendarDays(mondayOf(day), 6) };
    case 'month':
      return { kind, from: `${day.slice(0, 7)}-01`, to: lastOfMonth(year, month) };
    case 'quarter': {
      const first = month - ((month - 1) % 3);
      const from = `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
      return { kind, from, to: lastOfMonth(year, first + 2) };
    }
    case 'term': {
      const term = terms.find((one) => one.from <= day && day <= one.to);
      return term === undefined ? null : { kind, from: term.from, to: term.to };
    }
    case 'year':
      return schoolYearPeriod(schoolYearOf(day));
  }
}

/** The period cut at a day: what is so far. */
export function until(period: Period, asOf: DateText): Period {
  return asOf < period.to ? { ...period, to: asOf } : period;
}

/** Words of a period: `2026-11-16 至 2026-11-22 周统计`, `2026年11月` and the like. */
export function periodWords(period: Period, terms: readonly NamedTerm[] = []): string {
  const [year, month] = [period.from.slice(0, 4), String(Number(period.from.slice(5, 7)))];
  switch (period.kind) {
    case 'week':
      return `${period.from} 至 ${period.to} 周统计`;
    case 'month':
      return `${year}年${month}月`;
    case 'quarter':
      return `${year}年第${['一', '二', '三', '四'][(Number(month) - 1) / 3] ?? ''}季度`;
    case 'term': {
      const name = terms.find((term) => term.from === period.from)?.name ?? '学期';
      return `${schoolYearWords(schoolYearOf(period.from))}${name}`;
    }
    case 'year':
      return schoolYearWords(schoolYearOf(period.from));
  }
}

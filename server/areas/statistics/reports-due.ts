import { addCalendarDays } from '#domain/basics/calendar.ts';
import { firstDayToSign, reportDeadline, rollDeadline, type ReportDeadline } from '#domain/statistics/due.ts';
import { periodOf, periodWords, type NamedTerm } from '#domain/statistics/periods.ts';
import type { Period } from '#domain/statistics/record.ts';
import { isWorkday, schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { reportDaysOf } from './report-days.ts';
import { listSchoolsOwing, listToldPeriods, rememberTold } from './store-due.ts';

/** How many days after its end a term is still looked for. */
const termLooksBack = 60;

/** The running period of each kind and the one before it, and the last term that has begun. */
function candidates(
  today: string,
  termOf: (day: string) => NamedTerm | null,
): { period: Period; terms: NamedTerm[] }[] {
  const found: { period: Period; terms: NamedTerm[] }[] = [];
  for (const kind of ['week', 'month', 'quarter', 'year'] as const) {
    const running = periodOf(kind, today);
    const before = running && periodOf(kind, addCalendarDays(running.from, -1));
    for (const period of [before, running]) if (period) found.push({ period, terms: [] });
  }
  for (let back = 0; back <= termLooksBack; back += 1) {
    const term = termOf(addCalendarDays(today, -back));
    if (!term) continue;
    found.push({ period: { kind: 'term', from: term.from, to: term.to }, terms: [term] });
    break;
  }
  return found;
}

interface Owed {
  period: Period;
  words: string;
  /** Null where schools owe no report of the period. */
  school: ReportDeadline | null;
  rollDueAt: string | null;
}

/**
 * Periods that may be signed now and were not told of. One that is over its deadline is told of only where earlier ones of its kind were:
 * a server that stood still makes up for it, a new installation begins with what can still be in time.
 */
async function periodsOwed(context: Context): Promise<Owed[]> {
  const { client, district, today, now } = context;
  const { isSchoolDay, termOf } = await schoolCalendar(context, today);
  const workday = await isWorkday(context);
  const told = await listToldPeriods(client, district);
  const owed: Owed[] = [];
  for (const { period, terms } of candidates(today, termOf)) {
    const ofKind = told.filter((one) => one.period_kind === period.kind);
    if (today < firstDayToSign(period) || ofKind.some((one) => one.from_date === period.from)) continue;
    const days = await reportDaysOf(context, period);
    const school = reportDeadline(period, workday, days);
    const rollDueAt = rollDeadline(period, workday, days);
    const dueAt = school?.dueAt ?? rollDueAt;
    if (dueAt === null) continue;
    const begun = ofKind.some((one) => one.from_date < period.from);
    if (now.getTime() > Date.parse(dueAt) && !begun) continue;
    let day = period.from;
    while (day <= period.to && !isSchoolDay(day)) day = addCalendarDays(day, 1);
    if (day <= period.to) owed.push({ school, rollDueAt, period, words: periodWords(period, terms) });
  }
  return owed;
}

/** Whether reports are to be told as owed; a step of each minute asks before it works. */
export async function mustTellReportsDue(context: Context): Promise<boolean> {
  return (await periodsOwed(context)).length > 0;
}

/** Tells the areas that listen which schools owe the report of a period that may be signed from now, and until when the bureau owes its roll-up; answers how many. */
export async function tellReportsDue(context: Context): Promise<number> {
  const { client, district, now } = context;
  let count = 0;
  for (const { period, words, school, rollDueAt } of await periodsOwed(context)) {
    const schoolIds = await listSchoolsOwing(client, district, period);
    // before the first roster no school has anything to report
    if (schoolIds.length === 0) continue;
    if (!(await rememberTold(client, district, period, { at: now, schools: schoolIds.length }))) continue;
    const { kind: periodKind, from } = period;
    await context.announce({
      kind: 'statistics.reportDue',
      periodKind,
      from,
      words,
      // of a school year schools owe no report of their own: the bureau's roll-up alone is told
      schoolIds: school === null ? [] : schoolIds,
      dueAt: school?.dueAt ?? rollDueAt ?? now.toISOString(),
      climbsAt: school?.climbsAt ?? rollDueAt ?? now.toISOString(),
      rollDueAt,
      ruleDay: firstDayToSign(period),
      at: now.toISOString(),
    });
    count += schoolIds.length;
  }
  return count;
}

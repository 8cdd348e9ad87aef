import { addCalendarDays } from '#domain/basics/calendar.ts';
import { firstDayToSign, reportDeadline, rollDeadline, type ReportDeadline } from '#domain/statistics/due.ts';
import { periodOf, periodWords, type NamedTerm } from '#domain/statistics/periods.ts';
import type { Period } from '#domain/statistics/record.ts';
import { isWorkday, schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { listRollSignatures } from './store-roll-signature.ts';
import { listSchoolsOwing, listToldPeriods, rememberTold } from './store-due.ts';

/** How many days after its end a term is still looked for. */
const termLooksBack = 60;

/** The running period of each kind and the one before it, and the last term that has begun. */
function candidates(
  today: string,
  termOf: (day: string) => NamedTerm | null,
): { period: Period; terms: NamedTerm[] }[] {
  const found: { period: Period; terms: NamedTerm[] }[] = [];
  for (const kind of ['week', 'month', 'quarter'] as const) {
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

interface Owed extends ReportDeadline {
  period: Period;
  words: string;
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
    const deadline = reportDeadline(period, workday);
    if (deadline === null || today < firstDayToSign(period)) continue;
    const ofKind = told.filter((one) => one.period_kind === period.kind);
    if (ofKind.some((one) => one.from_date === period.from)) continue;
    const begun = ofKind.some((one) => one.from_date < period.from);
    if (now.getTime() > Date.parse(deadline.dueAt) && !begun) continue;
    let day = period.from;
    while (day <= period.to && !isSchoolDay(day)) day = addCalendarDays(day, 1);
    if (day <= period.to) owed.push({ ...deadline, period, words: periodWords(period, terms) });
  }
  return owed;
}

/** A roll-up that the bureau is to close. */
interface RollOwed {
  period: Period;
  words: string;
  dueAt: string;
}

/** What stands in the table of told periods for a roll-up. */
const rollMark = (kind: string): string => `roll ${kind}`;

/** Roll-ups of periods that are over, whose reports the schools were told of, and of which the bureau was not; none that is late before the first. */
async function rollsOwed(context: Context): Promise<RollOwed[]> {
  const { client, district, today, now } = context;
  const told = await listToldPeriods(client, district);
  const workday = await isWorkday(context);
  const owed: RollOwed[] = [];
  for (const kind of ['month', 'quarter', 'term'] as const) {
    const rolls = told.filter((one) => one.period_kind === rollMark(kind));
    const open = told.filter(
      (one) => one.period_kind === kind && !rolls.some((roll) => roll.from_date === one.from_date),
    );
    for (const { from_date: from } of open) {
      const term = kind === 'term' ? (await schoolCalendar(context, from)).termOf(from) : null;
      const period = periodOf(kind, from, term === null ? [] : [term]);
      const dueAt = period === null || period.to >= today ? null : rollDeadline(period, workday);
      if (period === null || dueAt === null) continue;
      const begun = rolls.some((roll) => roll.from_date < from);
      if (now.getTime() > Date.parse(dueAt) && !begun) continue;
      owed.push({ period, words: periodWords(period, term === null ? [] : [term]), dueAt });
    }
  }
  return owed;
}

/** Tells who listens which roll-ups the bureau owes from now; one that is signed already is not owed. */
async function tellRollsDue(context: Context): Promise<number> {
  const { client, district, now } = context;
  let count = 0;
  for (const { period, words, dueAt } of await rollsOwed(context)) {
    const mark = { kind: rollMark(period.kind), from: period.from };
    if (!(await rememberTold(client, district, mark, { at: now, schools: 0 }))) continue;
    if ((await listRollSignatures(client, district, period)).length > 0) continue;
    const { kind: periodKind, from } = period;
    await context.announce({ kind: 'statistics.rollDue', periodKind, from, words, dueAt, at: now.toISOString() });
    count += 1;
  }
  return count;
}

/** Whether reports are to be told as owed; a step of each minute asks before it works. */
export async function mustTellReportsDue(context: Context): Promise<boolean> {
  return (await periodsOwed(context)).length > 0 || (await rollsOwed(context)).length > 0;
}

/** Tells the areas that listen which schools owe the report of a period that may be signed from now; answers how many. */
export async function tellReportsDue(context: Context): Promise<number> {
  const { client, district, now } = context;
  let count = await tellRollsDue(context);
  for (const { period, words, dueAt, climbsAt } of await periodsOwed(context)) {
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
      schoolIds,
      dueAt,
      climbsAt,
      at: now.toISOString(),
    });
    count += schoolIds.length;
  }
  return count;
}

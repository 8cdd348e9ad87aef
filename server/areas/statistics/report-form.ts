import { addCalendarDays } from '#domain/basics/calendar.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { droppedStates, suspectedStates } from '#domain/dropout/record.ts';
import { ledgerFlow, noAttendance, sumOfRows, type FormRow, type FormRows } from '#domain/statistics/form.ts';
import { emptyTally, type Period, type Tally } from '#domain/statistics/record.ts';
import { draftSummary, type SummaryGround } from '#domain/statistics/summary.ts';
import type { Gap } from '#domain/statistics/report.ts';
import { countOnLedger } from '#server/areas/dropout/actions.ts';
import { readSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import { chinaDay } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { countCalls, countUncalled, type FormAsk } from './store-attendance.ts';
import { listLedgerSpells, listPersuasions } from './store-form.ts';
import { talliesOf } from './tallies.ts';

/** The last day of a period that was over or running at a moment (null: now): its end, or the day of the moment. */
export function lastDayOf(context: Context, period: Period, knownAt: string | null): string {
  const day = knownAt === null ? context.today : chinaDay(new Date(knownAt));
  return day < period.to ? day : period.to;
}

/** Children of the ledger 适龄儿童 of a school on the last day so far; a week's form does not print it. */
async function schoolAgeOf(
  context: Context,
  schoolId: string | undefined,
  period: Period,
  knownAt: string | null,
): Promise<number | null> {
  if (period.kind === 'week') return null;
  const day = lastDayOf(context, period, knownAt);
  return countOnLedger(context, { ledger: 'schoolAge', day, schoolId, ...(knownAt === null ? {} : { knownAt }) });
}

/** The classes of a school that were not called on school days of a period so far, in pupil-days. Needs the whole district in sight. */
export async function uncalledOf(context: Context, period: Period, ask: FormAsk) {
  const last = lastDayOf(context, period, ask.knownAt);
  const { isSchoolDay } = await schoolCalendar(context, last);
  const days: string[] = [];
  for (let day = period.from; day <= last; day = addCalendarDays(day, 1)) if (isSchoolDay(day)) days.push(day);
  return countUncalled(context.client, context.district, ask, days);
}

/** What a school's forms print, by grade and as a whole, from the records as known at a moment (null: now). `counts` is the school's tally. */
export async function formOf(
  context: Context,
  schoolId: string,
  period: Period,
  at: { counts: Tally; knownAt: string | null },
): Promise<FormRows> {
  const { client, district } = context;
  const ask = { schoolId, from: period.from, to: period.to, knownAt: at.knownAt };
  const schoolAge = await schoolAgeOf(context, schoolId, period, at.knownAt);
  const { tallies } = await talliesOf(context, {
    kind: 'schoolGrade',
    period,
    knownAt: at.knownAt,
    keys: null,
    schoolId,
  });
  const made = await inWholeDistrict(context, async () => ({
    calls: await countCalls(client, district, ask),
    uncalled: await uncalledOf(context, period, ask),
    suspected: await listLedgerSpells(client, district, { ...ask, states: suspectedStates }),
    dropped: await listLedgerSpells(client, district, { ...ask, states: droppedStates }),
    persuasions: await listPersuasions(client, district, ask),
  }));
  const counted = new Map(
    [...tallies]
      .filter(([key]) => key.startsWith(`${schoolId}:`))
      .map(([key, counts]) => [Number(key.slice(schoolId.length + 1)), counts]),
  );
  const grades = new Set([
    ...counted.keys(),
    ...[...made.calls, ...made.uncalled, ...made.suspected, ...made.dropped, ...made.persuasions].flatMap(
      ({ grade }) => grade ?? [],
    ),
  ]);
  const of = <Row extends { grade: number | null }>(rows: readonly Row[], grade: number | null) =>
    grade === null ? rows : rows.filter((row) => row.grade === grade);
  const row = (name: string, grade: number | null, counts: Tally): FormRow => {
    const attendance = noAttendance();
    for (const call of of(made.calls, grade)) {
      attendance.onRoll += call.on_roll;
      attendance.present += call.on_roll - call.leave - call.unexcused - call.unsettled;
      for (const key of ['leave', 'unexcused', 'unsettled'] as const) attendance[key] += call[key];
    }
    attendance.uncalled = of(made.uncalled, grade).reduce((sum, one) => sum + one.days, 0);
    return {
      name,
      counts,
      attendance,
      suspected: ledgerFlow(of(made.suspected, grade), period),
      dropped: ledgerFlow(of(made.dropped, grade), period),
      persuasions: of(made.persuasions, grade).length,
      schoolAge: grade === null ? schoolAge : null,
    };
  };
  return {
    rows: [...grades]
      .sort((a, b) => a - b)
      .map((grade) => row(wordsOfGrade(grade) || '年级不明', grade, counted.get(grade) ?? emptyTally())),
    total: row('合计', null, at.counts),
  };
}

/** The forms of the district: one line a school as it was signed, and their sum. */
export function districtForm(schools: readonly { name: string; form: FormRows }[], counts: Tally): FormRows {
  const rows = schools.map(({ name, form }) => ({ ...form.total, name }));
  return { rows, total: sumOfRows(rows, counts) };
}

/** The summary drafted from a form, against the target of the last day. */
export async function summaryOf(
  context: Context,
  head: { unit: string; words: string; period: Period },
  made: { total: FormRow; gaps: readonly Gap[]; schools: SummaryGround['schools'] },
): Promise<string> {
  const last = context.today < head.period.to ? context.today : head.period.to;
  const target = (await readSettings(context, last))['target.retention'];
  return draftSummary({ unit: head.unit, period: head.words, target, ...made });
}

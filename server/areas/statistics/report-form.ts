import { wordsOfGrade } from '#domain/basics/grade.ts';
import { droppedStates, suspectedStates } from '#domain/dropout/record.ts';
import { ledgerFlow, noAttendance, sumOfRows, type FormRow, type FormRows } from '#domain/statistics/form.ts';
import { emptyTally, type Period, type Tally } from '#domain/statistics/record.ts';
import { draftSummary, type SummaryGround } from '#domain/statistics/summary.ts';
import type { Gap } from '#domain/statistics/report.ts';
import { countOnLedger } from '#server/areas/dropout/actions.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { countAbsences, countCalls, countPersuasions, listLedgerSpells } from './store-form.ts';
import { talliesOf } from './tallies.ts';

/** Children of the ledger 适龄儿童 of a school on the last day so far; a week's form does not print it. */
async function schoolAgeOf(
  context: Context,
  schoolId: string | undefined,
  period: Period,
  knownAt: string | null,
): Promise<number | null> {
  if (period.kind === 'week') return null;
  const asOf = context.today < period.to ? context.today : period.to;
  return countOnLedger(context, { ledger: 'schoolAge', asOf, schoolId, ...(knownAt === null ? {} : { knownAt }) });
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
    absences: await countAbsences(client, district, ask),
    suspected: await listLedgerSpells(client, district, { ...ask, states: suspectedStates }),
    dropped: await listLedgerSpells(client, district, { ...ask, states: droppedStates }),
    persuasions: await countPersuasions(client, district, ask),
  }));
  const counted = new Map(
    [...tallies]
      .filter(([key]) => key.startsWith(`${schoolId}:`))
      .map(([key, counts]) => [Number(key.slice(schoolId.length + 1)), counts]),
  );
  const grades = new Set([
    ...counted.keys(),
    ...[...made.calls, ...made.suspected, ...made.dropped, ...made.persuasions].flatMap(({ grade }) => grade ?? []),
  ]);
  const of = <Row extends { grade: number | null }>(rows: readonly Row[], grade: number | null) =>
    grade === null ? rows : rows.filter((row) => row.grade === grade);
  const row = (name: string, grade: number | null, counts: Tally): FormRow => {
    const attendance = noAttendance();
    for (const call of of(made.calls, grade)) {
      attendance.onRoll += call.on_roll;
      attendance.present += call.present;
    }
    for (const { kind, days } of of(made.absences, grade))
      attendance[kind === 'unexcused' ? 'unexcused' : kind === 'unknown' ? 'unsettled' : 'leave'] += days;
    return {
      name,
      counts,
      attendance,
      suspected: ledgerFlow(of(made.suspected, grade), period),
      dropped: ledgerFlow(of(made.dropped, grade), period),
      persuasions: of(made.persuasions, grade).reduce((sum, one) => sum + one.count, 0),
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

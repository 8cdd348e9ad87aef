import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import type * as roll from '#contract/statistics-roll.ts';
import { formTitles, type FormHead } from '#domain/statistics/form-layout.ts';
import { formSheets } from '#domain/statistics/form-sheets.ts';
import type { FormRows } from '#domain/statistics/form.ts';
import { evaluate, formulas, formulaVersions } from '#domain/statistics/formulas.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { sumTallies, type Period } from '#domain/statistics/record.ts';
import { reportFigures } from '#domain/statistics/report.ts';
import { countOnLedger } from '#server/areas/dropout/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { periodAsked } from './figures.ts';
import { fileOf, frozenForm } from './report-files.ts';
import { districtForm, lastDayOf, summaryOf } from './report-form.ts';
import { footOf } from './report-papers.ts';
import { rollOf } from './report-roll.ts';
import { filedRoll, filingsOf, keepFiling, type RollLaid } from './roll-filing.ts';
import { keepRollSummary, rollSummaryOf, summaryProof } from './roll-summary.ts';
import { readArea } from './store-form.ts';

/** Lays out the roll-up of a period from what the schools signed. */
export async function layRoll(
  context: Context,
  input: { period: Period['kind']; day?: string | undefined },
): Promise<RollLaid> {
  const { client, district, reach, today } = context;
  const { whole, terms } = await periodAsked(context, input);
  const schools = await rollOf(context, whole);
  const forms: { name: string; form: FormRows }[] = [];
  for (const { line, version } of schools)
    if (version) forms.push({ name: line.name, form: await frozenForm(context, line.schoolId, whole, version) });
  const counts = sumTallies(schools.map((one) => one.signed));
  const made = districtForm(forms, counts);
  if (reach.all && whole.kind !== 'week')
    made.total.schoolAge = await countOnLedger(context, {
      ledger: 'schoolAge',
      day: lastDayOf(context, whole, null),
    });
  const period = periodWords(whole, terms);
  const unit = reach.all ? `${await readArea(client, district)}教育局` : '本单位';
  const recheck = schools.map(({ line, signed, now }) => {
    const { name, stateWords, version, signedName } = line;
    return { name, state: stateWords, version, signedName, signed, now };
  });
  const head: FormHead = { level: 'district', kind: whole.kind, unit, period };
  const missing = schools.filter((one) => one.signed === null).map((one) => one.line.name);
  const state = missing.length === 0 ? '各校已报齐' : `${String(missing.length)} 所学校未报`;
  const draft = await summaryOf(
    context,
    { unit, words: period, period: whole },
    { total: made.total, gaps: [], schools: { all: schools.length, missing } },
  );
  const summary = await rollSummaryOf(context, whole, draft);
  return {
    draft,
    summary,
    period: whole,
    schools,
    counts,
    sheets: formSheets(head, made, recheck),
    foot: footOf(null, null, null),
    words: {
      title: formTitles.district[whole.kind].replace(/汇总表$|表$/u, '报告'),
      unit,
      period,
      state,
      day: today,
      summary: summary.kept?.text ?? draft,
      figures: reportFigures.map((id) => ({ ...evaluate(id, counts), name: formulas[id].name })),
      gaps: [],
      reason: null,
      explanations: [],
      counts,
      changes: [],
      signers: [
        { label: '填表人', name: '' },
        { label: '审核人', name: '' },
      ],
      small: `汇总各校已签报的最新一版；未报学校不计入。${summaryProof(summary)}公式：${formulaVersions(reportFigures)}。`,
    },
  };
}

/** The district's forms of a period from what the schools signed, the summary drafted from them, that which people kept, and what was filed; the forms as they were filed where a filing is named. */
export async function getRollForm(
  context: Context,
  input: ParsedOf<typeof contract.getRollForm>,
): Promise<OutputOf<typeof contract.getRollForm>> {
  const laid = await layRoll(context, input);
  const filing = await filingsOf(context, laid);
  const filed = input.filed === undefined ? null : await filedRoll(context, laid, input.filed);
  return { draft: laid.draft, summary: laid.summary, filing, sheets: (filed ?? laid).sheets };
}

/** The district's forms as a workbook, or as a PDF with the summary as it was kept, or as drafted; as they were filed where a filing is named. */
export async function exportRoll(context: Context, input: ParsedOf<typeof contract.exportRoll>): Promise<FileAnswer> {
  const now = await layRoll(context, input);
  const laid = input.filed === undefined ? now : await filedRoll(context, now, input.filed);
  const detail = { format: input.format, period: laid.words.period, filed: input.filed ?? null };
  context.note({ subjectKind: 'export', subjectId: 'report.district', detail });
  return fileOf(context, `${laid.words.title}_${laid.words.period}`, laid, input.format, false);
}

/** Keeps the summary of the roll-up as the bureau edited it, beside the draft of the figures of now. */
export async function saveRollSummary(
  context: Context,
  input: ParsedOf<typeof roll.saveRollSummary>,
): Promise<{ version: number }> {
  const { id, text, seen, ...asked } = input;
  const { whole } = await periodAsked(context, asked);
  const { draft } = await layRoll(context, asked);
  return keepRollSummary(context, whole, { id, text, seen, draft });
}

/** Files the roll-up of a period to the city and province: what it says now stands as the next filing. */
export async function fileRoll(context: Context, input: ParsedOf<typeof roll.fileRoll>): Promise<{ version: number }> {
  const { id, reason, ...asked } = input;
  // the lock before anything is read
  await context.knownAt();
  return keepFiling(context, await layRoll(context, asked), { id, reason });
}

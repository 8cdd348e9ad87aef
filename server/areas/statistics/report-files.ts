import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import type * as roll from '#contract/statistics-roll.ts';
import { formSheets, formTitles, type FormHead, type FormSheet } from '#domain/statistics/form-sheets.ts';
import type { FormRows } from '#domain/statistics/form.ts';
import { evaluate, formulas, formulaVersions } from '#domain/statistics/formulas.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { sumTallies, type Period } from '#domain/statistics/record.ts';
import { reportFigures, reportStateWords } from '#domain/statistics/report.ts';
import { countOnLedger } from '#server/areas/dropout/actions.ts';
import { renderPdf } from '#server/documents/render.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { formFile } from '#server/spreadsheets/form-file.ts';
import { periodAsked } from './figures.ts';
import { frozenView, gapsOf, makeReport } from './report-data.ts';
import { districtForm, formOf, summaryOf } from './report-form.ts';
import { footOf, reportPapers, reportSheets, type ReportWords } from './report-papers.ts';
import { rollOf } from './report-roll.ts';
import { keepRollSummary, rollSummaryOf, summaryProof } from './roll-summary.ts';
import { schoolWithin, standingOf } from './report-standing.ts';
import { listEvents, type VersionRow } from './store-reports.ts';
import { readArea } from './store-form.ts';

/** The forms as a version was signed; of one from before they were kept, made again as known then. */
async function frozenForm(context: Context, schoolId: string, period: Period, version: VersionRow): Promise<FormRows> {
  return version.form ?? formOf(context, schoolId, period, { counts: version.counts, knownAt: version.known_at });
}

interface Laid {
  sheets: FormSheet[];
  words: ReportWords;
  foot: string;
}

/** A school's report of a period laid out: as it was signed, or as the records stand where nothing is signed. */
async function layReport(
  context: Context,
  input: ParsedOf<typeof contract.getReportForm>,
): Promise<Laid & { version: number }> {
  const { client, district, today } = context;
  const school = await schoolWithin(context, input.schoolId);
  const { whole, terms } = await periodAsked(context, input);
  const { report, version, state } = await standingOf(context, school.id, whole);
  const period = periodWords(whole, terms);
  const head: FormHead = { level: 'school', kind: whole.kind, unit: school.name, period };
  const title = `${school.name}${formTitles.school[whole.kind].replace(/表$/u, '报告')}`;
  if (version) {
    const frozen = frozenView(context, version);
    const form = await frozenForm(context, school.id, whole, version);
    const accepted =
      report && (await listEvents(client, district, report.id)).findLast((one) => one.action === 'accept');
    const checked = accepted?.version === version.version ? accepted.actor_name : null;
    const small = `第 ${String(version.version)} 版${version.nil ? '（零报告）' : ''}。公式：${version.formula}。数据时点：${version.known_at}。数据指纹（SHA-256）：${version.fingerprint}。`;
    return {
      version: version.version,
      sheets: formSheets(head, form),
      foot: footOf(version.signed_name, checked, frozen.signedAt),
      words: {
        ...frozen,
        title,
        unit: school.name,
        period,
        state: reportStateWords[state],
        day: frozen.signedAt,
        summary: frozen.summary ?? '（本版签报时没有文字小结。）',
        signers: [
          { label: '校长签报', name: version.signed_name },
          { label: '区级审核', name: checked ?? '' },
        ],
        small,
      },
    };
  }
  const made = await inWholeDistrict(context, async () => ({
    report: await makeReport(context, school.id, whole, null),
    gaps: await gapsOf(context, school.id, whole),
  }));
  const form = await formOf(context, school.id, whole, { counts: made.report.counts, knownAt: null });
  const { gaps } = made;
  return {
    version: 0,
    sheets: formSheets(head, form),
    foot: footOf(null, null, null),
    words: {
      title,
      unit: school.name,
      period,
      state: '草稿，未签报',
      day: today,
      summary: await summaryOf(
        context,
        { unit: school.name, words: period, period: whole },
        { total: form.total, gaps, schools: null },
      ),
      figures: made.report.figures,
      gaps,
      reason: null,
      explanations: [],
      counts: made.report.counts,
      changes: [],
      signers: [],
      small: `草稿：数据随记录变化，以签报为准。公式：${made.report.formula}。`,
    },
  };
}

/** A school's forms of a period: the plan's weekly form, the national monthly form, and those of longer periods. */
export async function getReportForm(
  context: Context,
  input: ParsedOf<typeof contract.getReportForm>,
): Promise<OutputOf<typeof contract.getReportForm>> {
  const { version, sheets } = await layReport(context, input);
  return { version, sheets };
}

async function fileOf(
  context: Context,
  name: string,
  laid: Laid,
  format: 'xlsx' | 'pdf',
  draft: boolean,
): Promise<FileAnswer> {
  if (format === 'xlsx') {
    const watermark = `${context.actor.name} ${context.now.toISOString()}`;
    return formFile(`${name}.xlsx`, reportSheets(laid.sheets, laid.foot), watermark);
  }
  const papers = reportPapers(laid.words, laid.sheets, laid.foot).map((paper) =>
    draft ? { ...paper, watermark: '草稿' } : paper,
  );
  const pdf = await renderPdf(context.platform.config.dataDirectory, papers);
  return { fileName: `${name}.pdf`, contentType: 'application/pdf', body: Buffer.from(pdf.content) };
}

/** A school's report as a workbook of its forms, or as a PDF with summary, gaps, differences and forms. */
export async function exportReport(
  context: Context,
  input: ParsedOf<typeof contract.exportReport>,
): Promise<FileAnswer> {
  const laid = await layReport(context, input);
  const detail = { format: input.format, period: laid.words.period, version: laid.version };
  context.note({ subjectKind: 'export', subjectId: `report.${input.schoolId}`, detail });
  return fileOf(context, `${laid.words.title}_${laid.words.period}`, laid, input.format, laid.version === 0);
}

async function layRoll(
  context: Context,
  input: ParsedOf<typeof contract.getRollForm>,
): Promise<Laid & { draft: string; summary: OutputOf<typeof contract.getRollForm>['summary'] }> {
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
      asOf: today < whole.to ? today : whole.to,
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

/** The district's forms of a period from what the schools signed, the summary drafted from them, and that which people kept. */
export async function getRollForm(
  context: Context,
  input: ParsedOf<typeof contract.getRollForm>,
): Promise<OutputOf<typeof contract.getRollForm>> {
  const { draft, summary, sheets } = await layRoll(context, input);
  return { draft, summary, sheets };
}

/** The district's forms as a workbook, or as a PDF with the summary as it was kept, or as drafted. */
export async function exportRoll(context: Context, input: ParsedOf<typeof contract.exportRoll>): Promise<FileAnswer> {
  const laid = await layRoll(context, input);
  const detail = { format: input.format, period: laid.words.period };
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

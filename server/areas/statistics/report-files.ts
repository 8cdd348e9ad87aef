import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { formTitles, type FormHead, type FormSheet } from '#domain/statistics/form-layout.ts';
import { formSheets } from '#domain/statistics/form-sheets.ts';
import { keptRows, type FormRows } from '#domain/statistics/form.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import type { Period } from '#domain/statistics/record.ts';
import { reportStateWords } from '#domain/statistics/report.ts';
import { renderPdf } from '#server/documents/render.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { formFile } from '#server/spreadsheets/form-file.ts';
import { periodAsked } from './figures.ts';
import { frozenView, gapsOf, makeReport } from './report-data.ts';
import { formOf, summaryOf } from './report-form.ts';
import { footOf, reportPapers, reportSheets, type ReportWords } from './report-papers.ts';
import { schoolWithin, standingOf } from './report-standing.ts';
import { listEvents, type VersionRow } from './store-reports.ts';

/** The forms as a version was signed; of one from before they were kept, made again as known then. */
export async function frozenForm(
  context: Context,
  schoolId: string,
  period: Period,
  version: VersionRow,
): Promise<FormRows> {
  if (version.form) return keptRows(version.form);
  return formOf(context, schoolId, period, { counts: version.counts, knownAt: version.known_at });
}

/** A report laid out: its sheets, the words of its first paper, and the line to sign. */
export interface Laid {
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

/** A laid report as a workbook of its forms, or as papers; a draft says so across the page. */
export async function fileOf(
  context: Context,
  name: string,
  laid: Laid,
  format: 'xlsx' | 'pdf',
  draft: boolean,
): Promise<FileAnswer> {
  if (format === 'xlsx') {
    const watermark = `${context.actor.name} ${chinaMoment(context.now, 'seconds')}`;
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

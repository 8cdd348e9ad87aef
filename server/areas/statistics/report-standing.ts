import { notFound } from '#domain/basics/failure.ts';
import { firstDayToSign, reportDeadline } from '#domain/statistics/due.ts';
import type { Period } from '#domain/statistics/record.ts';
import { reportStateWords, type ReportState } from '#domain/statistics/report.ts';
import { reportStep, reportSteps, type ReportAction } from '#domain/statistics/steps.ts';
import { isWorkday, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { reportDaysOf } from './report-days.ts';
import { findReport, findReportById, findVersion, type ReportRow, type VersionRow } from './store-reports.ts';

/** The school of a report within the actor's reach; any other is not found. */
export async function schoolWithin(context: Context, schoolId: string): Promise<{ id: string; name: string }> {
  const { reach } = context;
  const school = (await schoolsOf(context)).find((one) => one.id === schoolId);
  const holds = reach.all || reach.tokens.includes(`school:${schoolId}`);
  if (!school || !holds) throw notFound('学校报告', '份');
  return { id: school.id, name: school.name };
}

/** Until when a school owes the report of a period, and whether that moment is past; null where none is owed. */
export async function deadlineOf(
  context: Context,
  period: Period,
): Promise<{ dueAt: string; climbsAt: string; overdue: boolean } | null> {
  const deadline = reportDeadline(period, await isWorkday(context), await reportDaysOf(context, period));
  return deadline && { ...deadline, overdue: context.now.getTime() > Date.parse(deadline.dueAt) };
}

/** Why an act may not be done now; null when it may. */
export function reportFault(
  context: Context,
  action: ReportAction,
  at: { state: ReportState; period: Period; changed: boolean; signedBy: string | null },
): string | null {
  const step = reportStep(action, at.state);
  const words = reportSteps.find((one) => one.action === action)?.words ?? action;
  if (step === null) return `报告现为“${reportStateWords[at.state]}”，不能办理“${words}”。`;
  if (step.demands.includes('periodOver') && context.today < firstDayToSign(at.period))
    return `本期到 ${at.period.to} 结束，${firstDayToSign(at.period)} 起可以签报。`;
  if (step.demands.includes('otherPerson') && at.signedBy === context.actor.id) return '签报人不能审核自己签的报告。';
  if (step.demands.includes('changed') && !at.changed) return '签报后的数据没有变化，不必更正。';
  return null;
}

/** What has been signed of a report, and how the records differ from it now. */
export interface Standing {
  report: ReportRow | null;
  version: VersionRow | null;
  state: ReportState;
}

/** The report of a school and period as it stands. */
export async function standingOf(context: Context, schoolId: string, period: Period): Promise<Standing> {
  const { client, district } = context;
  const report = await findReport(client, district, { schoolId, periodKind: period.kind, from: period.from });
  const version = report && (await findVersion(client, district, report.id, report.version));
  return { report, version, state: report?.state ?? 'open' };
}

/** A report within reach with its school's period; out of reach is not found. */
export async function reportWithin(
  context: Context,
  id: string,
  hold: boolean,
): Promise<{ report: ReportRow; period: Period }> {
  const report = await findReportById(context.client, context.district, id, hold);
  if (!report) throw notFound('报告', '份');
  await schoolWithin(context, report.school_id);
  return { report, period: { kind: report.period_kind, from: report.from_date, to: report.to_date } };
}

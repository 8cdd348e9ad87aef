import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { notFound } from '#domain/basics/failure.ts';
import { causeWords } from '#domain/enrolment/course-words.ts';
import { courseCauses } from '#domain/enrolment/course.ts';
import { firstDayToSign } from '#domain/statistics/due.ts';
import { emptyTally, courseParts, type Period, type PeriodKind } from '#domain/statistics/record.ts';
import { changesBetween, mayReturnNil, reportStateWords, type ReportState } from '#domain/statistics/report.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import { reportActions, reportStep, reportSteps, type ReportAction } from '#domain/statistics/steps.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { periodAsked } from './figures.ts';
import { frozenView, gapsOf, makeReport, openNote, type Entry } from './report-data.ts';
import { holdsScope, readScopeNames, schoolOf, scopeWords } from './scopes.ts';
import {
  findReport,
  findReportById,
  findVersion,
  lastVersions,
  listEvents,
  listLateEntries,
  listPeriodReports,
  type ReportRow,
  type VersionRow,
} from './store-reports.ts';
import { talliesOf } from './tallies.ts';

type View = OutputOf<typeof contract.getReport>;

/** The school of a report within the actor's reach; any other is not found. */
export async function schoolWithin(context: Context, schoolId: string): Promise<{ id: string; name: string }> {
  const { reach } = context;
  const school = (await schoolsOf(context)).find((one) => one.id === schoolId);
  const holds = reach.all || reach.tokens.includes(`school:${schoolId}`);
  if (!school || !holds) throw notFound('学校报告', '份');
  return { id: school.id, name: school.name };
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

const entryKey = (entry: Entry) => `${entry.part} ${entry.child_id} ${entry.day}`;

/** Who stands otherwise than when it was signed, and by which entry; names as far as the actor reaches. */
async function lateEntries(
  context: Context,
  before: readonly Entry[],
  after: readonly Entry[],
  since: string,
): Promise<View['entries']> {
  const [was, is] = [new Set(before.map(entryKey)), new Set(after.map(entryKey))];
  const parts = new Map<string, string[]>();
  const add = (entry: Entry, sign: string) =>
    parts.set(entry.child_id, [...(parts.get(entry.child_id) ?? []), `${sign}${entry.part}`]);
  for (const entry of before) if (!is.has(entryKey(entry))) add(entry, '-');
  for (const entry of after) if (!was.has(entryKey(entry))) add(entry, '+');
  const { client, district } = context;
  const late = await inWholeDistrict(context, () => listLateEntries(client, district, [...parts.keys()], since));
  const causes = new Map(late.map((row) => [row.child_id, row]));
  const briefs = await briefsOf(context, [...parts.keys()]);
  return [...parts].flatMap(([childId, changed]) => {
    const brief = briefs.get(childId);
    const entry = causes.get(childId);
    const cause = courseCauses.find((one) => one === entry?.cause);
    if (!brief) return [];
    return [
      {
        childId,
        name: brief.name,
        parts: changed,
        day: entry?.day ?? null,
        words: cause === undefined ? '更正' : causeWords[cause],
        knownAt: entry?.known_at ?? null,
        actorName: entry?.actor_name ?? null,
        verb: entry?.verb ?? null,
      },
    ];
  });
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

/** The report of a school and period: as the records stand now, as it was signed, what changed since, and what may be done. */
export async function getReport(context: Context, input: ParsedOf<typeof contract.getReport>): Promise<View> {
  const { client, district } = context;
  const school = await schoolWithin(context, input.schoolId);
  const { whole, terms } = await periodAsked(context, input);
  const { report, version, state } = await standingOf(context, school.id, whole);
  const names = await readScopeNames(context, 'class');
  const ground = await inWholeDistrict(context, async () => ({
    now: await makeReport(context, school.id, whole, null),
    then: version && (await makeReport(context, school.id, whole, version.known_at)),
    gaps: await gapsOf(context, school.id, whole),
  }));
  const ofClasses = { kind: 'class', period: whole, knownAt: null, keys: null, schoolId: school.id } as const;
  const classes = (await talliesOf(context, ofClasses)).tallies;
  const changes = version ? changesBetween(version.counts, ground.now.counts) : [];
  const changed = ground.then !== null && ground.then.fingerprint !== ground.now.fingerprint;
  const at = { state, period: whole, changed, signedBy: version?.signed_by ?? null };
  const permission = {
    sign: 'reports.sign',
    revise: 'reports.sign',
    accept: 'reports.accept',
    sendBack: 'reports.accept',
  } as const;
  const allowed = reportActions.map((action) => {
    const granted = context.reachFor(permission[action]) !== null;
    const why = granted ? reportFault(context, action, at) : '您的岗位不办理这一步。';
    return [action, { may: why === null, why }];
  });
  return {
    id: report?.id ?? null,
    schoolId: school.id,
    schoolName: school.name,
    period: whole.kind,
    from: whole.from,
    to: whole.to,
    words: periodWords(whole, terms),
    state,
    stateWords: reportStateWords[state],
    counts: ground.now.counts,
    figures: ground.now.figures,
    gaps: ground.gaps,
    nilOffered: mayReturnNil(ground.now.counts, ground.gaps),
    classes: [...classes]
      .filter(([key]) => schoolOf('class', key, names) === school.id)
      .map(([key, counts]) => ({ key, name: scopeWords('class', key, names) ?? key, counts }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    frozen: version && frozenView(context, version),
    changes,
    entries:
      version && ground.then && changed
        ? await lateEntries(context, ground.then.entries, ground.now.entries, version.known_at)
        : [],
    history: report
      ? (await listEvents(client, district, report.id)).map((event) => ({
          version: event.version,
          action: event.action,
          words: reportSteps.find((one) => one.action === event.action)?.words ?? event.action,
          actorName: event.actor_name,
          at: event.at.toISOString(),
          note: openNote(context, event.id, event.sealed),
        }))
      : [],
    // as: one entry for each act
    allowed: Object.fromEntries(allowed) as View['allowed'],
  };
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

/** A signed version, made again as known then: its counts and fingerprint must be those that were signed. */
export async function getReportVersion(
  context: Context,
  input: ParsedOf<typeof contract.getReportVersion>,
): Promise<OutputOf<typeof contract.getReportVersion>> {
  const { report, period } = await reportWithin(context, input.id, false);
  const version = await findVersion(context.client, context.district, report.id, input.version);
  if (!version) throw notFound('报告版本', '个');
  const again = await inWholeDistrict(context, () => makeReport(context, report.school_id, period, version.known_at));
  const holds = again.fingerprint === version.fingerprint && changesBetween(version.counts, again.counts).length === 0;
  return { ...frozenView(context, version), holds };
}

/** Every school's report of a period: states, who is missing, the sum of what was signed beside the recount. */
export async function listReports(
  context: Context,
  input: { period: PeriodKind; day?: string | undefined },
): Promise<OutputOf<typeof contract.listReports>> {
  const { client, district } = context;
  const { whole, terms } = await periodAsked(context, input);
  const names = await readScopeNames(context, 'school');
  const { tallies } = await talliesOf(context, { kind: 'school', period: whole, knownAt: null, keys: null });
  const reports = new Map(
    (await listPeriodReports(client, district, { periodKind: whole.kind, from: whole.from })).map((row) => [
      row.school_id,
      row,
    ]),
  );
  const versions = await lastVersions(
    client,
    district,
    [...reports.values()].map((row) => row.id),
  );
  const counted = emptyTally();
  const sum = emptyTally();
  const schools = [...names.schools]
    .filter(([id]) => (tallies.has(id) || reports.has(id)) && holdsScope(context.reach, 'school', id, names))
    .map(([schoolId, { name }]) => {
      const report = reports.get(schoolId);
      const version = report && versions.get(report.id);
      const now = tallies.get(schoolId) ?? emptyTally();
      for (const part of courseParts) {
        counted[part] += now[part];
        sum[part] += version?.counts[part] ?? 0;
      }
      const state: ReportState = report?.state ?? 'open';
      return {
        schoolId,
        name,
        reportId: report?.id ?? null,
        state,
        stateWords: reportStateWords[state],
        version: report?.version ?? 0,
        nil: version?.nil ?? false,
        signedName: version?.signed_name ?? null,
        signedAt: version?.signed_at.toISOString() ?? null,
        counts: version?.counts ?? now,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const missing = schools.filter((one) => one.state === 'open' || one.state === 'returned');
  return {
    period: whole.kind,
    from: whole.from,
    to: whole.to,
    words: periodWords(whole, terms),
    schools,
    missing: missing.map(({ schoolId, name }) => ({ schoolId, name })),
    sum,
    complete: missing.length === 0 && schools.length > 0,
    equalsRecount: changesBetween(counted, sum).length === 0,
  };
}

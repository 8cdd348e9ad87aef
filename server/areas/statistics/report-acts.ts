import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-reports.ts';
import { Failure } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { periodWords } from '#domain/statistics/periods.ts';
import type { Period } from '#domain/statistics/record.ts';
import { changesBetween, signFault, type Explanation } from '#domain/statistics/report.ts';
import type { ReportAction } from '#domain/statistics/steps.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { periodAsked } from './figures.ts';
import { formOf, summaryOf } from './report-form.ts';
import { gapsOf, makeReport, sealNote, sealWords } from './report-data.ts';
import { reportFault, reportWithin, schoolWithin, standingOf, type Standing } from './report-standing.ts';
import {
  findVersion,
  insertEvent,
  insertReport,
  insertVersion,
  listPeriodReports,
  moveReport,
} from './store-reports.ts';

type Done = OutputOf<typeof contract.signReport>;

function refuse(words: string | null): void {
  if (words !== null) throw new Failure('wrong-step', words);
}

async function addEvent(
  context: Context,
  report: { id: string; school_id: string },
  version: number,
  action: ReportAction,
  note: string | null,
): Promise<void> {
  const id = context.newId();
  const event = {
    id,
    version,
    action,
    actor_id: context.actor.id,
    actor_name: context.actor.name,
    // the chain's own moment: acts of one instant keep their order
    at: await context.knownAt(),
    sealed: sealNote(context, id, note),
  };
  const reach = [reachToken('school', report.school_id)];
  await insertEvent(context.client, context.district, report.id, event, reach);
  context.note({ subjectKind: 'periodReport', subjectId: report.id, detail: { action, version } });
}

/** Makes the report anew under the chain lock and freezes it as the next version. */
async function freeze(
  context: Context,
  school: { id: string; name: string },
  { period, words }: { period: Period; words: string },
  standing: Standing,
  asked: {
    nil: boolean;
    reason: string | null;
    explanations: readonly Explanation[];
    summary: string | null;
    action: 'sign' | 'revise';
  },
): Promise<Done> {
  const { client, district, actor, now } = context;
  const schoolId = school.id;
  // the lock first: nothing becomes known between the counting and the moment that the version names
  const knownAt = await context.knownAt();
  const { made, gaps } = await inWholeDistrict(context, async () => ({
    made: await makeReport(context, schoolId, period, knownAt),
    gaps: await gapsOf(context, schoolId, period),
  }));
  const fault = signFault(made.counts, gaps, asked);
  if (fault !== null) throw new Failure('wrong-step', fault, { gaps: gaps.length });
  // under the lock nothing becomes known: what is known now is what the version's moment knows, found by the indexes of now
  const form = await formOf(context, schoolId, period, { counts: made.counts, knownAt: null });
  const head = { unit: school.name, words, period };
  const summary = asked.summary ?? (await summaryOf(context, head, { total: form.total, gaps, schools: null }));
  const id = standing.report?.id ?? context.newId();
  const version = (standing.report?.version ?? 0) + 1;
  const reach = [reachToken('school', schoolId)];
  if (standing.report) await moveReport(client, district, id, { state: 'signed', version, at: now });
  else {
    const report = { id, school_id: schoolId, period_kind: period.kind, from_date: period.from, to_date: period.to };
    await insertReport(client, district, report, now, reach);
  }
  const versionId = context.newId();
  const frozen = {
    id: versionId,
    version,
    nil: asked.nil,
    counts: made.counts,
    figures: made.figures,
    gaps,
    changes: standing.version ? changesBetween(standing.version.counts, made.counts) : [],
    own: asked.explanations.map(({ part, own }) => ({ part, own })),
    sealed: sealWords(context, versionId, { ...asked, summary }),
    form,
    formula: made.formula,
    known_at: knownAt,
    fingerprint: made.fingerprint,
    signed_by: actor.id,
    signed_name: actor.name,
    signed_at: now,
  };
  await insertVersion(client, district, id, frozen, reach);
  await addEvent(context, { id, school_id: schoolId }, version, asked.action, asked.reason);
  const { kind: periodKind, from } = period;
  await context.announce({ kind: 'statistics.reportSigned', periodKind, from, schoolId, at: now.toISOString() });
  return { id, version, state: 'signed' };
}

/** The principal signs a report: nil, or the figures with the gaps' reason and what the school knows otherwise. */
export async function signReport(context: Context, input: ParsedOf<typeof contract.signReport>): Promise<Done> {
  const school = await schoolWithin(context, input.schoolId);
  const { whole, terms } = await periodAsked(context, input);
  const standing = await standingOf(context, school.id, whole);
  const at = { state: standing.state, period: whole, changed: false, signedBy: null };
  refuse(reportFault(context, 'sign', at));
  const { nil, reason, explanations, summary } = input;
  const period = { period: whole, words: periodWords(whole, terms) };
  return freeze(context, school, period, standing, { nil, reason, explanations, summary, action: 'sign' });
}

/** The bureau accepts a signed report, or sends it back with a reason; never who signed it. */
export async function decideReport(context: Context, input: ParsedOf<typeof contract.decideReport>): Promise<Done> {
  const { client, district, now } = context;
  const { report, period } = await reportWithin(context, input.id, true);
  const version = await findVersion(client, district, report.id, report.version);
  if (report.version !== input.version)
    throw new Failure('changed-meanwhile', '学校已重新签报，请先查看最新一版再审核。', { version: report.version });
  const action = input.accept ? 'accept' : 'sendBack';
  const at = { state: report.state, period, changed: false, signedBy: version?.signed_by ?? null };
  refuse(reportFault(context, action, at));
  if (!input.accept && input.reason === null)
    throw new Failure('input-wrong', '退回须写明原因。', { issues: [{ path: 'reason', words: '请写明退回原因。' }] });
  const state = input.accept ? 'accepted' : 'returned';
  await moveReport(client, district, report.id, { state, version: report.version, at: now });
  await addEvent(context, report, report.version, action, input.reason);
  const { kind: periodKind, from } = period;
  const filed = await inWholeDistrict(context, () => listPeriodReports(client, district, { periodKind, from }));
  const waiting = filed.filter((one) => one.state === 'signed').length;
  await context.announce({ kind: 'statistics.reportDecided', periodKind, from, waiting, at: now.toISOString() });
  return { id: report.id, version: report.version, state };
}

/** Late entries changed a signed report: the principal signs a revision, and the earlier version stays. */
export async function reviseReport(context: Context, input: ParsedOf<typeof contract.reviseReport>): Promise<Done> {
  const { report, period } = await reportWithin(context, input.id, true);
  const standing = await standingOf(context, report.school_id, period);
  const { version } = standing;
  const changed = await inWholeDistrict(context, async () => {
    const [was, is] = [
      version && (await makeReport(context, report.school_id, period, version.known_at)),
      await makeReport(context, report.school_id, period, null),
    ];
    return was?.fingerprint !== is.fingerprint;
  });
  refuse(reportFault(context, 'revise', { state: report.state, period, changed, signedBy: null }));
  const { reason, explanations, summary } = input;
  const { terms } = await periodAsked(context, { period: period.kind, day: period.from });
  const school = await schoolWithin(context, report.school_id);
  const of = { period, words: periodWords(period, terms) };
  return freeze(context, school, of, standing, { nil: false, reason, explanations, summary, action: 'revise' });
}

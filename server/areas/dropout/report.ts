import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure } from '#domain/basics/failure.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { clockStart, reportingPost } from '#domain/dropout/rules.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { findLiveFinding } from '#server/areas/comparison/actions.ts';
import { getBrief } from '#server/areas/population/actions.ts';
import { planCaseVisit } from '#server/areas/visits/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { meetCase, type Met } from './open.ts';
import { findCase, type CaseRecord } from './store-cases.ts';
import { findReport, insertReport } from './store-events.ts';
import { hasReported } from './store-listen.ts';
import { afterOf } from './views.ts';
import { finish, rulesNow, type After, type Taken } from './work.ts';

/** Refuses a day that has not come yet. */
export function notAfterToday(context: Context, day: string, path: string): void {
  if (day > context.today)
    throw new Failure('input-wrong', '日期不能晚于今天。', { issues: [{ path, words: '日期不能晚于今天。' }] });
}

/** The page of a case. */
export function linkOf(caseId: string): string {
  return `/cases/${caseId}`;
}

const metWords: Record<Met, string> = {
  opened: '已立案。',
  reopened: '该生的个案已重新立案，进入新一轮。',
  joined: '该生已有在办个案，本次报告已并入。',
};

/** A case as it was met, written so that `finish` sees where it stood before. */
export async function finishMet(
  context: Context,
  met: { record: CaseRecord; met: Met },
  taken: Taken,
  rules: Awaited<ReturnType<typeof rulesNow>>,
): Promise<After> {
  const { record } = met;
  // A new round is written by `finish` as a change of state from what stood before.
  const before: CaseRecord = met.met === 'reopened' ? { ...record, round: record.round - 1 } : record;
  const after = await finish(
    context,
    { record: before, step: null, ...rules },
    {
      ...taken,
      ...(met.met === 'reopened' ? { next: 'suspected' as const, from: record.clockStart } : {}),
      change: { ...(met.met === 'reopened' ? { round: record.round } : {}), ...taken.change },
    },
  );
  if (met.met !== 'joined') {
    const due = addCalendarDays(record.clockStart, rules.settings['duty.visitSuspected']);
    await planCaseVisit(context, {
      caseId: record.id,
      childId: record.childId,
      due: due < context.today ? context.today : due,
      staff: null,
    });
  }
  return after;
}

async function answeredBefore(context: Context, input: ParsedOf<typeof contract.reportDropout>) {
  const before = await findReport(context.client, context.district, input.id);
  if (!before) return null;
  if (before.childId !== input.childId)
    throw new Failure('already-exists', '这个编号的报告已用于另一名学生，请重新填写。');
  const record = await findCase(context.client, context.district, before.caseId, false);
  if (!record) return null;
  return {
    ...(await afterOf(context, record)),
    reportId: before.id,
    joined: before.joined,
    reopened: false,
    link: linkOf(record.id),
    words: metWords[before.joined ? 'joined' : 'opened'],
  };
}

/** The role under which somebody reports a child: of the nearest of his posts that holds the child. */
export function reporterRole(context: Context, childReach: readonly string[]): string {
  const post = reportingPost(context.actor.posts, childReach);
  if (post === null) throw new Failure('not-allowed', '您的岗位不报告疑似辍学。');
  return roleWords[post.role];
}

/** Reports a suspected dropout: opens the child's case, opens it again, or joins the open one; the clock starts at the crossing or the discovery, whichever is earlier. */
export async function reportDropout(
  context: Context,
  input: ParsedOf<typeof contract.reportDropout>,
): Promise<After & { reportId: string; joined: boolean; reopened: boolean; link: string; words: string }> {
  notAfterToday(context, input.discovered, 'discovered');
  if (input.lastSeen !== null) notAfterToday(context, input.lastSeen, 'lastSeen');
  const brief = await getBrief(context, input.childId);
  const finding = input.findingId === undefined ? null : await findLiveFinding(context, input.findingId, input.childId);
  const role = reporterRole(context, brief.reach);
  const rules = await rulesNow(context);
  const { client, district, actor, now, keys } = context;
  return inWholeDistrict(context, async () => {
    const before = await answeredBefore(context, input);
    if (before) return before;
    const met = await meetCase(context, brief.id, null, {
      source: finding ? 'finding' : 'report',
      clockStart: input.discovered,
      crossedOn: null,
      discoveredOn: input.discovered,
      lastSeenOn: input.lastSeen,
      findingId: finding?.id ?? null,
      reason: null,
    });
    const { record } = met;
    const waited = met.met === 'joined' && record.discoveredOn === null;
    const start = clockStart(record.crossedOn, input.discovered);
    const joined = met.met === 'joined' && !waited;
    // What the first report of a round said stays on the case; a further one is kept with its own words.
    const stands = joined && (await hasReported(client, district, record.id, record.round)) ? record : null;
    const known = stands?.whereabouts === 'unknown' ? null : (stands?.whereabouts ?? null);
    const after = await finishMet(
      context,
      met,
      {
        what: 'report',
        words: `${role}报告疑似辍学，原因：${reasonGroupWords[input.reasonGroup]}；去向：${whereaboutsWords[input.whereabouts]}${finding ? `；来自数据比对` : ''}${joined ? '（并入在办个案）' : ''}`,
        day: input.discovered,
        text: [input.reasonWords, input.whereaboutsWords, input.done].filter((text) => text !== '').join('；'),
        change: {
          reasonGroup: stands?.reasonGroup ?? input.reasonGroup,
          whereabouts: known ?? input.whereabouts,
          ...(joined
            ? {}
            : { discoveredOn: input.discovered, lastSeenOn: input.lastSeen ?? record.lastSeenOn, clockStart: start }),
        },
      },
      rules,
    );
    await insertReport(client, district, {
      id: input.id,
      caseId: record.id,
      childId: brief.id,
      round: after.round,
      reportedBy: actor.id,
      reportedName: actor.name,
      reportedRole: role,
      reportedAt: now,
      discoveredOn: input.discovered,
      lastSeenOn: input.lastSeen,
      firstAbsentOn: input.firstAbsent,
      crossedOn: record.crossedOn,
      rule: record.crossedOn === null ? null : '考勤连续或累计无故缺勤达到标准',
      clockStart: start,
      reasonGroup: input.reasonGroup,
      whereabouts: input.whereabouts,
      sealed: sealJson(
        keys,
        { table: 'dropout_report', column: 'sealed', district, id: input.id },
        { reason: input.reasonWords, whereabouts: input.whereaboutsWords, done: input.done },
      ),
      findingId: finding?.id ?? null,
      joined,
      reach: (await findCase(client, district, record.id, false))?.reach ?? record.reach,
    });
    return {
      ...after,
      reportId: input.id,
      joined,
      reopened: met.met === 'reopened',
      link: linkOf(record.id),
      words: waited ? '已补报考勤预警的个案。' : metWords[met.met],
    };
  });
}

import { openStates } from '#domain/dropout/record.ts';
import { clockStart } from '#domain/dropout/rules.ts';
import type { Context } from '#server/http/context.ts';
import type { NewsOf } from '#server/http/news.ts';
import { propose } from './decide.ts';
import { meetCase } from './open.ts';
import { finishMet } from './report.ts';
import { lockCaseOf, updateCase } from './store-cases.ts';
import { findRoundCrossing, hasReported } from './store-listen.ts';
import { endFollowUps } from './store-returns.ts';
import { finish, rulesNow } from './work.ts';

/** A pupil's absence has crossed the rule: a suspected case waits for the report; told twice it is one crossing. */
export async function absenceCrossed(context: Context, news: NewsOf<'attendance.thresholdCrossed'>): Promise<void> {
  const { client, district } = context;
  const rules = await rulesNow(context);
  const standing = await lockCaseOf(client, district, news.childId);
  if (standing && (await findRoundCrossing(client, district, standing.id, news.day))) return;
  if (standing?.returnedOn && standing.state !== 'suspected' && news.day < standing.returnedOn) return;
  const met = await meetCase(
    context,
    news.childId,
    { schoolId: news.schoolId, classId: news.classId },
    {
      source: 'rule',
      clockStart: news.day,
      crossedOn: news.day,
      discoveredOn: null,
      lastSeenOn: null,
      findingId: null,
      reason: null,
    },
  );
  const { record } = met;
  if (met.met === 'joined' && record.crossedOn !== null) return;
  if (met.met === 'reopened') await endFollowUps(client, district, record.id, record.round - 1, context.now);
  await finishMet(
    context,
    met,
    {
      what: 'cross',
      day: news.day,
      words: `无故缺勤达到标准：连续 ${String(news.consecutive)} 天、本学期累计 ${String(news.cumulative)} 天`,
      change: {
        crossedOn: news.day,
        clockStart: record.discoveredOn === null ? news.day : clockStart(news.day, record.discoveredOn),
      },
    },
    rules,
  );
}

/** A suspension ended without resumption or renewal: the school must urge return (D§2.6), so a suspected case waits for its report. */
export async function suspensionLapsed(context: Context, news: NewsOf<'enrolment.suspensionEnding'>): Promise<void> {
  if (!news.lapsed) return;
  const opening = { source: 'rule' as const, clockStart: news.endsOn, crossedOn: news.endsOn, discoveredOn: null, lastSeenOn: null, findingId: null, reason: null }; // prettier-ignore
  const met = await meetCase(context, news.childId, { schoolId: news.schoolId, classId: news.classId }, opening);
  if (met.met === 'joined') return;
  const words = `休学于 ${news.endsOn} 期满，未办理复学或继续休学`;
  const change = { crossedOn: news.endsOn, clockStart: news.endsOn };
  await finishMet(context, met, { what: 'cross', day: news.endsOn, words, change }, await rulesNow(context));
}

/** Whoever verified a leave found the pupil not back: a suspected case waits for its report, or the standing one is told. */
export async function leaveNotReturned(context: Context, news: NewsOf<'attendance.leaveVerified'>): Promise<void> {
  if (news.outcome !== 'notReturned') return;
  const opening = { source: 'rule' as const, clockStart: news.awayFrom, crossedOn: news.awayFrom, discoveredOn: null, lastSeenOn: null, findingId: null, reason: null }; // prettier-ignore
  const met = await meetCase(context, news.childId, { schoolId: news.schoolId, classId: news.classId }, opening);
  const words = '请假期满，核实未返校';
  const rules = await rulesNow(context);
  if (met.met === 'joined') {
    await finish(context, { record: met.record, step: null, ...rules }, { what: 'presence', words });
    return;
  }
  const change = { crossedOn: news.awayFrom, clockStart: news.awayFrom };
  await finishMet(context, met, { what: 'cross', day: news.awayFrom, words, change }, rules);
}

/** A correction took the crossing back: a suspicion that nobody reported waits for the bureau's check as a dismissal. */
export async function crossingGone(context: Context, news: NewsOf<'attendance.thresholdGone'>): Promise<void> {
  const record = await lockCaseOf(context.client, context.district, news.childId);
  if (!record || record.crossedOn === null || !openStates.includes(record.state)) return;
  const rules = await rulesNow(context);
  const reported = await hasReported(context.client, context.district, record.id, record.round);
  const dismisses = record.state === 'suspected' && !reported;
  if (dismisses)
    await propose(context, record, {
      kind: 'dismissal',
      category: null,
      endsOn: null,
      seal: { note: '考勤经更正后不再达到标准。', evidence: {}, paperIds: [] },
    });
  await finish(
    context,
    { record, step: null, ...rules },
    {
      what: dismisses ? 'dismiss' : 'presence',
      words: dismisses ? '考勤经更正后不再达到标准，排除待区级复核' : '考勤经更正后不再达到标准',
      ...(dismisses ? { next: 'dismissing' as const } : {}),
    },
  );
}

/** Keeps the run of present days on the case that waits for the return. */
export async function presentRun(context: Context, news: NewsOf<'attendance.presentRun'>): Promise<void> {
  const record = await lockCaseOf(context.client, context.district, news.childId);
  if (!record || !['suspected', 'confirming', 'confirmed', 'persuading', 'closing'].includes(record.state)) return;
  if (record.schoolId !== null && news.schoolId !== record.schoolId) return;
  const first = record.presentDays === 0;
  const changed = { ...record, presentFrom: news.from, presentDays: news.days };
  if (!first) {
    await updateCase(context.client, context.district, changed, context.now);
    return;
  }
  await finish(
    context,
    { record, step: null, ...(await rulesNow(context)) },
    {
      what: 'presence',
      day: news.from,
      words: '考勤记录学生到校',
      change: { presentFrom: news.from, presentDays: news.days },
    },
  );
}

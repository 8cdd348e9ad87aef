import { Failure, notFound } from '#domain/basics/failure.ts';
import { openStates } from '#domain/dropout/record.ts';
import { clockStart, rolesOn } from '#domain/dropout/rules.ts';
import { isDocumentRung } from '#domain/dropout/ladder.ts';
import { stepsFor } from '#domain/dropout/steps.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import { putToCase } from '#server/areas/notices/actions.ts';
import type { Context, Listener } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { propose } from './decide.ts';
import { followPupil } from './follow.ts';
import { headOf } from './head.ts';
import { climbTo } from './ladder-steps.ts';
import { joinCases, partCases } from './merged.ts';
import { keepCertificate, letterIssued, offerNumber, takeBackLetter } from './letters.ts';
import { meetCase } from './open.ts';
import { finishMet } from './report.ts';
import { clearPresence, findRoundCrossing, hasReported, isSamePerson } from './store-listen.ts';
import { findCase, lockCaseOf, updateCase, type CaseRecord } from './store-cases.ts';
import { listEvents } from './store-events.ts';
import { endFollowUps } from './store-returns.ts';
import { finish, rulesNow, stepOrThrow } from './work.ts';

type Of<Kind extends News['kind']> = Extract<News, { kind: Kind }>;
/** News of documents, of any kind. */
type Noticed = Extract<News, { documentId: string }>;
type Named = Pick<Noticed, 'caseId' | 'childId'>;

/** A pupil's absence has crossed the rule: a suspected case waits for the report; told twice it is one crossing. */
async function crossed(context: Context, news: Of<'attendance.thresholdCrossed'>): Promise<void> {
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
async function lapsed(context: Context, news: Of<'enrolment.suspensionEnding'>): Promise<void> {
  if (!news.lapsed) return;
  const opening = { source: 'rule' as const, clockStart: news.endsOn, crossedOn: news.endsOn, discoveredOn: null, lastSeenOn: null, findingId: null, reason: null }; // prettier-ignore
  const met = await meetCase(context, news.childId, { schoolId: news.schoolId, classId: news.classId }, opening);
  if (met.met === 'joined') return;
  const words = `休学于 ${news.endsOn} 期满，未办理复学或继续休学`;
  const change = { crossedOn: news.endsOn, clockStart: news.endsOn };
  await finishMet(context, met, { what: 'cross', day: news.endsOn, words, change }, await rulesNow(context));
}

/** Whoever verified a leave found the pupil not back: a suspected case waits for its report, or the standing one is told. */
async function notReturned(context: Context, news: Of<'attendance.leaveVerified'>): Promise<void> {
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
async function gone(context: Context, news: Of<'attendance.thresholdGone'>): Promise<void> {
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
async function present(context: Context, news: Of<'attendance.presentRun'>): Promise<void> {
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

/** A case that news names for a child, null where there is none; one of another child is not found. The case of a record merged with that child's is his. */
async function namedCase(context: Context, caseId: string, childId: string): Promise<CaseRecord | null> {
  const { client, district } = context;
  const record = await findCase(client, district, caseId, true);
  if (record && record.childId !== childId && !(await isSamePerson(client, district, record.childId, childId)))
    throw notFound('个案');
  return record;
}

/** A visit to a child with an open case stands in its timeline; one at the door where somebody was met is a contact. */
async function visited(context: Context, news: Of<'visits.recorded'>): Promise<void> {
  const { client, district } = context;
  const record =
    news.caseId === null
      ? await lockCaseOf(client, district, news.childId)
      : await namedCase(context, news.caseId, news.childId);
  if (record?.childId !== news.childId || record.state === 'closed' || record.state === 'dismissed') return;
  const events = await listEvents(client, district, record.id);
  if (events.some((event) => event.what === 'visit' && event.visitId === news.visitId)) return;
  const words = { door: '上门走访', phone: '电话走访', online: '线上走访' } as const;
  await finish(
    context,
    { record, step: null, ...(await rulesNow(context)) },
    {
      what: 'visit',
      day: news.day,
      words: `${words[news.mode]}${news.met ? '' : '，未遇'}`,
      visitId: news.visitId,
      ...(news.met ? { rung: 'contact' as const } : {}),
      ...(news.met && record.state === 'confirmed' ? { next: 'persuading' as const } : {}),
    },
  );
}

/** The case to which an issued document of the ladder belongs: the one that it names, else the child's open one. */
async function caseOfIssued(context: Context, news: Named): Promise<CaseRecord | null> {
  if (news.caseId !== null) {
    const named = await namedCase(context, news.caseId, news.childId);
    if (!named) throw notFound('个案');
    return named;
  }
  const record = await lockCaseOf(context.client, context.district, news.childId);
  return record && openStates.includes(record.state) ? record : null;
}

/**
 * A document of the ladder was issued, for a case or only for its child, from here, from the page of documents or in bulk: the table and
 * the ladder are asked each time. Without an open case a school may only send the persuasion notice.
 */
async function issued(context: Context, news: Noticed): Promise<void> {
  const { documentKind: rung, documentId } = news;
  if (!isDocumentRung(rung)) {
    if (rung === 'assistLetter') return letterIssued(context, news, await caseOfIssued(context, news));
    if (news.caseId !== null) await namedCase(context, news.caseId, news.childId);
    else if (rung === 'returnCertificate') await keepCertificate(context, news);
    return;
  }
  const record = await caseOfIssued(context, news);
  if (!record) {
    if (rung === 'persuasionNotice') return;
    throw new Failure(
      'wrong-step',
      rung === 'correctionOrder'
        ? '该生没有在办个案。责令限期改正须先立案，并由控辍专干认定无正当理由，附证据和监护人陈述。'
        : `该生没有在办个案，请先报告并确认辍学，再发${documentKindWords[rung]}。`,
    );
  }
  const rules = await rulesNow(context);
  const unit = await putToCase(context, documentId, record.id);
  // A bulk issue is carried out by the platform: whoever of the issuing unit may take the step has ordered it.
  const posts = stepsFor(rung, record.state).flatMap(({ roles }) =>
    roles.flatMap((role) => (role === 'platform' ? [] : [{ role, unitKind: unit.kind, unitId: unit.id }])),
  );
  const roles = context.actor.kind === 'platform' ? rolesOn(posts, headOf(context, record)) : undefined;
  const { step } = stepOrThrow(context, record, rung, rules.settings, roles);
  await climbTo(context, record, rung, '');
  await finish(context, { record, step, ...rules }, { what: rung, rung, words: step.words, documentId });
}

/** A document was served, from when its days run, or voided. */
async function servedOrVoided(context: Context, news: Noticed): Promise<void> {
  const record = news.caseId === null ? null : await namedCase(context, news.caseId, news.childId);
  if (!record) return;
  const served = news.kind === 'notices.served';
  const due = served ? news.dueDate : null;
  const letter = served ? null : await takeBackLetter(context, record, news.documentId);
  await finish(
    context,
    { record, step: null, ...(await rulesNow(context)) },
    {
      what: served ? 'served' : 'voided',
      words: served
        ? `文书送达${due === null ? '' : `，期限至 ${due}`}`
        : letter === null
          ? '文书作废'
          : '协查函作废，不再等候回复',
      documentId: news.documentId,
      ...(letter ?? {}),
      dueDate: due,
    },
  );
}

/** Hears suspensions, attendance, visits and notices for the cases. */
export const hearForCases: Listener = async (context, news) => {
  switch (news.kind) {
    case 'attendance.thresholdCrossed':
      return inWholeDistrict(context, () => crossed(context, news));
    case 'enrolment.suspensionEnding':
      return inWholeDistrict(context, () => lapsed(context, news));
    case 'attendance.leaveVerified':
      return inWholeDistrict(context, () => notReturned(context, news));
    case 'attendance.thresholdGone':
      return inWholeDistrict(context, () => gone(context, news));
    case 'attendance.presentRun':
      return inWholeDistrict(context, () => present(context, news));
    case 'attendance.classMarked':
      if (news.absent.length === 0) return;
      return inWholeDistrict(context, () => clearPresence(context.client, context.district, news.absent));
    case 'visits.recorded':
      return inWholeDistrict(context, () => visited(context, news));
    case 'notices.numbering':
      if (news.documentKind !== 'assistLetter') return;
      return inWholeDistrict(context, async () => offerNumber(context, news, await caseOfIssued(context, news)));
    case 'notices.issued':
      return inWholeDistrict(context, () => issued(context, news));
    case 'notices.served':
    case 'notices.voided':
      return inWholeDistrict(context, () => servedOrVoided(context, news));
    case 'enrolment.childMoved':
      return inWholeDistrict(context, () => followPupil(context, news));
    case 'comparison.personsMerged':
      return inWholeDistrict(context, () => joinCases(context, news));
    case 'comparison.personsSplit':
      return inWholeDistrict(context, () => partCases(context, news));
    case 'attendance.classDue':
    case 'attendance.firstDayDue':
    case 'attendance.firstDayOpen':
    case 'attendance.firstDayDone':
    case 'attendance.firstDaySigned':
    case 'attendance.contacted':
    case 'attendance.absenceGone':
    case 'attendance.leaveToVerify':
    case 'attendance.standingChanged':
    case 'dropout.stepped':
    case 'enrolment.changeStepped':
    case 'enrolment.lessonsShort':
    case 'enrolment.lessonsSettled':
    case 'statistics.reportDue':
    case 'statistics.reportSigned':
    case 'books.findingsOpen':
    case 'books.findingsMended':
    case 'books.findingsGone':
    case 'statistics.rollFiled':
    case 'statistics.reportDecided':
    case 'imports.rosterPublished':
    case 'enrolment.noShow':
    case 'comparison.findingsSynced':
    case 'comparison.findingStepped':
    case 'comparison.findingsDecided':
      return;
  }
};

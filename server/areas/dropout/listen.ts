import { Failure, notFound } from '#domain/basics/failure.ts';
import { openStates } from '#domain/dropout/record.ts';
import { rolesOn } from '#domain/dropout/rules.ts';
import { isDocumentRung } from '#domain/dropout/ladder.ts';
import { stepsFor } from '#domain/dropout/steps.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import { putToCase } from '#server/areas/notices/actions.ts';
import type { Context, Listener } from '#server/http/context.ts';
import type { News, NewsOf } from '#server/http/news.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { absenceCrossed, crossingGone, leaveNotReturned, presentRun, suspensionLapsed } from './absence.ts';
import { followPupil } from './follow.ts';
import { headOf } from './head.ts';
import { climbTo } from './ladder-steps.ts';
import { joinCases, partCases } from './merged.ts';
import { keepCertificate, letterIssued, offerNumber, takeBackLetter } from './letters.ts';
import { clearPresence, isSamePerson } from './store-listen.ts';
import { findCase, lockCaseOf, type CaseRecord } from './store-cases.ts';
import { listEvents } from './store-events.ts';
import { finish, rulesNow, stepOrThrow } from './work.ts';

/** News of documents, of any kind. */
type Noticed = Extract<News, { documentId: string }>;
type Named = Pick<Noticed, 'caseId' | 'childId'>;

/** A case that news names for a child, null where there is none; one of another child is not found. The case of a record merged with that child's is his. */
async function namedCase(context: Context, caseId: string, childId: string): Promise<CaseRecord | null> {
  const { client, district } = context;
  const record = await findCase(client, district, caseId, true);
  if (record && record.childId !== childId && !(await isSamePerson(client, district, record.childId, childId)))
    throw notFound('个案');
  return record;
}

/** A visit to a child with an open case stands in its timeline; one at the door where somebody was met is a contact. */
async function visited(context: Context, news: NewsOf<'visits.recorded'>): Promise<void> {
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
      return inWholeDistrict(context, () => absenceCrossed(context, news));
    case 'enrolment.suspensionEnding':
      return inWholeDistrict(context, () => suspensionLapsed(context, news));
    case 'attendance.leaveVerified':
      return inWholeDistrict(context, () => leaveNotReturned(context, news));
    case 'attendance.thresholdGone':
      return inWholeDistrict(context, () => crossingGone(context, news));
    case 'attendance.presentRun':
      return inWholeDistrict(context, () => presentRun(context, news));
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

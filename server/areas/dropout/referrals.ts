import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout-steps.ts';
import type * as views from '#contract/dropout-views.ts';
import { dueDate } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { isOnCase } from '#domain/dropout/rules.ts';
import type { ReferralParty } from '#domain/dropout/record.ts';
import { referralPartyWords } from '#domain/dropout/words.ts';
import { placesOf, schoolsOf } from '#server/areas/organisations/actions.ts';
import { numberOfBureau } from '#server/areas/notices/actions.ts';
import { attachPapers, openPaper } from '#server/areas/papers/actions.ts';
import { chinaDay } from '#server/clock.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { urgentUntil } from './emergency.ts';
import { headOf } from './head.ts';
import { notAfterToday } from './report.ts';
import type { CaseRecord } from './store-cases.ts';
import { answerReferralRow, insertReferral, isWaiting, listReferrals, nextNumber } from './store-referrals.ts';
import { findView } from './store-views.ts';
import { takeStep, type After } from './work.ts';

/** The moment at which a day ends in China. */
export function endOfDay(day: string): Date {
  return new Date(`${day}T15:59:59.999Z`);
}

/** Whether a letter passes on an emergency that nobody has passed on yet in its round; a question to a bureau elsewhere never does. */
async function passesOn(context: Context, record: CaseRecord, party: ReferralParty): Promise<boolean> {
  if (!record.emergency || party === 'educationElsewhere') return false;
  const sent = await listReferrals(context.client, context.district, record.id);
  return !sent.some((one) => one.urgent && one.round === record.round);
}

/**
 * Asks another office to help or to answer, numbered; an answer not there after the set working days is called in. The first letter
 * that passes on an emergency is to be answered within the hours of an emergency and is shown to those on the case alone.
 */
export async function addReferral(
  context: Context,
  input: ParsedOf<typeof contract.addReferral>,
): Promise<After & { referralId: string; number: string; dueDate: string }> {
  notAfterToday(context, input.sent, 'sent');
  const { client, district, actor, now, keys } = context;
  const id = context.newId();
  let number = '';
  let due = input.sent;
  const after = await takeStep(context, input.id, 'refer', async ({ record, settings, isWorkday }) => {
    const year = Number(input.sent.slice(0, 4));
    // One series with the documents 协查函, so that letter and document bear one number.
    number =
      (await numberOfBureau(context, 'assistLetter', year)) ??
      `协查〔${String(year)}〕${String(await nextNumber(client, district, 'referral', year))}号`;
    const urgent = await passesOn(context, record, input.party);
    const dueAt = urgent
      ? urgentUntil(now, settings)
      : endOfDay(dueDate(input.sent, { days: settings['duty.referralAnswer'], unit: 'working' }, { isWorkday }));
    due = chinaDay(dueAt);
    await insertReferral(client, district, {
      id,
      caseId: record.id,
      childId: record.childId,
      round: record.round,
      party: input.party,
      partyName: input.partyName,
      number,
      urgent,
      closed: urgent,
      sentOn: input.sent,
      dueAt,
      sealed: sealJson(keys, { table: 'case_referral', column: 'sealed', district, id }, { words: input.words }),
      sentBy: actor.id,
      sentName: actor.name,
      sentAt: now,
      reach: record.reach,
    });
    return {
      what: 'refer',
      words: `发函 ${number} 至${input.partyName}（${referralPartyWords[input.party]}）`,
      day: input.sent,
      text: input.words,
      referralId: id,
      dueDate: due,
      closed: urgent,
      urgent,
    };
  });
  return { ...after, referralId: id, number, dueDate: due };
}

/** Records the answer of another office with its scan. */
export async function answerReferral(
  context: Context,
  input: ParsedOf<typeof contract.answerReferral>,
): Promise<After> {
  notAfterToday(context, input.replied, 'replied');
  const { client, district, actor, now, keys } = context;
  return takeStep(context, input.id, 'answerReferral', async ({ record }) => {
    const rows = await listReferrals(client, district, record.id);
    const row = rows.find((one) => one.id === input.referralId);
    if (!row) throw notFound('协查函');
    if (row.repliedOn !== null) throw new Failure('wrong-step', '这份函件已登记回复。');
    if (row.withdrawnOn !== null) throw new Failure('wrong-step', '这份函件的文书已作废，不再等候回复。');
    if (input.replied < row.sentOn)
      throw new Failure('input-wrong', '回函日期早于发函日期。', {
        issues: [{ path: 'replied', words: '不能早于发函日期。' }],
      });
    if (input.paperId !== null)
      await attachPapers(
        context,
        [input.paperId],
        { kind: row.closed ? 'emergency' : 'referral', id: row.id, childId: record.childId },
        record.reach,
      );
    await answerReferralRow(client, district, {
      id: row.id,
      repliedOn: input.replied,
      sealed: sealJson(
        keys,
        { table: 'case_referral', column: 'reply_sealed', district, id: row.id },
        { words: input.words },
      ),
      paperId: input.paperId,
      by: actor.id,
      byName: actor.name,
      at: now,
    });
    return {
      what: 'answerReferral',
      words: `${row.closed ? '转介单位' : (row.partyName ?? '')}回复${row.number === null ? '' : ` ${row.number}`}`,
      day: input.replied,
      text: row.closed ? '' : input.words,
      referralId: row.id,
      answered: rows.some((one) => one.id !== row.id && one.urgent === row.urgent && isWaiting(one))
        ? []
        : [row.urgent ? 'urgent' : 'letters'],
    };
  });
}

/** The scan of an answer in an emergency; whoever is not on the case does not find it. */
export async function openReply(context: Context, input: ParsedOf<typeof views.openReply>): Promise<FileAnswer> {
  const { client, district, actor } = context;
  const view = await findView(client, district, input.id);
  const { posts, id: actorId, staffId } = actor;
  const row =
    view && isOnCase({ posts, actorId, staffId }, headOf(context, view), view.people)
      ? (await listReferrals(client, district, view.id)).find((one) => one.id === input.referralId)
      : undefined;
  if (!row?.closed || row.replyPaperId === null) throw notFound('材料');
  return openPaper(context, row.replyPaperId, 'emergency');
}

/** Hands a case over to another school, a street or the bureau; who had it still sees it. */
export async function handOver(context: Context, input: ParsedOf<typeof contract.handOver>): Promise<After> {
  return takeStep(context, input.id, 'handOver', async ({ record }) => {
    if (input.to === 'district')
      return {
        what: 'handOver',
        words: '移交区教育局',
        text: input.reason,
        change: { lead: 'district' },
      };
    if (input.to === 'school') {
      const school = (await schoolsOf(context)).find((one) => one.id === input.unit && one.toDate === null);
      if (!school) throw notFound('学校');
      if (school.id === record.schoolId && record.lead === 'school')
        throw new Failure('wrong-step', '个案已在这所学校。');
      return {
        what: 'handOver',
        words: `移交${school.name}`,
        text: input.reason,
        change: {
          lead: 'school',
          schoolId: school.id,
          ...(school.id === record.schoolId ? {} : { classId: null, presentFrom: null, presentDays: 0 }),
        },
      };
    }
    const street = (await placesOf(context)).find(
      (place) => place.kind === 'subdistrict' && place.code === input.unit && place.toDate === null,
    );
    if (!street) throw notFound('街道');
    return {
      what: 'handOver',
      words: `移交${street.name}`,
      text: input.reason,
      change: {
        lead: 'subdistrict',
        subdistrictCode: street.code,
        units: [...record.units, reachToken('subdistrict', street.code)],
      },
    };
  });
}

import { dueDate } from '#domain/basics/calendar.ts';
import { openStates } from '#domain/dropout/record.ts';
import { numberParts } from '#domain/notices/rules.ts';
import { documentsOfCase, putToCase } from '#server/areas/notices/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import type { News, NewsOf } from '#server/http/news.ts';
import { endOfDay } from './referrals.ts';
import { lockCaseOf, type CaseRecord } from './store-cases.ts';
import { insertReferral, isWaiting, listReferrals, withdrawReferral, type ReferralRow } from './store-referrals.ts';
import { finish, rulesNow } from './work.ts';

const named = (words: string): string => words.replaceAll(/[\s：:]/gu, '');

/**
 * The letter to a bureau elsewhere for which a document 协查函 is issued now: of the present round, not answered, and without a document of
 * its number; the one to the bureau that the document names, else the only one. Null where none waits: the document is a letter of its own.
 */
async function letterWaiting(context: Context, record: CaseRecord, to: string): Promise<ReferralRow | null> {
  const documents = await documentsOfCase(context, record.id);
  const waiting = (await listReferrals(context.client, context.district, record.id)).filter(
    (one) =>
      one.round === record.round &&
      one.party === 'educationElsewhere' &&
      isWaiting(one) &&
      one.number !== null &&
      numberParts(one.number) !== null &&
      !documents.some((document) => document.numberWords === one.number),
  );
  const same = waiting.find((one) => named(one.partyName ?? '') === named(to));
  return same ?? (waiting.length === 1 ? (waiting[0] ?? null) : null);
}

/** Gives a 协查函 that is about to be issued the number of the letter that waits for it, where one does. */
export async function offerNumber(
  context: Context,
  news: NewsOf<'notices.numbering'>,
  record: CaseRecord | null,
): Promise<void> {
  const letter = record && (await letterWaiting(context, record, news.to));
  if (letter?.number) news.take(letter.number);
}

/**
 * A 协查函 was issued for a child with an open case: it belongs to the case, under the number of its letter; a document that no letter waited
 * for is a letter itself, awaited and called in under the document's number.
 */
export async function letterIssued(
  context: Context,
  news: Extract<News, { documentId: string }>,
  record: CaseRecord | null,
): Promise<void> {
  if (!record || !openStates.includes(record.state)) return;
  const { client, district, actor, now, keys, today } = context;
  const { documentId, number = null, to = '' } = news;
  await putToCase(context, documentId, record.id);
  const rules = await rulesNow(context);
  const taken = { step: null, record, ...rules };
  const letters = await listReferrals(client, district, record.id);
  const letter = letters.find((one) => one.number === number);
  if (letter) {
    await finish(context, taken, {
      what: 'refer',
      words: `签发协查函 ${number ?? ''}`,
      documentId,
      referralId: letter.id,
    });
    return;
  }
  const id = context.newId();
  const days = { days: rules.settings['duty.referralAnswer'], unit: 'working' } as const;
  const due = dueDate(today, days, { isWorkday: rules.isWorkday });
  const partyName = to.replace(/[：:]\s*$/u, '');
  await insertReferral(client, district, {
    id,
    caseId: record.id,
    childId: record.childId,
    round: record.round,
    party: 'educationElsewhere',
    partyName,
    number,
    urgent: false,
    closed: false,
    sentOn: today,
    dueAt: endOfDay(due),
    sealed: sealJson(
      keys,
      { table: 'case_referral', column: 'sealed', district, id },
      { words: '协助核查就学情况，事项见协查函' },
    ),
    sentBy: actor.id,
    sentName: actor.name,
    sentAt: now,
    reach: record.reach,
  });
  const words = `签发协查函 ${number ?? ''}，发至${partyName}`;
  await finish(context, taken, { what: 'refer', words, documentId, referralId: id, dueDate: due });
}

/** The letter of a document that was made void is not waited for any more; answers what of it the timeline and the duties hear, null where there was none. */
export async function takeBackLetter(
  context: Context,
  record: CaseRecord,
  documentId: string,
): Promise<{ referralId: string; answered: readonly 'letters'[] } | null> {
  const { client, district, actor, now, today } = context;
  const id = await withdrawReferral(client, district, documentId, { on: today, at: now, name: actor.name });
  if (id === null) return null;
  const left = (await listReferrals(client, district, record.id)).some((one) => !one.urgent && isWaiting(one));
  return { referralId: id, answered: left ? [] : ['letters'] };
}

/** The certificate of a return belongs to the case that is followed after it, whether or not that was named. */
export async function keepCertificate(context: Context, news: { childId: string; documentId: string }): Promise<void> {
  const record = await lockCaseOf(context.client, context.district, news.childId);
  if (record && ['returned', 'followed'].includes(record.state)) await putToCase(context, news.documentId, record.id);
}

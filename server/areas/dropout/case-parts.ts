import type { z } from 'zod';
import type * as contract from '#contract/dropout-views.ts';
import { closingRules, watchWords } from '#domain/dropout/closing.ts';
import { emergencyKinds } from '#domain/dropout/record.ts';
import { closingCategoryWords, emergencyKindWords, referralPartyWords } from '#domain/dropout/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { openCheck, openDecision } from './decide.ts';
import { categoryOf } from './next.ts';
import { listEmergencies } from './store-events.ts';
import { isWaiting, listReferrals } from './store-referrals.ts';
import { findCallBack, listFollowUps } from './store-returns.ts';
import { listDecisions, type DecisionRow } from './store-steps.ts';
import type { CaseView } from './store-views.ts';

type Shown = z.output<(typeof contract.getCase)['output']>;

function wordsOf(context: Context, table: string, id: string, sealed: Buffer | null, column = 'sealed'): string | null {
  if (sealed === null) return null;
  const value = openJson(context.keys, { table, column, district: context.district, id }, sealed);
  return typeof value === 'object' && value !== null && 'words' in value && typeof value.words === 'string'
    ? value.words
    : null;
}

/** The referrals of a case; those of an emergency say who and when only to those on the case. */
export async function referralsOf(context: Context, view: CaseView, onCase: boolean): Promise<Shown['referrals']> {
  return (await listReferrals(context.client, context.district, view.id)).map((row) => {
    const hidden = row.closed && !onCase;
    return {
      id: row.id,
      partyWords: hidden ? '转介单位' : referralPartyWords[row.party],
      partyName: hidden ? null : row.partyName,
      number: row.number,
      urgent: row.urgent,
      sentOn: row.sentOn,
      sentName: row.sentName,
      dueAt: row.dueAt.toISOString(),
      waits: isWaiting(row),
      overdue: isWaiting(row) && row.dueAt < context.now,
      words: hidden ? null : wordsOf(context, 'case_referral', row.id, row.sealed),
      repliedOn: row.repliedOn,
      withdrawnOn: row.withdrawnOn,
      reply: hidden ? null : wordsOf(context, 'case_referral', row.id, row.replySealed, 'reply_sealed'),
      replyPaperId: hidden ? null : row.replyPaperId,
      remindedAt: row.remindedAt?.toISOString() ?? null,
      hidden,
    };
  });
}

interface EmergencySeal {
  kinds: string[];
  words: string;
  police: { at: string; receipt: string } | null;
}

/** The emergencies of a case for those on it; how many there are for the others. */
export async function emergenciesOf(
  context: Context,
  view: CaseView,
  onCase: boolean,
): Promise<{ shown: Shown['emergencies']; hidden: number }> {
  const rows = await listEmergencies(context.client, context.district, { caseId: view.id });
  if (!onCase) return { shown: [], hidden: rows.length };
  return {
    hidden: 0,
    shown: rows.map((row) => {
      // as: sealed by reportEmergency with these fields
      const seal = openJson(
        context.keys,
        { table: 'case_emergency', column: 'sealed', district: context.district, id: row.id },
        row.sealed,
      ) as EmergencySeal;
      return {
        id: row.id,
        reporter: row.reportedName,
        at: row.reportedAt.toISOString(),
        kinds: emergencyKinds.filter((kind) => seal.kinds.includes(kind)).map((kind) => emergencyKindWords[kind]),
        words: seal.words,
        policeAt: seal.police?.at ?? null,
        policeReceipt: seal.police === null || seal.police.receipt === '' ? null : seal.police.receipt,
      };
    }),
  };
}

function decisionOf(context: Context, row: DecisionRow): NonNullable<Shown['decision']> {
  const seal = openDecision(context, row);
  const category = categoryOf(row.category);
  return {
    round: row.round,
    kind: row.kind,
    categoryWords: category === null ? null : closingCategoryWords[category],
    proposedName: row.proposedName,
    proposedAt: row.proposedAt.toISOString(),
    evidence:
      category === null
        ? []
        : closingRules[category].evidence.map(({ code, label }) => ({
            label,
            value: seal.evidence[code] ?? '',
            paperIds: seal.evidencePaperIds?.[code] ?? [],
          })),
    paperIds: seal.paperIds,
    note: seal.note,
    endsOn: row.endsOn,
    watchWords: category === null ? null : watchWords[closingRules[category].watch],
    checkedName: row.checkedName,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    accepted: row.accepted,
    checkNote: openCheck(context, row),
  };
}

/** The newest proposal of the present round with its evidence and its check, and those before it, which stay as they were. */
export async function decisionsOf(
  context: Context,
  view: CaseView,
): Promise<Pick<Shown, 'decision' | 'earlierDecisions'>> {
  const rows = await listDecisions(context.client, context.district, view.id);
  const shown = rows.map((row) => decisionOf(context, row));
  const [newest, ...rest] = shown;
  return newest?.round === view.round
    ? { decision: newest, earlierDecisions: rest }
    : { decision: null, earlierDecisions: shown };
}

/** The follow-ups of the present round. */
export async function followUpsOf(context: Context, view: CaseView): Promise<Shown['followUps']> {
  return (await listFollowUps(context.client, context.district, view.id, view.round)).map((row) => ({
    number: row.number,
    dueDate: row.dueDate,
    doneOn: row.doneOn,
    present: row.present,
    doneName: row.doneName,
    words: wordsOf(context, 'case_follow_up', row.id, row.sealed),
    overdue: row.doneOn === null && row.dueDate < context.today,
  }));
}

/** The call-back of the present round; null when it was not chosen. */
export async function callBackOf(context: Context, view: CaseView): Promise<Shown['callBack']> {
  const row = await findCallBack(context.client, context.district, view.id, view.round);
  return (
    row && {
      doneOn: row.doneOn,
      doneName: row.doneName,
      reached: row.reached,
      isBack: row.isBack,
      words: wordsOf(context, 'return_callback', row.id, row.sealed),
    }
  );
}

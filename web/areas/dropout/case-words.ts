import type { OutputOf } from '#contract/endpoint.ts';
import type { getCase, listCases } from '#contract/dropout-views.ts';
import type { CaseState } from '#domain/dropout/record.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A case as its page has it. */
export type Case = OutputOf<typeof getCase>;
/** A case as the list has it. */
export type CaseLine = OutputOf<typeof listCases>['rows'][number];

/** How each state of a case reads. */
export const stateLook: Record<CaseState, StatusKind> = {
  suspected: 'warn',
  confirming: 'wait',
  dismissing: 'wait',
  dismissed: 'quiet',
  confirmed: 'bad',
  persuading: 'bad',
  returned: 'wait',
  followed: 'ok',
  closing: 'wait',
  closed: 'quiet',
};

/** Areas whose answers a step on a case changes. */
export const caseRefreshes = ['dropout', 'duties', 'papers', 'notices', 'visits', 'risk', 'comparison', 'statistics'];

/** A referral in one line: to whom, its number or that it is urgent, and when it was sent. */
export function referralWords(one: Case['referrals'][number]): string {
  const name = one.partyName === one.partyWords ? null : one.partyName;
  return [one.partyWords, name, one.number ?? (one.urgent ? '紧急转介' : null), `${one.sentOn} 发出`]
    .filter(Boolean)
    .join(' ');
}

/** The entries of a table of words as the choices of a field. */
export function choicesOf(words: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

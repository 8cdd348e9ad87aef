import type { OutputOf } from '#contract/endpoint.ts';
import type { getChange, listChanges } from '#contract/enrolment-changes.ts';
import type { ChangeState } from '#domain/enrolment/changes-record.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A change in a list. */
export type ChangeLine = OutputOf<typeof listChanges>['rows'][number];
/** A change as its page shows it. */
export type Change = OutputOf<typeof getChange>;

/** How each state looks. */
export const changeLook: Record<ChangeState, StatusKind> = {
  school: 'wait',
  receiving: 'wait',
  sending: 'wait',
  bureau: 'wait',
  elsewhere: 'wait',
  arrival: 'wait',
  late: 'bad',
  done: 'ok',
  refused: 'warn',
  withdrawn: 'quiet',
  corrected: 'quiet',
};

/** Words by code as choices. */
export function choicesOf(words: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** Areas whose answers are asked again after a step. */
export const changeRefreshes = ['enrolment', 'population', 'duties', 'statistics', 'dropout'];

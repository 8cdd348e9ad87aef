import type { OutputOf } from '#contract/endpoint.ts';
import type { getDuty, listDuties } from '#contract/duties.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A duty as lists have it. */
export type Duty = OutputOf<typeof listDuties>['rows'][number];
/** A duty with its events. */
export type DutyRecord = OutputOf<typeof getDuty>;

/** The rules as choices of a filter. */
export const ruleChoices = dutyRuleIds.map((value) => ({ value, label: dutyRules[value].title }));

/** How the state of a duty looks: done late and overdue need care. */
export function dutyLook(duty: Pick<Duty, 'state' | 'overdue' | 'inTime'>): StatusKind {
  if (duty.state === 'open') return duty.overdue ? 'bad' : 'wait';
  if (duty.state === 'waived') return 'quiet';
  return duty.inTime === false ? 'warn' : 'ok';
}

/** The state of a duty in words, with whether it was in time. */
export function dutyStanding(duty: Pick<Duty, 'state' | 'stateWords' | 'overdue' | 'inTime'>): string {
  if (duty.state === 'open' && duty.overdue) return `${duty.stateWords}，已超期`;
  if (duty.state === 'settled' && duty.inTime === true) return `${duty.stateWords}，按时`;
  if (duty.state === 'settled' && duty.inTime === false) return `${duty.stateWords}，超期办结`;
  return duty.stateWords;
}

import type { Role } from '../basics/roles.ts';
import { dutyRules } from './catalogue.ts';
import type { DutyOwner, DutyPlace, DutyRuleId } from './record.ts';
import { levelsFor } from './rules.ts';

/**
 * Duties about a pupil himself, which go with him to the school that receives him. The next step of a case follows with its case; what a
 * registry change owes stands with the change; what a school owes of its own (lessons not held, a report) stays with it.
 */
export const followingRules: readonly DutyRuleId[] = [
  'reportSuspected',
  'visitSuspected',
  'verifyLeave',
  'noticeEnds',
  'urgentCase',
];

/** Duties that are answered where he was: who has arrived at another school need not be looked for at the old one. */
export const endingRules: readonly DutyRuleId[] = ['contactGuardian'];

/** Who owes a duty that follows a pupil to a place, the levels above, and which of them it has reached: what climbed stays as high as it was. */
export function followedLevels(
  duty: { rule: DutyRuleId; level: number; topRole: Role },
  place: DutyPlace,
): { ladder: Role[]; owner: DutyOwner; level: number } {
  const { ladder, owner } = levelsFor(dutyRules[duty.rule].ladder, place, null);
  const reached = ladder.indexOf(duty.topRole);
  return { ladder, owner, level: reached >= 0 ? reached : Math.min(duty.level, ladder.length - 1) };
}

/** What a substitute owes beside the class teacher for the days on which he stands in: the roll call, the list of the first day, and the calls that follow. */
export const substituteRules: readonly DutyRuleId[] = ['markClass', 'firstDayClass', 'contactGuardian'];

import type { Role, UnitKind } from '#domain/basics/roles.ts';

/** States of a duty: owed, done, or waived with a reason. */
export const dutyStates = ['open', 'settled', 'waived'] as const;
/** A state of a duty. */
export type DutyState = (typeof dutyStates)[number];

/** How a duty ended, as timeliness counts it: done in time, done late, or past due and open. */
export const dutyOutcomes = ['inTime', 'late', 'open'] as const;
/** An outcome of a duty. */
export type DutyOutcome = (typeof dutyOutcomes)[number];

/** What a figure counts of duties: an outcome, all that are due, or those open and not due yet. */
export type DutyFigure = DutyOutcome | 'due' | 'ahead';

/** What a duty is about. */
export type DutySubject =
  'class' | 'child' | 'case' | 'leave' | 'document' | 'change' | 'report' | 'inspection' | 'finding';

/** The rules whose duties the platform opens by itself. */
export const dutyRuleIds = [
  'markClass',
  'firstDayClass',
  'firstDaySign',
  'contactGuardian',
  'reportSuspected',
  'visitSuspected',
  'confirmSuspected',
  'persuade',
  'caseStep',
  'checkCase',
  'followUp',
  'verifyLeave',
  'noticeEnds',
  'referralAnswer',
  'urgentCase',
  'changeStep',
  'suspensionEnding',
  'noShow',
  'homeLessons',
  'reportDue',
  'mendFindings',
  'acceptReports',
  'rollDue',
  'verifyNotEnrolled',
  'verifyCatchment',
  'verifyAbsent',
  'verifyFinding',
] as const;
/** A rule by its id. */
export type DutyRuleId = (typeof dutyRuleIds)[number];

/** How a deadline is reckoned from its start; `keepsDay` does not move off a holiday. */
export type DueRule =
  | { unit: 'minutes' | 'hours'; amount: number }
  | { unit: 'sameDay' }
  | { unit: 'calendar' | 'school' | 'working'; amount: number; keepsDay?: boolean }
  /** The day, or the moment, stands in the news itself. */
  | { unit: 'given' };

/** Who owes a duty: a role at a unit. */
export interface DutyOwner {
  role: Role;
  unitKind: UnitKind;
  unit: string;
}

/** Where a duty stands, to find its owners and its path. */
export interface DutyPlace {
  district: string;
  schoolId: string | null;
  classId: string | null;
  childId: string | null;
  caseId: string | null;
}

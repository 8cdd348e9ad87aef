import type { DateText } from '#domain/basics/calendar.ts';

/** The parts of a school day, in their order. */
export const dayParts = ['morning', 'afternoon'] as const;
/** A part of a school day. */
export type DayPart = (typeof dayParts)[number];

/** What a roll call says of a pupil who is not simply present; `late` counts as present. */
export const absenceKinds = ['unexcused', 'illness', 'personal', 'official', 'bereavement', 'other', 'late'] as const;
/** A kind of mark. */
export type AbsenceKind = (typeof absenceKinds)[number];

/** A mark as it is kept: `unknown` is a late entry that waits for consent. */
export type KeptKind = AbsenceKind | 'unknown';

/** A mark as it can be corrected to. */
export const correctedKinds = ['present', ...absenceKinds] as const;
/** A mark after a correction. */
export type CorrectedKind = (typeof correctedKinds)[number];

/** What the guardian of an absent pupil answered. */
export const answers = ['illness', 'personal', 'onTheWay', 'arrived', 'notReached', 'leftSchool'] as const;
/** An answer of a guardian. */
export type Answer = (typeof answers)[number];

/** Kinds of leave. */
export const leaveKinds = ['illness', 'personal', 'official', 'bereavement', 'other'] as const;
/** A kind of leave. */
export type LeaveKind = (typeof leaveKinds)[number];

/** Who asked for a leave. */
export const askers = ['guardian', 'pupil', 'school', 'marks'] as const;
/** Who asked; `marks` is a leave made of roll calls that went on too long. */
export type Asker = (typeof askers)[number];

/** Figures of a span that open into pupils: absent without reason, those of them of whom nobody has asked, on leave, and at the days of a suspected dropout. */
export const absenceFigures = ['unexcused', 'unanswered', 'leave', 'crossed'] as const;
/** A figure of a span. */
export type AbsenceFigure = (typeof absenceFigures)[number];

/** States of a leave. */
export const leaveStates = ['requested', 'approved', 'refused', 'ended', 'verified'] as const;
/** A state of a leave. */
export type LeaveState = (typeof leaveStates)[number];

/** Why a leave must be verified. */
export const verifyReasons = ['pastEnd', 'illnessWithoutPaper', 'personalTooLong'] as const;
/** A reason for verifying a leave. */
export type VerifyReason = (typeof verifyReasons)[number];

/** What verifying a leave found. */
export const verifyOutcomes = ['returned', 'prolonged', 'paperShown', 'suspension', 'notReturned'] as const;
/** An outcome of verifying. */
export type VerifyOutcome = (typeof verifyOutcomes)[number];

/** States of a correction. */
export const correctionStates = ['done', 'waiting', 'consented', 'refused'] as const;
/** A state of a correction. */
export type CorrectionState = (typeof correctionStates)[number];

/** Why a pupil is not at school on the first school day of a term: leaves, what is under way, and what a guardian answered. */
export const firstDayReasons = [
  'illness',
  'personal',
  'official',
  'bereavement',
  'onTheWay',
  'transfer',
  'suspension',
  'leftSchool',
  'notReached',
  'other',
] as const;
/** A reason of the first day. */
export type FirstDayReason = (typeof firstDayReasons)[number];

/** What the roll call of the first day says of a pupil; `unmarked` while his class is not called. */
export const firstDayMarks = ['present', 'absent', 'unmarked'] as const;
/** What it says. */
export type FirstDayMark = (typeof firstDayMarks)[number];

/** Whether a school's list of the first day is signed. */
export const firstDayStates = ['missing', 'signed'] as const;
/** A state of a school's list. */
export type FirstDayState = (typeof firstDayStates)[number];

/** One marked half-day (or whole day, weight 1) of a pupil; `kind` null is present. Days without a mark have no entry. */
export interface Mark {
  day: DateText;
  part: DayPart;
  /** School days it stands for: 1 when the class is marked once a day, 0.5 for a half-day. */
  weight: number;
  kind: KeptKind | null;
}

/** A mark by its child. */
export interface ChildMark extends Mark {
  childId: string;
}

/** The thresholds of a suspected dropout in school days of a term (product, section 5). */
export interface Thresholds {
  consecutive: number;
  cumulative: number;
}

/** A crossing of a threshold: the day on which it happened, and the days over which it holds. */
export interface Crossing {
  by: 'consecutive' | 'cumulative';
  day: DateText;
  from: DateText;
  to: DateText | null;
}

/** How a pupil stands in a term: the run of unexcused absence at the last mark, the sum, and the crossings. */
export interface Standing {
  consecutive: number;
  cumulative: number;
  /** First day of the present run, null when there is none. */
  since: DateText | null;
  /** Last day of unexcused absence in the term. */
  lastAbsent: DateText | null;
  crossings: Crossing[];
}

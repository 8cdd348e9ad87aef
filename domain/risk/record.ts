import type { DateText } from '#domain/basics/calendar.ts';

/** Kinds of sign, in the order in which a child's page shows them. */
export const signKinds = [
  'absence',
  'scoreFall',
  'recentReturn',
  'earlierDropout',
  'siblingOut',
  'keyGroup',
  'addressMoves',
] as const;
/** A kind of sign. */
export type SignKind = (typeof signKinds)[number];

/** States of a sign. */
export const signStates = ['open', 'dismissed', 'gone'] as const;
/** A state of a sign. */
export type SignState = (typeof signStates)[number];

/** How much a child's signs call for, the most first. */
export const riskLevels = ['urgent', 'concern', 'watch'] as const;
/** A level. */
export type RiskLevel = (typeof riskLevels)[number];

/** A sign as computed: why it stands in words, and a print of the facts by which a dismissal holds. */
export interface Sign {
  kind: SignKind;
  /** 1 asks for nothing by itself, 2 should be looked at, 3 at once; never shown. */
  strength: 1 | 2 | 3;
  words: string;
  facts: string;
  /** What only those read who may see what the sign rests on. */
  reason?: string;
}

/** What records say of a child beside absence. */
export interface RiskFacts {
  /** Groups of D§2.5 from register, roster and open lists; health lists stay closed. */
  groups: readonly string[];
  /** Communities in which the register knew the child in the last two years. */
  communities: number;
  /** Children of the household who are out of school, by id; whoever sees this child need not see them. */
  siblingsOut: readonly string[];
  /** From the steps of cases; null without a case. */
  history: { confirmed: boolean; open: boolean; firstOpened: DateText; returned: DateText | null } | null;
}

/** What a sign of absence rests on, in school days of the term. */
export interface AbsenceFacts {
  consecutive: number;
  cumulative: number;
  lastAbsent: DateText | null;
  /** At or over a threshold of a suspected dropout. */
  over: boolean;
}

import { z } from 'zod';

/** The kinds of finding that are handed to somebody, in the order of the screens (product, section 2). */
export const comparisonKinds = [
  'notEnrolled',
  'onRollAbsent',
  'doubleEnrolled',
  'notInRegister',
  'identityReview',
  'registerDuplicate',
  'enrolledElsewhere',
  'deferred',
  'notSchoolAge',
] as const;
/** A kind of finding. */
export type ComparisonKind = (typeof comparisonKinds)[number];

/** The states of a finding: `accepted` and `settled` are closed. */
export const findingStates = ['open', 'verifying', 'explained', 'accepted', 'settled'] as const;
/** A state of a finding. */
export type FindingState = (typeof findingStates)[number];

/** Who may own a finding. */
export const ownerKinds = ['community', 'subdistrict', 'school', 'district'] as const;
/** A kind of owner. */
export type OwnerKind = (typeof ownerKinds)[number];

/** The unit that owes an answer; a place by its code, a school by its id, the district by its code. */
export interface Owner {
  kind: OwnerKind;
  unit: string;
}

/** What a finding shows beside the child; holds no full number. `print` says which facts made it, so that a change of them is seen. */
export const FindingDetail = z.object({
  print: z.string(),
  words: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  placeName: z.string().optional(),
});
/** What a finding shows beside the child. */
export type FindingDetail = z.infer<typeof FindingDetail>;

/** Proofs that take a child off the list of those who owe a local school, as they stand in the records. */
export const standingKinds = [
  'elsewhere',
  'deferred',
  'unable',
  'abroad',
  'deceased',
  'movedAway',
  'graduated',
] as const;
/** A proof of why a child is rightly not on a local roster. */
export type StandingKind = (typeof standingKinds)[number];

/** What accepting an explanation does: closes the finding, records a standing, or leaves it open and asks again. */
export type CategoryEffect = 'settles' | 'staysOpen' | `standing:${StandingKind}`;

/** Kinds of registry change (学籍异动) of the compulsory stage (D§2.6, D§5.3). */
export const changeKinds = [
  'entry',
  'transferInside',
  'transferInProvince',
  'transferInOther',
  'transferOutProvince',
  'transferOutOther',
  'suspension',
  'renewal',
  'resumption',
  'deferral',
  'attending',
  'repeat',
  'skip',
  'classChange',
  'death',
  'emigration',
  'specialised',
  'inclusive',
  'homeTeaching',
  'placement',
] as const;
/** A kind of registry change. */
export type ChangeKind = (typeof changeKinds)[number];

/** Kinds that are asked for in practice and refused with the clause. */
export const unlawfulKinds = [
  'withdrawal',
  'expulsion',
  'stopping',
  'cancelling',
  'persuadedOut',
  'entryTest',
  'registryCondition',
] as const;
/** A kind that is refused. */
export type UnlawfulKind = (typeof unlawfulKinds)[number];

/** Where a change stands: for whom it waits, or how it ended. `late` is 去向未落实: arrival can still be confirmed. */
export const changeStates = [
  'school',
  'receiving',
  'sending',
  'bureau',
  'elsewhere',
  'arrival',
  'late',
  'done',
  'refused',
  'withdrawn',
  'corrected',
] as const;
/** A state of a change. */
export type ChangeState = (typeof changeStates)[number];

/** States in which a change is under way; a child has one such change at most. */
export const openChangeStates: readonly ChangeState[] = [
  'school',
  'receiving',
  'sending',
  'bureau',
  'elsewhere',
  'arrival',
  'late',
];

/** One piece of paper that a kind demands, by its code. */
export interface PaperDemand {
  code: string;
  label: string;
}

/** What a change is about, beside the child: each kind needs some of them. */
export const changeFields = ['toSchool', 'toClass', 'toGrade', 'endsOn', 'elsewhere', 'quota', 'place'] as const;
/** A field that a kind may need. */
export type ChangeField = (typeof changeFields)[number];

/** Kinds of attending place (就读地) beside the roll. */
export const attendingKinds = [
  'otherSchool',
  'specialSchool',
  'correctionSchool',
  'hospital',
  'home',
  'regularClass',
] as const;
/** A kind of attending place. */
export type AttendingKind = (typeof attendingKinds)[number];

/** A change as its rules and steps see it. */
export interface ChangeHead {
  kind: ChangeKind;
  state: ChangeState;
  district: string;
  /** The school on whose roll the child is (the sending school); null for a child on none. */
  schoolId: string | null;
  /** The receiving school. */
  toSchoolId: string | null;
  askedBy: string;
}

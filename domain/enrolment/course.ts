import { z } from 'zod';

/**
 * Where a child stands in schooling (学业轨迹). `transferring` is still on the sending school's roll and in its S1; `gone` left without
 * procedure or 去向未落实; `out` arrived elsewhere; `leaver` left grade 6 and has no confirmed junior place. States outside school keep the
 * school, class and grade that the child left, so that a figure of that school finds him.
 */
export const courseStates = [
  'inSchool',
  'transferring',
  'suspended',
  'dropout',
  'gone',
  'out',
  'dead',
  'abroad',
  'graduated',
  'leaver',
] as const;
/** A state of a course. */
export type CourseState = (typeof courseStates)[number];

/** Why a spell began; closed, and each maps to one component (product, section 6). */
export const courseCauses = [
  'listed',
  'entry',
  'transferIn',
  'resumed',
  'returned',
  'classChange',
  'repeat',
  'skip',
  'promotion',
  'placement',
  'transferAsked',
  'transferWithdrawn',
  'transferArrived',
  'notArrived',
  'suspension',
  'dropout',
  'leftWithout',
  'noShow',
  'leaving',
  'death',
  'emigration',
  'graduation',
  'correction',
] as const;
/** A cause of a spell. */
export type CourseCause = (typeof courseCauses)[number];

/** Causes by which a child comes to a school, and what is owed about him with him. */
export const arrivingCauses: readonly CourseCause[] = ['entry', 'transferIn', 'placement'];

/** One spell of a course: from `fromDate` (inclusive) until before `toDate` (null: still so). */
export const CourseSpell = z.object({
  id: z.uuid(),
  childId: z.uuid(),
  fromDate: z.iso.date(),
  toDate: z.iso.date().nullable(),
  state: z.enum(courseStates),
  schoolId: z.uuid(),
  classId: z.uuid().nullable(),
  /** 0 where the roster names none. */
  grade: z.int().min(0).max(12),
  cause: z.enum(courseCauses),
  changeId: z.uuid().nullable(),
  caseId: z.uuid().nullable(),
  note: z.string().nullable(),
});
/** One spell of a course. */
export type CourseSpell = z.infer<typeof CourseSpell>;

/** States that stand in S0 and S1: a transfer under way stays with the sending school until the receiving one confirms. */
export const inSchoolStates: readonly CourseState[] = ['inSchool', 'transferring'];

/** States in which the school of the spell still has the child on its roll. */
export const onRollStates: readonly CourseState[] = ['inSchool', 'transferring', 'suspended', 'dropout', 'gone'];
const offRoll: readonly CourseState[] = ['out', 'abroad', 'leaver'];
const living: readonly CourseState[] = [...onRollStates, ...offRoll];
const every: readonly (CourseState | null)[] = [null, ...courseStates];

/** From which states a cause may lead where; null stands for a child without a course. */
export const causeRules: Record<CourseCause, { from: readonly (CourseState | null)[]; to: readonly CourseState[] }> = {
  listed: { from: [null], to: ['inSchool'] },
  entry: { from: [null, 'leaver'], to: ['inSchool'] },
  transferIn: { from: [null, 'inSchool', 'transferring', 'gone', 'dropout', 'out', 'abroad'], to: ['inSchool'] },
  resumed: { from: ['suspended'], to: ['inSchool'] },
  returned: { from: ['dropout', 'gone', 'suspended', 'leaver'], to: ['inSchool'] },
  classChange: { from: onRollStates, to: onRollStates },
  repeat: { from: onRollStates, to: onRollStates },
  skip: { from: onRollStates, to: onRollStates },
  promotion: { from: onRollStates, to: onRollStates },
  placement: { from: ['leaver', 'gone', 'inSchool'], to: ['inSchool'] },
  transferAsked: { from: ['inSchool'], to: ['transferring'] },
  transferWithdrawn: { from: ['transferring', 'gone'], to: ['inSchool'] },
  transferArrived: { from: ['inSchool', 'transferring', 'gone', 'dropout', 'leaver'], to: ['out'] },
  notArrived: { from: ['transferring'], to: ['gone'] },
  suspension: { from: ['inSchool', 'dropout', 'gone'], to: ['suspended'] },
  dropout: { from: [null, 'inSchool', 'transferring', 'suspended', 'gone', 'leaver'], to: ['dropout'] },
  leftWithout: { from: ['inSchool', 'transferring', 'suspended', 'dropout'], to: ['gone'] },
  noShow: { from: ['leaver'], to: ['gone'] },
  leaving: { from: ['inSchool'], to: ['leaver'] },
  death: { from: living, to: ['dead'] },
  emigration: { from: living, to: ['abroad'] },
  graduation: { from: ['inSchool', 'suspended', 'dropout', 'gone'], to: ['graduated'] },
  correction: { from: every, to: courseStates },
};

/** Whether a spell of this state and cause may follow a state (null: no course yet). */
export function mayFollow(from: CourseState | null, to: CourseState, cause: CourseCause): boolean {
  const rule = causeRules[cause];
  return rule.from.includes(from) && rule.to.includes(to);
}

/** The components of product, section 6, beside S0 and S1. */
export const components = [
  'New',
  'In',
  'Back',
  'MoveIn',
  'Out',
  'Susp',
  'Dead',
  'Abroad',
  'Grad',
  'Gone',
  'Drop',
  'MoveOut',
] as const;
/** A component of the identity S1 = S0 + New + In + Back + MoveIn − Out − Susp − Dead − Abroad − Grad − Gone − Drop − MoveOut. */
export type Component = (typeof components)[number];

/** +1 for components that add to S1, −1 for those that take from it. */
export const componentSigns: Record<Component, 1 | -1> = {
  New: 1,
  In: 1,
  Back: 1,
  MoveIn: 1,
  Out: -1,
  Susp: -1,
  Dead: -1,
  Abroad: -1,
  Grad: -1,
  Gone: -1,
  Drop: -1,
  MoveOut: -1,
};

/** Causes that move a child inside the scope's larger unit: MoveIn and MoveOut; by any other he changes schools as Out and In. */
export const movingCauses: readonly CourseCause[] = [
  'classChange',
  'repeat',
  'skip',
  'promotion',
  'placement',
  'leaving',
  'correction',
];

/** What a child who comes into a scope from a lawful exit counts as, by the cause of the spell that brings him (domain/statistics/components.ts). */
export const entryComponents: Record<CourseCause, Component> = {
  listed: 'New',
  entry: 'New',
  transferIn: 'In',
  resumed: 'Back',
  returned: 'Back',
  classChange: 'MoveIn',
  repeat: 'MoveIn',
  skip: 'MoveIn',
  promotion: 'MoveIn',
  placement: 'MoveIn',
  transferAsked: 'Back',
  transferWithdrawn: 'Back',
  transferArrived: 'Back',
  notArrived: 'Back',
  suspension: 'Back',
  dropout: 'Back',
  leftWithout: 'Back',
  noShow: 'Back',
  leaving: 'Back',
  death: 'Back',
  emigration: 'Back',
  graduation: 'Back',
  correction: 'Back',
};

/** What a child who leaves a scope counts as, by the state in which he then is (a child in school elsewhere: by `movingCauses`). */
export const exitComponents: Record<Exclude<CourseState, 'inSchool' | 'transferring'>, Component> = {
  suspended: 'Susp',
  dropout: 'Drop',
  gone: 'Gone',
  out: 'Out',
  dead: 'Dead',
  abroad: 'Abroad',
  graduated: 'Grad',
  leaver: 'MoveOut',
};

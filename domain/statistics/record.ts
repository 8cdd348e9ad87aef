import { z } from 'zod';
import type { DateText } from '#domain/basics/calendar.ts';
import { components, type CourseSpell } from '#domain/enrolment/course.ts';

/** The periods for which figures are made: 周, 月, 季, 学期, 学年. */
export const periodKinds = ['week', 'month', 'quarter', 'term', 'year'] as const;
/** A kind of period. */
export type PeriodKind = (typeof periodKinds)[number];

/**
 * A span of days, both included. Its opening stock S0 is that of the close of the day before, so that S0 of a period is S1 of the one
 * before it and a movement of the first day belongs to this period.
 */
export interface Period {
  kind: PeriodKind;
  from: DateText;
  to: DateText;
}

/**
 * What a figure is made of. `grade` is one grade of the whole district, `schoolGrade` of one school; `street` counts pupils who live
 * there by the register at the period's end; `schoolLevel` and `streetLevel` are one level of them; `cohort` is one intake of one school.
 */
export const scopeKinds = [
  'class',
  'schoolGrade',
  'schoolLevel',
  'school',
  'grade',
  'level',
  'streetLevel',
  'street',
  'district',
  'cohort',
] as const;
/** A kind of scope. */
export type ScopeKind = (typeof scopeKinds)[number];

/** One scope: its kind, and its key among those of the kind (see `keyOf`). */
export interface Scope {
  kind: ScopeKind;
  key: string;
}

/** The two levels of compulsory education. */
export const levels = ['primary', 'junior'] as const;
/** A level. */
export type Level = (typeof levels)[number];

/** The level of a grade 1–9. */
export function levelOf(grade: number): Level {
  return grade <= 6 ? 'primary' : 'junior';
}

/** What of a spell the figures read. */
export type Spell = Pick<CourseSpell, 'fromDate' | 'toDate' | 'state' | 'schoolId' | 'classId' | 'grade' | 'cause'>;

/** A child with his spells in the order of their days, as known at one moment, and the street where he lives. */
export interface Pupil {
  childId: string;
  street: string | null;
  spells: readonly Spell[];
}

/** The stock at both ends and the components of the identity. */
export const identityParts = ['S0', ...components, 'S1'] as const;
/** A part of the identity. */
export type IdentityPart = (typeof identityParts)[number];

/**
 * What stands beside the identity and is not in it: stocks at the ends, and events shown apart. `Left6` is the part of MoveOut that left
 * grade 6; `DropBack` and `GoneBack` were out and back within the period.
 */
export const besideParts = [
  'OpenStart',
  'Open',
  'Transferring',
  'Suspended',
  'Leavers',
  'Confirmed',
  'Returned',
  'DropBack',
  'GoneBack',
  'Left6',
] as const;
/** A part beside the identity. */
export type BesidePart = (typeof besideParts)[number];

/** Parts that come from other records than the course: register and comparison, duties, coverage, grade pairs, attendance in pupil-days. */
export const otherParts = [
  'Owing',
  'Enrolled',
  'SuspendedOwing',
  'Elsewhere',
  'StatedElsewhere',
  'Exempt',
  'GradeSpring',
  'GradeAutumn',
  'DutiesDue',
  'DutiesInTime',
  'ToCover',
  'Covered',
  'DaysDue',
  'DaysUnknown',
  'DaysPresent',
] as const;
/** A part from other records. */
export type OtherPart = (typeof otherParts)[number];

/** Every part that a formula may name. */
export type Part = IdentityPart | BesidePart | OtherPart;
/** The parts of the course, each with its count; what is missing is 0. */
export type CoursePart = IdentityPart | BesidePart;
/** The counts of a scope and period. */
export type Tally = Record<CoursePart, number>;
/** The parts of the course in order. */
export const courseParts: readonly CoursePart[] = [...identityParts, ...besideParts];

/** Who is lost to a scope: each child is one of the two. */
export const lostParts: readonly CoursePart[] = ['Gone', 'Drop'];

/** A tally of nothing. */
export function emptyTally(): Tally {
  // as: every key is set to 0
  return Object.fromEntries(courseParts.map((part) => [part, 0])) as Tally;
}

/** The sum of tallies, part by part; null adds nothing. */
export function sumTallies(tallies: Iterable<Tally | null>): Tally {
  const sum = emptyTally();
  for (const one of tallies) if (one) for (const part of courseParts) sum[part] += one[part];
  return sum;
}

/** A count of the tally as it travels and is kept. */
export const TallyShape = z.record(z.enum([...identityParts, ...besideParts]), z.number().int().min(0));

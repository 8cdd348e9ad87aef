import * as fc from 'fast-check';
import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import { causeRules, courseCauses, type CourseCause, type CourseState } from '#domain/enrolment/course.ts';
import type { Pupil, Spell } from '#domain/statistics/record.ts';

/** A school of the random district with its street and classes by grade. */
export interface RandomSchool {
  id: string;
  grades: readonly number[];
}

/** Three schools: a primary, a junior, and one of nine grades; two classes to a grade. */
export const randomSchools: readonly RandomSchool[] = [
  { id: '00000000-0000-4000-8000-000000000001', grades: [1, 2, 3, 4, 5, 6] },
  { id: '00000000-0000-4000-8000-000000000002', grades: [7, 8, 9] },
  { id: '00000000-0000-4000-8000-000000000003', grades: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
];

/** The id of a class of the random district. */
export function classIdOf(school: string, grade: number, room: number): string {
  return `00000000-0000-4000-9000-${school.slice(-2)}${String(grade).padStart(2, '0')}${String(room).padStart(8, '0')}`;
}

/** One step of a random history: numbers that choose among what is lawful then. */
interface Step {
  days: number;
  pick: number;
  place: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  days: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 200 })),
  pick: fc.nat(9999),
  place: fc.nat(9999),
});

interface Where {
  schoolId: string;
  classId: string | null;
  grade: number;
}

function place(from: Where | null, cause: CourseCause, number: number): Where {
  const anywhere = (): Where => {
    const school = randomSchools[number % randomSchools.length] ?? { id: '', grades: [1] };
    const grade = school.grades[Math.floor(number / 3) % school.grades.length] ?? 1;
    return { schoolId: school.id, grade, classId: roomOf(school.id, grade, number) };
  };
  if (from === null) return anywhere();
  const own = randomSchools.find((one) => one.id === from.schoolId);
  const inGrade = (grade: number): Where => {
    const houses = randomSchools.filter((one) => one.grades.includes(grade));
    const school = own?.grades.includes(grade) === true ? own : houses[number % Math.max(1, houses.length)];
    const schoolId = school?.id ?? from.schoolId;
    return { schoolId, grade, classId: roomOf(schoolId, grade, number) };
  };
  switch (cause) {
    case 'classChange':
      return { ...from, classId: roomOf(from.schoolId, from.grade, number) };
    case 'repeat':
      return inGrade(Math.max(1, from.grade - (number % 2)));
    case 'promotion':
    case 'skip':
      return inGrade(Math.min(10, from.grade + 1 + (cause === 'skip' ? 1 : 0)));
    case 'placement':
      return { ...inGrade(7) };
    case 'transferIn':
    case 'correction':
    case 'entry':
      return anywhere();
    case 'returned':
    case 'resumed':
      return number % 3 === 0 ? inGrade(from.grade) : number % 3 === 1 ? anywhere() : from;
    default:
      return from;
  }
}

function roomOf(school: string, grade: number, number: number): string | null {
  return number % 11 === 0 ? null : classIdOf(school, grade, 1 + (number % 2));
}

function spellsFrom(start: DateText, steps: readonly Step[]): Spell[] {
  const spells: Spell[] = [];
  let day = start;
  let state: CourseState | null = null;
  let where: Where | null = null;
  for (const { days, pick, place: number } of steps) {
    // corrections may lead from anywhere to anywhere: one in ten
    const lawful = courseCauses.filter(
      (cause) => (cause !== 'correction' || pick % 10 === 0) && causeRules[cause].from.includes(state),
    );
    const cause = lawful[pick % lawful.length];
    if (cause === undefined) break;
    const to: readonly CourseState[] = causeRules[cause].to;
    const next: CourseState | undefined = cause === 'promotion' && state !== null ? state : to[number % to.length];
    if (next === undefined) break;
    where = place(where, cause, number);
    if (spells.length > 0) day = addCalendarDays(day, days);
    spells.push({ ...where, fromDate: day, toDate: null, state: next, cause });
    state = next;
  }
  return spells.map((spell, index) => ({ ...spell, toDate: spells[index + 1]?.fromDate ?? null }));
}

/** A random lawful history of one child. */
export const history: fc.Arbitrary<Spell[]> = fc
  .tuple(fc.integer({ min: -500, max: 60 }), fc.array(step, { minLength: 1, maxLength: 9 }))
  .map(([start, steps]) => spellsFrom(addCalendarDays('2026-09-01', start), steps));

/** The same child as known at several moments: a later version corrects the earlier from some day on, or adds what came late. */
export const versions: fc.Arbitrary<Spell[][]> = fc
  .tuple(history, fc.array(fc.tuple(fc.nat(8), fc.integer({ min: -20, max: 40 }), history), { maxLength: 3 }))
  .map(([first, later]) => {
    const known = [first];
    for (const [keep, shift, other] of later) known.push(corrected(known.at(-1) ?? [], keep, shift, other));
    return known;
  });

/** Keeps the first spells, ends the last of them earlier or later, and goes on with what another history says from then on. */
function corrected(spells: readonly Spell[], keep: number, shift: number, other: readonly Spell[]): Spell[] {
  const kept = spells.slice(0, keep);
  const last = kept.at(-1);
  if (last === undefined) return [...other];
  const wanted = addCalendarDays(last.toDate ?? '2026-11-20', shift);
  const day = wanted > last.fromDate ? wanted : addCalendarDays(last.fromDate, 1);
  const rest = other.filter((spell) => spell.fromDate > day);
  const end = rest[0]?.fromDate ?? null;
  return [...kept.slice(0, -1), { ...last, toDate: end }, ...rest];
}

/** Random pupils, each with the versions of his history. */
export const pupils: fc.Arbitrary<{ childId: string; street: string | null; versions: Spell[][] }[]> = fc
  .array(fc.tuple(fc.constantFrom(null, '420102001', '420102002'), versions), { minLength: 1, maxLength: 12 })
  .map((made) =>
    made.map(([street, known], index) => ({
      childId: `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`,
      street,
      versions: known,
    })),
  );

/** A pupil as known at the nth moment. */
export function knownAt(pupil: { childId: string; street: string | null; versions: Spell[][] }, moment: number): Pupil {
  const spells = pupil.versions[Math.min(moment, pupil.versions.length - 1)] ?? [];
  return { childId: pupil.childId, street: pupil.street, spells };
}

import type { DateText } from './calendar.ts';

/** Ages within which a child owes compulsory education: from `from` full years to fewer than `below` (义务教育法 5, 11). */
export interface OwingAges {
  from: number;
  below: number;
}

/** The ages of the law as the bureau sets them by default: 6 to 15 full years. */
export const defaultAges: OwingAges = { from: 6, below: 16 };

/** The year in which the school year of a day began: a school year runs from 1 September to 31 August. */
export function schoolYearOf(asOf: DateText): number {
  const year = Number(asOf.slice(0, 4));
  return asOf.slice(5) >= '09-01' ? year : year - 1;
}

/** The 1 September with which the school year of a day began. */
export function schoolYearStart(asOf: DateText): DateText {
  return `${String(schoolYearOf(asOf)).padStart(4, '0')}-09-01`;
}

/** The 31 August that opens the school year of a day: ages are counted on it, in autumn and in spring alike. */
export function openingDay(asOf: DateText): DateText {
  return `${String(schoolYearOf(asOf)).padStart(4, '0')}-08-31`;
}

/** Words of a school year: `2026—2027学年`. */
export function schoolYearWords(year: number): string {
  return `${String(year)}—${String(year + 1)}学年`;
}

/** Full years lived on a day; a child born on 29 February completes the year on 1 March of common years. */
export function completedYears(birth: DateText, on: DateText): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) >= birth.slice(5) ? years : years - 1;
}

/** Whether a child of this birth date owes by age in the school year of a day (product, section 6: who owes). */
export function owes(birth: DateText, asOf: DateText, ages: OwingAges = defaultAges): boolean {
  const years = completedYears(birth, openingDay(asOf));
  return years >= ages.from && years < ages.below;
}

/** The first and last birth date of children who owe in the school year of a day (product, section 6), the two days included. */
export function owingBirths(asOf: DateText, ages: OwingAges): { first: DateText; last: DateText } {
  const opening = schoolYearOf(asOf);
  return { first: `${String(opening - ages.below)}-09-01`, last: `${String(opening - ages.from)}-08-31` };
}

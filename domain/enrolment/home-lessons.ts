/** A month of home teaching (YYYY-MM): its quota and the lessons held. */
interface LessonMonth {
  month: string;
  quota: number;
  held: number;
}

/** The first day of the month after one. */
export function nextMonth(month: string): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  return number === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(number + 1).padStart(2, '0')}`;
}

/** How many school days a month needs for its quota to be owed; holidays and months begun or ended in the midst owe nothing. */
const owingSchoolDays = 10;

/**
 * The months that are over and owe their quota: whole months of the place, with enough school days. `today` and the end are the day after
 * the last one of the place.
 */
export function owingMonths(
  place: { fromDate: string; toDate: string | null },
  today: string,
  schoolDaysIn: (month: string) => number,
): string[] {
  const months: string[] = [];
  const first = place.fromDate.slice(0, 7);
  const begin = place.fromDate.endsWith('-01') ? first : nextMonth(first);
  for (let month = begin; nextMonth(month) <= today.slice(0, 7); month = nextMonth(month)) {
    if (place.toDate !== null && place.toDate < `${nextMonth(month)}-01`) break;
    if (schoolDaysIn(month) >= owingSchoolDays) months.push(month);
  }
  return months;
}

/** What is owed after each month: what it left open, with what earlier months left; a surplus of one month is not saved for the next. */
export function lessonDebts(months: readonly LessonMonth[]): number[] {
  let debt = 0;
  return months.map(({ quota, held }) => {
    debt = Math.max(0, debt + quota - held);
    return debt;
  });
}

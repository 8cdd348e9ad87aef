/** A calendar date `YYYY-MM-DD`; dates compare as text. */
export type DateText = string;

/** Day number of a date, counted from 1970-01-01 (proleptic Gregorian, no clock and no zone). */
export function dayNumber(date: DateText): number {
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The date of a day number; the reverse of `dayNumber`. */
export function dateOfDayNumber(number: number): DateText {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days in a month of the Gregorian calendar; 0 when there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The date some calendar days later (negative: earlier). */
export function addCalendarDays(date: DateText, days: number): DateText {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The day of the week of a date: 0 is Monday, 6 Sunday. */
export function weekdayOf(date: DateText): number {
  return (((dayNumber(date) + 3) % 7) + 7) % 7;
}

/** The Sunday that ends the week of a date; a Sunday is its own. */
export function sundayOf(date: DateText): DateText {
  return addCalendarDays(date, 6 - weekdayOf(date));
}

/** Calendar days from one date to another (positive when `to` is later). */
export function daysBetween(from: DateText, to: DateText): number {
  return dayNumber(to) - dayNumber(from);
}

/** The date itself when it is a working day, else the next one; gives up after 60 days and returns the date itself. */
export function moveToWorkday(date: DateText, isWorkday: (date: DateText) => boolean): DateText {
  for (let i = 0; i <= 60; i++) {
    const candidate = addCalendarDays(date, i);
    if (isWorkday(candidate)) return candidate;
  }
  return date;
}

/** The nth counted day after the start (school days or working days, as the function says); the start does not count. */
export function addCountedDays(start: DateText, days: number, counts: (date: DateText) => boolean): DateText {
  let date = start;
  let left = days;
  for (let tries = 0; left > 0 && tries < 800; tries++) {
    date = addCalendarDays(date, 1);
    if (counts(date)) left--;
  }
  return date;
}

/** A deadline of the catalogue: a number of days of a kind; `keepsDay` for duties that do not move on holidays. */
export interface Deadline {
  days: number;
  unit: 'calendar' | 'working' | 'school';
  keepsDay?: boolean;
}

/**
 * The due date of a duty (product, section 5). Calendar deadlines that end on a public holiday or weekend move to the
 * next working day, except same-day duties and those marked `keepsDay` (urgent, visits to suspected dropouts).
 */
export function dueDate(
  start: DateText,
  deadline: Deadline,
  calendar: { isWorkday: (date: DateText) => boolean; isSchoolDay?: (date: DateText) => boolean },
): DateText {
  if (deadline.unit === 'working') return addCountedDays(start, deadline.days, calendar.isWorkday);
  if (deadline.unit === 'school')
    return addCountedDays(start, deadline.days, calendar.isSchoolDay ?? calendar.isWorkday);
  const due = addCalendarDays(start, deadline.days);
  return deadline.days === 0 || deadline.keepsDay === true ? due : moveToWorkday(due, calendar.isWorkday);
}

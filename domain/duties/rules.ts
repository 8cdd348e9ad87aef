import { addCalendarDays, dueDate, type DateText } from '#domain/basics/calendar.ts';
import { roleUnit, type HeldPost, type Role } from '#domain/basics/roles.ts';
import type { DueRule, DutyOwner, DutyPlace } from './record.ts';

const hour = 3_600_000;
const china = 8 * hour;

/** The calendar day in China of a moment (ISO 8601). */
export function chinaDayOf(moment: string): DateText {
  return new Date(Date.parse(moment) + china).toISOString().slice(0, 10);
}

/** The hour of day in China of a moment, 0–23. */
export function chinaHourOf(moment: string): number {
  return new Date(Date.parse(moment) + china).getUTCHours();
}

/** The last moment of a day in China (24:00), ISO 8601. */
export function endOfDay(day: DateText): string {
  return new Date(Date.parse(`${addCalendarDays(day, 1)}T00:00:00+08:00`) - 1).toISOString();
}

/** What a deadline asks of the calendars. */
export interface DutyCalendar {
  isWorkday: (day: DateText) => boolean;
  isSchoolDay: (day: DateText) => boolean;
}

/**
 * The moment until which a duty is owed, ISO 8601 (product, section 5): minutes from the start, or the end of a day in China.
 * A calendar deadline that ends on a holiday moves to the next working day, except same day and rules that keep their day.
 * Null where the day stands in the news and none was given.
 */
export function dueMoment(start: string, due: DueRule, calendar: DutyCalendar, given: DateText | null): string | null {
  switch (due.unit) {
    case 'minutes':
      return new Date(Date.parse(start) + due.amount * 60_000).toISOString();
    case 'hours':
      return new Date(Date.parse(start) + due.amount * hour).toISOString();
    case 'sameDay':
      return endOfDay(chinaDayOf(start));
    case 'given':
      return given === null ? null : endOfDay(given);
    case 'calendar':
    case 'school':
    case 'working':
      return endOfDay(
        dueDate(chinaDayOf(start), { days: due.amount, unit: due.unit, keepsDay: due.keepsDay === true }, calendar),
      );
  }
}

/** Whether an hour of the day lies in the quiet hours; they may span midnight, and are none when both are the same. */
export function isQuiet(hourOfDay: number, quiet: { from: number; to: number }): boolean {
  if (quiet.from === quiet.to) return false;
  return quiet.from < quiet.to
    ? hourOfDay >= quiet.from && hourOfDay < quiet.to
    : hourOfDay >= quiet.from || hourOfDay < quiet.to;
}

/** The unit at which a role holds a duty of a place; null when the place has none. */
export function unitFor(role: Role, place: DutyPlace): string | null {
  switch (roleUnit[role]) {
    case 'district':
      return place.district;
    case 'school':
      return place.schoolId;
    case 'class':
      return place.classId;
    case 'subdistrict':
    case 'community':
      return null;
  }
}

/**
 * The levels of a duty at a place, owner first: roles without a unit there are passed over, so that a pupil without a class falls to the
 * school, and a child without a school to the bureau. A given owner (of a case) comes first, with the levels above him.
 */
export function levelsFor(
  ladder: readonly Role[],
  place: DutyPlace,
  given: DutyOwner | null,
): { ladder: Role[]; owner: DutyOwner } {
  const bureau: DutyOwner = { role: 'bureauOfficer', unitKind: 'district', unit: place.district };
  const held = ladder.filter((role) => unitFor(role, place) !== null);
  if (given) {
    const above = held.slice(held.indexOf(given.role) + 1);
    const levels = [given.role, ...above.filter((role) => role !== given.role)];
    if (given.unitKind !== 'district' && !levels.includes('bureauOfficer')) levels.push('bureauOfficer');
    return { ladder: levels, owner: given };
  }
  const first = held[0];
  if (first === undefined) return { ladder: ['bureauOfficer', 'bureauLeader'], owner: bureau };
  return { ladder: held, owner: { role: first, unitKind: roleUnit[first], unit: unitFor(first, place) ?? '' } };
}

/** A duty as rights look at it. */
export interface HeldDuty {
  ladder: readonly Role[];
  ownerRole: Role;
  ownerStaff: string | null;
  place: DutyPlace;
}

/** Whether a person may waive a duty: from a level above its owner at its place (the bureau always), never the owner himself. */
export function mayWaive(duty: HeldDuty, posts: readonly HeldPost[], staffId: string | null): boolean {
  if (duty.ownerStaff !== null && duty.ownerStaff === staffId) return false;
  const above = [...duty.ladder.slice(1), 'bureauOfficer', 'bureauLeader'];
  return posts.some(
    (post) =>
      post.role !== duty.ownerRole && above.includes(post.role) && unitFor(post.role, duty.place) === post.unitId,
  );
}

/** Whether a person may hand a duty over: its owner's post, or a level above. */
export function mayHandOver(duty: HeldDuty, posts: readonly HeldPost[], staffId: string | null): boolean {
  if (mayWaive(duty, posts, staffId) || (duty.ownerStaff !== null && duty.ownerStaff === staffId)) return true;
  return posts.some((post) => post.role === duty.ownerRole && unitFor(post.role, duty.place) === post.unitId);
}

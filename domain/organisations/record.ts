import { z } from 'zod';

/** A term of a school year; both days belong to it. */
export const Term = z.object({ name: z.string().trim().min(1).max(20), from: z.iso.date(), to: z.iso.date() });
/** A term of a school year. */
export type Term = z.infer<typeof Term>;

/**
 * What the bureau changes about one day: `holiday` and `workday` hold for everybody (the state's arrangement, where the platform
 * does not know it yet), `noSchool` and `school` only for pupils.
 */
export const CalendarChange = z.object({
  day: z.iso.date(),
  kind: z.enum(['holiday', 'workday', 'noSchool', 'school']),
  words: z.string().trim().min(1).max(40),
});
/** What the bureau changes about one day. */
export type CalendarChange = z.infer<typeof CalendarChange>;

/** The bureau's calendar of a school year, value of the setting `calendar.<year>`. */
export const SchoolCalendar = z.object({
  terms: z.array(Term).min(1).max(4),
  changes: z.array(CalendarChange).max(400).default([]),
});
/** The bureau's calendar of a school year. */
export type SchoolCalendar = z.infer<typeof SchoolCalendar>;

/** What a day is for pupils: a day at school, a make-up day at school, or one of the reasons why not; `changed` was set by the bureau. */
export const schoolDayKinds = ['school', 'weekend', 'holiday', 'makeup', 'vacation', 'changed'] as const;
/** What a day is for pupils. */
export type SchoolDayKind = (typeof schoolDayKinds)[number];

/** What the state says of a day: whether it is worked, and the holiday it belongs to (also on make-up days). */
export interface StateDay {
  work: boolean;
  holiday: string | null;
}

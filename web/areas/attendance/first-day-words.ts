import { addressOf } from '#web/ui/address.ts';
import type { getFirstDayClass, getFirstDaySchool } from '#contract/attendance-first-day.ts';
import type { OutputOf } from '#contract/endpoint.ts';

/** The list of a class. */
export type ClassList = OutputOf<typeof getFirstDayClass>;
/** A pupil on it who was not at school. */
export type MissingPupil = ClassList['missing'][number];
/** The list of a school. */
export type SchoolList = OutputOf<typeof getFirstDaySchool>;
type Entry = NonNullable<MissingPupil['entry']>;

/** Areas whose answers change with an entry or a signature. */
export const firstDayRefreshes = ['attendance', 'duties', 'statistics'];

/** Reason and whereabouts, each with its free words. */
export function saidWords(entry: Entry): { reason: string; whereabouts: string } {
  const joined = (label: string, words: string) => (words === '' ? label : `${label}：${words}`);
  return {
    reason: joined(entry.reasonLabel, entry.reasonWords),
    whereabouts: joined(entry.whereaboutsLabel, entry.whereaboutsWords),
  };
}

/** The way to the pupils behind a number, of a school or of all. */
export function firstDayNames(
  day: string,
  of: { schoolId?: string; reason?: string; which?: 'absent' | 'open' },
): string {
  return addressOf('/attendance/first-day', { day, tab: 'pupils', ...of });
}

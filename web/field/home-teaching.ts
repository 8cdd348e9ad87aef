import { addHomeLesson } from '#contract/enrolment-changes.ts';
import { entriesOf, type ShownEntry } from './outbox-state.ts';

/** What the list of pupils taught at home is asked for. */
export const taughtAtHome = { kind: 'homeTeaching', state: 'done', size: 50 } as const;

/** A day of lessons that the platform has not confirmed. */
export interface WaitingLesson {
  id: string;
  day: string;
  lessons: number;
  refused: boolean;
}

/** The lessons of a pupil that still wait on this phone, newest first. */
export function waitingLessons(entries: readonly ShownEntry[], changeId: string): WaitingLesson[] {
  return entriesOf(entries, addHomeLesson.name, (input) => input['id'] === changeId)
    .filter(({ entry }) => entry.state !== 'confirmed')
    .map(({ entry, content }) => ({
      id: entry.id,
      day: String(content.input['day']),
      lessons: Number(content.input['lessons']),
      refused: entry.state === 'refused',
    }));
}

/** A month against its quota, in words. */
export function monthWords(month: { month: string; held: number; missing: number }, quota: number): string {
  const of = `${month.month}：已送 ${String(month.held)} 课时，应送 ${String(quota)} 课时`;
  return month.missing === 0 ? `${of}，达到` : `${of}，还差 ${String(month.missing)} 课时`;
}

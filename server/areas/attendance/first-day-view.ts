import type { OutputOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-first-day.ts';
import { firstDayMarkWords, firstDayReasonWords } from '#domain/attendance/words.ts';
import { isClassDone } from '#domain/attendance/first-day.ts';
import { whereaboutsWords } from '#domain/dropout/words.ts';
import { attendingKindWords } from '#domain/enrolment/change-words.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { ruled } from './first-day.ts';
import type { ElsewhereRow, FirstDayLine } from './store-first-day.ts';
import type { DoneRow, EntryRow } from './store-first-day-kept.ts';

/** A class as the list of its school shows it. */
export type ClassView = OutputOf<typeof contract.getFirstDaySchool>['classes'][number];
/** A pupil who was not there. */
export type MissingView = ClassView['missing'][number];
/** Numbers of a school. */
export type Counts = OutputOf<typeof contract.getFirstDaySchool>['counts'];
type Entry = NonNullable<MissingView['entry']>;

/** Where the free words of an entry are sealed. */
export function entryPlace(context: Context, id: string) {
  return { table: 'first_day_entry', column: 'sealed_words', district: context.district, id };
}

/** An entry with its words opened. */
export function entryView(context: Context, row: EntryRow): Entry {
  // as: sealed by saveFirstDay with this shape
  const words = openJson(context.keys, entryPlace(context, row.id), row.sealed_words) as Pick<Entry, 'reasonWords' | 'whereaboutsWords'>; // prettier-ignore
  return {
    reason: row.why,
    reasonLabel: firstDayReasonWords[row.why],
    reasonWords: words.reasonWords,
    whereabouts: row.whereabouts,
    whereaboutsLabel: whereaboutsWords[row.whereabouts],
    whereaboutsWords: words.whereaboutsWords,
    enteredName: row.entered_name,
    enteredAt: row.entered_at.toISOString(),
  };
}

/** The entry that stands on a line; null without one. */
function entryOf(context: Context, line: FirstDayLine): Entry | null {
  const { entry_id: id, why, whereabouts, sealed_words, entered_name, entered_at } = line;
  if (id === null || why === null || whereabouts === null || !sealed_words || entered_name === null || !entered_at)
    return null;
  return entryView(context, { id, child_id: line.child_id, why, whereabouts, sealed_words, entered_name, entered_at });
}

/** A pupil who was not there, as lists show him. */
export function missingView(context: Context, line: FirstDayLine): MissingView {
  const { mark } = ruled(line);
  return {
    childId: line.child_id,
    name: line.name,
    mark,
    markWords: firstDayMarkWords[mark],
    entry: entryOf(context, line),
  };
}

/** Who was not there, the unaccounted first. */
export function missingOf(lines: readonly FirstDayLine[]): FirstDayLine[] {
  const away = lines.filter((line) => ruled(line).mark !== 'present');
  return [...away.filter((line) => line.why === null), ...away.filter((line) => line.why !== null)];
}

/** Pupils of the roll who are not called here, with where they are. */
export function elsewhereView(rows: readonly ElsewhereRow[]): ClassView['elsewhere'] {
  return rows.map((row) => ({
    childId: row.child_id,
    name: row.name,
    words: row.suspended
      ? '休学中'
      : `就读地：${[isKind(row.place) ? attendingKindWords[row.place] : '', row.place_school].filter(Boolean).join(' ')}`,
  }));
}

function isKind(word: string | null): word is keyof typeof attendingKindWords {
  return word !== null && Object.hasOwn(attendingKindWords, word);
}

/** A class with its lines. */
export function classView(
  context: Context,
  head: { classId: string; className: string },
  lines: readonly FirstDayLine[],
  elsewhere: readonly ElsewhereRow[],
  kept: DoneRow | undefined,
): ClassView {
  const looked = lines.map(ruled);
  const done = isClassDone(looked);
  return {
    ...head,
    onRoll: lines.length,
    present: looked.filter((line) => line.mark === 'present').length,
    marked: lines.some((line) => line.here > 0),
    done,
    doneName: done ? (kept?.done_name ?? null) : null,
    doneAt: done ? (kept?.done_at.toISOString() ?? null) : null,
    missing: missingOf(lines).map((line) => missingView(context, line)),
    elsewhere: elsewhereView(elsewhere),
  };
}

/** The numbers of classes together. */
export function countsOf(classes: readonly ClassView[]): Counts {
  const sum = (of: (row: ClassView) => number) => classes.reduce((total, row) => total + of(row), 0);
  const entries = classes.flatMap((row) => row.missing.flatMap(({ entry }) => (entry ? [entry.reason] : [])));
  const byReason: Counts['byReason'] = {};
  for (const reason of entries) byReason[reason] = (byReason[reason] ?? 0) + 1;
  return {
    classes: classes.length,
    done: classes.filter((row) => row.done).length,
    onRoll: sum((row) => row.onRoll),
    present: sum((row) => row.present),
    absent: entries.length,
    open: sum((row) => row.missing.length) - entries.length,
    elsewhere: sum((row) => row.elsewhere.length),
    byReason,
  };
}

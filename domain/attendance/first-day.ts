import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import type { Whereabouts } from '#domain/dropout/record.ts';
import {
  firstDayReasons,
  type Answer,
  type FirstDayMark,
  type FirstDayReason,
  type KeptKind,
  type LeaveKind,
} from './record.ts';

/** A term of the bureau's calendar. */
export interface FirstDayTerm {
  name: string;
  from: DateText;
  to: DateText;
}

/** How far back the last term that has begun is looked for: over the longest holidays. */
const lookBack = 120;

/** The term of a day, or in the holidays the last that has begun; null before the first one of the calendar. */
export function termBegun(day: DateText, termOf: (day: DateText) => FirstDayTerm | null): FirstDayTerm | null {
  for (let back = 0; back <= lookBack; back++) {
    const term = termOf(addCalendarDays(day, -back));
    if (term) return term;
  }
  return null;
}

/** The first school day of a term; null where it has none. */
export function firstSchoolDay(term: FirstDayTerm, isSchoolDay: (day: DateText) => boolean): DateText | null {
  for (let day = term.from; day <= term.to; day = addCalendarDays(day, 1)) if (isSchoolDay(day)) return day;
  return null;
}

/** What the marked halves of the day say: whoever was there in one of them has come. */
export function firstDayMark(parts: { called: number; away: number }): FirstDayMark {
  if (parts.called === 0) return 'unmarked';
  return parts.away < parts.called ? 'present' : 'absent';
}

/** Whether a pupil is still to be accounted for: not seen at school, and no reason with whereabouts. */
export function isUnaccounted(line: { mark: FirstDayMark; reason: FirstDayReason | null }): boolean {
  return line.mark !== 'present' && line.reason === null;
}

/** Whether the list of a class is complete: it has pupils, and nobody is unaccounted for. */
export function isClassDone(lines: readonly { mark: FirstDayMark; reason: FirstDayReason | null }[]): boolean {
  return lines.length > 0 && !lines.some(isUnaccounted);
}

/** Whether what was entered of a pupil calls for the report of a suspected dropout: nobody knows where he is, or he is said to have left school. */
export function callsForReport(reason: FirstDayReason, whereabouts: Whereabouts): boolean {
  return reason === 'leftSchool' || reason === 'notReached' || whereabouts === 'unknown';
}

/** What is wrong with an entry, by its field; null when nothing is. */
export function entryFault(entry: {
  reason: FirstDayReason;
  reasonWords: string;
  whereabouts: Whereabouts;
}): { path: 'reasonWords'; words: string } | null {
  return entry.reason === 'other' && entry.reasonWords.trim().length < 2
    ? { path: 'reasonWords', words: '选“其他原因”的，请写明是什么原因。' }
    : null;
}

function isReason(word: string): word is FirstDayReason {
  return (firstDayReasons as readonly string[]).includes(word);
}

/** The reason that is known already and only to be confirmed: the guardian's answer, the leave, or the mark; null when none is. */
export function knownReason(known: {
  answer: Answer | null;
  leave: LeaveKind | null;
  kind: KeptKind | null;
}): FirstDayReason | null {
  const told = known.answer ?? known.leave ?? known.kind;
  return told !== null && told !== 'other' && isReason(told) ? told : null;
}

/** The whereabouts that go with a reason unless something else is entered; null where they must be asked. */
export function usualWhereabouts(reason: FirstDayReason | null): Whereabouts | null {
  if (reason === 'notReached') return 'unknown';
  return reason === 'illness' || reason === 'personal' || reason === 'bereavement' ? 'home' : null;
}

/** Why a principal may not sign the list as asked; null when he may. `open` are classes not done, `changed` whether it differs from the last signed one. */
export function signListFault(asked: {
  today: DateText;
  day: DateText;
  classes: number;
  open: number;
  version: number;
  changed: boolean;
  reason: string | null;
}): string | null {
  if (asked.today < asked.day) return `${asked.day} 起可以签。`;
  if (asked.classes === 0) return '本校这一天没有应到的班级，不需要签。';
  if (asked.version > 0 && !asked.changed) return '签后名单没有变化，不必重签。';
  const told = (asked.reason ?? '').trim().length >= 4;
  if (asked.open > 0 && !told) return `还有 ${String(asked.open)} 个班没有核对完，签名须写明原因（不少于 4 个字）。`;
  if (asked.version > 0 && !told) return '重签须写明原因（不少于 4 个字）。';
  return null;
}

/** A count by reason in words, the most first: `病假 3、联系不上 1`. */
export function byReasonWords(
  counts: Partial<Record<FirstDayReason, number>>,
  words: Readonly<Record<FirstDayReason, string>>,
): string {
  return firstDayReasons
    .map((reason) => ({ reason, count: counts[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${words[reason]} ${String(count)}`)
    .join('、');
}

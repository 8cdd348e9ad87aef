import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import {
  dayParts,
  type AbsenceKind,
  type Answer,
  type Crossing,
  type DayPart,
  type KeptKind,
  type LeaveKind,
  type Mark,
  type Standing,
  type Thresholds,
} from './record.ts';

/** Whether a mark says that the pupil was at school; a latecomer was. */
export function isPresent(kind: KeptKind | null): boolean {
  return kind === null || kind === 'late';
}

/** Marks in the order of days and parts. */
export function inOrder<M extends Mark>(marks: readonly M[]): M[] {
  return [...marks].sort((a, b) =>
    a.day === b.day ? dayParts.indexOf(a.part) - dayParts.indexOf(b.part) : a.day < b.day ? -1 : 1,
  );
}

/**
 * How a pupil stands after the marks of one term, in school days. Half-days without a mark are not among the marks: they neither
 * lengthen nor end a run. Presence and leave end it; a mark that waits for consent (`unknown`) is as if it were not there.
 */
export function standingOf(marks: readonly Mark[], thresholds: Thresholds): Standing {
  const standing: Standing = { consecutive: 0, cumulative: 0, since: null, lastAbsent: null, crossings: [] };
  let open: Crossing | null = null;
  for (const mark of inOrder(marks)) {
    if (mark.kind === 'unknown') continue;
    if (mark.kind !== 'unexcused') {
      standing.consecutive = 0;
      standing.since = null;
      open = null;
      continue;
    }
    standing.since ??= mark.day;
    standing.consecutive += mark.weight;
    const before = standing.cumulative;
    standing.cumulative += mark.weight;
    standing.lastAbsent = mark.day;
    if (open) open.to = mark.day;
    else if (standing.consecutive >= thresholds.consecutive) {
      open = { by: 'consecutive', day: mark.day, from: standing.since, to: mark.day };
      standing.crossings.push(open);
    }
    if (before < thresholds.cumulative && standing.cumulative >= thresholds.cumulative)
      standing.crossings.push({ by: 'cumulative', day: mark.day, from: mark.day, to: null });
  }
  return standing;
}

/** The day of the latest crossing, null without one. */
export function crossedDay(standing: Standing): DateText | null {
  return standing.crossings.reduce<DateText | null>(
    (latest, crossing) => (latest === null || crossing.day > latest ? crossing.day : latest),
    null,
  );
}

/** Whether a crossing told for a day still stands after a recount: its run may have moved, but has not gone; the sum holds for the term. */
export function stillCrossed(standing: Standing, day: DateText): boolean {
  return standing.crossings.some(
    (crossing) =>
      crossing.by === 'cumulative' || (crossing.from <= day && (crossing.to === null || day <= crossing.to)),
  );
}

/** The crossing to tell of after a recount, null when it was told (`told`) or has only moved within its run. */
export function newCrossing(standing: Standing, told: DateText | null): DateText | null {
  const now = crossedDay(standing);
  if (now === null || told === null) return now;
  if (now <= told) return null;
  return standing.crossings.some((crossing) => crossing.day === told) || !stillCrossed(standing, told) ? now : null;
}

/** What an answer makes of the mark; null leaves it as it is. A pupil on the way or arrived is late, not absent. */
export function markOfAnswer(answer: Answer): AbsenceKind | null {
  switch (answer) {
    case 'illness':
    case 'personal':
      return answer;
    case 'onTheWay':
    case 'arrived':
      return 'late';
    case 'notReached':
    case 'leftSchool':
      return null;
  }
}

/** Calendar days after the end of a substitution in which what was entered on a phone on its days may still go up. */
export const substituteGraceDays = 3;

/** Which act an answer leads to: a visit when nobody can be reached, the report when the guardian says the child has left school. */
export function nextOfAnswer(answer: Answer): 'visit' | 'report' | null {
  return answer === 'notReached' ? 'visit' : answer === 'leftSchool' ? 'report' : null;
}

/** The minutes of the day of a time `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The parts of a day that are to be marked. */
export function partsToMark(afternoon: boolean): readonly DayPart[] {
  return afternoon ? dayParts : ['morning'];
}

/** The school days for which a mark of a part stands. */
export function weightOf(afternoon: boolean): number {
  return afternoon ? 0.5 : 1;
}

/** What a day was for a pupil: present or absent only when every part to be marked says so; absent as soon as one part does. */
export type DayState = 'present' | 'absent' | 'unknown';

/** The state of each marked day. */
export function dayStates(marks: readonly Mark[]): Map<DateText, DayState> {
  const sums = new Map<DateText, { present: number; absent: boolean }>();
  for (const mark of marks) {
    const sum = sums.get(mark.day) ?? { present: 0, absent: false };
    if (isPresent(mark.kind)) sum.present += mark.weight;
    else if (mark.kind !== 'unknown') sum.absent = true;
    sums.set(mark.day, sum);
  }
  return new Map(
    [...sums].map(([day, sum]) => [day, sum.absent ? 'absent' : sum.present >= 1 ? 'present' : 'unknown'] as const),
  );
}

/** The run of present school days that ends on the last of the given days; unknown days neither end nor lengthen it. Null when that day is not present. */
export function presentRun(
  days: readonly DateText[],
  states: ReadonlyMap<DateText, DayState>,
): { from: DateText; days: number } | null {
  const sorted = [...days].sort();
  const last = sorted.at(-1);
  if (last === undefined || states.get(last) !== 'present') return null;
  let run = { from: last, days: 0 };
  for (const day of sorted.reverse()) {
    const state = states.get(day) ?? 'unknown';
    if (state === 'absent') break;
    if (state === 'present') run = { from: day, days: run.days + 1 };
  }
  return run;
}

/** School days from one day to another, both included. */
export function schoolDaysBetween(from: DateText, to: DateText, isSchoolDay: (day: DateText) => boolean): DateText[] {
  const days: DateText[] = [];
  for (let day = from; day <= to; day = addCalendarDays(day, 1)) if (isSchoolDay(day)) days.push(day);
  return days;
}

/** The day some school days before another (that day itself for 0). */
export function schoolDaysBefore(day: DateText, count: number, isSchoolDay: (day: DateText) => boolean): DateText {
  let at = day;
  for (let left = count, tries = 0; left > 0 && tries < 400; tries++) {
    at = addCalendarDays(at, -1);
    if (isSchoolDay(at)) left--;
  }
  return at;
}

/** Whether a leave of a kind over so many school days must have a paper when it is asked for or later. */
export function needsPaper(kind: LeaveKind, days: number, longest: number): boolean {
  return kind === 'illness' && days > longest;
}

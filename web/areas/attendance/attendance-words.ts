import type { AbsenceKind, CorrectionState, KeptKind, LeaveState } from '#domain/attendance/record.ts';
import { addressOf } from '#web/ui/address.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** Areas whose answers change with a mark. */
export const markRefreshes = ['attendance', 'enrolment', 'duties', 'statistics'];

/** How a mark reads beside its word. */
export const markLook: Record<KeptKind | 'present' | 'gap', StatusKind> = {
  present: 'ok',
  late: 'warn',
  unexcused: 'bad',
  illness: 'wait',
  personal: 'wait',
  official: 'wait',
  bereavement: 'wait',
  other: 'wait',
  unknown: 'quiet',
  gap: 'quiet',
};

/** How the state of a leave reads. */
export const leaveLook: Record<LeaveState, StatusKind> = {
  requested: 'wait',
  approved: 'ok',
  refused: 'bad',
  ended: 'quiet',
  verified: 'ok',
};

/** How the state of a correction reads. */
export const correctionLook: Record<CorrectionState, StatusKind> = {
  done: 'ok',
  waiting: 'wait',
  consented: 'ok',
  refused: 'bad',
};

/** The kinds of mark offered for a pupil who is not simply present, the commonest first. */
export const offeredKinds: readonly AbsenceKind[] = [
  'unexcused',
  'illness',
  'personal',
  'late',
  'official',
  'bereavement',
  'other',
];

/** School days, half-days as 0.5: `3`, `2.5`. */
export function schoolDays(days: number): string {
  return Number.isInteger(days) ? String(days) : days.toFixed(1);
}

/** What the guardian answered, in a line: `家长：病假`. */
export function guardianSaid(words: string): string {
  return words.startsWith('家长') ? words : `家长：${words}`;
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

/** The day of the week in words: `星期五`. */
export function weekdayWords(day: string): string {
  return `星期${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/** Where the roll call of a class on a half-day stands. */
export function halfDayPath(at: { classId: string; day: string; part: string }): string {
  return addressOf(`/rollcall/${at.classId}`, { day: at.day, part: at.part === 'afternoon' ? 'afternoon' : null });
}

/** The form of a suspension for the pupil of a leave that is to become one; the address names the child by id alone. */
export function suspensionPath(leave: { childId: string }): string {
  return `/changes/new?child=${leave.childId}&kind=suspension&why=leave`;
}

import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import type { Period, Tally } from './record.ts';

/** Attendance of a span in pupil-days, a half-day counting half. */
interface Attendance {
  /** On the roll at the calls: present, on leave, absent without reason, or not settled. */
  onRoll: number;
  present: number;
  leave: number;
  unexcused: number;
  /** Marked, but waiting for consent. */
  unsettled: number;
  /** Of school days on which the class was not called; null in forms from before it was kept. */
  uncalled: number | null;
}

/** The parts of the attendance rate (应到, 未知, 实到 in pupil-days): 应到 = 实到 + 请假 + 旷课 + 未知; what is unknown is neither present nor absent. */
export function attendanceParts(made: Attendance): Record<'DaysDue' | 'DaysUnknown' | 'DaysPresent', number> {
  const uncalled = made.uncalled ?? 0;
  return {
    DaysDue: made.onRoll + uncalled,
    DaysUnknown: made.unsettled + uncalled,
    DaysPresent: made.present,
  };
}

/** How a ledger of cases moved over a span, in children: start + entered − left = end. */
interface LedgerFlow {
  start: number;
  entered: number;
  left: number;
  end: number;
}

/** One line of a form: a grade of a school, or a school of the district, with everything its forms print. */
export interface FormRow {
  name: string;
  counts: Tally;
  attendance: Attendance;
  suspected: LedgerFlow;
  dropped: LedgerFlow;
  /** 劝返人次: rounds of persuasion recorded in the span. */
  persuasions: number;
  /** Children of the ledger 适龄儿童 on the last day; null where it is not kept by this line. */
  schoolAge: number | null;
}

/** What the forms of a school's report print: its grades in order, and the school as a whole. */
export interface FormRows {
  rows: FormRow[];
  total: FormRow;
}

/** Nothing marked. */
export function noAttendance(): Attendance {
  return { onRoll: 0, present: 0, leave: 0, unexcused: 0, unsettled: 0, uncalled: 0 };
}

/** The lines of forms as they were kept; what was not yet counted when they were signed is told as not known. */
export function keptRows(kept: FormRows): FormRows {
  const filled = (row: FormRow): FormRow => ({ ...row, attendance: { ...row.attendance, uncalled: row.attendance.uncalled ?? null } }); // prettier-ignore
  return { rows: kept.rows.map(filled), total: filled(kept.total) };
}

/** A spell of a child in a ledger: from its first day until before `to`, null while it lasts. */
export interface LedgerSpell {
  childId: string;
  from: DateText;
  to: DateText | null;
}

/** The children behind a ledger's movement: each counts once, at the start when he stood in it on the eve, at the end on the last day. */
export function ledgerChildren(
  spells: readonly LedgerSpell[],
  period: Pick<Period, 'from' | 'to'>,
): Record<keyof LedgerFlow, Set<string>> {
  const eve = addCalendarDays(period.from, -1);
  const on = (day: DateText) =>
    new Set(spells.filter((one) => one.from <= day && (one.to === null || one.to > day)).map((one) => one.childId));
  const [start, end] = [on(eve), on(period.to)];
  const there = spells.filter((one) => one.from <= period.to && (one.to === null || one.to > period.from));
  const entered = new Set(there.map((one) => one.childId).filter((child) => !start.has(child)));
  const left = new Set([...start, ...entered].filter((child) => !end.has(child)));
  return { start, entered, left, end };
}

/** How a ledger moved over a period, in children. */
export function ledgerFlow(spells: readonly LedgerSpell[], period: Pick<Period, 'from' | 'to'>): LedgerFlow {
  const { start, entered, left, end } = ledgerChildren(spells, period);
  return { start: start.size, entered: entered.size, left: left.size, end: end.size };
}

const addFlow = (a: LedgerFlow, b: LedgerFlow): LedgerFlow => ({
  start: a.start + b.start,
  entered: a.entered + b.entered,
  left: a.left + b.left,
  end: a.end + b.end,
});
const noFlow: LedgerFlow = { start: 0, entered: 0, left: 0, end: 0 };

/** The sum of lines, as 合计. */
export function sumOfRows(rows: readonly FormRow[], counts: FormRow['counts']): FormRow {
  const attendance = noAttendance();
  for (const row of rows)
    for (const key of ['onRoll', 'present', 'leave', 'unexcused', 'unsettled'] as const)
      attendance[key] += row.attendance[key];
  // one school that did not count it yet leaves the sum unknown
  attendance.uncalled = rows.some((row) => row.attendance.uncalled === null)
    ? null
    : rows.reduce((sum, row) => sum + (row.attendance.uncalled ?? 0), 0);
  const known = rows.filter((row) => row.schoolAge !== null);
  return {
    name: '合计',
    counts,
    attendance,
    suspected: rows.map((row) => row.suspected).reduce(addFlow, noFlow),
    dropped: rows.map((row) => row.dropped).reduce(addFlow, noFlow),
    persuasions: rows.reduce((sum, row) => sum + row.persuasions, 0),
    schoolAge: known.length === 0 ? null : known.reduce((sum, row) => sum + (row.schoolAge ?? 0), 0),
  };
}

import { addCalendarDays, type DateText } from '#domain/basics/calendar.ts';
import type { Period, Tally } from './record.ts';

/** Attendance of a span in pupil-days, a half-day counting half: on the roll at the calls, present, on leave, absent without reason, not settled. */
interface Attendance {
  onRoll: number;
  present: number;
  leave: number;
  unexcused: number;
  unsettled: number;
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
  return { onRoll: 0, present: 0, leave: 0, unexcused: 0, unsettled: 0 };
}

/** A spell of a child in a ledger: from its first day until before `to`, null while it lasts. */
export interface LedgerSpell {
  childId: string;
  from: DateText;
  to: DateText | null;
}

/** How a ledger moved over a period: a child counts once, at the start when he stood in it on the eve, at the end on the last day. */
export function ledgerFlow(spells: readonly LedgerSpell[], period: Pick<Period, 'from' | 'to'>): LedgerFlow {
  const eve = addCalendarDays(period.from, -1);
  const on = (day: DateText) =>
    new Set(spells.filter((one) => one.from <= day && (one.to === null || one.to > day)).map((one) => one.childId));
  const [start, end] = [on(eve), on(period.to)];
  const there = spells.filter((one) => one.from <= period.to && (one.to === null || one.to > period.from));
  const entered = new Set(there.map((one) => one.childId).filter((child) => !start.has(child)));
  return { start: start.size, entered: entered.size, left: start.size + entered.size - end.size, end: end.size };
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

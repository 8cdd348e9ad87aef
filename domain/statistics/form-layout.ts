import type { FormRow } from './form.ts';
import { lostParts, type CoursePart, type PeriodKind } from './record.ts';

/** What else than a component a number of a form opens: the ledger of school age, the classes with their calls, or the children of a line. */
export const formOpens = [
  'schoolAge',
  'classes',
  'leave',
  'unexcused',
  'unsettled',
  'suspectedStart',
  'suspectedEntered',
  'suspectedLeft',
  'suspectedEnd',
  'droppedStart',
  'droppedEntered',
  'droppedLeft',
  'droppedEnd',
  'persuasions',
  'lost',
  'keptOrLost',
  'openOrConfirmed',
] as const;
/** What a number of a form opens. */
export type FormOpen = (typeof formOpens)[number];

/** Components that are counted together as one side of a rate. */
export const openSums: Readonly<Partial<Record<FormOpen, readonly CoursePart[]>>> = {
  lost: lostParts,
  keptOrLost: ['S1', 'Gone', 'Drop'],
  openOrConfirmed: ['OpenStart', 'Confirmed'],
};

/** Words above the list that a number opens. */
export const formOpenWords: Record<FormOpen, string> = {
  schoolAge: '适龄儿童台账',
  classes: '各班点名',
  leave: '请假',
  unexcused: '旷课',
  unsettled: '待核',
  suspectedStart: '疑似辍学台账，期初',
  suspectedEntered: '疑似辍学台账，新增',
  suspectedLeft: '疑似辍学台账，移出',
  suspectedEnd: '疑似辍学台账，期末',
  droppedStart: '辍学学生台账，期初',
  droppedEntered: '辍学学生台账，新增',
  droppedLeft: '辍学学生台账，移出',
  droppedEnd: '辍学学生台账，期末',
  persuasions: '劝返记录',
  lost: '去向未落实和辍学',
  keptOrLost: '期末在校、去向未落实和辍学',
  openOrConfirmed: '期初未复学和本期确认辍学',
};

/** A column of a printed form; columns of one group stand under one merged head. */
export interface FormColumn {
  group: string | null;
  label: string;
  /** In characters, a Han character counting two. */
  width: number;
  number: boolean;
  /** The component that its numbers are: they open their names. */
  part: CoursePart | null;
  /** What its numbers open where they are no component. */
  opens: FormOpen | null;
  /** Counted by the records of now, where the others are as signed. */
  recount: boolean;
}

/** A form as offices print it: title, unit and period, merged heads, lines, notes, and who filled it in. */
export interface FormSheet {
  title: string;
  unit: string;
  period: string;
  columns: FormColumn[];
  rows: (string | number | null)[][];
  notes: string[];
}

/** Whose form it is: a school's, with grades as lines, or the district's, with schools. */
export type FormLevel = 'school' | 'district';

/** What stands above the lines of a form. */
export interface FormHead {
  level: FormLevel;
  kind: PeriodKind;
  unit: string;
  period: string;
}

/** A cell: a component, or what else is reckoned from a line. */
export type Cell = CoursePart | ((row: FormRow) => string | number | null);
/** A column as a form names it: its merged head, its label, its cell, its width, and what its numbers open where they are no component. */
export type Spec = [group: string | null, label: string, cell: Cell, width?: number, opens?: FormOpen];

/** The titles of the forms: 周统计, and the 四个一 of D§2.5 (school month, district quarter recheck, city term, province year). */
export const formTitles: Record<FormLevel, Record<PeriodKind, string>> = {
  school: {
    week: '控辍保学周统计表',
    month: '控辍保学月报表',
    quarter: '控辍保学季度统计表',
    term: '控辍保学学期统计表',
    year: '控辍保学学年统计表',
  },
  district: {
    week: '控辍保学周统计汇总表',
    month: '控辍保学月报汇总表',
    quarter: '控辍保学区级季度核查表',
    term: '控辍保学学期摸底情况汇总表',
    year: '控辍保学学年评估情况汇总表',
  },
};

const first: Record<FormLevel, string> = { school: '年级', district: '学校' };

/** A column of words. */
export const plain = { group: null, number: false, part: null, opens: null, recount: false } as const;

/** Pupil-days as printed, to a tenth. */
export const daysOf = (value: number): number => Math.round(value * 10) / 10;

/** Lays lines out as a form by its columns. */
export function sheetOf(
  head: FormHead,
  title: string,
  spec: readonly Spec[],
  lines: readonly FormRow[],
  notes: string[],
): FormSheet {
  return {
    title,
    unit: head.unit,
    period: head.period,
    columns: [
      { ...plain, label: first[head.level], width: head.level === 'school' ? 10 : 24 },
      ...spec.map(([group, label, cell, width = 7, opens = null]): FormColumn => {
        const part = typeof cell === 'string' ? cell : null;
        return { group, label, width, number: true, part, opens, recount: false };
      }),
    ],
    rows: lines.map((row) => [
      row.name,
      ...spec.map(([, , cell]) => (typeof cell === 'string' ? row.counts[cell] : cell(row))),
    ]),
    notes,
  };
}

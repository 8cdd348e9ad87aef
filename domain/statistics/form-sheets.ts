import { evaluate, percentWords } from './formulas.ts';
import type { FormRow, FormRows } from './form.ts';
import { identityGap } from './components.ts';
import type { CoursePart, PeriodKind } from './record.ts';
import { partWords } from './words.ts';

/** A column of a printed form; columns of one group stand under one merged head. */
export interface FormColumn {
  group: string | null;
  label: string;
  /** In characters, a Han character counting two. */
  width: number;
  number: boolean;
  /** The component that its numbers are: they open their names. */
  part: CoursePart | null;
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

/** A component, or what else is reckoned from a line. */
type Cell = CoursePart | ((row: FormRow) => string | number | null);
type Spec = [group: string | null, label: string, cell: Cell, width?: number];

const rate =
  (id: 'annualRetention' | 'dropoutRate') =>
  (row: FormRow): string => {
    const { value } = evaluate(id, row.counts);
    return value === null ? '—' : `${percentWords(value)}%`;
  };
const days = (value: number) => Math.round(value * 10) / 10;

/** 周统计 (plan 三(五)4, columns of D§4.11): the identity, attendance, suspected and dropped out, rates. */
const flowSpec: Spec[] = [
  [null, partWords.S0, 'S0'],
  ['增加', '新生入学', 'New'],
  ['增加', '转入', 'In'],
  ['增加', '复学', 'Back'],
  ['增加', '内部转入', 'MoveIn'],
  ['减少', '转出', 'Out'],
  ['减少', '休学', 'Susp'],
  ['减少', '死亡', 'Dead'],
  ['减少', '出国', 'Abroad'],
  ['减少', '毕业', 'Grad'],
  ['减少', '去向未落实', 'Gone'],
  ['减少', '辍学', 'Drop'],
  ['减少', '内部转出', 'MoveOut'],
  [null, partWords.S1, 'S1'],
  ['考勤（人天）', '应到', (row) => days(row.attendance.onRoll), 9],
  ['考勤（人天）', '实到', (row) => days(row.attendance.present), 9],
  ['考勤（人天）', '请假', (row) => days(row.attendance.leave)],
  ['考勤（人天）', '无故缺课', (row) => days(row.attendance.unexcused)],
  ['疑似、辍学与劝返', '新增疑似', (row) => row.suspected.entered],
  ['疑似、辍学与劝返', '新增辍学', 'Confirmed'],
  ['疑似、辍学与劝返', '累计未复学', 'Open'],
  ['疑似、辍学与劝返', '劝返人次', (row) => row.persuasions],
  ['疑似、辍学与劝返', '复学人数', 'Returned'],
  [null, '辍学率', rate('dropoutRate'), 10],
  [null, '年巩固率', rate('annualRetention'), 11],
];

/** The national monthly report (2024 notice, D§2.5): the three ledgers and how they moved. */
const ledgerSpec: Spec[] = [
  ['适龄儿童台账', '期末人数', (row) => row.schoolAge ?? '—', 10],
  ['疑似辍学学生台账', '期初', (row) => row.suspected.start],
  ['疑似辍学学生台账', '新增', (row) => row.suspected.entered],
  ['疑似辍学学生台账', '移出', (row) => row.suspected.left],
  ['疑似辍学学生台账', '期末', (row) => row.suspected.end],
  ['辍学学生台账', '期初', (row) => row.dropped.start],
  ['辍学学生台账', '新增', (row) => row.dropped.entered],
  ['辍学学生台账', '移出', (row) => row.dropped.left],
  ['辍学学生台账', '期末', (row) => row.dropped.end],
  ['劝返', '劝返人次', (row) => row.persuasions],
  ['劝返', '复学人数', 'Returned'],
  [null, '期末在校', 'S1', 10],
  [null, '辍学率', rate('dropoutRate'), 10],
  [null, '年巩固率', rate('annualRetention'), 10],
];

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

/** What stands above the lines of a form. */
export interface FormHead {
  level: FormLevel;
  kind: PeriodKind;
  unit: string;
  period: string;
}

const first: Record<FormLevel, string> = { school: '年级', district: '学校' };

/** A column of words. */
const plain = { group: null, number: false, part: null, recount: false } as const;

function sheetOf(
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
      ...spec.map(([group, label, cell, width = 7]): FormColumn => {
        const part = typeof cell === 'string' ? cell : null;
        return { group, label, width, number: true, part, recount: false };
      }),
    ],
    rows: lines.map((row) => [
      row.name,
      ...spec.map(([, , cell]) => (typeof cell === 'string' ? row.counts[cell] : cell(row))),
    ]),
    notes,
  };
}

function flowSheet(head: FormHead, { rows, total }: FormRows): FormSheet {
  const gap = identityGap(total.counts);
  const notes = [
    `核对：期初在校＋增加－减少＝期末在校，${gap === 0 ? '相符' : `相差 ${String(gap)}`}。`,
    head.level === 'school'
      ? '合计按全校计：年级之间的升级、留级、跳级只在年级行的内部转入、内部转出中。'
      : '合计为已签报学校之和；未报学校不计入。',
    '考勤按点名统计，半天计 0.5；应到减实到为请假、无故缺课和待定之和。',
  ];
  return sheetOf(head, formTitles[head.level][head.kind], flowSpec, [...rows, total], notes);
}

function ledgerSheet(head: FormHead, { rows, total }: FormRows): FormSheet {
  const title = head.kind === 'month' ? formTitles[head.level].month : '三本台账变动表';
  return sheetOf(
    head,
    title,
    ledgerSpec,
    [...rows, total],
    [
      '核对：期初＋新增－移出＝期末；移出含转为辍学、劝返复学和核实销号。一名学生在一本台账内只计一次。',
      '台账含失学（从未入学）学生；辍学率、年巩固率只计在校后辍学的学生。',
    ],
  );
}

/** A school in the district's recheck: what it signed beside what the records say now. */
export interface RecheckLine {
  name: string;
  state: string;
  version: number;
  signedName: string | null;
  signed: FormRow['counts'] | null;
  now: FormRow['counts'];
}

const rechecked: readonly CoursePart[] = ['S1', 'Drop', 'Open'];

/** The district's recheck of a period: each school's signed figures, the recount, and what differs. */
export function recheckSheet(head: FormHead, lines: readonly RecheckLine[]): FormSheet {
  const columns: FormColumn[] = [
    { ...plain, label: '学校', width: 24 },
    { ...plain, label: '状态', width: 10 },
    { ...plain, label: '版本', width: 6, number: true },
    { ...plain, label: '签报人', width: 12 },
    ...rechecked.flatMap((one): FormColumn[] =>
      ['签报', '复核', '相差'].map((label) => ({
        group: partWords[one],
        label,
        width: 8,
        number: true,
        part: label === '相差' ? null : one,
        recount: label === '复核',
      })),
    ),
    { ...plain, label: '核查结论', width: 18 },
  ];
  const rows = lines.map((line) => {
    const { signed, now } = line;
    const differs = signed !== null && rechecked.some((one) => signed[one] !== now[one]);
    return [
      line.name,
      line.state,
      line.version,
      line.signedName ?? '—',
      ...rechecked.flatMap((one) =>
        signed === null ? ['—', now[one], '—'] : [signed[one], now[one], now[one] - signed[one]],
      ),
      signed === null ? '未报' : differs ? '不符，应更正重报' : '相符',
    ];
  });
  return {
    title: formTitles.district[head.kind === 'week' || head.kind === 'month' ? 'quarter' : head.kind],
    unit: head.unit,
    period: head.period,
    columns,
    rows,
    notes: ['复核为系统按现有记录重新计数；签报后的迟报、更正使两者不同，学校应更正重报。'],
  };
}

/** The forms of a period: a week its tally; a month the three ledgers first; a quarter, term or year of the district its recheck first. */
export function formSheets(head: FormHead, made: FormRows, recheck: readonly RecheckLine[] = []): FormSheet[] {
  const [flow, ledgers] = [flowSheet(head, made), ledgerSheet(head, made)];
  if (head.kind === 'week') return [flow];
  if (head.kind === 'month') return [ledgers, { ...flow, title: '学生变动情况表' }];
  if (head.level === 'school') return [flow, ledgers];
  return [recheckSheet(head, recheck), ledgers, { ...flow, title: '学生变动情况表' }];
}

import { attendanceParts, type FormRow, type FormRows } from './form.ts';
import { daysOf, formTitles, sheetOf, type FormHead, type FormSheet, type Spec } from './form-layout.ts';
import { rateCell, rateSheet } from './form-rates.ts';
import { recheckSheet, type RecheckLine } from './form-recheck.ts';
import { identityGap } from './components.ts';
import { partWords } from './words.ts';

/** Unknown pupil-days: neither called nor settled; a form from before they were kept does not know them. */
const unknownDays = ({ attendance }: FormRow) =>
  attendance.uncalled === null ? '—' : daysOf(attendanceParts(attendance).DaysUnknown);

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
  ['考勤（人日）', '应到', (row) => daysOf(attendanceParts(row.attendance).DaysDue), 9, 'classes'],
  ['考勤（人日）', '实到', (row) => daysOf(row.attendance.present), 9, 'classes'],
  ['考勤（人日）', '请假', (row) => daysOf(row.attendance.leave), 7, 'leave'],
  ['考勤（人日）', '旷课', (row) => daysOf(row.attendance.unexcused), 7, 'unexcused'],
  ['考勤（人日）', '未知', unknownDays, 7, 'classes'],
  ['考勤（人日）', '出勤率', rateCell('attendance'), 10],
  ['疑似、辍学与劝返', '新增疑似', (row) => row.suspected.entered, 7, 'suspectedEntered'],
  ['疑似、辍学与劝返', '新增辍学', 'Confirmed'],
  ['疑似、辍学与劝返', '累计未复学', 'Open'],
  ['疑似、辍学与劝返', '劝返人次', (row) => row.persuasions, 7, 'persuasions'],
  ['疑似、辍学与劝返', '复学人数', 'Returned'],
  [null, '辍学率', rateCell('dropoutRate'), 10],
  [null, '年巩固率', rateCell('annualRetention'), 11],
];

/** The national monthly report (2024 notice, D§2.5): the three ledgers and how they moved. */
const ledgerSpec: Spec[] = [
  ['适龄儿童台账', '期末人数', (row) => row.schoolAge ?? '—', 10, 'schoolAge'],
  ['疑似辍学学生台账', '期初', (row) => row.suspected.start, 7, 'suspectedStart'],
  ['疑似辍学学生台账', '新增', (row) => row.suspected.entered, 7, 'suspectedEntered'],
  ['疑似辍学学生台账', '移出', (row) => row.suspected.left, 7, 'suspectedLeft'],
  ['疑似辍学学生台账', '期末', (row) => row.suspected.end, 7, 'suspectedEnd'],
  ['辍学学生台账', '期初', (row) => row.dropped.start, 7, 'droppedStart'],
  ['辍学学生台账', '新增', (row) => row.dropped.entered, 7, 'droppedEntered'],
  ['辍学学生台账', '移出', (row) => row.dropped.left, 7, 'droppedLeft'],
  ['辍学学生台账', '期末', (row) => row.dropped.end, 7, 'droppedEnd'],
  ['劝返', '劝返人次', (row) => row.persuasions, 7, 'persuasions'],
  ['劝返', '复学人数', 'Returned'],
  [null, '期末在校', 'S1', 10],
  [null, '辍学率', rateCell('dropoutRate'), 10],
  [null, '年巩固率', rateCell('annualRetention'), 10],
];

function flowSheet(head: FormHead, { rows, total }: FormRows): FormSheet {
  const gap = identityGap(total.counts);
  const notes = [
    `核对：期初在校＋增加－减少＝期末在校，${gap === 0 ? '相符' : `相差 ${String(gap)}`}。`,
    head.level === 'school'
      ? '合计按全校计：年级之间的升级、留级、跳级只在年级行的内部转入、内部转出中。'
      : '合计为已签报学校之和；未报学校不计入。',
    '考勤按点名统计，半天计 0.5 人日；应到＝实到＋请假＋旷课＋未知。未点名、待核的半天为未知，不算到校也不算缺勤，不进出勤率。',
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

/** The forms of a period: a week its tally; a month the three ledgers first; a quarter, term or year of the district its recheck first; the rates with both their sides last. */
export function formSheets(head: FormHead, made: FormRows, recheck: readonly RecheckLine[] = []): FormSheet[] {
  const [flow, ledgers, rates] = [flowSheet(head, made), ledgerSheet(head, made), rateSheet(head, made)];
  if (head.kind === 'week') return [flow, rates];
  if (head.kind === 'month') return [ledgers, { ...flow, title: '学生变动情况表' }, rates];
  if (head.level === 'school') return [flow, ledgers, rates];
  return [recheckSheet(head, recheck), ledgers, { ...flow, title: '学生变动情况表' }, rates];
}

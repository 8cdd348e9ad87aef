import { listFirstDayPupils, listFirstDays } from '#contract/attendance-first-day.ts';
import { listLeaves } from '#contract/attendance-leaves.ts';
import { listRollCallSheets } from '#contract/attendance-sheets.ts';
import { listAbsentees, listGaps, listRollCalls, listStandings } from '#contract/attendance-views.ts';
import { listCorrections } from '#contract/attendance.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';
import { workSheetList } from '#server/http/work-sheet-list.ts';

/** A code in words with the free words behind it. */
const withWords = (label: string | undefined, words: string | undefined): string =>
  [label ?? '未说明', words].filter((one) => one !== undefined && one !== '').join('：');

const crossed = (day: string | null): string => (day === null ? '未达到' : `${day} 达到`);

/** The lists of 考勤 as sheets. */
export const attendanceSheets: readonly ListSheet[] = [
  listSheet(listGaps, '未点名的班级与时段', [
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '日期', kind: 'date', value: (row) => row.day },
    { label: '时段', width: 8, value: (row) => row.partWords },
    { label: '情况', width: 20, value: () => '未点名，情况未知' },
  ]),
  listSheet(listRollCalls, '已点名的班级与时段', [
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '日期', kind: 'date', value: (row) => row.day },
    { label: '时段', width: 8, value: (row) => row.partWords },
    { label: '应到', kind: 'number', width: 8, value: (row) => row.onRoll },
    { label: '到校', kind: 'number', width: 8, value: (row) => row.present },
    { label: '无故缺勤', kind: 'number', value: (row) => row.unexcused },
    { label: '请假', kind: 'number', width: 8, value: (row) => row.onLeave },
    { label: '点名人', width: 12, value: (row) => row.markedName },
    { label: '点名时间', width: 18, value: (row) => momentCell(row.markedAt) },
  ]),
  listSheet(listAbsentees, '一段时间的缺勤学生', [
    { label: '姓名', value: (row) => row.name },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '这段时间（天）', kind: 'number', width: 14, value: (row) => row.days },
    { label: '最近一天', kind: 'date', value: (row) => row.lastDay },
    { label: '连续无故缺勤（天）', kind: 'number', width: 18, value: (row) => row.consecutive },
    { label: '本学期累计（天）', kind: 'number', width: 16, value: (row) => row.cumulative },
    { label: '疑似辍学', width: 18, value: (row) => crossed(row.crossedDay) },
  ]),
  listSheet(listStandings, '本学期无故缺勤学生', [
    { label: '姓名', value: (row) => row.name },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '连续（天）', kind: 'number', width: 12, value: (row) => row.consecutive },
    { label: '本学期累计（天）', kind: 'number', width: 16, value: (row) => row.cumulative },
    { label: '自', kind: 'date', value: (row) => row.since },
    { label: '最近缺勤', kind: 'date', value: (row) => row.lastAbsent },
    { label: '疑似辍学', width: 18, value: (row) => crossed(row.crossedDay) },
  ]),
  listSheet(listCorrections, '点名更正', [
    { label: '姓名', value: (row) => row.name },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '日期', kind: 'date', value: (row) => row.day },
    { label: '时段', width: 8, value: (row) => row.partWords },
    { label: '更正', width: 20, value: (row) => `${row.fromWords} → ${row.toWords}` },
    { label: '原因', width: 24, value: (row) => row.reason },
    { label: '状态', width: 12, value: (row) => row.stateWords },
    { label: '提出', width: 12, value: (row) => row.askedName },
    { label: '提出时间', width: 18, value: (row) => momentCell(row.askedAt) },
    { label: '同意人', width: 12, value: (row) => row.decidedName },
  ]),
  listSheet(listFirstDays, '各校开学首日到校核对', [
    { label: '学校', value: (row) => row.schoolName },
    { label: '名单', width: 8, value: (row) => row.stateWords },
    { label: '签名人', width: 12, value: (row) => row.signedName },
    { label: '签名时间', width: 18, value: (row) => momentCell(row.signedAt) },
    { label: '班级', kind: 'number', width: 8, value: (row) => row.classes },
    { label: '已核对', kind: 'number', width: 8, value: (row) => row.done },
    { label: '应到', kind: 'number', width: 8, value: (row) => row.onRoll },
    { label: '到校', kind: 'number', width: 8, value: (row) => row.present },
    { label: '未到', kind: 'number', width: 8, value: (row) => row.absent },
    { label: '待说明', kind: 'number', width: 8, value: (row) => row.open },
    { label: '未到原因', width: 30, value: (row) => row.reasonsWords },
    { label: '不在本校上课', kind: 'number', width: 14, value: (row) => row.elsewhere },
  ]),
  listSheet(listFirstDayPupils, '开学首日未到校学生', [
    { label: '姓名', value: (row) => row.name },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '点名', width: 8, value: (row) => row.markWords },
    { label: '原因', width: 24, value: (row) => withWords(row.entry?.reasonLabel, row.entry?.reasonWords) },
    { label: '去向', width: 24, value: (row) => withWords(row.entry?.whereaboutsLabel, row.entry?.whereaboutsWords) },
    { label: '登记人', width: 12, value: (row) => row.entry?.enteredName ?? null },
    { label: '登记时间', width: 18, value: (row) => momentCell(row.entry?.enteredAt ?? null) },
  ]),
  listSheet(listLeaves, '请假', [
    { label: '姓名', value: (row) => row.name },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '学校', value: (row) => row.schoolName },
    { label: '种类', width: 10, value: (row) => row.kindWords },
    { label: '自', kind: 'date', value: (row) => row.fromDay },
    { label: '至', kind: 'date', value: (row) => row.toDay },
    { label: '上课日', kind: 'number', width: 8, value: (row) => row.schoolDays },
    { label: '谁提出', width: 10, value: (row) => row.askerWords },
    { label: '状态', width: 12, value: (row) => row.stateWords },
    {
      label: '证明',
      width: 10,
      value: (row) => (row.paperId !== null ? '已交' : row.paperRequired ? '须补交' : '不要求'),
    },
    { label: '核实', width: 20, value: (row) => row.verifiedWords ?? row.verifyWords },
  ]),
  workSheetList(listRollCallSheets, '按表点名记录', '登记'),
];

import { listDuties } from '#contract/duties.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

/** What stands beside the state of a duty: whether it is late, or was settled in time. */
function inTimeWords(row: { state: string; overdue: boolean; inTime: boolean | null }): string {
  if (row.state === 'open' && row.overdue) return '，已超期';
  if (row.state === 'settled' && row.inTime !== null) return row.inTime ? '，按时' : '，超期办结';
  return '';
}

/** The list of duties as a sheet. */
export const dutySheets: readonly ListSheet[] = [
  listSheet(listDuties, '任务清单', [
    { label: '学生或班级', width: 16, value: (row) => row.who },
    { label: '紧急', width: 6, value: (row) => (row.urgent ? '紧急' : '') },
    { label: '要办的事', width: 24, value: (row) => row.title },
    { label: '缘由', width: 34, value: (row) => row.why },
    { label: '学校', value: (row) => row.schoolName },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '责任人', width: 22, value: (row) => row.ownerWords },
    { label: '上报', width: 18, value: (row) => (row.level === 0 ? '' : `已升 ${row.level} 级，到${row.topWords}`) },
    { label: '期限', width: 18, value: (row) => momentCell(row.dueAt) },
    { label: '办结时间', width: 18, value: (row) => momentCell(row.settledAt) },
    { label: '办结人', width: 14, value: (row) => row.settledName },
    { label: '状态', width: 16, value: (row) => `${row.stateWords}${inTimeWords(row)}` },
    { label: '方案条款', width: 22, value: (row) => row.clause },
  ]),
];

import { listSheets } from '#contract/enrolment-sheets.ts';
import { listLeavers } from '#contract/enrolment-year.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

/** The leavers of grade 6 and the change sheets handed in as sheets. */
export const enrolmentSheets: readonly ListSheet[] = [
  listSheet(listLeavers, '小学毕业生升学', [
    { label: '学生', width: 14, value: (row) => row.name },
    { label: '状态', width: 14, value: (row) => row.stateWords },
    { label: '毕业小学', width: 22, value: (row) => row.schoolName },
    { label: '班级', width: 16, value: (row) => row.className },
    { label: '分配初中', width: 22, value: (row) => row.toSchoolName },
    { label: '报到日', kind: 'date', value: (row) => row.reportDay },
    { label: '最迟到校', kind: 'date', value: (row) => row.dueDate },
    { label: '责任人', width: 22, value: (row) => row.ownerWords },
  ]),
  listSheet(listSheets, '学籍异动批量办理记录', [
    { label: '表格', width: 34, value: (row) => row.fileName },
    { label: '上传时间', width: 18, value: (row) => momentCell(row.at) },
    { label: '上传人', width: 12, value: (row) => row.byName },
    { label: '行数', kind: 'number', width: 8, value: (row) => row.rows },
    { label: '待更正', kind: 'number', width: 8, value: (row) => row.held },
    { label: '可提出', kind: 'number', width: 8, value: (row) => row.ready },
    { label: '已提出', kind: 'number', width: 8, value: (row) => row.asked },
  ]),
];

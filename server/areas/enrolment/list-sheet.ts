import { listPlacementSheets, listSheets } from '#contract/enrolment-sheets.ts';
import { listLeavers } from '#contract/enrolment-year.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';
import { workSheetList } from '#server/http/work-sheet-list.ts';

/** The leavers of grade 6, and the sheets of changes and placements handed in, as sheets. */
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
  workSheetList(listSheets, '学籍异动批量办理记录', '提出'),
  workSheetList(listPlacementSheets, '小学毕业生按表分配记录', '分配'),
];

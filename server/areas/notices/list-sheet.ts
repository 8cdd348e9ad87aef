import { listJobs } from '#contract/notices-work.ts';
import { listDocuments } from '#contract/notices.ts';
import { jobStateWords } from '#domain/notices/words.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

/** The issued documents and the bulk issues as sheets. */
export const noticesSheets: readonly ListSheet[] = [
  listSheet(listDocuments, '文书', [
    { label: '文书', width: 26, value: (row) => row.kindWords },
    { label: '文号', width: 26, value: (row) => row.numberWords ?? '不编号' },
    { label: '学生', width: 12, value: (row) => row.childName },
    { label: '签发单位', width: 22, value: (row) => row.unitWords },
    { label: '签发日期', kind: 'date', value: (row) => row.issuedDay },
    { label: '签发人', width: 12, value: (row) => row.signerName },
    { label: '经办人', width: 12, value: (row) => row.issuedName },
    { label: '送达日期', kind: 'date', value: (row) => row.servedDay },
    { label: '期限', kind: 'date', value: (row) => row.dueDate },
    { label: '状态', width: 18, value: (row) => (row.overdue ? `${row.stateWords}，期限已满` : row.stateWords) },
  ]),
  listSheet(listJobs, '批量签发记录', [
    { label: '文书', width: 26, value: (row) => row.kindWords },
    { label: '状态', width: 12, value: (row) => jobStateWords[row.state] },
    { label: '已办', kind: 'number', width: 8, value: (row) => row.done },
    { label: '应办', kind: 'number', width: 8, value: (row) => row.total },
    { label: '未签发', kind: 'number', width: 8, value: (row) => row.skipped.length },
    { label: '页数', kind: 'number', width: 8, value: (row) => row.pages },
    { label: '经办人', width: 12, value: (row) => row.startedName },
    { label: '开始', width: 18, value: (row) => momentCell(row.createdAt) },
    { label: '结束', width: 18, value: (row) => momentCell(row.finishedAt) },
  ]),
];

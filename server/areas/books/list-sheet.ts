import { listRecords } from '#contract/books-records.ts';
import { workKindWords, workStateWords } from '#domain/books/work-words.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

/** The work records as a sheet. */
export const bookSheets: readonly ListSheet[] = [
  listSheet(listRecords, '工作记录', [
    { label: '日期', kind: 'date', value: (row) => row.day },
    { label: '类别', width: 22, value: (row) => [...new Set([workKindWords[row.kind], row.sortWords])].join(' · ') },
    { label: '内容', width: 30, value: (row) => row.content.title },
    { label: '学校', value: (row) => row.schoolName },
    { label: '扫描件', width: 8, value: (row) => (row.papers.length === 0 ? '' : `${row.papers.length} 份`) },
    { label: '范围', width: 14, value: (row) => (row.kind === 'inspection' ? '' : (row.className ?? '全校')) },
    {
      label: '人数',
      kind: 'number',
      width: 8,
      value: (row) =>
        row.kind === 'letter' || row.kind === 'aid'
          ? row.children.length + row.staff.length
          : row.kind === 'pairing'
            ? row.children.length
            : null,
    },
    { label: '状态', width: 16, value: (row) => (row.late ? '待整改，已超期' : workStateWords[row.state]) },
    { label: '整改期限', kind: 'date', value: (row) => row.dueDate },
    { label: '登记人', width: 12, value: (row) => row.byName },
  ]),
];

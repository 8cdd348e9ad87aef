import { listApprovals } from '#contract/security.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

/** The requests for a second person's approval as a sheet. */
export const securitySheets: readonly ListSheet[] = [
  listSheet(listApprovals, '批准事项', [
    { label: '事项', width: 28, value: (row) => row.scopeWords },
    { label: '用途', width: 36, value: (row) => row.purpose },
    { label: '申请人', width: 12, value: (row) => row.requestedName },
    { label: '申请时间', width: 18, value: (row) => momentCell(row.requestedAt) },
    {
      label: '结果',
      width: 12,
      value: (row) => (row.decision === null ? '待批准' : row.decision === 'approved' ? '已批准' : '不批准'),
    },
    { label: '批准人', width: 12, value: (row) => row.decidedName },
    { label: '批准时间', width: 18, value: (row) => momentCell(row.decidedAt) },
    { label: '批注', width: 24, value: (row) => row.note },
  ]),
];

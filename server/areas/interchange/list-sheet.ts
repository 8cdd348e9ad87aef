import { listCopies } from '#contract/interchange.ts';
import { listSheet, type ListSheet } from '#server/http/list-sheet.ts';

/** The requests for copies as a sheet. */
export const interchangeSheets: readonly ListSheet[] = [
  listSheet(listCopies, '信息查阅副本申请', [
    { label: '对象', width: 18, value: (row) => row.subjectName },
    { label: '申请人', width: 18, value: (row) => `${row.requester}（${row.relation}）` },
    { label: '收到日期', kind: 'date', value: (row) => row.receivedOn },
    { label: '方式', width: 12, value: (row) => row.meansWords },
    { label: '核验', width: 20, value: (row) => row.proof },
    { label: '用途', width: 26, value: (row) => row.purpose },
    { label: '状态', width: 10, value: (row) => (row.state === 'made' ? '已生成' : '办理中') },
    { label: '批准人', width: 12, value: (row) => row.approvedName },
    { label: '记录数', kind: 'number', width: 8, value: (row) => row.records },
    { label: '数据指纹', kind: 'text', width: 30, value: (row) => row.fingerprint },
  ]),
];

import { importStateWords, listImports, listKindWords } from '#contract/imports.ts';
import { listSheet, momentCell, type ListSheet } from '#server/http/list-sheet.ts';

/** The lists handed in as a sheet. */
export const importSheets: readonly ListSheet[] = [
  listSheet(listImports, '导入记录', [
    { label: '文件', width: 34, value: (row) => row.fileName },
    {
      label: '名单',
      width: 22,
      value: (row) => `${listKindWords[row.kind]}${row.list === null ? '' : `（${row.list}）`}`,
    },
    { label: '进展', width: 20, value: (row) => `${importStateWords[row.state]}${row.dryRun ? '（试算）' : ''}` },
    { label: '名单日期', kind: 'date', value: (row) => row.asOf },
    { label: '数据行', kind: 'number', value: (row) => row.rows },
    { label: '接收', kind: 'number', value: (row) => row.accepted },
    { label: '没有变化', kind: 'number', value: (row) => row.unchanged },
    { label: '重复', kind: 'number', value: (row) => row.repeated },
    { label: '待更正', kind: 'number', value: (row) => (row.state === 'done' ? row.stillHeld : row.held) },
    { label: '上传人', width: 12, value: (row) => row.startedName },
    { label: '上传时间', width: 18, value: (row) => momentCell(row.createdAt) },
  ]),
];

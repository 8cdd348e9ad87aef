import type { SheetCalls } from '#contract/sheets.ts';
import { listSheet, momentCell, type ListSheet } from './list-sheet.ts';

/** The sheets of a kind of work that were handed in, as a sheet of their own; `verb` is what the work does to a row. */
export function workSheetList(endpoint: SheetCalls['list'], title: string, verb: string): ListSheet {
  return listSheet(endpoint, title, [
    { label: '表格', width: 34, value: (row) => row.fileName },
    { label: '上传时间', width: 18, value: (row) => momentCell(row.at) },
    { label: '上传人', width: 12, value: (row) => row.byName },
    { label: '行数', kind: 'number', width: 8, value: (row) => row.rows },
    { label: '待更正', kind: 'number', width: 8, value: (row) => row.held },
    { label: `可${verb}`, kind: 'number', width: 8, value: (row) => row.ready },
    { label: `已${verb}`, kind: 'number', width: 8, value: (row) => row.asked },
  ]);
}

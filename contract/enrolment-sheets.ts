import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, pageOf, Paging } from './paging.ts';

/** A sheet of changes with how its rows stand. */
export const ChangeSheet = z.object({
  id: Id,
  fileName: z.string(),
  at: z.string(),
  byName: z.string(),
  runAt: z.string().nullable(),
  rows: z.number().int(),
  ready: z.number().int(),
  held: z.number().int(),
  asked: z.number().int(),
  dropped: z.number().int(),
});
const sheetRowStates = ['ready', 'held', 'asked', 'dropped'] as const;
const Row = z.object({
  id: Id,
  rowNo: z.number().int(),
  state: z.enum(sheetRowStates),
  reason: z.string().nullable(),
  changeId: Id.nullable(),
  /** Cells in the order of the template; the number masked. */
  cells: z.array(z.object({ key: z.string(), label: z.string(), value: z.string(), masked: z.boolean() })),
});

export const sheetTemplate = endpoint({
  name: 'enrolment.sheetTemplate',
  method: 'GET',
  path: '/api/changes/sheets/template',
  summary: '下载学籍异动批量办理模板',
  permission: 'changes.ask',
  audit: null,
  download: true,
  input: z.object({}),
  output: z.unknown(),
});
export const handInSheet = endpoint({
  name: 'enrolment.handInSheet',
  method: 'POST',
  path: '/api/changes/sheets',
  summary: '上传学籍异动表格并预览（正文为文件内容）',
  permission: 'changes.ask',
  audit: 'enrolment.handInSheet',
  upload: true,
  bodyLimit: 20 * 1024 * 1024,
  input: z.object({ fileName: z.string().min(1).max(200) }),
  output: ChangeSheet,
});
export const listSheets = endpoint({
  name: 'enrolment.listSheets',
  method: 'GET',
  path: '/api/changes/sheets',
  summary: '学籍异动批量办理记录',
  permission: 'changes.ask',
  audit: null,
  input: Paging,
  output: pageOf(ChangeSheet),
});
export const getSheet = endpoint({
  name: 'enrolment.getSheet',
  method: 'GET',
  path: '/api/changes/sheets/:id',
  summary: '一份学籍异动表格逐行的预览和办理结果',
  permission: 'changes.ask',
  audit: 'enrolment.getSheet',
  input: z.object({ id: Id }),
  output: ChangeSheet.extend({ lines: z.array(Row) }),
});
export const correctSheetRow = endpoint({
  name: 'enrolment.correctSheetRow',
  method: 'POST',
  path: '/api/changes/sheets/:id/rows/:rowId',
  summary: '更正学籍异动表格的一行',
  permission: 'changes.ask',
  audit: 'enrolment.correctSheetRow',
  input: z.object({ id: Id, rowId: Id, changes: z.record(z.string().max(40), z.string().max(500)) }),
  output: Row,
});
export const dropSheetRow = endpoint({
  name: 'enrolment.dropSheetRow',
  method: 'POST',
  path: '/api/changes/sheets/:id/rows/:rowId/drop',
  summary: '不办理学籍异动表格的一行',
  permission: 'changes.ask',
  audit: 'enrolment.dropSheetRow',
  input: z.object({ id: Id, rowId: Id }),
  output: Row,
});
export const runSheet = endpoint({
  name: 'enrolment.runSheet',
  method: 'POST',
  path: '/api/changes/sheets/:id/run',
  summary: '按预览逐行提出学籍异动',
  permission: 'changes.ask',
  audit: 'enrolment.runSheet',
  input: z.object({ id: Id }),
  output: ChangeSheet,
});

import { z } from 'zod';
import type { Permission } from '#domain/basics/permissions.ts';
import { endpoint } from './endpoint.ts';
import { Id, pageOf, Paging } from './paging.ts';

/** A sheet of work handed in, with how its rows stand. */
export const WorkSheet = z.object({
  id: Id,
  fileName: z.string(),
  at: z.string(),
  byName: z.string(),
  runAt: z.string().nullable(),
  rows: z.number().int(),
  ready: z.number().int(),
  held: z.number().int(),
  /** Carried out. */
  asked: z.number().int(),
  dropped: z.number().int(),
  /** What the row says stands already. */
  same: z.number().int(),
});
/** How a row of a sheet stands. */
export const sheetRowStates = ['ready', 'held', 'asked', 'dropped', 'same'] as const;
/** A row of a sheet. */
export const SheetLine = z.object({
  id: Id,
  rowNo: z.number().int(),
  state: z.enum(sheetRowStates),
  /** Why it is held; of the others, what it does or did. */
  reason: z.string().nullable(),
  changeId: Id.nullable(),
  /** Cells in the order of the template; the number masked. */
  cells: z.array(z.object({ key: z.string(), label: z.string(), value: z.string(), masked: z.boolean() })),
});

/** The calls of work that is handed in by sheet: in, listed, looked at row by row, corrected, left undone, carried out. */
export function sheetCalls(of: {
  area: string;
  noun: string;
  path: `/api/${string}`;
  permission: Permission;
  words: string;
}) {
  const { area, noun, path, permission, words } = of;
  const one = z.object({ id: Id });
  const row = z.object({ id: Id, rowId: Id });
  return {
    handIn: endpoint({
      name: `${area}.handIn${noun}`,
      method: 'POST',
      path,
      summary: `上传${words}表格并预览（正文为文件内容）`,
      permission,
      audit: `${area}.handIn${noun}`,
      upload: true,
      bodyLimit: 20 * 1024 * 1024,
      input: z.object({ fileName: z.string().min(1).max(200) }),
      output: WorkSheet,
    }),
    list: endpoint({
      name: `${area}.list${noun}s`,
      method: 'GET',
      path,
      summary: `${words}批量办理记录`,
      permission,
      audit: null,
      input: Paging,
      output: pageOf(WorkSheet),
    }),
    get: endpoint({
      name: `${area}.get${noun}`,
      method: 'GET',
      path: `${path}/:id`,
      summary: `一份${words}表格逐行的预览和办理结果`,
      permission,
      audit: `${area}.get${noun}`,
      input: one,
      output: WorkSheet.extend({ lines: z.array(SheetLine) }),
    }),
    correct: endpoint({
      name: `${area}.correct${noun}Row`,
      method: 'POST',
      path: `${path}/:id/rows/:rowId`,
      summary: `更正${words}表格的一行`,
      permission,
      audit: `${area}.correct${noun}Row`,
      input: row.extend({ changes: z.record(z.string().max(40), z.string().max(500)) }),
      output: SheetLine,
    }),
    drop: endpoint({
      name: `${area}.drop${noun}Row`,
      method: 'POST',
      path: `${path}/:id/rows/:rowId/drop`,
      summary: `不办理${words}表格的一行`,
      permission,
      audit: `${area}.drop${noun}Row`,
      input: row,
      output: SheetLine,
    }),
    run: endpoint({
      name: `${area}.run${noun}`,
      method: 'POST',
      path: `${path}/:id/run`,
      summary: `按预览逐行办理${words}`,
      permission,
      audit: `${area}.run${noun}`,
      input: one,
      output: WorkSheet,
    }),
  };
}
/** The calls of one kind of sheet. */
export type SheetCalls = ReturnType<typeof sheetCalls>;

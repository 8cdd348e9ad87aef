import { z } from 'zod';
import { dayParts } from '#domain/attendance/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';
import { sheetCalls } from './sheets.ts';

export const rollCallTemplate = endpoint({
  name: 'attendance.rollCallTemplate',
  method: 'GET',
  path: '/api/attendance/roll-sheets/template',
  summary: '下载点名表（列出当天各班要点名的学生）',
  permission: 'attendance.sheet',
  audit: 'attendance.rollCallTemplate',
  download: true,
  input: z.object({ day: Day, part: z.enum(dayParts).default('morning'), schoolId: Id.optional() }),
  output: z.unknown(),
});
/** The calls of roll calls that are handed in by sheet. */
export const rollCallSheetCalls = sheetCalls({
  area: 'attendance',
  noun: 'RollCallSheet',
  path: '/api/attendance/roll-sheets',
  permission: 'attendance.sheet',
  words: '点名',
});
export const handInRollCallSheet = rollCallSheetCalls.handIn;
export const listRollCallSheets = rollCallSheetCalls.list;
export const getRollCallSheet = rollCallSheetCalls.get;
export const correctRollCallSheetRow = rollCallSheetCalls.correct;
export const dropRollCallSheetRow = rollCallSheetCalls.drop;
export const runRollCallSheet = rollCallSheetCalls.run;

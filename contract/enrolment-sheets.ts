import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';
import { sheetCalls } from './sheets.ts';

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
/** The calls of sheets of registry changes. */
export const changeSheetCalls = sheetCalls({
  area: 'enrolment',
  noun: 'Sheet',
  path: '/api/changes/sheets',
  permission: 'changes.ask',
  words: '学籍异动',
});
export const handInSheet = changeSheetCalls.handIn;
export const listSheets = changeSheetCalls.list;
export const getSheet = changeSheetCalls.get;
export const correctSheetRow = changeSheetCalls.correct;
export const dropSheetRow = changeSheetCalls.drop;
export const runSheet = changeSheetCalls.run;

export const placementTemplate = endpoint({
  name: 'enrolment.placementTemplate',
  method: 'GET',
  path: '/api/leavers/sheets/template',
  summary: '下载小学毕业生分配表（列出未分配的毕业生）',
  permission: 'changes.place',
  audit: 'enrolment.placementTemplate',
  download: true,
  input: z.object({ schoolId: Id.optional() }),
  output: z.unknown(),
});
/** The calls of sheets that place leavers of grade 6. */
export const placementSheetCalls = sheetCalls({
  area: 'enrolment',
  noun: 'PlacementSheet',
  path: '/api/leavers/sheets',
  permission: 'changes.place',
  words: '小学毕业生分配',
});
export const handInPlacementSheet = placementSheetCalls.handIn;
export const listPlacementSheets = placementSheetCalls.list;
export const getPlacementSheet = placementSheetCalls.get;
export const correctPlacementSheetRow = placementSheetCalls.correct;
export const dropPlacementSheetRow = placementSheetCalls.drop;
export const runPlacementSheet = placementSheetCalls.run;

import { attendanceSheets } from './areas/attendance/list-sheet.ts';
import { bookSheets } from './areas/books/list-sheet.ts';
import { comparisonSheets } from './areas/comparison/list-sheet.ts';
import { dutySheets } from './areas/duties/list-sheet.ts';
import { enrolmentSheets } from './areas/enrolment/list-sheet.ts';
import { importSheets } from './areas/imports/list-sheet.ts';
import { interchangeSheets } from './areas/interchange/list-sheet.ts';
import { noticesSheets } from './areas/notices/list-sheet.ts';
import { organisationsSheets } from './areas/organisations/list-sheet.ts';
import { populationSheets } from './areas/population/list-sheet.ts';
import { riskSheets } from './areas/risk/list-sheet.ts';
import { securitySheets } from './areas/security/list-sheet.ts';
import { statisticsSheets } from './areas/statistics/list-sheet.ts';
import { visitSheets } from './areas/visits/list-sheet.ts';
import type { ListSheet } from './http/list-sheet.ts';

/** Every list that leaves as a sheet, area by area; `listsThatLeave` of the contract names the same ones to the pages. */
export const listSheets: readonly ListSheet[] = [
  ...securitySheets,
  ...organisationsSheets,
  ...populationSheets,
  ...enrolmentSheets,
  ...importSheets,
  ...comparisonSheets,
  ...statisticsSheets,
  ...bookSheets,
  ...attendanceSheets,
  ...riskSheets,
  ...dutySheets,
  ...visitSheets,
  ...noticesSheets,
  ...interchangeSheets,
];

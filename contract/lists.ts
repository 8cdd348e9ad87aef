import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** The lists of pages that leave as a sheet with the filters they stand under, by the names of their endpoints; lists with an export of their own are not among them. */
export const listsThatLeave: readonly string[] = [
  'attendance.listAbsentees',
  'attendance.listCorrections',
  'attendance.listFirstDayPupils',
  'attendance.listFirstDays',
  'attendance.listGaps',
  'attendance.listLeaves',
  'attendance.listRollCallSheets',
  'attendance.listRollCalls',
  'attendance.listStandings',
  'books.listRecords',
  'comparison.listRuns',
  'duties.listDuties',
  'enrolment.listLeavers',
  'enrolment.listPlacementSheets',
  'enrolment.listSheets',
  'imports.listImports',
  'interchange.listCopies',
  'notices.listDocuments',
  'notices.listJobs',
  'organisations.listSchools',
  'organisations.listStaff',
  'population.listHouseholds',
  'risk.listSigns',
  'security.listApprovals',
  'statistics.listCaseNames',
  'statistics.listCohortNames',
  'statistics.listDutyNames',
  'statistics.listFigureNames',
  'statistics.listHouseholdNames',
  'statistics.listProgressionNames',
  'statistics.listReports',
  'visits.listPlanItems',
  'visits.listPlans',
];

/**
 * The lists of facts that can be asked as of a day and as known at a moment: by the pair, or by the moment alone where the list names its
 * own days. `lists-as-of.test.ts` walks every list of the contract for it.
 */
export const listsAsOf: Readonly<Record<string, 'pair' | 'moment'>> = {
  'attendance.listAbsentees': 'moment',
  'attendance.listGaps': 'moment',
  'attendance.listRollCalls': 'moment',
  'attendance.listStandings': 'pair',
  'books.listRecords': 'pair',
  'dropout.listCases': 'pair',
  'duties.listDuties': 'pair',
  'enrolment.listChanges': 'pair',
  'enrolment.listLeavers': 'pair',
  'enrolment.listRoster': 'pair',
  'notices.listDocuments': 'pair',
  'population.listChildren': 'pair',
  'population.listHouseholds': 'pair',
  'visits.listPlanItems': 'pair',
  'visits.listPlans': 'pair',
  'visits.listVisits': 'pair',
};

/** The most rows of a list that leave at once. */
export const mostExported = 20_000;

export const exportList = endpoint({
  name: 'lists.export',
  method: 'GET',
  path: '/api/lists/:list/sheet',
  summary: '导出列表',
  permission: 'export.lists',
  audit: 'lists.export',
  download: true,
  /** Beside the name of the list its own filters, checked by its own endpoint. */
  input: z.looseObject({ list: z.string().max(60) }),
  output: z.unknown(),
});

import { expect, it } from 'vitest';
import { endpoints } from '#contract/index.ts';

it('SEC-02 every call that opens a record of a child by id is walked here', () => {
  expect(
    endpoints
      .filter((endpoint) => endpoint.method === 'GET' && endpoint.path.includes('/:'))
      .map((endpoint) => endpoint.name)
      .sort(),
  ).toEqual([
    'attendance.exportFirstDay', // Of one's own school; server/areas/attendance/first-day-signed.test.ts walks it.
    'attendance.getFirstDaySchool', // Of one's own school; server/areas/attendance/first-day-signed.test.ts walks it.
    'attendance.getRollCallSheet', // Made by people; server/areas/attendance/roll-sheet.test.ts walks it.
    'books.downloadFile', // Made by people; server/areas/books/books.test.ts walks it.
    'books.getRecord', // Kept by people; server/areas/books/record-papers.test.ts walks it.
    'books.getValues', // Filled by people; server/areas/books/design.test.ts walks it.
    'comparison.getFinding',
    'comparison.getRun',
    'dropout.exportCase', // The same record as dropout.getCase.
    'dropout.getCase', // Made by people; server/areas/dropout/reach.test.ts walks it.
    'dropout.openReply', // Made by people; server/areas/dropout/safeguards.test.ts walks it.
    'duties.getCalendar', // By a secret of its own; server/areas/duties/calendar.test.ts.
    'duties.getDuty', // Duties are made by news; server/areas/duties/duties.test.ts walks it.
    'enrolment.getChange', // Made by people; server/areas/enrolment/changes.test.ts walks it.
    'enrolment.getCourse', // Made by lists and changes; server/areas/enrolment/changes.test.ts walks it.
    'enrolment.getPlacementSheet', // Made by people; server/areas/enrolment/placement-sheets.test.ts walks it.
    'enrolment.getSheet', // Made by people; server/areas/enrolment/sheets.test.ts walks it.
    'enrolment.listHomeLessons', // Made by people; server/areas/enrolment/changes-places.test.ts walks it.
    'enrolment.printChange', // Made by people; server/areas/enrolment/forms.test.ts walks it.
    'enrolment.printEmptyForm', // The form of a kind; nothing of a child.
    'imports.exportHeld',
    'imports.getImport',
    'interchange.downloadCopy', // Of the whole district, for the bureau alone; server/areas/interchange/copies.test.ts.
    'lists.export', // The lists' own handlers; server/http/list-export.test.ts walks it.
    'notices.copyDocument', // The same record as notices.downloadDocument; server/areas/notices/editable.test.ts walks it.
    'notices.copyJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
    'notices.downloadDocument', // Made by people; server/areas/notices/notices.test.ts walks it.
    'notices.downloadJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
    'notices.getDocument', // Made by people; server/areas/notices/notices.test.ts walks it.
    'notices.getJob', // Of one's own unit; server/areas/notices/bulk.test.ts.
    'organisations.getSchool', // Nothing of a child; everybody may look.
    'papers.openPaper', // Made by people; server/areas/papers/papers.test.ts walks it.
    'population.getChild',
    'population.getHousehold',
    'risk.getScoreSheet', // Made by people; server/areas/risk/scores.test.ts walks it.
    'statistics.exportReport', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
    'statistics.getReport', // Of one's own school; server/areas/statistics/reports.test.ts walks it.
    'statistics.getReportForm', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
    'statistics.getReportVersion', // Of one's own school; server/areas/statistics/report-forms.test.ts walks it.
    'statistics.listReportCalls', // Of one's own school; server/areas/statistics/report-names.test.ts walks it.
    'statistics.listReportNames', // Of one's own school; server/areas/statistics/report-names.test.ts walks it.
    'visits.getVisit', // Made by people; server/areas/visits/visits.test.ts walks it.
    'visits.listPlanItems', // Made by people; server/areas/visits/plan-items.test.ts walks it.
    'visits.planCoverage', // Made by people; server/areas/visits/plans.test.ts walks it.
  ]);
});

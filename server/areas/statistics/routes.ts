import * as cockpit from '#contract/statistics-cockpit.ts';
import * as cohorts from '#contract/statistics-cohorts.ts';
import * as figures from '#contract/statistics-figures.ts';
import * as names from '#contract/statistics-names.ts';
import * as reports from '#contract/statistics-reports.ts';
import * as roll from '#contract/statistics-roll.ts';
import * as contract from '#contract/statistics.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { getCockpit } from './cockpit.ts';
import { exportBrief } from './brief.ts';
import { getCohorts, listCohortNames } from './cohorts.ts';
import { getDesk } from './desk.ts';
import { getEnrolmentForecast } from './enrolment-outlook.ts';
import { getFigures, listFigureNames, listFigures, listFormulas } from './figures.ts';
import { listHouseholdNames } from './household-names.ts';
import { getForecast, listTrend } from './outlook.ts';
import { getProgression, listProgressionNames } from './progression.ts';
import { acceptReports } from './report-bulk.ts';
import { decideReport, reviseReport, signReport } from './report-acts.ts';
import { exportReport, getReportForm } from './report-files.ts';
import { listReportCalls, listReportNames } from './report-names.ts';
import { listReports } from './report-roll.ts';
import { getReportVersion } from './report-versions.ts';
import { getReport } from './report-view.ts';
import { exportRoll, fileRoll, getRollForm, saveRollSummary } from './roll-files.ts';
import { getWork, listCaseNames, listDutyNames, listWork } from './work-calls.ts';

/** What answers the calls of 驾驶舱, 工作台, the figures and the period reports. */
export const statisticsRoutes: readonly Route[] = [
  answer(contract.getCockpit, getCockpit),
  answer(cockpit.getWork, getWork),
  answer(cockpit.listWork, listWork),
  answer(cockpit.listCaseNames, listCaseNames),
  answer(cockpit.listDutyNames, listDutyNames),
  answer(cockpit.getProgression, getProgression),
  answer(cohorts.getCohorts, getCohorts),
  answer(cohorts.listCohortNames, listCohortNames),
  answer(cockpit.listProgressionNames, listProgressionNames),
  answer(cockpit.exportBrief, exportBrief),
  answer(contract.getDesk, (context) => getDesk(context)),
  answer(figures.getFigures, getFigures),
  answer(figures.listFigures, listFigures),
  answer(figures.listFigureNames, listFigureNames),
  answer(figures.getForecast, getForecast),
  answer(figures.listTrend, listTrend),
  answer(figures.listFormulas, async () => listFormulas()),
  answer(reports.getReport, getReport),
  answer(reports.signReport, signReport),
  answer(reports.decideReport, decideReport),
  answer(reports.reviseReport, reviseReport),
  answer(reports.getReportVersion, getReportVersion),
  answer(reports.listReports, listReports),
  answer(reports.getReportForm, getReportForm),
  answer(reports.exportReport, exportReport),
  answer(names.listReportNames, listReportNames),
  answer(names.listReportCalls, listReportCalls),
  answer(names.listHouseholdNames, listHouseholdNames),
  answer(reports.getRollForm, getRollForm),
  answer(reports.exportRoll, exportRoll),
  answer(cockpit.getEnrolmentForecast, getEnrolmentForecast),
  answer(roll.saveRollSummary, saveRollSummary),
  answer(roll.fileRoll, fileRoll),
  answer(roll.acceptReports, acceptReports),
];

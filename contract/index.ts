import * as attendanceFirstDay from './attendance-first-day.ts';
import * as attendanceLeaves from './attendance-leaves.ts';
import * as attendanceSheets from './attendance-sheets.ts';
import * as attendanceViews from './attendance-views.ts';
import * as attendance from './attendance.ts';
import * as booksDesign from './books-design.ts';
import * as booksRecords from './books-records.ts';
import * as books from './books.ts';
import * as comparison from './comparison.ts';
import * as dropout from './dropout.ts';
import * as dropoutLedgers from './dropout-ledgers.ts';
import * as dropoutSteps from './dropout-steps.ts';
import * as dropoutViews from './dropout-views.ts';
import type { Endpoint } from './endpoint.ts';
import * as dutiesClauses from './duties-clauses.ts';
import * as duties from './duties.ts';
import * as enrolmentActs from './enrolment-acts.ts';
import * as enrolmentChanges from './enrolment-changes.ts';
import * as enrolmentPapers from './enrolment-papers.ts';
import * as enrolmentSheets from './enrolment-sheets.ts';
import * as enrolmentYear from './enrolment-year.ts';
import * as enrolment from './enrolment.ts';
import * as field from './field.ts';
import * as households from './households.ts';
import * as imports from './imports.ts';
import * as interchange from './interchange.ts';
import * as lists from './lists.ts';
import * as messages from './messages.ts';
import * as noticesWork from './notices-work.ts';
import * as notices from './notices.ts';
import * as organisations from './organisations.ts';
import * as papers from './papers.ts';
import * as population from './population.ts';
import * as registryCheck from './registry-check.ts';
import * as riskScores from './risk-scores.ts';
import * as risk from './risk.ts';
import * as security from './security.ts';
import * as statisticsCockpit from './statistics-cockpit.ts';
import * as statisticsCohorts from './statistics-cohorts.ts';
import * as statisticsFigures from './statistics-figures.ts';
import * as statisticsNames from './statistics-names.ts';
import * as statisticsReports from './statistics-reports.ts';
import * as statisticsRoll from './statistics-roll.ts';
import * as statistics from './statistics.ts';
import * as tokens from './tokens.ts';
import * as visitPlans from './visit-plans.ts';
import * as visits from './visits.ts';

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'path' in value && 'permission' in value && 'input' in value;
}

/** Every call of the platform, in the order of the areas. */
export const endpoints: readonly Endpoint[] = [
  security,
  tokens,
  organisations,
  population,
  households,
  enrolment,
  enrolmentActs,
  enrolmentChanges,
  enrolmentPapers,
  enrolmentSheets,
  enrolmentYear,
  registryCheck,
  imports,
  comparison,
  dropout,
  dropoutSteps,
  dropoutViews,
  dropoutLedgers,
  statistics,
  statisticsCockpit,
  statisticsCohorts,
  statisticsFigures,
  statisticsNames,
  statisticsReports,
  statisticsRoll,
  books,
  booksDesign,
  booksRecords,
  attendance,
  attendanceFirstDay,
  attendanceLeaves,
  attendanceSheets,
  attendanceViews,
  risk,
  riskScores,
  field,
  papers,
  visits,
  visitPlans,
  duties,
  dutiesClauses,
  messages,
  notices,
  noticesWork,
  interchange,
  lists,
].flatMap((area) => Object.values(area).filter(isEndpoint));

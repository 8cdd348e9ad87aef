import { attendanceRoutes } from './areas/attendance/routes.ts';
import { booksRoutes } from './areas/books/routes.ts';
import { comparisonRoutes } from './areas/comparison/routes.ts';
import { dutyRoutes } from './areas/duties/routes.ts';
import { dropoutRoutes } from './areas/dropout/routes.ts';
import { enrolmentRoutes } from './areas/enrolment/routes.ts';
import { importRoutes } from './areas/imports/routes.ts';
import { interchangeRoutes } from './areas/interchange/routes.ts';
import { noticesRoutes } from './areas/notices/routes.ts';
import { organisationsRoutes } from './areas/organisations/routes.ts';
import { papersRoutes } from './areas/papers/routes.ts';
import { populationRoutes } from './areas/population/routes.ts';
import { riskRoutes } from './areas/risk/routes.ts';
import { securityRoutes } from './areas/security/routes.ts';
import { statisticsRoutes } from './areas/statistics/routes.ts';
import { visitsRoutes } from './areas/visits/routes.ts';
import { listExport } from './http/list-export.ts';
import type { OpenRoute, Route } from './http/serve.ts';
import { listSheets } from './list-sheets.ts';

const areaRoutes: readonly (Route | OpenRoute)[] = [
  ...securityRoutes,
  ...organisationsRoutes,
  ...populationRoutes,
  ...enrolmentRoutes,
  ...importRoutes,
  ...comparisonRoutes,
  ...dropoutRoutes,
  ...statisticsRoutes,
  ...booksRoutes,
  ...attendanceRoutes,
  ...riskRoutes,
  ...dutyRoutes,
  ...papersRoutes,
  ...visitsRoutes,
  ...noticesRoutes,
  ...interchangeRoutes,
];

/** What answers every call of the contract, area by area, and the export of their lists. */
export const routes: readonly (Route | OpenRoute)[] = [...areaRoutes, listExport(areaRoutes, listSheets)];

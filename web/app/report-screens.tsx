import { lazyRouteComponent } from '@tanstack/react-router';
import type { Screen } from './screen.ts';

/** Pages of the period reports. */
export const reportScreens: readonly Screen[] = [
  {
    path: '/reports',
    title: '统计报送',
    permission: 'reports.read',
    component: lazyRouteComponent(() => import('#web/areas/statistics/reports-page.tsx'), 'ReportsPage'),
  },
  {
    path: '/reports/district',
    title: '全区汇总',
    permission: 'reports.read',
    component: lazyRouteComponent(() => import('#web/areas/statistics/district-page.tsx'), 'DistrictReportsPage'),
  },
  {
    path: '/reports/$id',
    title: '统计报告',
    permission: 'reports.read',
    component: lazyRouteComponent(() => import('#web/areas/statistics/report-page.tsx'), 'ReportPage'),
  },
];

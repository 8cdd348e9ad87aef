import { lazyRouteComponent } from '@tanstack/react-router';
import type { Screen } from './screen.ts';
import { changeScreens } from './change-screens.tsx';
import { reportScreens } from './report-screens.tsx';
import { returnScreens } from './return-screens.tsx';

/** Every page of the platform. */
export const screens: readonly Screen[] = [
  ...returnScreens,
  ...changeScreens,
  ...reportScreens,
  {
    path: '/',
    title: '工作台',
    permission: 'session.own',
    component: lazyRouteComponent(() => import('#web/areas/desk/desk-page.tsx'), 'DeskPage'),
  },
  {
    path: '/cockpit',
    title: '驾驶舱',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/cockpit-page.tsx'), 'CockpitPage'),
  },
  {
    path: '/cockpit/names',
    title: '驾驶舱名单',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/names-page.tsx'), 'CockpitNamesPage'),
  },
  {
    path: '/cockpit/duties',
    title: '驾驶舱任务',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/duties-page.tsx'), 'CockpitDutiesPage'),
  },
  {
    path: '/cockpit/households',
    title: '驾驶舱住户',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/households-page.tsx'), 'CockpitHouseholdsPage'),
  },
  {
    path: '/cockpit/formulas',
    title: '指标口径',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/formulas-page.tsx'), 'FormulasPage'),
  },
  {
    path: '/cockpit/moved',
    title: '升年级名单',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/moved-page.tsx'), 'CockpitMovedPage'),
  },
  {
    path: '/cockpit/cohort',
    title: '届巩固率名单',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/cohort-page.tsx'), 'CockpitCohortPage'),
  },
  {
    path: '/cockpit/screen',
    title: '驾驶舱大屏',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/screen-page.tsx'), 'CockpitScreenPage'),
  },
  {
    path: '/children',
    title: '儿童少年',
    permission: 'children.read',
    component: lazyRouteComponent(() => import('#web/areas/population/children-page.tsx'), 'ChildrenPage'),
  },
  {
    path: '/children/$id',
    title: '儿童少年档案',
    permission: 'children.read',
    component: lazyRouteComponent(() => import('#web/areas/population/child-page.tsx'), 'ChildPage'),
  },
  {
    path: '/households',
    title: '住户',
    permission: 'children.read',
    component: lazyRouteComponent(() => import('#web/areas/population/households-page.tsx'), 'HouseholdsPage'),
  },
  {
    path: '/households/$id',
    title: '住户档案',
    permission: 'children.read',
    component: lazyRouteComponent(() => import('#web/areas/population/household-page.tsx'), 'HouseholdPage'),
  },
  {
    path: '/survey',
    title: '入户摸底',
    permission: 'survey.record',
    component: lazyRouteComponent(() => import('#web/areas/population/survey-page.tsx'), 'SurveyPage'),
  },
  {
    path: '/roster',
    title: '花名册',
    permission: 'roster.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/roster-page.tsx'), 'RosterPage'),
  },
  {
    path: '/compare',
    title: '比对发现',
    permission: 'findings.read',
    component: lazyRouteComponent(() => import('#web/areas/comparison/findings-page.tsx'), 'FindingsPage'),
  },
  {
    path: '/compare/findings/$id',
    title: '一条发现',
    permission: 'findings.read',
    component: lazyRouteComponent(() => import('#web/areas/comparison/finding-page.tsx'), 'FindingPage'),
  },
  {
    path: '/compare/imports',
    title: '导入名单',
    permission: 'lists.import',
    component: lazyRouteComponent(() => import('#web/areas/comparison/imports-page.tsx'), 'ImportsPage'),
  },
  {
    path: '/compare/imports/new',
    title: '导入一份名单',
    permission: 'lists.import',
    component: lazyRouteComponent(() => import('#web/areas/comparison/import-new-page.tsx'), 'ImportNewPage'),
  },
  {
    path: '/compare/imports/$id',
    title: '一次导入',
    permission: 'lists.import',
    component: lazyRouteComponent(() => import('#web/areas/comparison/import-page.tsx'), 'ImportPage'),
  },
  {
    path: '/compare/held',
    title: '待更正',
    permission: 'lists.import',
    component: lazyRouteComponent(() => import('#web/areas/comparison/held-page.tsx'), 'HeldPage'),
  },
  {
    path: '/compare/proposals',
    title: '同一人核对',
    permission: 'proposals.decide',
    component: lazyRouteComponent(() => import('#web/areas/comparison/proposals-page.tsx'), 'ProposalsPage'),
  },
  {
    path: '/compare/runs',
    title: '比对记录',
    permission: 'findings.read',
    component: lazyRouteComponent(() => import('#web/areas/comparison/runs-page.tsx'), 'RunsPage'),
  },
  {
    path: '/compare/runs/$id',
    title: '一次比对',
    permission: 'runs.manage',
    component: lazyRouteComponent(() => import('#web/areas/comparison/run-page.tsx'), 'RunPage'),
  },
  {
    path: '/schools',
    title: '学校',
    permission: 'organisations.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/schools-page.tsx'), 'SchoolsPage'),
  },
  {
    path: '/schools/$id',
    title: '学校档案',
    permission: 'organisations.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/school-page.tsx'), 'SchoolPage'),
  },
  {
    path: '/places',
    title: '街道与社区',
    permission: 'organisations.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/places-page.tsx'), 'PlacesPage'),
  },
  {
    path: '/staff',
    title: '人员与岗位',
    permission: 'staff.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/staff-page.tsx'), 'StaffPage'),
  },
  {
    path: '/settings',
    title: '参数',
    permission: 'settings.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/settings-page.tsx'), 'SettingsPage'),
  },
  {
    path: '/calendar',
    title: '校历',
    permission: 'settings.read',
    component: lazyRouteComponent(() => import('#web/areas/organisations/calendar-page.tsx'), 'CalendarPage'),
  },
  {
    path: '/accounts',
    title: '账号',
    permission: 'accounts.manage',
    component: lazyRouteComponent(() => import('#web/areas/security/accounts-page.tsx'), 'AccountsPage'),
  },
  {
    path: '/tokens',
    title: '接口令牌',
    permission: 'tokens.manage',
    component: lazyRouteComponent(() => import('#web/areas/security/tokens-page.tsx'), 'TokensPage'),
  },
  {
    path: '/approvals',
    title: '批准事项',
    permission: 'session.own',
    component: lazyRouteComponent(() => import('#web/areas/security/approvals-page.tsx'), 'ApprovalsPage'),
  },
  {
    path: '/audit',
    title: '审计',
    permission: 'audit.read',
    component: lazyRouteComponent(() => import('#web/areas/security/audit-page.tsx'), 'AuditPage'),
  },
  {
    path: '/me',
    title: '我的账号',
    permission: 'session.own',
    component: lazyRouteComponent(() => import('#web/areas/me/me-page.tsx'), 'MePage'),
  },
];

import type { ComponentType } from 'react';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { Permission } from '#domain/basics/permissions.ts';

/** A page of the platform: where it is, what it is called, what it needs. */
export interface Screen {
  path: string;
  title: string;
  /** The permission without which the page is neither shown in the menu nor opened. */
  permission: Permission;
  component: ComponentType;
}

/** Every page, in the order of the menu. */
export const screens: readonly Screen[] = [
  {
    path: '/',
    title: '工作台',
    permission: 'session.own',
    component: lazyRouteComponent(() => import('#web/areas/desk/desk-page.tsx'), 'DeskPage'),
  },
  {
    path: '/duties',
    title: '任务清单',
    permission: 'desk.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/duties-page.tsx'), 'DutiesPage'),
  },
  {
    path: '/duties/$id',
    title: '一项任务',
    permission: 'desk.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/duty-page.tsx'), 'DutyPage'),
  },
  {
    path: '/messages',
    title: '站内消息',
    permission: 'desk.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/messages-page.tsx'), 'MessagesPage'),
  },
  {
    path: '/reminders',
    title: '提醒设置',
    permission: 'desk.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/reminders-page.tsx'), 'RemindersPage'),
  },
  {
    path: '/timeliness',
    title: '及时率',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/timeliness-page.tsx'), 'TimelinessPage'),
  },
  {
    path: '/clauses',
    title: '方案落实目录',
    permission: 'desk.read',
    component: lazyRouteComponent(() => import('#web/areas/duties/clauses-page.tsx'), 'ClausesPage'),
  },
  {
    path: '/cockpit',
    title: '驾驶舱',
    permission: 'cockpit.read',
    component: lazyRouteComponent(() => import('#web/areas/cockpit/cockpit-page.tsx'), 'CockpitPage'),
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
    path: '/rollcall',
    title: '点名',
    permission: 'attendance.read',
    component: lazyRouteComponent(() => import('#web/areas/attendance/roll-calls-page.tsx'), 'RollCallsPage'),
  },
  {
    path: '/rollcall/$classId',
    title: '一个班的点名',
    permission: 'attendance.read',
    component: lazyRouteComponent(() => import('#web/areas/attendance/roll-call-page.tsx'), 'RollCallPage'),
  },
  {
    path: '/attendance',
    title: '缺勤情况',
    permission: 'attendance.read',
    component: lazyRouteComponent(() => import('#web/areas/attendance/absences-page.tsx'), 'AbsencesPage'),
  },
  {
    path: '/attendance/leaves',
    title: '请假',
    permission: 'attendance.read',
    component: lazyRouteComponent(() => import('#web/areas/attendance/leaves-page.tsx'), 'LeavesPage'),
  },
  {
    path: '/attendance/corrections',
    title: '点名更正',
    permission: 'attendance.read',
    component: lazyRouteComponent(() => import('#web/areas/attendance/corrections-page.tsx'), 'CorrectionsPage'),
  },
  {
    path: '/attendance/child/$id',
    title: '学生考勤',
    permission: 'attendance.read',
    component: lazyRouteComponent(
      () => import('#web/areas/attendance/child-attendance-page.tsx'),
      'ChildAttendancePage',
    ),
  },
  {
    path: '/risks',
    title: '预警',
    permission: 'risks.read',
    component: lazyRouteComponent(() => import('#web/areas/risk/risks-page.tsx'), 'RisksPage'),
  },
  {
    path: '/visits',
    title: '走访记录',
    permission: 'visits.read',
    component: lazyRouteComponent(() => import('#web/areas/visits/visits-page.tsx'), 'VisitsPage'),
  },
  {
    path: '/visits/new',
    title: '登记走访',
    permission: 'visits.record',
    component: lazyRouteComponent(() => import('#web/areas/visits/visit-new-page.tsx'), 'VisitNewPage'),
  },
  {
    path: '/visits/$id',
    title: '一次走访',
    permission: 'visits.read',
    component: lazyRouteComponent(() => import('#web/areas/visits/visit-page.tsx'), 'VisitPage'),
  },
  {
    path: '/visit-plans',
    title: '走访计划',
    permission: 'visits.read',
    component: lazyRouteComponent(() => import('#web/areas/visits/plans-page.tsx'), 'PlansPage'),
  },
  {
    path: '/visit-plans/new',
    title: '制定走访计划',
    permission: 'visits.plan',
    component: lazyRouteComponent(() => import('#web/areas/visits/plan-new-page.tsx'), 'PlanNewPage'),
  },
  {
    path: '/visit-plans/$id',
    title: '一个走访计划',
    permission: 'visits.read',
    component: lazyRouteComponent(() => import('#web/areas/visits/plan-page.tsx'), 'PlanPage'),
  },
  {
    path: '/notices',
    title: '文书',
    permission: 'notices.read',
    component: lazyRouteComponent(() => import('#web/areas/notices/notices-page.tsx'), 'NoticesPage'),
  },
  {
    path: '/notices/new',
    title: '签发文书',
    permission: 'notices.issue',
    component: lazyRouteComponent(() => import('#web/areas/notices/issue-page.tsx'), 'IssuePage'),
  },
  {
    path: '/notices/jobs/new',
    title: '批量签发',
    permission: 'notices.issue',
    component: lazyRouteComponent(() => import('#web/areas/notices/bulk-page.tsx'), 'BulkPage'),
  },
  {
    path: '/notices/jobs',
    title: '批量签发记录',
    permission: 'notices.issue',
    component: lazyRouteComponent(() => import('#web/areas/notices/jobs-page.tsx'), 'JobsPage'),
  },
  {
    path: '/notices/jobs/$id',
    title: '一次批量签发',
    permission: 'notices.issue',
    component: lazyRouteComponent(() => import('#web/areas/notices/job-page.tsx'), 'JobPage'),
  },
  {
    path: '/notices/templates',
    title: '文书模板',
    permission: 'notices.read',
    component: lazyRouteComponent(() => import('#web/areas/notices/templates-page.tsx'), 'TemplatesPage'),
  },
  {
    path: '/notices/templates/$kind',
    title: '一种文书的模板',
    permission: 'notices.read',
    component: lazyRouteComponent(() => import('#web/areas/notices/template-page.tsx'), 'TemplatePage'),
  },
  {
    path: '/notices/$id',
    title: '一份文书',
    permission: 'notices.read',
    component: lazyRouteComponent(() => import('#web/areas/notices/notice-page.tsx'), 'NoticePage'),
  },
  {
    path: '/cases',
    title: '个案',
    permission: 'cases.read',
    component: lazyRouteComponent(() => import('#web/areas/dropout/cases-page.tsx'), 'CasesPage'),
  },
  {
    path: '/cases/ledgers',
    title: '三本台账',
    permission: 'cases.read',
    component: lazyRouteComponent(() => import('#web/areas/dropout/ledgers-page.tsx'), 'LedgersPage'),
  },
  {
    path: '/cases/report',
    title: '报告疑似辍学',
    permission: 'cases.report',
    component: lazyRouteComponent(() => import('#web/areas/dropout/report-page.tsx'), 'ReportPage'),
  },
  {
    path: '/cases/new',
    title: '报告疑似辍学',
    permission: 'cases.report',
    component: lazyRouteComponent(() => import('#web/areas/dropout/report-page.tsx'), 'ReportPage'),
  },
  {
    path: '/cases/$id',
    title: '一生一案',
    permission: 'cases.read',
    component: lazyRouteComponent(() => import('#web/areas/dropout/case-page.tsx'), 'CasePage'),
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

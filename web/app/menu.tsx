import type { ReactNode } from 'react';
import {
  ApartmentOutlined,
  AlertOutlined,
  AuditOutlined,
  BarChartOutlined,
  BookOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  DiffOutlined,
  EnvironmentOutlined,
  FileDoneOutlined,
  HomeOutlined,
  KeyOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  RollbackOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import type { Permission } from '#domain/basics/permissions.ts';
import type { UnitKind } from '#domain/basics/roles.ts';

/** An entry of the menu; one of its permissions is enough. */
export interface MenuEntry {
  to: string;
  words: string;
  needs: readonly Permission[];
  /** Only for posts in these kinds of unit: a school reaches children, but no household. */
  units?: readonly UnitKind[];
  icon?: ReactNode;
}

/** A group of entries, or one entry alone. */
export interface MenuGroup {
  words: string;
  icon: ReactNode;
  entries: readonly MenuEntry[];
}

const icons = {
  desk: <HomeOutlined />,
  duties: <UnorderedListOutlined />,
  cockpit: <DashboardOutlined />,
  reports: <BarChartOutlined />,
  people: <TeamOutlined />,
  roster: <SolutionOutlined />,
  attendance: <CalendarOutlined />,
  risk: <AlertOutlined />,
  visits: <EnvironmentOutlined />,
  notices: <FileDoneOutlined />,
  cases: <RollbackOutlined />,
  books: <BookOutlined />,
  compare: <DiffOutlined />,
  exchange: <SwapOutlined />,
  units: <ApartmentOutlined />,
  settings: <SettingOutlined />,
  accounts: <KeyOutlined />,
  tokens: <SafetyCertificateOutlined />,
  approvals: <CheckSquareOutlined />,
  audit: <AuditOutlined />,
};

const menu: readonly MenuGroup[] = [
  { words: '工作台', icon: icons.desk, entries: [{ to: '/', words: '工作台', needs: ['desk.read'] }] },
  {
    words: '待办',
    icon: icons.duties,
    entries: [
      { to: '/duties', words: '任务清单', needs: ['desk.read'] },
      { to: '/messages', words: '站内消息', needs: ['desk.read'] },
      { to: '/reminders', words: '提醒设置', needs: ['desk.read'] },
      { to: '/timeliness', words: '及时率', needs: ['cockpit.read'] },
      { to: '/plan', words: '方案落实', needs: ['clauses.read'] },
      { to: '/clauses', words: '方案条款', needs: ['desk.read'] },
    ],
  },
  { words: '驾驶舱', icon: icons.cockpit, entries: [{ to: '/cockpit', words: '驾驶舱', needs: ['cockpit.read'] }] },
  {
    words: '统计报送',
    icon: icons.reports,
    entries: [
      { to: '/reports', words: '各校报告', needs: ['reports.read'], units: ['district', 'school'] },
      { to: '/reports/district', words: '全区汇总', needs: ['reports.read'], units: ['district'] },
    ],
  },
  {
    words: '适龄人口',
    icon: icons.people,
    entries: [
      { to: '/children', words: '儿童少年', needs: ['children.read'] },
      { to: '/households', words: '住户', needs: ['children.read'], units: ['district', 'subdistrict', 'community'] },
    ],
  },
  {
    words: '学籍',
    icon: icons.roster,
    entries: [
      { to: '/roster', words: '花名册', needs: ['roster.read'] },
      { to: '/changes', words: '学籍异动', needs: ['changes.read'] },
      { to: '/registry-check', words: '全国系统比对', needs: ['changes.read'] },
      { to: '/year', words: '年度升级与毕业', needs: ['changes.ask'] },
      { to: '/leavers', words: '小学毕业生升学', needs: ['changes.read'] },
    ],
  },
  {
    words: '考勤',
    icon: icons.attendance,
    entries: [
      { to: '/rollcall', words: '点名', needs: ['attendance.read'] },
      { to: '/attendance/first-day', words: '开学首日核对', needs: ['attendance.read'] },
      { to: '/attendance/leaves', words: '请假', needs: ['attendance.read'] },
      { to: '/attendance', words: '缺勤情况', needs: ['attendance.read'] },
      { to: '/attendance/corrections', words: '点名更正', needs: ['attendance.read'] },
    ],
  },
  {
    words: '预警',
    icon: icons.risk,
    entries: [
      { to: '/risks', words: '预警', needs: ['risks.read'] },
      { to: '/risks/scores', words: '成绩登记', needs: ['scores.sheet'] },
    ],
  },
  {
    words: '走访',
    icon: icons.visits,
    entries: [
      { to: '/visits', words: '走访记录', needs: ['visits.read'] },
      { to: '/visit-plans', words: '走访计划', needs: ['visits.read'] },
    ],
  },
  {
    words: '文书',
    icon: icons.notices,
    entries: [
      { to: '/notices', words: '文书列表', needs: ['notices.read'] },
      { to: '/notices/new', words: '签发文书', needs: ['notices.issue'] },
      { to: '/notices/jobs', words: '批量签发', needs: ['notices.issue'] },
      { to: '/notices/templates', words: '文书模板', needs: ['notices.read'] },
    ],
  },
  {
    words: '辍学与劝返',
    icon: icons.cases,
    entries: [
      { to: '/cases', words: '个案', needs: ['cases.read'] },
      { to: '/cases/ledgers', words: '三本台账', needs: ['cases.read'] },
    ],
  },
  { words: '册表', icon: icons.books, entries: [{ to: '/books', words: '册表', needs: ['books.read'] }] },
  {
    words: '数据比对',
    icon: icons.compare,
    entries: [
      { to: '/compare', words: '发现', needs: ['findings.read'] },
      { to: '/compare/proposals', words: '同一人核对', needs: ['proposals.decide'] },
      { to: '/compare/imports', words: '导入名单', needs: ['lists.import'] },
      { to: '/compare/held', words: '待更正', needs: ['lists.import'] },
      { to: '/compare/runs', words: '比对记录', needs: ['findings.read'] },
    ],
  },
  {
    words: '数据交换',
    icon: icons.exchange,
    entries: [
      { to: '/open-data', words: '开放数据', needs: ['open.read'] },
      { to: '/province', words: '上级汇总', needs: ['province.read'] },
      { to: '/copies', words: '信息查阅副本', needs: ['copies.make'] },
    ],
  },
  {
    words: '机构与人员',
    icon: icons.units,
    entries: [
      { to: '/schools', words: '学校', needs: ['organisations.read'] },
      { to: '/places', words: '街道与社区', needs: ['organisations.read'] },
      { to: '/staff', words: '人员与岗位', needs: ['staff.read'] },
    ],
  },
  {
    words: '设置',
    icon: icons.settings,
    entries: [
      { to: '/settings', words: '参数', needs: ['settings.read'] },
      { to: '/calendar', words: '校历', needs: ['settings.read'] },
    ],
  },
  { words: '账号', icon: icons.accounts, entries: [{ to: '/accounts', words: '账号', needs: ['accounts.manage'] }] },
  { words: '接口令牌', icon: icons.tokens, entries: [{ to: '/tokens', words: '接口令牌', needs: ['tokens.manage'] }] },
  {
    words: '批准事项',
    icon: icons.approvals,
    entries: [{ to: '/approvals', words: '批准事项', needs: ['approvals.decide', 'children.reveal', 'export.lists'] }],
  },
  { words: '审计', icon: icons.audit, entries: [{ to: '/audit', words: '审计', needs: ['audit.read'] }] },
];

/** The menu of a person: only what permissions and posts open; a group left empty is gone. */
export function menuFor(permissions: readonly Permission[], units: readonly UnitKind[]): MenuGroup[] {
  return menu
    .map((group) => ({
      ...group,
      entries: group.entries.filter(
        (entry) =>
          entry.needs.some((need) => permissions.includes(need)) &&
          (entry.units === undefined || entry.units.some((unit) => units.includes(unit))),
      ),
    }))
    .filter((group) => group.entries.length > 0);
}

/** The entry under which an address stands: the longest that begins it. */
export function entryOf(groups: readonly MenuGroup[], path: string): MenuEntry | undefined {
  return groups
    .flatMap((group) => group.entries)
    .filter(
      (entry) =>
        path === entry.to ||
        (entry.to === '/compare'
          ? path.startsWith('/compare/findings')
          : entry.to !== '/' && path.startsWith(`${entry.to}/`)),
    )
    .sort((a, b) => b.to.length - a.to.length)[0];
}

/** What lies at the thumb on a phone beside 工作台 and 全部, first the acts of each day: at most two of what the person's menu has. */
export function thumbsFor(permissions: readonly Permission[], groups: readonly MenuGroup[]): MenuEntry[] {
  const wanted: readonly (readonly [to: string, words: string, needs: Permission, icon: ReactNode])[] = [
    ['/rollcall', '点名', 'attendance.mark', icons.attendance],
    ['/cases', '个案', 'cases.check', icons.cases],
    ['/visits', '走访', 'attendance.mark', icons.visits],
    ['/children', '儿童少年', 'children.read', icons.people],
    ['/compare', '发现', 'findings.read', icons.compare],
    ['/visits', '走访', 'visits.record', icons.visits],
  ];
  const known = groups.flatMap((group) => group.entries);
  return wanted
    .filter(([to, , needs]) => permissions.includes(needs) && known.some((entry) => entry.to === to))
    .slice(0, 2)
    .map(([to, words, needs, icon]) => ({ to, words, needs: [needs], icon }));
}

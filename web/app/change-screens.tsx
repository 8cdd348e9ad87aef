import { lazyRouteComponent } from '@tanstack/react-router';
import type { Screen } from './screen.ts';

/** Pages of registry changes, the turn of a year, the books, and interchange. */
export const changeScreens: readonly Screen[] = [
  {
    path: '/changes',
    title: '学籍异动',
    permission: 'changes.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/changes-page.tsx'), 'ChangesPage'),
  },
  {
    path: '/changes/new',
    title: '提出学籍异动',
    permission: 'changes.ask',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/change-new-page.tsx'), 'ChangeNewPage'),
  },
  {
    path: '/changes/sheets',
    title: '批量办理学籍异动',
    permission: 'changes.ask',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/sheets-page.tsx'), 'SheetsPage'),
  },
  {
    path: '/changes/sheets/$id',
    title: '一份学籍异动表格',
    permission: 'changes.ask',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/sheets-page.tsx'), 'SheetPage'),
  },
  {
    path: '/changes/forms',
    title: '学籍异动空白表',
    permission: 'changes.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/forms-page.tsx'), 'FormsPage'),
  },
  {
    path: '/changes/$id',
    title: '一项学籍异动',
    permission: 'changes.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/change-page.tsx'), 'ChangePage'),
  },
  {
    path: '/registry-check',
    title: '全国系统比对',
    permission: 'changes.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/registry-check-page.tsx'), 'RegistryCheckPage'),
  },
  {
    path: '/copies',
    title: '信息查阅副本',
    permission: 'copies.make',
    component: lazyRouteComponent(() => import('#web/areas/interchange/copies-page.tsx'), 'CopiesPage'),
  },
  {
    path: '/open-data',
    title: '开放数据',
    permission: 'open.read',
    component: lazyRouteComponent(() => import('#web/areas/interchange/open-data-page.tsx'), 'OpenDataPage'),
  },
  {
    path: '/province',
    title: '上级汇总',
    permission: 'province.read',
    component: lazyRouteComponent(() => import('#web/areas/interchange/province-page.tsx'), 'ProvincePage'),
  },
  {
    path: '/year',
    title: '年度升级与毕业',
    permission: 'changes.ask',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/year-page.tsx'), 'YearPage'),
  },
  {
    path: '/books',
    title: '册表',
    permission: 'books.read',
    component: lazyRouteComponent(() => import('#web/areas/books/books-page.tsx'), 'BooksPage'),
  },
  {
    path: '/books/records',
    title: '工作记录',
    permission: 'books.read',
    component: lazyRouteComponent(() => import('#web/areas/books/records-page.tsx'), 'WorkRecordsPage'),
  },
  {
    path: '/books/design',
    title: '编排栏目与自设字段',
    permission: 'books.design',
    component: lazyRouteComponent(() => import('#web/areas/books/design-page.tsx'), 'BooksDesignPage'),
  },
  {
    path: '/leavers',
    title: '小学毕业生升学',
    permission: 'changes.read',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/leavers-page.tsx'), 'LeaversPage'),
  },
  {
    path: '/leavers/sheets',
    title: '按表分配小学毕业生',
    permission: 'changes.place',
    component: lazyRouteComponent(
      () => import('#web/areas/enrolment/placement-sheets-page.tsx'),
      'PlacementSheetsPage',
    ),
  },
  {
    path: '/leavers/sheets/$id',
    title: '一份毕业生分配表',
    permission: 'changes.place',
    component: lazyRouteComponent(() => import('#web/areas/enrolment/placement-sheets-page.tsx'), 'PlacementSheetPage'),
  },
];

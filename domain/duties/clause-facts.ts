import type { Permission } from '#domain/basics/permissions.ts';

/** The records other than duties that stand behind a clause, each counted by school. */
export const clauseFactIds = [
  'retention',
  'teacherLetters',
  'guardianLetters',
  'pupilLetters',
  'surveyedHomes',
  'publicity',
  'entryNotices',
  'activities',
  'classTeachers',
  'signedReports',
  'firstDayLists',
  'changes',
  'pairings',
  'aided',
  'aidRecords',
  'workPlan',
  'leadingGroup',
  'plannedVisits',
  'visits',
  'dropouts',
  'inspections',
  'findingsSettled',
] as const;
/** A fact by its id. */
export type ClauseFactId = (typeof clauseFactIds)[number];

/**
 * What a fact says of its clause: `all` of a number must be done, `target` a share must reach the bureau's target by the year's end,
 * `some` records are asked without a number, `shown` stands beside the duties and decides nothing.
 */
export type FactAsks = 'all' | 'target' | 'some' | 'shown';

/** Where a fact is looked up: a school (null: the whole district), and the span. */
export interface FactPlace {
  schoolId: string | null;
  from: string;
  to: string;
}

/** A fact as data: whose it is, what it asks, its words, and where its records are read. */
export interface ClauseFact {
  /** Of each school, or of the offices: what belongs to no school. */
  of: 'school' | 'office';
  asks: FactAsks;
  label: string;
  /** What is counted. */
  unit: string;
  /** What the done part of a record that is only counted has: `附材料`; where all must be done it needs no words. */
  having: string | null;
  /** What a school does where it is missing; null: it comes from elsewhere. */
  act: string | null;
  needs: Permission;
  path(place: FactPlace): string;
}

const query = (path: string, values: Readonly<Record<string, string | null>>): string => {
  const text = Object.entries(values)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${encodeURIComponent(value)}`]))
    .join('&');
  return text === '' ? path : `${path}?${text}`;
};
const records =
  (kind: string) =>
  ({ schoolId }: FactPlace) =>
    query('/books/records', { kind, schoolId });
const ofSchool =
  (path: string) =>
  ({ schoolId }: FactPlace) =>
    query(path, { schoolId });

/** A fact with what most facts have. */
const fact = (made: Omit<ClauseFact, 'of' | 'having' | 'act'> & Partial<ClauseFact>): ClauseFact => ({
  of: 'school',
  having: null,
  act: null,
  ...made,
});

/** Every fact by its id. */
export const clauseFacts: Readonly<Record<ClauseFactId, ClauseFact>> = {
  retention: fact({
    asks: 'target',
    label: '年巩固率',
    unit: '人',
    act: '查看辍学和去向未落实的学生',
    needs: 'cockpit.read',
    path: ofSchool('/cockpit'),
  }),
  teacherLetters: fact({
    asks: 'all',
    label: '班主任责任书',
    unit: '人',
    act: '登记学校与班主任签订的责任书',
    needs: 'books.read',
    path: records('letter'),
  }),
  guardianLetters: fact({
    asks: 'all',
    label: '教师与家长责任书',
    unit: '名',
    act: '登记教师与家长签订的责任书',
    needs: 'books.read',
    path: records('letter'),
  }),
  pupilLetters: fact({
    asks: 'all',
    label: '家长与学生责任书',
    unit: '名',
    act: '登记家长与学生签订的责任书',
    needs: 'books.read',
    path: records('letter'),
  }),
  surveyedHomes: fact({
    of: 'office',
    asks: 'all',
    label: '本学年入户摸底',
    unit: '户',
    needs: 'children.read',
    path: () => '/households',
  }),
  publicity: fact({
    asks: 'shown',
    label: '宣传、家长和家访活动',
    unit: '次',
    having: '附材料',
    act: '登记宣传活动',
    needs: 'books.read',
    path: records('activity'),
  }),
  entryNotices: fact({
    asks: 'some',
    label: '登记发放的义务教育通知书',
    unit: '份',
    act: '登记发放的义务教育通知书',
    needs: 'books.read',
    path: records('letter'),
  }),
  activities: fact({
    asks: 'some',
    label: '主题班会和集体活动',
    unit: '次',
    having: '附材料',
    act: '登记主题班会和集体活动',
    needs: 'books.read',
    path: records('activity'),
  }),
  classTeachers: fact({
    asks: 'all',
    label: '有班主任的班级',
    unit: '个',
    act: '请教育局补任班主任',
    needs: 'staff.read',
    path: () => '/staff',
  }),
  signedReports: fact({
    asks: 'shown',
    label: '已签报的统计',
    unit: '期',
    having: '已审核',
    needs: 'reports.read',
    path: ({ schoolId }) => (schoolId === null ? '/reports' : `/reports/${schoolId}`),
  }),
  firstDayLists: fact({
    asks: 'shown',
    label: '已签的开学首日名单',
    unit: '份',
    needs: 'attendance.read',
    path: () => '/attendance/first-day',
  }),
  changes: fact({
    asks: 'shown',
    label: '提出的学籍异动',
    unit: '件',
    having: '已办结',
    needs: 'changes.read',
    path: ({ schoolId }) => query('/changes', { state: 'all', schoolId }),
  }),
  pairings: fact({
    asks: 'some',
    label: '双困生结对帮扶',
    unit: '名',
    having: '已结束',
    act: '登记双困生帮扶',
    needs: 'books.read',
    path: records('pairing'),
  }),
  aided: fact({
    asks: 'all',
    label: '资助名单上已登记资助的学生',
    unit: '名',
    act: '登记应享未享学生的资助',
    needs: 'books.read',
    path: records('aid'),
  }),
  aidRecords: fact({
    asks: 'shown',
    label: '资助登记',
    unit: '次',
    having: '附材料',
    needs: 'books.read',
    path: records('aid'),
  }),
  workPlan: fact({
    asks: 'all',
    label: '本校工作方案',
    unit: '份',
    act: '登记本校工作方案',
    needs: 'books.read',
    path: records('plan'),
  }),
  leadingGroup: fact({
    asks: 'all',
    label: '领导小组文件',
    unit: '份',
    act: '登记领导小组文件',
    needs: 'books.read',
    path: records('plan'),
  }),
  plannedVisits: fact({
    asks: 'all',
    label: '计划内走访',
    unit: '次',
    act: '完成计划内走访',
    needs: 'visits.read',
    path: ofSchool('/visit-plans'),
  }),
  visits: fact({
    asks: 'shown',
    label: '走访记录',
    unit: '次',
    having: '监护人签字',
    needs: 'visits.read',
    path: ofSchool('/visits'),
  }),
  dropouts: fact({
    asks: 'shown',
    label: '本期确认辍学',
    unit: '人次',
    having: '已复学',
    needs: 'cases.read',
    path: ({ schoolId }) => query('/cases', { state: 'all', schoolId }),
  }),
  inspections: fact({
    asks: 'shown',
    label: '督查',
    unit: '次',
    having: '已办结或没有问题',
    needs: 'books.read',
    path: records('inspection'),
  }),
  findingsSettled: fact({
    asks: 'all',
    label: '有问题的督查已整改并复查',
    unit: '次',
    act: '整改并等待复查',
    needs: 'books.read',
    path: records('inspection'),
  }),
};

/** A fact counted: what is done of how many; of a share, as of which day it was counted and the target in percent. */
export interface FactCount {
  id: ClauseFactId;
  done: number;
  of: number;
  asOf: string | null;
  target: number | null;
}

/** Whether a share reaches its target. */
export function reachesTarget({ done, of, target }: Pick<FactCount, 'done' | 'of' | 'target'>): boolean {
  return of > 0 && target !== null && done * 100 >= target * of;
}

/** A fact in words: `班主任责任书 3/12 人`, `走访记录 20 次（监护人签字 18 次）`, `年巩固率 99.2%（目标 99%，120/121 人）`. */
export function factWords(fact: FactCount): string {
  const { label, unit, asks, having } = clauseFacts[fact.id];
  const { done, of } = fact;
  if (asks === 'target') {
    if (of === 0) return `${label}尚未统计`;
    // Cut, not rounded: what falls short of the target must not read as if it reached it.
    const share = (Math.floor((done / of) * 1000) / 10).toFixed(1);
    return `${label} ${share}%（目标 ${String(fact.target ?? 0)}%，${String(done)}/${String(of)} ${unit}${fact.asOf === null ? '' : `，截至 ${fact.asOf}`}）`;
  }
  if (asks === 'all') return `${label} ${String(done)}/${String(of)} ${unit}`;
  return `${label} ${String(of)} ${unit}${having === null || of === 0 ? '' : `（${having} ${String(done)} ${unit}）`}`;
}

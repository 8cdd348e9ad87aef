import type { CoursePart, OtherPart, PeriodKind, ScopeKind } from './record.ts';

/** Chinese names of the parts of a tally, as columns carry them (D§4.11). */
export const partWords: Record<CoursePart, string> = {
  S0: '期初在校',
  New: '新生入学',
  In: '转入',
  Back: '复学',
  MoveIn: '内部转入',
  Out: '转出',
  Susp: '休学',
  Dead: '死亡',
  Abroad: '出国',
  Grad: '毕业',
  Gone: '去向未落实',
  Drop: '辍学',
  MoveOut: '内部转出',
  S1: '期末在校',
  OpenStart: '期初未复学',
  Open: '累计未复学',
  Transferring: '转出办理中',
  Suspended: '期末休学',
  Leavers: '待升初中',
  Confirmed: '本期确认辍学',
  Returned: '本期劝返复学',
  DropBack: '本期辍学又返校',
  GoneBack: '本期离校又返校',
  Left6: '小学毕业离校',
};

const otherPartWords: Record<OtherPart, string> = {
  Owing: '应接受义务教育人数',
  Enrolled: '在册就读（含休学）',
  SuspendedOwing: '其中休学',
  Elsewhere: '在外就读且证明已采信',
  StatedElsewhere: '自述在外就读（待核实）',
  Exempt: '准予缓学、免学、死亡、迁出',
  GradeSpring: '去春本年级人数',
  GradeAutumn: '今秋高一年级人数',
  DutiesDue: '到期任务',
  DutiesInTime: '按期办结任务',
  ToCover: '应走访、签订或落实',
  Covered: '已走访、签订或落实',
  DaysDue: '应到人日',
  DaysUnknown: '未知人日',
  DaysPresent: '实到人日',
};

/** The Chinese name of a part that a formula names; the identifier itself where none is known. */
export function figurePartWords(part: string): string {
  const words: Readonly<Record<string, string>> = { ...partWords, ...otherPartWords };
  return words[part] ?? part;
}

/** Chinese names of the kinds of scope. */
export const scopeKindWords: Record<ScopeKind, string> = {
  class: '班级',
  schoolGrade: '年级',
  schoolLevel: '学校的一个学段',
  school: '学校',
  grade: '全区年级',
  level: '学段',
  streetLevel: '街道（居住地）的一个学段',
  street: '街道（居住地）',
  district: '全区',
  cohort: '届',
};

/** Chinese names of the periods. */
export const periodKindWords: Record<PeriodKind, string> = {
  week: '周',
  month: '月',
  quarter: '季度',
  term: '学期',
  year: '学年',
};

/** Chinese names of the levels. */
export const levelWords = { primary: '小学', junior: '初中' } as const;

import type { CoverageState, NotMetReason, Party, PlanKind, SignatureMeans, SignedState, VisitMode } from './record.ts';

/** Words of the modes (D4.8). */
export const visitModeWords: Record<VisitMode, string> = { door: '上门', phone: '电话', online: '线上' };

/** Words of the kinds of plan. */
export const planKindWords: Record<PlanKind, string> = {
  term: '每学期全员走访',
  holiday: '假期走访',
  atRisk: '重点对象月访',
  case: '个案走访',
};

/** What a planned visit is for, as the phone offers it. */
export const planPurposeWords: Record<PlanKind, string> = {
  term: '了解家庭情况，宣传义务教育法，沟通在校在家表现',
  holiday: '了解假期生活与安全情况，动员按时返校',
  atRisk: '了解近期变化与困难，防止辍学',
  case: '劝返复学，了解未到校原因和去向',
};

/** Words of how planned visits stand. */
export const coverageStateWords: Record<CoverageState, string> = {
  covered: '已走访',
  late: '逾期才走访',
  attempted: '只有未遇',
  none: '未走访',
};

/** Words of the reasons why nobody was met. */
export const notMetWords: Record<NotMetReason, string> = {
  notHome: '家中无人',
  refused: '拒绝见面',
  moved: '已搬走',
  wrongAddress: '地址有误',
  noAnswer: '无人接听',
  other: '其他',
};

/** Words of the parties who sign. */
export const partyWords: Record<Party, string> = { teacher: '教师', guardian: '家长', pupil: '学生' };

/** Words of how a party signed. */
export const signatureMeansWords: Record<SignatureMeans, string> = {
  drawn: '已签名',
  refused: '拒签',
  absent: '不在场',
  cannotSign: '不会签字',
  byOther: '代签',
  scan: '纸质签名',
};

/** Words of what the signatures amount to. */
export const signedStateWords: Record<SignedState, string> = {
  signed: '签名齐全',
  incomplete: '签名不全',
  awaitingScan: '待附扫描件',
  changed: '签名后内容有改动',
  notNeeded: '不需签名',
};

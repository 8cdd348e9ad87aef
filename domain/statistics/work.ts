import { openStates, reasonGroups, type CaseState, type ReasonGroup } from '#domain/dropout/record.ts';

/** States in which a round is under way: looked for, persuaded, or back and followed up. */
export const activeStates: readonly CaseState[] = [...openStates, 'returned'];

/** The steps of the funnel: 疑似 → 确认 → 劝返 → 复学 → 巩固, of the rounds of dropout cases that were under way in the period. */
export const funnelParts = ['Suspected', 'CaseConfirmed', 'Persuaded', 'CaseReturned', 'Held'] as const;
/** A step of the funnel. */
export type FunnelPart = (typeof funnelParts)[number];

/** How the rounds that began in the period were found: by the school's own roll call or report, or by others. */
export const foundParts = ['FoundSelf', 'FoundOther'] as const;

/** Parts of cases whose names open: a step, a way of being found, a reason, or the reports that name the first day of absence. */
export const caseParts = [
  ...funnelParts,
  ...foundParts,
  ...reasonGroups.map((reason) => `reason:${reason}` as const),
  'reason:none',
  'Reports',
] as const;
/** A part of cases. */
export type CasePart = (typeof caseParts)[number];
/** The part of a reason; `none` where no report names one. */
export type ReasonPart = `reason:${ReasonGroup | 'none'}`;

/** Parts of the duties due in the period, each opening its duties: all of them, and how they ended by then. */
export const dutyParts = ['DutiesDue', 'DutiesInTime', 'DutiesLate', 'DutiesOpen'] as const;
/** A part of the duties. */
export type DutyPart = (typeof dutyParts)[number];

/** Parts of the door survey whose households open: all, with a result, refused, nobody met, and without any result yet. */
export const surveyParts = ['Households', 'Surveyed', 'Refused', 'NotMet', 'Unsurveyed'] as const;
/** A part of the door survey. */
export type SurveyPart = (typeof surveyParts)[number];

/** Words of the parts of the door survey. */
export const surveyPartWords: Record<SurveyPart, string> = {
  Households: '应摸底的住户',
  Surveyed: '已有结果的住户',
  Refused: '拒访的住户',
  NotMet: '未遇的住户',
  Unsurveyed: '尚无结果的住户',
};

/** Every part of the work that is counted beside the course: duties, visits and door survey, cases. */
export const workParts = [
  ...dutyParts,
  'ToVisit',
  'Visited',
  'Households',
  'Surveyed',
  'Refused',
  'NotMet',
  ...caseParts,
  /** The days from the first absence to the report, summed over the reports that name it. */
  'ReportDays',
] as const;
/** A part of the work. */
export type WorkPart = (typeof workParts)[number];
/** The counts of the work of one scope; what is missing is 0. */
export type WorkCounts = Partial<Record<WorkPart, number>>;

/** Kinds of scope for which work is counted. */
export const workKinds = ['district', 'level', 'school', 'schoolLevel', 'street', 'streetLevel'] as const;
/** A kind of scope for which work is counted. */
export type WorkKind = (typeof workKinds)[number];

/** Words of the steps of the funnel. */
export const funnelWords: Record<FunnelPart, string> = {
  Suspected: '疑似辍学',
  CaseConfirmed: '确认辍学',
  Persuaded: '已劝返',
  CaseReturned: '已复学',
  Held: '已巩固',
};

/** Words of the parts of the duties. */
export const dutyPartWords: Record<DutyPart, string> = {
  DutiesDue: '到期应办的任务',
  DutiesInTime: '按时办结的任务',
  DutiesLate: '超期办结的任务',
  DutiesOpen: '超期未办的任务',
};

/** How the funnel is counted, as printed under it. */
export const funnelNote =
  '按轮次计：本期仍在办或新立的辍学个案；已劝返指确认后已开展劝返，已巩固指复学跟踪期满且仍在校。失学（从未入学）不计入，见入学率。';
/** How "found by others" is counted, as printed beside it. */
export const foundNote =
  '本期新立个案：学校点名达到标准或学校报告的为自查发现，社区、街道报告和数据比对的为他处发现；紧急情况、重新立案不计。';

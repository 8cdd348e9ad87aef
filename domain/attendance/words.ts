import type {
  AbsenceFigure,
  Answer,
  Asker,
  CorrectedKind,
  CorrectionState,
  DayPart,
  FirstDayMark,
  FirstDayReason,
  FirstDayState,
  KeptKind,
  LeaveKind,
  LeaveState,
  VerifyOutcome,
  VerifyReason,
} from './record.ts';

/** Words of the parts of a day. */
export const dayPartWords: Record<DayPart, string> = { morning: '上午', afternoon: '下午' };

/** Words of the marks. */
export const markWords: Record<KeptKind | CorrectedKind, string> = {
  present: '到校',
  unexcused: '无故缺勤',
  illness: '病假',
  personal: '事假',
  official: '公假',
  bereavement: '丧假',
  other: '其他请假',
  late: '迟到',
  unknown: '待核',
};

/** Words of the figures that open into pupils. */
export const absenceFigureWords: Record<AbsenceFigure, string> = {
  unexcused: '无故缺勤',
  unanswered: '无故缺勤，还没有联系',
  leave: '请假',
  crossed: '达到疑似辍学天数',
};

/** The sign of a mark in a month's sheet. */
export const markSigns: Record<KeptKind | 'present' | 'gap', string> = {
  present: '√',
  unexcused: '×',
  illness: '病',
  personal: '事',
  official: '公',
  bereavement: '丧',
  other: '假',
  late: '迟',
  unknown: '核',
  gap: '—',
};

/** Words of the answers, as the buttons show them. */
export const answerWords: Record<Answer, string> = {
  illness: '病假',
  personal: '事假',
  onTheWay: '在路上',
  arrived: '已到校',
  notReached: '联系不上',
  leftSchool: '家长称不再上学',
};

/** Words of the kinds of leave. */
export const leaveKindWords: Record<LeaveKind, string> = {
  illness: '病假',
  personal: '事假',
  official: '公假',
  bereavement: '丧假',
  other: '其他请假',
};

/** Words of who asked. */
export const askerWords: Record<Asker, string> = {
  guardian: '家长',
  pupil: '学生本人',
  school: '学校安排',
  marks: '由考勤记录汇成',
};

/** Words of the states of a leave. */
export const leaveStateWords: Record<LeaveState, string> = {
  requested: '待批准',
  approved: '已批准',
  refused: '未批准',
  ended: '已销假',
  verified: '已核实',
};

/** Words of why a leave must be verified. */
export const verifyReasonWords: Record<VerifyReason, string> = {
  pastEnd: '假期已满未返校',
  illnessWithoutPaper: '病假超过规定天数，没有证明',
  personalTooLong: '事假超过规定天数',
};

/** Words of what verifying found. */
export const verifyOutcomeWords: Record<VerifyOutcome, string> = {
  returned: '已返校',
  prolonged: '续假',
  paperShown: '已补交证明',
  suspension: '办理休学',
  notReturned: '未返校，转入疑似辍学核查',
};

/** Words of the states of a correction. */
export const correctionStateWords: Record<CorrectionState, string> = {
  done: '已更正',
  waiting: '待同意',
  consented: '已同意',
  refused: '未同意',
};

/** Why the act that an answer leads to is taken, as its form is prefilled. */
export const nextReasonWords = {
  visit: '缺勤后电话联系不上家长',
  report: '家长称孩子不再上学',
  lost: '开学首日未到校，去向不明',
} as const;

/** Words of the reasons of the first day. */
export const firstDayReasonWords: Record<FirstDayReason, string> = {
  illness: leaveKindWords.illness,
  personal: leaveKindWords.personal,
  official: leaveKindWords.official,
  bereavement: leaveKindWords.bereavement,
  onTheWay: '返校途中，晚到',
  transfer: '转学手续办理中',
  suspension: '休学手续办理中',
  leftSchool: answerWords.leftSchool,
  notReached: answerWords.notReached,
  other: '其他原因',
};

/** Words of what the roll call of the first day says. */
export const firstDayMarkWords: Record<FirstDayMark, string> = {
  present: '到校',
  absent: '未到校',
  unmarked: '未点名',
};

/** Words of the states of a school's list. */
export const firstDayStateWords: Record<FirstDayState, string> = { missing: '未签', signed: '已签' };

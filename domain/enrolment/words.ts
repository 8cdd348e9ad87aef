import type { LeaveKind, SchoolStage } from './record.ts';

/** Words of the kinds of school. */
export const schoolStageWords: Record<SchoolStage, string> = {
  kindergarten: '幼儿园',
  primary: '小学',
  junior: '初中',
  nineYear: '九年一贯制学校',
  senior: '高中',
  complete: '完全中学',
  vocational: '中等职业学校',
  special: '特殊教育学校',
  corrective: '专门学校',
  other: '其他',
};

/** Words of the kinds of leave. */
export const leaveKindWords: Record<LeaveKind, string> = {
  illness: '病假',
  personal: '事假',
  official: '公假',
  bereavement: '丧假',
  suspension: '休学',
  homeTeaching: '送教上门',
  other: '其他请假',
};

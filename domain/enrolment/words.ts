import type { LeaveKind } from './record.ts';

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

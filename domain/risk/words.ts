import type { RiskLevel, SignKind, SignState } from './record.ts';

/** Words of the kinds of sign. */
export const signKindWords: Record<SignKind, string> = {
  absence: '缺勤异常',
  scoreFall: '成绩下滑',
  recentReturn: '近期复学',
  earlierDropout: '曾经辍学',
  siblingOut: '兄弟姐妹失学',
  keyGroup: '重点群体',
  addressMoves: '住址变动',
};

/** Words of the states. */
export const signStateWords: Record<SignState, string> = { open: '待关注', dismissed: '已排除', gone: '已消失' };

/** Words of the levels. */
export const riskLevelWords: Record<RiskLevel, string> = {
  urgent: '重点关注',
  concern: '需要关注',
  watch: '一般留意',
};

import { people, times } from './setting-kinds.ts';

/** From when falling marks are a sign; what stood before is judged anew on the next day. */
export const riskSettings = {
  'risk.scoreFall': people(
    'risk.scoreFall',
    '成绩下滑预警（百分点）',
    '最近一次考试的平均得分率比前一次下降达到这些百分点，即列为成绩下滑；次日起对已登记的成绩重新判断。',
    20,
    5,
    100,
  ),
  'risk.scoreFails': times(
    'risk.scoreFails',
    '成绩下滑预警（新增不及格门数）',
    '最近一次考试比前一次多出这些门学科得分率不足 60 %，即列为成绩下滑；次日起对已登记的成绩重新判断。',
    3,
  ),
} as const;

import type { CourseCause, CourseState } from './course.ts';

/** Words of the states of a course. */
export const courseStateWords: Record<CourseState, string> = {
  inSchool: '在校',
  transferring: '转出办理中',
  suspended: '休学',
  dropout: '辍学',
  gone: '去向未落实',
  out: '已转出',
  dead: '死亡',
  abroad: '出国（境）',
  graduated: '毕业',
  leaver: '小学毕业待升学',
};

/** Words of the causes of a spell. */
export const causeWords: Record<CourseCause, string> = {
  listed: '名册首次列入',
  entry: '入学',
  transferIn: '转入',
  resumed: '休学期满复学',
  returned: '劝返复学',
  classChange: '转班',
  repeat: '留级',
  skip: '跳级',
  promotion: '升级',
  placement: '升入初中',
  transferAsked: '申请转出',
  transferWithdrawn: '转学撤回',
  transferArrived: '转入校确认到校',
  notArrived: '逾期未到转入校',
  suspension: '休学',
  dropout: '确认辍学',
  leftWithout: '未办手续离校',
  noShow: '升学未报到',
  leaving: '小学毕业',
  death: '死亡',
  emigration: '出国（境）',
  graduation: '初中毕业',
  correction: '更正',
};

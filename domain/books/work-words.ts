import type { HelpKind, PaperPlace, WorkKind, WorkSort, WorkState } from './work-record.ts';

/** Words of the kinds. */
export const workKindWords: Record<WorkKind, string> = {
  plan: '工作方案',
  letter: '责任书',
  aid: '资助',
  pairing: '双困生帮扶',
  activity: '活动',
  inspection: '督查',
};

/** Words of the sorts. */
export const workSortWords: Record<WorkSort, string> = {
  workPlan: '工作方案',
  leadingGroup: '领导小组文件',
  otherPlan: '制度和其他文件',
  schoolTeacher: '学校与教师',
  teacherGuardian: '教师与家长',
  guardianPupil: '家长与学生',
  entryNotice: '入学通知书',
  subsidy: '生活补助',
  waiver: '费用减免',
  goods: '物资帮助',
  fund: '社会资助',
  otherAid: '其他资助',
  teacherPupil: '结对帮扶',
  publicity: '宣传教育',
  classMeeting: '主题班会',
  collective: '集体活动',
  homeVisits: '集中家访',
  parents: '家长会',
  planned: '定期督查',
  unannounced: '不定期督查',
};

/** Words of the states. */
export const workStateWords: Record<WorkState, string> = {
  stands: '已登记',
  withdrawn: '已撤销',
  open: '待整改',
  mended: '已整改待复查',
  settled: '已办结',
  helped: '帮扶中',
  ended: '帮扶已结束',
};

/** Words of the entries about the help given. */
export const helpKindWords: Record<HelpKind, string> = {
  contact: '帮扶记录',
  termResult: '学期成效',
  exit: '结束帮扶',
};

/** Words of where a paper belongs in its record. */
export const paperPlaceWords: Record<PaperPlace, string> = {
  record: '登记',
  mended: '整改',
  rechecked: '复查',
  help: '帮扶记录',
};

/** The words of a sort, whatever its kind; what no list knows as it is. */
export function sortWordsOf(sort: string): string {
  return Object.entries(workSortWords).find(([one]) => one === sort)?.[1] ?? sort;
}

import type { DueRule, DutyOutcome, DutyState } from './record.ts';

/** Words of the states of a duty. */
export const dutyStateWords: Record<DutyState, string> = { open: '待办', settled: '已办', waived: '已免' };

/** Words of the outcomes that timeliness counts. */
export const dutyOutcomeWords: Record<DutyOutcome, string> = { inTime: '按时办结', late: '超期办结', open: '未办' };

/** Words of the news by which a duty was settled. */
export const settledWords: Readonly<Record<string, string>> = {
  'attendance.classMarked': '已点名',
  'attendance.firstDayDone': '全班已到校或已说明',
  'attendance.firstDaySigned': '校长已签名单',
  'attendance.contacted': '已联系监护人',
  'attendance.absenceGone': '缺勤已更正',
  'attendance.thresholdGone': '经同意的更正，不再达到标准',
  'attendance.leaveVerified': '请假已核实',
  'visits.recorded': '已走访',
  'dropout.stepped': '个案已办理',
  'notices.voided': '文书已作废',
  'enrolment.childMoved': '学生已到另一所学校就读',
  'comparison.findingStepped': '已填写核实情况',
  'comparison.findingsDecided': '已核对是否同一人',
  'comparison.personsMerged': '两份档案已合并为一人',
  'comparison.findingsSynced': '发现已消除',
  'comparison.personsSplit': '合并已撤销',
  'comparison.findingHanded': '已改派',
  'books.findingsOpen': '整改期限已更改',
  'books.findingsMended': '已登记整改',
  'books.findingsGone': '督查已更正，没有待整改的问题',
};

/** All that a group robot says of a message: a group may hold people who must not know of a child, so no name and no case. */
export function robotWords(urgent: boolean): string {
  return urgent ? '有一项紧急任务，请登录平台查看。' : '有新的任务提醒，请登录平台查看。';
}

/** Words of a deadline rule. */
export function dueWords(due: DueRule): string {
  switch (due.unit) {
    case 'minutes':
      return `${String(due.amount)} 分钟内`;
    case 'hours':
      return `${String(due.amount)} 小时内`;
    case 'sameDay':
      return '当日 24:00 前';
    case 'calendar':
      return `${String(due.amount)} 日内`;
    case 'school':
      return due.amount === 0 ? '当日 24:00 前' : `${String(due.amount)} 个上课日内`;
    case 'working':
      return `${String(due.amount)} 个工作日内`;
    case 'given':
      return '按文书或步骤写明的期限';
  }
}

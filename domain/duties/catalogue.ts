import { rule, type DutyRule } from './duty-rule.ts';
import type { DutyPlace, DutyRuleId } from './record.ts';
import { reportRules } from './report-rules.ts';

function casePath(place: DutyPlace): string {
  return place.caseId === null ? `/cases/report?child=${place.childId ?? ''}` : `/cases/${place.caseId}`;
}

function visitPath(place: DutyPlace): string {
  return `/visits/new?child=${place.childId ?? ''}`;
}

function changePath(_place: DutyPlace, subjectId: string, _occasion: string): string {
  return `/changes/${subjectId}`;
}

/** The roll call of the occasion: its day, and the half-day where it names one. */
function rollCallPath(place: DutyPlace, _subjectId: string, occasion: string): string {
  const [day = '', part] = occasion.split(' ');
  return `/rollcall/${place.classId ?? ''}?day=${day}${part === 'afternoon' ? '&part=afternoon' : ''}`;
}

/** Every rule by its id. */
export const dutyRules: Record<DutyRuleId, DutyRule> = {
  markClass: rule({
    id: 'markClass',
    clause: '三(五)2',
    title: '点名',
    trigger: { news: 'attendance.classDue', when: '第一节课开始，本班尚未点名' },
    subject: 'class',
    ladder: ['classTeacher', 'schoolOfficer'],
    due: { unit: 'minutes', amount: 30 },
    settable: true,
    settledBy: ['attendance.classMarked'],
    act: { words: '去点名', path: rollCallPath },
  }),
  contactGuardian: rule({
    id: 'contactGuardian',
    clause: '三(五)2',
    title: '联系监护人，问明未到校原因',
    trigger: { news: 'attendance.classMarked', when: '点名时未到校且未请假' },
    subject: 'child',
    ladder: ['classTeacher', 'schoolOfficer'],
    due: { unit: 'sameDay' },
    settledBy: ['attendance.contacted', 'attendance.absenceGone'],
    act: { words: '联系家长', path: rollCallPath },
  }),
  reportSuspected: rule({
    id: 'reportSuspected',
    clause: '三(五)2',
    title: '报告疑似辍学',
    trigger: { news: 'attendance.thresholdCrossed', when: '连续或累计无故缺勤达到标准' },
    subject: 'child',
    ladder: ['classTeacher', 'schoolOfficer', 'principal'],
    due: { unit: 'sameDay' },
    single: true,
    settledBy: ['dropout.stepped', 'attendance.thresholdGone'],
    act: { words: '去报告', path: casePath },
  }),
  visitSuspected: rule({
    id: 'visitSuspected',
    clause: '四(二)',
    title: '上门走访',
    trigger: { news: 'attendance.thresholdCrossed', when: '达到疑似辍学标准，或已报告疑似辍学' },
    subject: 'child',
    ladder: ['classTeacher', 'schoolOfficer', 'principal'],
    heldAbove: 1,
    due: { unit: 'calendar', amount: 3, keepsDay: true },
    settable: true,
    single: true,
    settledBy: ['visits.recorded', 'attendance.thresholdGone'],
    act: { words: '登记走访', path: visitPath },
  }),
  confirmSuspected: rule({
    id: 'confirmSuspected',
    clause: '四(二)',
    title: '确认或排除疑似辍学',
    trigger: { news: 'dropout.stepped', when: '疑似辍学，仍未返校' },
    subject: 'case',
    ladder: ['principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '去确认', path: casePath },
  }),
  persuade: rule({
    id: 'persuade',
    clause: '四(二)',
    title: '再次劝返',
    trigger: { news: 'dropout.stepped', when: '个案在办，每次劝返后' },
    subject: 'case',
    ladder: ['classTeacher', 'schoolOfficer', 'principal', 'bureauOfficer'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '记录劝返', path: casePath },
  }),
  caseStep: rule({
    id: 'caseStep',
    clause: '四(二)',
    title: '办理个案下一步',
    trigger: { news: 'dropout.stepped', when: '劝返阶梯的下一步有期限' },
    subject: 'case',
    ladder: ['schoolOfficer', 'principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '去办理', path: casePath },
  }),
  checkCase: rule({
    id: 'checkCase',
    clause: '四(二)',
    title: '复核个案的销号或排除',
    trigger: { news: 'dropout.stepped', when: '学校提出销号或排除，待教育局复核' },
    subject: 'case',
    ladder: ['bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '去复核', path: casePath },
  }),
  followUp: rule({
    id: 'followUp',
    clause: '四(二)',
    title: '复学跟踪',
    trigger: { news: 'dropout.stepped', when: '学生复学：前四周每周一次，其后每月一次、共两次' },
    subject: 'case',
    ladder: ['classTeacher', 'schoolOfficer', 'principal'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '记录跟踪', path: casePath },
  }),
  verifyLeave: rule({
    id: 'verifyLeave',
    clause: '三(五)4',
    title: '上门核实请假',
    trigger: { news: 'attendance.leaveToVerify', when: '请假到期未返校，或长假缺少证明' },
    subject: 'leave',
    ladder: ['schoolOfficer', 'principal'],
    due: { unit: 'school', amount: 3 },
    settable: true,
    settledBy: ['attendance.leaveVerified'],
    act: { words: '去核实', path: () => '/attendance/leaves?show=verify' },
  }),
  noticeEnds: rule({
    id: 'noticeEnds',
    clause: '四(二)',
    title: '文书期限届满，办理下一步',
    trigger: { news: 'notices.served', when: '不属个案的文书已送达并写明期限' },
    subject: 'document',
    ladder: ['schoolOfficer', 'principal', 'bureauOfficer'],
    due: { unit: 'given' },
    settledBy: ['notices.voided', 'notices.issued', 'dropout.stepped'],
    act: { words: '查看文书', path: (_place, subjectId) => `/notices/${subjectId}` },
  }),
  referralAnswer: rule({
    id: 'referralAnswer',
    clause: '四(二)',
    title: '催办协查、转介的回函',
    trigger: { news: 'dropout.stepped', when: '已发出协查函或转介，尚无回函' },
    subject: 'case',
    ladder: ['bureauOfficer', 'bureauLeader'],
    due: { unit: 'working', amount: 15 },
    settable: true,
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '查看个案', path: casePath },
  }),
  urgentCase: rule({
    id: 'urgentCase',
    clause: '四(二)',
    title: '紧急情况：立即处置并转介',
    trigger: { news: 'dropout.stepped', when: '报告了紧急情况' },
    subject: 'case',
    ladder: ['principal', 'bureauOfficer', 'bureauLeader'],
    heldAbove: 1,
    due: { unit: 'minutes', amount: 24 * 60 },
    urgent: true,
    single: true,
    settledBy: ['dropout.stepped'],
    act: { words: '立即处置', path: casePath },
  }),
  changeStep: rule({
    id: 'changeStep',
    clause: '三(五)4',
    title: '办理学籍异动',
    trigger: { news: 'enrolment.changeStepped', when: '学籍异动等待本方办理（转学各方 10 个工作日）' },
    subject: 'change',
    ladder: ['registrar', 'principal', 'bureauOfficer', 'bureauLeader'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['enrolment.changeStepped'],
    act: { words: '去办理', path: changePath },
  }),
  suspensionEnding: rule({
    id: 'suspensionEnding',
    clause: '三(五)4',
    title: '休学即将期满，办理复学或继续休学',
    trigger: { news: 'enrolment.suspensionEnding', when: '距休学期满 15 个工作日，尚未申请复学或继续休学' },
    subject: 'change',
    ladder: ['registrar', 'principal', 'bureauOfficer'],
    due: { unit: 'given' },
    single: true,
    settledBy: ['enrolment.changeStepped'],
    act: { words: '去办理', path: changePath },
  }),
  noShow: rule({
    id: 'noShow',
    clause: '三(一)4',
    title: '查明未到校学生去向',
    version: 2,
    trigger: { news: 'enrolment.changeStepped', when: '小学毕业生未分配或未报到，或转学逾期未到校' },
    subject: 'change',
    ladder: ['registrar', 'principal', 'bureauOfficer', 'bureauLeader'],
    // school and bureau together (product, section 6)
    heldAbove: 2,
    due: { unit: 'calendar', amount: 5 },
    settable: true,
    single: true,
    settledBy: ['enrolment.changeStepped'],
    act: {
      words: '查明去向',
      path: (place, subjectId, occasion) =>
        subjectId === place.childId ? '/leavers?show=noShow' : changePath(place, subjectId, occasion),
    },
  }),
  homeLessons: rule({
    id: 'homeLessons',
    clause: '三(五)4',
    title: '补足送教上门课时',
    trigger: {
      news: 'enrolment.lessonsShort',
      when: '一个月结束，送教上门课时少于每月定额（不足 10 个上课日的月份不计）',
    },
    subject: 'change',
    ladder: ['schoolOfficer', 'principal', 'bureauOfficer'],
    due: { unit: 'working', amount: 10 },
    settable: true,
    settledBy: ['enrolment.lessonsSettled'],
    act: { words: '登记送教', path: changePath },
  }),
  ...reportRules,
};

/** The rules in the order of the catalogue. */
export const dutyRuleList: readonly DutyRule[] = Object.values(dutyRules);

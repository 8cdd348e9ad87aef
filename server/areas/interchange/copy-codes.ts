import { listKindWords } from '#contract/imports.ts';
import { requestMeansWords } from '#contract/interchange.ts';
import { heldWords } from '#domain/basics/list-row.ts';
import { documentTypeWords } from '#domain/basics/document-number.ts';
import { sexWords } from '#domain/basics/identity-check.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { roleWords } from '#domain/basics/roles.ts';
import {
  helpKindWords,
  paperPlaceWords,
  workKindWords,
  workSortWords,
  workStateWords,
} from '#domain/books/work-words.ts';
import { answerWords, askerWords, correctionStateWords, dayPartWords, firstDayReasonWords, leaveKindWords, leaveStateWords, markWords, verifyOutcomeWords, verifyReasonWords } from '#domain/attendance/words.ts'; // prettier-ignore
import { categories } from '#domain/comparison/categories.ts';
import { comparisonKindWords, findingStateWords, standingKindWords } from '#domain/comparison/words.ts';
import { caseKindWords, caseStateWords, closingCategoryWords, decisionKindWords, reasonGroupWords, roundSourceWords, rungWords, whereaboutsWords } from '#domain/dropout/words.ts'; // prettier-ignore
import { steps } from '#domain/dropout/steps.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import { dutyStateWords, settledWords } from '#domain/duties/words.ts';
import { papersFor } from '#domain/enrolment/change-rules.ts';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { attendingKindWords, changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { leaveKindWords as rosterLeaveWords } from '#domain/enrolment/words.ts';
import { differenceStateWords, differenceWords, proposalWords } from '#domain/enrolment/registry-check.ts';
import { documentKindWords, documentStateWords, serviceModeWords } from '#domain/notices/words.ts';
import { paperKindWords } from '#domain/papers/words.ts';
import { childTagWords, householdStateWords, studyStatusWords } from '#domain/population/words.ts';
import { reportStateWords } from '#domain/statistics/report.ts';
import { reportSteps } from '#domain/statistics/steps.ts';
import { periodKindWords } from '#domain/statistics/words.ts';
import { examWords, ratingWords } from '#domain/risk/scores.ts';
import { signKindWords, signStateWords } from '#domain/risk/words.ts';
import { notMetWords, partyWords, planKindWords, signatureMeansWords, visitModeWords } from '#domain/visits/words.ts';

type Words = Readonly<Record<string, string>>;

const pieceWords: Words = Object.fromEntries(changeKinds.flatMap((kind) => papersFor(kind, true).map(({ code, label }) => [code, label]))); // prettier-ignore
const unitWords: Words = {
  district: '区教育局',
  school: '学校',
  class: '班级',
  subdistrict: '街道',
  community: '社区',
};

/** Code lists by column, where the table does not matter. */
const byColumn: Readonly<Record<string, Words>> = {
  sex: sexWords,
  cause: causeWords,
  identity: { proven: '已核实', suspect: '号码待核', conflict: '同号待核', none: '无证件号码' },
  study_status: studyStatusWords,
  household_state: householdStateWords,
  tags: childTagWords,
  tag: childTagWords,
  list: childTagWords,
  part: dayPartWords,
  answer: answerWords,
  leave_kind: leaveKindWords,
  asker: askerWords,
  verify_why: verifyReasonWords,
  verified_outcome: verifyOutcomeWords,
  from_kind: markWords,
  to_kind: markWords,
  modes: visitModeWords,
  not_met: notMetWords,
  party: partyWords,
  means: signatureMeansWords,
  whereabouts: whereaboutsWords,
  reason_group: reasonGroupWords,
  source: roundSourceWords,
  rung: rungWords,
  category: closingCategoryWords,
  content_type: { 'image/jpeg': '图片', 'image/png': '图片', 'application/pdf': '文件（PDF）' },
  period_kind: periodKindWords,
  result: { children: '有适龄儿童', noChild: '无适龄儿童', empty: '空户', refused: '拒访', notMet: '未遇' },
  lead: unitWords,
  relation: relationWords,
  document_type: documentTypeWords,
  documentType: documentTypeWords,
  told: verifyReasonWords,
  act: proposalWords,
  placeKind: attendingKindWords,
  instead: { fingerprint: '按指印', paper: '另附纸质材料' },
  owner_kind: unitWords,
  owner_unit_kind: unitWords,
  unit_kind: unitWords,
  owner_role: roleWords,
  top_role: roleWords,
  subject_kind: {
    child: '儿童',
    school: '学校',
    case: '个案',
    visit: '走访',
    leave: '请假',
    finding: '比对发现',
    inspection: '督查',
    workRecord: '工作记录',
  },
  before: caseStateWords,
  taken_act: proposalWords,
};

/** Code lists of one table's column. */
const byTable: Readonly<Record<string, Words>> = {
  'course.state': courseStateWords,
  'registry_change.kind': changeKindWords,
  'registry_change.state': changeStateWords,
  'registry_change.code': pieceWords,
  'change_form.state': changeStateWords,
  'year_promotion.what': { leaving: '毕业年级离校', promotion: '升级' },
  'registry_change_event.state': changeStateWords,
  'attending_place.kind': attendingKindWords,
  'registry_difference.kind': differenceWords,
  'registry_difference.state': { ...courseStateWords, ...differenceStateWords },
  'absence.kind': markWords,
  'presence.leave_kind': rosterLeaveWords,
  'roll_call.source': { call: '当日点名', late: '补点', sheet: '表格导入' },
  'standing.kind': standingKindWords,
  'leave.kind': leaveKindWords,
  'leave.state': leaveStateWords,
  'attendance_correction.state': correctionStateWords,
  'first_day_entry.why': firstDayReasonWords,
  'attendance_correction.why': { crossing: '会使疑似辍学预警消失', duty: '会使逾期未联系的缺勤消失' },
  'finding.kind': comparisonKindWords,
  'finding.category': Object.fromEntries(categories.map(({ code, label }) => [code, label])),
  'finding.state': findingStateWords,
  'risk_sign.kind': signKindWords,
  'risk_sign.state': signStateWords,
  'pupil_score.exam': examWords,
  'pupil_score.rating': ratingWords,
  'visit_plan.kind': planKindWords,
  'work_record.kind': workKindWords,
  'work_record.sort': workSortWords,
  'work_record.state': workStateWords,
  'work_record.what': helpKindWords,
  'work_record_paper.belongs_to': paperPlaceWords,
  'visit_plan_item.kind': planKindWords,
  'visit_plan_item.state': { open: '待走访', done: '已走访', dropped: '已取消' },
  'visit.mode': visitModeWords,
  'case_event.what': {
    ...Object.fromEntries([...steps].reverse().map((one) => [one.action, one.words])),
    skip: '跳过步骤',
    merged: '档案合并',
    split: '撤销档案合并',
  },
  'registry_change_event.what': {
    ask: '提出',
    approve: '同意',
    refuse: '不同意',
    withdraw: '撤回',
    arrive: '确认到校',
    pass: '办结',
    correct: '更正',
    papers: '上传材料',
    remind: '提醒',
  },
  'return_case.kind': caseKindWords,
  'case_round.kind': caseKindWords,
  'case_state.kind': caseKindWords,
  'return_case.state': caseStateWords,
  'case_state.state': caseStateWords,
  'case_decision.kind': decisionKindWords,
  'issued_document.kind': documentKindWords,
  'issued_document.state': documentStateWords,
  'service_receipt.mode': serviceModeWords,
  'service_receipt.outcome': { served: '已送达', failed: '未送达' },
  'paper.kind': paperKindWords,
  'duty.state': dutyStateWords,
  'duty.rule': Object.fromEntries(dutyRuleIds.map((id) => [id, dutyRules[id].title])),
  'duty.settled_event': { ...settledWords, waived: '免办' },
  'finding_event.what': {
    verify: '开始核实',
    explain: '说明',
    refuse: '退回核实',
    note: '继续核实',
    accept: '复核通过',
    assign: '改派',
    move: '所在学校或街道变动',
  },
  'duty_event.what': { waived: '免办', handedOver: '移交他人' },
  'held_row.kind': listKindWords,
  'held_row.code': heldWords,
  'held_row.also': heldWords,
  'held_row.state': { held: '待更正', accepted: '已更正入库', discarded: '已放弃' },
  'period_report.state': reportStateWords,
  'period_report_event.action': Object.fromEntries(reportSteps.map(({ action, words }) => [action, words])),
  'access_request.state': { asked: '办理中', made: '已生成' },
  'access_request.means': requestMeansWords,
};

/** What stands for a code that its list does not know, where something better can be said than 其他. */
const otherWords: Words = { 'duty.settled_event': '已办结' };

/** The words of the codes of a table's column or of a key inside its values; undefined where people write what stands there. */
export function codesOf(table: string, column: string): Words | undefined {
  if (Object.hasOwn(byTable, `${table}.${column}`)) return byTable[`${table}.${column}`];
  if (Object.hasOwn(byColumn, column)) return byColumn[column];
  return column.endsWith('_role') ? roleWords : undefined;
}

const bareCode = /^[a-z][A-Za-z0-9./-]*$/u;

/** A text in words: of its code list where there is one; a code that is not in it says so and stands as it is in the JSON alone. */
export function ofCode(table: string, column: string, text: string): string {
  const list = codesOf(table, column);
  if (list === undefined) return text;
  if (Object.hasOwn(list, text)) return list[text] ?? text;
  return bareCode.test(text) ? (otherWords[`${table}.${column}`] ?? '其他') : text;
}

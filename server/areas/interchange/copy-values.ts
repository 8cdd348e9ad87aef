import { requestMeansWords } from '#contract/interchange.ts';
import { documentTypeWords } from '#domain/basics/document-number.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWords } from '#domain/basics/identity-check.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { isRole, roleWords } from '#domain/basics/roles.ts';
import { schoolYearWords } from '#domain/basics/school-year.ts';
import { answerWords, askerWords, correctionStateWords, dayPartWords, leaveKindWords, leaveStateWords, markWords, verifyOutcomeWords, verifyReasonWords } from '#domain/attendance/words.ts'; // prettier-ignore
import { comparisonKindWords, findingStateWords } from '#domain/comparison/words.ts';
import { caseKindWords, caseStateWords, closingCategoryWords, decisionKindWords, reasonGroupWords, roundSourceWords, rungWords, whereaboutsWords } from '#domain/dropout/words.ts'; // prettier-ignore
import { steps } from '#domain/dropout/steps.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import { dutyStateWords, settledWords } from '#domain/duties/words.ts';
import { papersFor } from '#domain/enrolment/change-rules.ts';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { attendingKindWords, changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { differenceStateWords, differenceWords, proposalWords } from '#domain/enrolment/registry-check.ts';
import { documentKindWords, documentStateWords, serviceModeWords } from '#domain/notices/words.ts';
import { paperKindWords } from '#domain/papers/words.ts';
import { childTagWords, householdStateWords, studyStatusWords } from '#domain/population/words.ts';
import { stageWords } from '#domain/organisations/words.ts';
import { signKindWords, signStateWords } from '#domain/risk/words.ts';
import { notMetWords, partyWords, planKindWords, signatureMeansWords, visitModeWords } from '#domain/visits/words.ts';
import { chinaMoment } from '#server/clock.ts';

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
  category: { ...comparisonKindWords, ...closingCategoryWords },
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
  subject_kind: { child: '儿童', school: '学校', case: '个案', visit: '走访', leave: '请假', finding: '比对发现' },
  before: caseStateWords,
  taken_act: proposalWords,
};

/** Code lists of one table's column. */
const byTable: Readonly<Record<string, Words>> = {
  'course.state': courseStateWords,
  'registry_change.kind': changeKindWords,
  'registry_change.state': changeStateWords,
  'registry_change.code': pieceWords,
  'registry_change_event.state': changeStateWords,
  'attending_place.kind': attendingKindWords,
  'registry_difference.kind': differenceWords,
  'registry_difference.state': { ...courseStateWords, ...differenceStateWords },
  'absence.kind': markWords,
  'presence.kind': markWords,
  'leave.kind': leaveKindWords,
  'leave.state': leaveStateWords,
  'attendance_correction.state': correctionStateWords,
  'finding.kind': comparisonKindWords,
  'finding.state': findingStateWords,
  'risk_sign.kind': signKindWords,
  'risk_sign.state': signStateWords,
  'visit_plan_item.kind': planKindWords,
  'visit_plan_item.state': { open: '待走访', done: '已走访', dropped: '已取消' },
  'visit.mode': visitModeWords,
  'case_event.what': Object.fromEntries([...steps].reverse().map((one) => [one.action, one.words])),
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
  },
  'duty_event.what': { waived: '免办', handedOver: '移交他人' },
  'access_request.state': { asked: '办理中', made: '已生成' },
  'access_request.means': requestMeansWords,
};

/** A single value: text, a number, yes or no, a moment; what a copy holds beside lists and objects. */
export type Single = string | number | boolean | Date;

function ofCode(table: string, column: string, text: string): string {
  const list = byTable[`${table}.${column}`] ?? byColumn[column];
  const found = list !== undefined && Object.hasOwn(list, text) ? list[text] : undefined;
  return found ?? (column.endsWith('_role') && isRole(text) ? roleWords[text] : text);
}

/** From when to when a row counted as known, from the range as PostgreSQL writes it. */
function knownWords(range: string): string {
  const [from, to] = range
    .slice(1, -1)
    .split(',')
    .map((end) => end.replaceAll('"', ''));
  const words = (end: string | undefined) =>
    end ? chinaMoment(new Date(end.replace(' ', 'T').replace(/[+-]\d\d$/u, '$&:00'))) : '';
  return to === '' ? `${words(from)} 起` : `${words(from)} 至 ${words(to)}`;
}

/** A single value in words: of a code list where the column or key has one, moments as clocks in the district show them. */
export function singleWords(table: string, column: string, value: Single): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value instanceof Date) return chinaMoment(value);
  if (typeof value === 'number') {
    if (/(^|_)grade$|Grade$/u.test(column)) return wordsOfGrade(value) || String(value);
    return column === 'school_year' ? schoolYearWords(value) : String(value);
  }
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/u.test(value)) return chinaMoment(new Date(value));
  if (column === 'known') return knownWords(value);
  if (column === 'stage') return stageWords(value);
  return ofCode(table, column, value);
}

import type { Role } from '../basics/roles.ts';
import { caseStates, openStates, type CaseState } from './record.ts';

/** Everything that can be done with a case; the key also names the step in news. */
export const caseActions = [
  'cross',
  'report',
  'emergency',
  'confirm',
  'passUp',
  'checkConfirmation',
  'refuseConfirmation',
  'dismiss',
  'checkDismissal',
  'refuseDismissal',
  'plan',
  'contact',
  'persuade',
  'persuasionNotice',
  'writtenReport',
  'deadlineNotice',
  'finding',
  'correctionOrder',
  'further',
  'refer',
  'answerReferral',
  'handOver',
  'return',
  'followUp',
  'finishFollowing',
  'callBack',
  'proposeClosing',
  'checkClosing',
  'refuseClosing',
  'closeReturned',
  'reopen',
  'visit',
  'served',
  'voided',
  'presence',
  'noticeEnded',
  'remind',
  'followUpDue',
  'watch',
  'watchDue',
] as const;
/** An act on a case. */
export type CaseAction = (typeof caseActions)[number];

/** What an act asks for beside the right to do it. */
export type Demand =
  | 'note' // a reason or note in words
  | 'otherPerson' // another person than the one who entered what is checked
  | 'bureauSetting' // only where a setting leaves the confirmation to the bureau (`passUp`), or not (`confirm`)
  | 'noSchool' // by the bureau only where the case has no school
  | 'ladder' // earlier rungs done, or skipped with a reason
  | 'finding' // a recorded finding 无正当理由 with evidence and the guardian's statement
  | 'document' // an issued document
  | 'presence' // present on the set number of consecutive school days
  | 'signature' // a drawn signature
  | 'evidence' // what the closing category demands
  | 'callBack' // a chosen call-back has been made
  | 'followUps'; // every follow-up has been recorded

/** One row of the table: who may do what in which states, where it leads, and what it demands. */
export interface Step {
  action: CaseAction;
  /** Empty: no case, or none that is open. */
  from: readonly CaseState[];
  roles: readonly (Role | 'platform')[];
  /** null: the state stays. */
  next: CaseState | null;
  demands: readonly Demand[];
  words: string;
}

const ladderStates: readonly CaseState[] = ['confirmed', 'persuading'];
const resting: readonly CaseState[] = ['dismissed', 'closed', 'returned', 'followed'];
const everyState: readonly CaseState[] = caseStates;
const schoolCase = ['classTeacher', 'schoolOfficer', 'principal'] as const;
const everyOne = [...schoolCase, 'subdistrictOfficer', 'bureauOfficer'] as const;
const reporters = [...everyOne, 'registrar', 'subjectTeacher', 'communityWorker'] as const;

function step(
  action: CaseAction,
  from: readonly CaseState[],
  roles: Step['roles'],
  next: CaseState | null,
  demands: readonly Demand[],
  words: string,
): Step {
  return { action, from, roles, next, demands, words };
}

/** The table of a case: role × state × action → next state and what it demands (product, sections 2–5; D§2.9, 2.10). */
export const steps: readonly Step[] = [
  step('cross', [], ['platform'], 'suspected', [], '考勤达到标准'),
  step('report', [], reporters, 'suspected', [], '报告疑似辍学'),
  step('report', openStates, reporters, null, [], '补充报告'),
  step('emergency', [], reporters, 'suspected', ['note'], '报告紧急情况'),
  step('emergency', [...openStates, 'returned', 'followed'], reporters, null, ['note'], '报告紧急情况'),
  step('confirm', ['suspected'], ['principal'], 'confirmed', ['bureauSetting'], '学校确认'),
  step('passUp', ['suspected'], ['principal'], 'confirming', ['bureauSetting'], '学校确认，报区级确认'),
  step('checkConfirmation', ['confirming'], ['bureauOfficer'], 'confirmed', ['otherPerson'], '区级确认'),
  step('checkConfirmation', ['suspected'], ['bureauOfficer'], 'confirmed', ['noSchool'], '区级确认（无学校）'),
  step('dismiss', ['suspected', 'confirming'], ['principal'], 'dismissing', ['note'], '排除，报区级复核'),
  step('refuseConfirmation', ['confirming'], ['bureauOfficer'], 'suspected', ['otherPerson', 'note'], '退回学校核实'),
  step(
    'dismiss',
    ['suspected', 'confirming'],
    ['bureauOfficer'],
    'dismissing',
    ['note', 'noSchool'],
    '排除，待另一人复核',
  ),
  step('checkDismissal', ['dismissing'], ['bureauOfficer'], 'dismissed', ['otherPerson'], '同意排除'),
  step('refuseDismissal', ['dismissing'], ['bureauOfficer'], 'suspected', ['otherPerson', 'note'], '不同意排除'),
  step('plan', openStates, everyOne, null, [], '制定劝返方案'),
  step('contact', ['suspected', 'confirming'], everyOne, null, [], '联系'),
  step('contact', ladderStates, everyOne, 'persuading', [], '联系'),
  step('persuade', ladderStates, everyOne, 'persuading', ['ladder'], '劝返'),
  step('persuasionNotice', ladderStates, schoolCase, 'persuading', ['ladder', 'document'], '发劝学通知书'),
  step(
    'persuasionNotice',
    ladderStates,
    ['bureauOfficer'],
    'persuading',
    ['ladder', 'document', 'noSchool'],
    '发劝学通知书（无学校）',
  ),
  step(
    'writtenReport',
    ladderStates,
    ['principal'],
    'persuading',
    ['ladder', 'document'],
    '书面报告区教育局（校长签发）',
  ),
  step(
    'deadlineNotice',
    ladderStates,
    ['subdistrictOfficer'],
    'persuading',
    ['ladder', 'document'],
    '发限期复学通知书（街道）',
  ),
  step('finding', ladderStates, ['bureauOfficer'], null, ['evidence'], '认定无正当理由'),
  step(
    'correctionOrder',
    ladderStates,
    ['bureauLeader'],
    'persuading',
    ['ladder', 'finding', 'document'],
    '责令限期改正（局领导签发）',
  ),
  step('further', ladderStates, ['bureauOfficer'], 'persuading', ['ladder'], '移送有关部门'),
  step('refer', [...openStates, 'returned', 'followed'], ['bureauOfficer'], null, [], '发协查、转介'),
  step('answerReferral', [...openStates, ...resting], ['bureauOfficer'], null, [], '登记回函'),
  step('handOver', openStates, ['principal', 'subdistrictOfficer', 'bureauOfficer'], null, ['note'], '移交'),
  step(
    'return',
    ['suspected', 'confirming', ...ladderStates],
    ['principal'],
    'returned',
    ['presence', 'signature'],
    '复学（校长签字）',
  ),
  step('followUp', ['returned'], [...schoolCase, 'bureauOfficer'], null, [], '复学后跟踪'),
  step('finishFollowing', ['returned'], ['platform'], 'followed', ['followUps'], '跟踪期满'),
  step('callBack', ['returned', 'followed', 'closed'], ['bureauOfficer'], null, ['otherPerson'], '区级回访'),
  step(
    'closeReturned',
    ['followed'],
    ['schoolOfficer', 'principal', 'bureauOfficer'],
    'closed',
    ['followUps', 'callBack', 'evidence'],
    '复学销号',
  ),
  step(
    'proposeClosing',
    ['suspected', 'confirming', ...ladderStates],
    ['schoolOfficer', 'principal', 'subdistrictOfficer', 'bureauOfficer'],
    'closing',
    ['evidence'],
    '申请销号',
  ),
  step('checkClosing', ['closing'], ['bureauOfficer'], 'closed', ['otherPerson'], '同意销号'),
  step('refuseClosing', ['closing'], ['bureauOfficer'], 'persuading', ['otherPerson', 'note'], '退回销号申请'),
  step('reopen', resting, everyOne, 'suspected', ['note'], '重新立案（新一轮）'),
  step('cross', resting, ['platform'], 'suspected', [], '再次达到标准（新一轮）'),
  step('report', resting, reporters, 'suspected', [], '再次报告（新一轮）'),
  step('visit', everyState, ['platform'], null, [], '走访记录'),
  step('served', everyState, ['platform'], null, [], '文书送达'),
  step('voided', everyState, ['platform'], null, [], '文书作废'),
  step('presence', everyState, ['platform'], null, [], '到校情况'),
  step('noticeEnded', ladderStates, ['platform'], null, [], '文书期限届满'),
  step('remind', everyState, ['platform'], null, [], '催办回函'),
  step('followUpDue', ['returned'], ['platform'], null, [], '跟踪到期'),
  step('watch', ['closed'], [...everyOne], null, ['note'], '跟踪核查（销号后）'),
  step('watchDue', ['closed'], ['platform'], null, [], '销号后跟踪到期'),
];

/** The rows of the table for an act in a state. */
export function stepsFor(action: CaseAction, state: CaseState | null): Step[] {
  return steps.filter(
    (step) => step.action === action && (state === null ? step.from.length === 0 : step.from.includes(state)),
  );
}

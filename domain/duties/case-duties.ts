import type { DutyRuleId } from './record.ts';

/** A step of a case as duties hear it: the act taken, where the round now stands, and what is owed next. */
export interface CaseStep {
  step: string;
  state: string;
  next: string | null;
  /** Of an answer from another office: what it brings to its end, when none of its kind is waited for any more. */
  answered?: readonly ('letters' | 'urgent')[] | undefined;
  /** Of a letter to another office: it passes on an emergency that nobody had passed on, and is to be answered within 24 hours. */
  urgent?: boolean | undefined;
}

/** What a step of a case does to duties. */
export interface CaseDuties {
  /** Rules whose open duties are settled whatever is owed next. */
  settle: readonly DutyRuleId[];
  /** Rules opened beside what is owed next. */
  open: readonly DutyRuleId[];
  /** The rule of what is owed next; null when nothing is. */
  next: DutyRuleId | null;
}

/** The rules of which a case has one open duty at most: what is owed next. */
export const nextRules: readonly DutyRuleId[] = ['confirmSuspected', 'checkCase', 'persuade', 'caseStep', 'followUp'];

const atRest = ['dismissed', 'closed'];
const back = ['returned', 'followed'];
/** Acts by which a person has reported or dealt with a suspected dropout; the crossing of the threshold alone is none. */
const reporting = [
  'report',
  'emergency',
  'confirm',
  'passUp',
  'checkConfirmation',
  'refuseConfirmation',
  'dismiss',
  'return',
  'proposeClosing',
];
const beginning = ['cross', 'report', 'emergency', 'reopen', 'refuseDismissal'];

/**
 * What a step of a case settles and opens (product, section 5; the acts of `domain/dropout/steps.ts`). A letter to another office ends no
 * emergency: that ends with the last answer to what was passed on, with the return, or with the round.
 */
export function caseDuties({ step, state, next, answered = [], urgent = false }: CaseStep): CaseDuties {
  const ended = atRest.includes(state);
  const settle = new Set<DutyRuleId>();
  if (reporting.includes(step) || ended || back.includes(state)) settle.add('reportSuspected');
  if (ended || back.includes(state)) settle.add('visitSuspected');
  if (ended || answered.includes('letters')) settle.add('referralAnswer');
  if (ended || step === 'return' || answered.includes('urgent')) settle.add('urgentCase');
  const open = new Set<DutyRuleId>();
  if (state === 'suspected' && beginning.includes(step)) open.add('visitSuspected');
  if (step === 'refer' && !urgent) open.add('referralAnswer');
  if (step === 'emergency' || (step === 'refer' && urgent)) open.add('urgentCase');
  if (next === 'report') open.add('reportSuspected');
  return { settle: [...settle], open: [...open], next: ruleOfNext(next, ended) };
}

function ruleOfNext(next: string | null, ended: boolean): DutyRuleId | null {
  // A closed round may still be watched; a report is owed by its own rule.
  if (next === null || next === 'report' || (ended && next !== 'watch')) return null;
  switch (next) {
    case 'confirm':
    case 'passUp':
    case 'dismiss':
      return 'confirmSuspected';
    case 'checkConfirmation':
    case 'checkDismissal':
    case 'checkClosing':
      return 'checkCase';
    case 'contact':
    case 'persuade':
      return 'persuade';
    case 'followUp':
      return 'followUp';
    default:
      return 'caseStep';
  }
}

const nextWords: Readonly<Record<string, string>> = {
  serve: '送达文书',
  persuasionNotice: '发劝学通知书',
  writtenReport: '书面报告区教育局',
  deadlineNotice: '发限期复学通知书',
  finding: '认定有无正当理由',
  correctionOrder: '责令限期改正',
  further: '移送有关部门',
  return: '办理复学',
  callBack: '区级回访',
  closeReturned: '复学销号',
  confirm: '学校确认或排除',
  checkConfirmation: '区级确认',
  checkDismissal: '复核排除',
  checkClosing: '复核销号',
  contact: '联系监护人',
  persuade: '劝返',
  followUp: '复学后跟踪',
  watch: '跟踪核查销号后的情况',
};

/** What is owed next on a case, in words; what the bureau sent back says so. */
export function nextActWords(next: string, step?: string): string {
  if (step === 'refuseConfirmation') return '区级退回，补充核实后再确认或排除';
  return nextWords[next] ?? '办理下一步';
}

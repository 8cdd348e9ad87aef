import type { DateText } from '#domain/basics/calendar.ts';
import { clauseFacts, reachesTarget, type ClauseFactId, type FactCount } from './clause-facts.ts';
import { dutyRuleList } from './catalogue.ts';
import { clauses } from './clauses.ts';
import type { DutyRuleId } from './record.ts';

/**
 * How a clause stands at a school in a span: done in time · something was done late · something is overdue and open · under way · the
 * span is over and something is missing · records are kept, the plan sets them no number · none kept yet · nothing fell due · the product
 * keeps no record of it.
 */
export const clauseStates = [
  'overdue',
  'late',
  'short',
  'running',
  'empty',
  'met',
  'recorded',
  'nothing',
  'unkept',
] as const;
/** A state of a clause. */
export type ClauseState = (typeof clauseStates)[number];

/** Words of the states. */
export const clauseStateWords: Record<ClauseState, string> = {
  overdue: '逾期未办',
  late: '有逾期',
  short: '未达要求',
  running: '进行中',
  empty: '尚无记录',
  met: '按期落实',
  recorded: '已有记录',
  nothing: '本期无事项',
  unkept: '系统尚无此项记录',
};

/** What each state means, for the legend and the foot of the sheet. */
export const clauseStateMeanings: Record<ClauseState, string> = {
  overdue: '有事项过了期限还没有办',
  late: '事项都已办结，其中有超期办结的',
  short: '本期已结束，仍没有办齐或没有达到目标',
  running: '有事项在期限内，或还没有办齐',
  empty: '应当登记，本期还没有登记',
  met: '到期的事项都按期办结，应当办齐的都已办齐',
  recorded: '已有登记；方案没有定数量和期限，或系统记录得不全，请看记录判断',
  nothing: '本期没有发生这一条款的事项',
  unkept: '系统还没有这一条款的记录，不作判断',
};

/** What stands behind a clause: facts beside the duties of its rules, and what of it the product keeps no record of. */
interface Behind {
  facts: readonly ClauseFactId[];
  /** What of the clause is not recorded, in words; without duties such a clause is never called done. */
  lacks?: string;
}

const behind: Readonly<Record<string, Behind>> = {
  二: { facts: ['retention'], lacks: '入学率按社区和对口片区统计，见驾驶舱' },
  '三(一)1': { facts: ['teacherLetters', 'guardianLetters', 'pupilLetters'] },
  '三(一)2': { facts: [], lacks: '六项状态和自查表还没有建立；责任书、方案、期限的记录见相应条款' },
  '三(一)3': { facts: ['publicity', 'surveyedHomes'] },
  '三(一)4': { facts: ['entryNotices'] },
  '三(二)1-3': { facts: ['activities'], lacks: '活动计划和风险学生参加情况还没有登记' },
  '三(三)': { facts: [], lacks: '整治项目和前后照片还没有登记' },
  '三(四)1-4': { facts: [], lacks: '教研教改、师生结对和社团活动还没有登记' },
  '三(五)1': { facts: ['classTeachers', 'teacherLetters'], lacks: '分解到任课教师的目标还没有登记' },
  '三(五)2': { facts: ['signedReports', 'firstDayLists'] },
  '三(五)3': { facts: [], lacks: '表彰和责任追究还没有登记' },
  '三(五)4': { facts: ['changes'] },
  '三(五)5': { facts: ['pairings'] },
  '三(五)6': { facts: ['aided', 'aidRecords'] },
  '三(六)1-4': { facts: [], lacks: '特色项目还没有登记' },
  '四(一)': { facts: ['workPlan', 'leadingGroup'] },
  '四(二)': { facts: ['plannedVisits', 'visits', 'dropouts'] },
  '四(三)': { facts: ['inspections', 'findingsSettled'], lacks: '通报、经验推广和问责还没有登记' },
};

/** A clause with the rules whose duties and the facts whose records stand behind it. */
export interface ClauseBasis {
  id: string;
  title: string;
  owes: string;
  done: string;
  rules: readonly DutyRuleId[];
  facts: readonly ClauseFactId[];
  lacks: string | null;
}

/** The clauses in the plan's order, each with what stands behind it. */
export const clauseBases: readonly ClauseBasis[] = clauses.map((clause) => ({
  ...clause,
  rules: dutyRuleList.filter((rule) => rule.clause === clause.id).map((rule) => rule.id),
  facts: behind[clause.id]?.facts ?? [],
  lacks: behind[clause.id]?.lacks ?? null,
}));

/** Whether the product keeps any record of a clause. */
export function isKept(basis: Pick<ClauseBasis, 'rules' | 'facts'>): boolean {
  return basis.rules.length > 0 || basis.facts.length > 0;
}

/** The duties of a clause in a span: due are those done and those past due; `ahead` is open and not due yet, `waived` counts nowhere else. */
export interface ClauseDuties {
  inTime: number;
  late: number;
  overdue: number;
  ahead: number;
  waived: number;
  /** The due days of the longest overdue and of the next to fall due. */
  oldestDue: DateText | null;
  nextDue: DateText | null;
}

/** No duty at all. */
export const noDuties: ClauseDuties = {
  inTime: 0,
  late: 0,
  overdue: 0,
  ahead: 0,
  waived: 0,
  oldestDue: null,
  nextDue: null,
};

/** How many duties are due: in time, late, and past due and open, as 及时率 counts them. */
export function dueOf({ inTime, late, overdue }: Pick<ClauseDuties, 'inTime' | 'late' | 'overdue'>): number {
  return inTime + late + overdue;
}

/** Whether a span, and the school year of it, are over. */
export interface Over {
  span: boolean;
  year: boolean;
}

/** Facts that are counted and have to be complete, those that are not, and those not even begun. */
function demands(facts: readonly FactCount[]) {
  const asked = facts.filter(({ id, of }) => of > 0 && ['all', 'target'].includes(clauseFacts[id].asks));
  const isFull = (fact: FactCount) =>
    clauseFacts[fact.id].asks === 'target' ? reachesTarget(fact) : fact.done >= fact.of;
  return { asked, missing: asked.filter((fact) => !isFull(fact)) };
}

/**
 * How a clause stands. Lateness comes from duties alone, because only they have a deadline; what has to be complete is under way until the
 * span (a target: the school year) is over; a clause of which part is not recorded is never called done for its facts.
 */
export function clauseStateOf(
  basis: ClauseBasis,
  duties: ClauseDuties,
  facts: readonly FactCount[],
  over: Over,
): ClauseState {
  if (!isKept(basis)) return 'unkept';
  if (duties.overdue > 0) return 'overdue';
  if (duties.late > 0) return 'late';
  if (duties.ahead > 0) return 'running';
  const { asked, missing } = demands(facts);
  const target = asked.find((fact) => clauseFacts[fact.id].asks === 'target');
  if (target && !over.year) return 'running';
  if (missing.length > 0) {
    const begun = dueOf(duties) > 0 || missing.length < asked.length || asked.some((fact) => fact.done > 0);
    if (!begun) return 'empty';
    return over.span ? 'short' : 'running';
  }
  if (dueOf(duties) > 0) return 'met';
  if (asked.length > 0) return basis.rules.length === 0 && basis.lacks !== null && !target ? 'recorded' : 'met';
  if (facts.some((fact) => clauseFacts[fact.id].asks === 'some' && fact.of > 0)) return 'recorded';
  return basis.rules.length > 0 ? 'nothing' : 'empty';
}

/** What is to be done next about a clause: a list of duties, a fact to be completed, or nothing. */
export type ClauseNext =
  | { what: 'overdue' | 'ahead' | 'late'; words: string }
  | { what: 'fact'; fact: ClauseFactId; words: string }
  | { what: 'none'; words: string };

/** The next step of a school about a clause, in words. */
export function clauseNextOf(
  basis: ClauseBasis,
  state: ClauseState,
  duties: ClauseDuties,
  facts: readonly FactCount[],
): ClauseNext {
  if (state === 'unkept') return { what: 'none', words: '系统尚无此项记录，请按方案自行留存材料' };
  if (duties.overdue > 0) return { what: 'overdue', words: `办理 ${String(duties.overdue)} 项逾期未办的事项` };
  if (duties.ahead > 0)
    return {
      what: 'ahead',
      words: `${String(duties.ahead)} 项在期限内${duties.nextDue === null ? '' : `，最近 ${duties.nextDue} 到期`}`,
    };
  const lacking = [
    ...demands(facts).missing,
    ...facts.filter((fact) => fact.of === 0 && clauseFacts[fact.id].asks === 'some' && basis.rules.length === 0),
  ].find((fact) => clauseFacts[fact.id].act !== null);
  if (lacking) {
    const { act, unit, asks } = clauseFacts[lacking.id];
    const short = asks === 'all' ? `，还差 ${String(lacking.of - lacking.done)} ${unit}` : '';
    return { what: 'fact', fact: lacking.id, words: `${act ?? ''}${short}` };
  }
  if (duties.late > 0) return { what: 'late', words: '事项都已办结，看超期办结的原因' };
  if (state === 'nothing') return { what: 'none', words: '本期没有事项' };
  return { what: 'none', words: '不需要办理' };
}

import type { DateText } from '#domain/basics/calendar.ts';
import type { AbsenceFacts, RiskFacts, RiskLevel, Sign, SignState } from './record.ts';

/** Absence becomes a sign before it becomes a suspected dropout: from 2 school days in a row or 3 in the term. */
const absenceFrom = { consecutive: 2, cumulative: 3 };

function daysWords(days: number): string {
  return `${String(days)} 天`;
}

/** The sign of absence; null while there is too little of it. A new day without reason changes its facts, presence does not. */
export function absenceSign(facts: AbsenceFacts): Sign | null {
  if (facts.consecutive < absenceFrom.consecutive && facts.cumulative < absenceFrom.cumulative) return null;
  const run = facts.consecutive > 0 ? `连续无故缺勤 ${daysWords(facts.consecutive)}，` : '';
  return {
    kind: 'absence',
    strength: facts.over ? 3 : 2,
    words: `${run}本学期累计 ${daysWords(facts.cumulative)}${facts.lastAbsent ? `，最近一次 ${facts.lastAbsent}` : ''}`,
    facts: String(facts.cumulative),
  };
}

/** The signs that follow from the records beside absence; `sinceTerm` is the first day of the term before the present one. */
export function signsOf(facts: RiskFacts, sinceTerm: DateText): Sign[] {
  const signs: Sign[] = [];
  const { history } = facts;
  if (history?.returned && history.returned >= sinceTerm && !history.open)
    signs.push({
      kind: 'recentReturn',
      strength: 2,
      words: `${history.returned} 复学，不足一个学期`,
      facts: history.returned,
    });
  if (history?.confirmed === true && !history.open)
    signs.push({
      kind: 'earlierDropout',
      strength: 2,
      words: `曾于 ${history.firstOpened} 列入劝返`,
      facts: history.firstOpened,
    });
  if (facts.siblingsOut.length > 0)
    signs.push({
      kind: 'siblingOut',
      strength: 2,
      words: `同户另有 ${String(facts.siblingsOut.length)} 名适龄儿童少年未在校就读`,
      facts: [...facts.siblingsOut].sort().join('|'),
    });
  if (facts.groups.length > 0)
    signs.push({
      kind: 'keyGroup',
      strength: 1,
      words: `属于${facts.groups.join('、')}`,
      facts: [...facts.groups].sort().join('|'),
    });
  if (facts.communities > 1)
    signs.push({
      kind: 'addressMoves',
      strength: 1,
      words: `近两年登记过 ${String(facts.communities)} 个社区的住址`,
      facts: String(facts.communities),
    });
  return signs;
}

/** The level of a child from the open signs; null without any. */
export function levelOf(strengths: readonly number[]): RiskLevel | null {
  if (strengths.length === 0) return null;
  const strong = strengths.filter((one) => one >= 2).length;
  if (strengths.some((one) => one >= 3) || strong >= 2) return 'urgent';
  return strong === 1 ? 'concern' : 'watch';
}

/** The state of a sign after it was computed anew: a dismissal holds as long as its facts do. */
export function stateAfter(
  before: { state: SignState; dismissedFacts: string | null } | null,
  sign: Sign | null,
): SignState {
  if (sign === null) return 'gone';
  return before?.state === 'dismissed' && before.dismissedFacts === sign.facts ? 'dismissed' : 'open';
}

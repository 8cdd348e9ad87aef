import { z } from 'zod';
import { components } from '#domain/enrolment/course.ts';
import { courseParts, type CoursePart, type Tally } from './record.ts';
import type { FigureId } from './formulas.ts';

/** The states of a period report; `open` is not signed yet. */
export const reportStates = ['open', 'signed', 'accepted', 'returned'] as const;
/** A state of a report. */
export type ReportState = (typeof reportStates)[number];

/** Chinese names of the states. */
export const reportStateWords: Record<ReportState, string> = {
  open: '未报送',
  signed: '已签报',
  accepted: '已审核',
  returned: '已退回',
};

/** Whose turn a report is, in words; `firstDay` is the first on which it may be signed. */
export function reportNext(state: ReportState, at: { changed: boolean; today: string; firstDay: string }): string {
  switch (state) {
    case 'open':
      return at.today < at.firstDay ? `${at.firstDay} 起可以签报` : '待校长签报';
    case 'returned':
      return '待校长补正后重新签报';
    case 'signed':
      return '待区级审核';
    case 'accepted':
      return at.changed ? '签报后数据有变化，待校长更正重报' : '已办结';
  }
}

/** The order of schools in a list of reports: who is missing first, then what waits for the bureau, what is settled last. */
export const reportOrder: readonly ReportState[] = ['returned', 'open', 'signed', 'accepted'];

/** Figures printed on every report. */
export const reportFigures: readonly FigureId[] = [
  'annualRetention',
  'dropoutRate',
  'irregularAttrition',
  'returnRate',
];

/** What the school knows otherwise than the records say: the figure stays, this stands beside it. */
export const Explanation = z.object({
  part: z.enum(courseParts as [CoursePart, ...CoursePart[]]), // as: the list is not empty
  own: z.number().int().min(0).max(1_000_000),
  words: z.string().trim().min(4).max(500),
});
/** An explanation of a difference. */
export type Explanation = z.infer<typeof Explanation>;

/** What stands against a nil return: a class that has not reported a school day, or something open past its date. */
export const Gap = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rollCall'), day: z.iso.date(), classes: z.array(z.string()) }),
  z.object({ kind: z.literal('duty'), rule: z.string(), count: z.number().int(), oldest: z.string() }),
  z.object({ kind: z.literal('finding'), count: z.number().int(), oldest: z.iso.date() }),
  z.object({ kind: z.literal('case'), count: z.number().int(), oldest: z.iso.date() }),
]);
/** A gap of a report. */
export type Gap = z.infer<typeof Gap>;

/** A gap in words; `titleOf` names the rule of an overdue duty. */
export function gapSentence(gap: Gap, titleOf: (rule: string) => string): string {
  switch (gap.kind) {
    case 'rollCall':
      return `${gap.day} 有 ${String(gap.classes.length)} 个班未点名：${gap.classes.slice(0, 6).join('、')}${gap.classes.length > 6 ? '等' : ''}`;
    case 'duty':
      return `“${titleOf(gap.rule)}”超期 ${String(gap.count)} 项，最早的应于 ${gap.oldest.slice(0, 10)} 办结`;
    case 'finding':
      return `比对发现超期未核实 ${String(gap.count)} 条，最早期限 ${gap.oldest}`;
    case 'case':
      return `个案超期 ${String(gap.count)} 件，最早期限 ${gap.oldest}`;
  }
}

/** A figure that a late entry changed since a report was signed. */
export const Change = z.object({
  part: z.enum(courseParts as [CoursePart, ...CoursePart[]]), // as: the list is not empty
  before: z.number().int(),
  after: z.number().int(),
});
/** A change of a signed report. */
export type Change = z.infer<typeof Change>;

/** Parts whose being 0 makes a return nil: nobody came, left or is open. */
export const nilParts: readonly CoursePart[] = [...components, 'Confirmed', 'Open', 'DropBack', 'GoneBack'];

/** Whether nothing is to be reported: no movement, no dropout, none open. */
export function isNil(tally: Tally): boolean {
  return nilParts.every((part) => tally[part] === 0);
}

/** Whether the nil return is offered: nothing to report and nothing missing. */
export function mayReturnNil(tally: Tally, gaps: readonly Gap[]): boolean {
  return isNil(tally) && gaps.length === 0;
}

/** Why a report may not be signed as asked; null when it may. */
export function signFault(
  tally: Tally,
  gaps: readonly Gap[],
  asked: { nil: boolean; reason: string | null; explanations: readonly Explanation[] },
): string | null {
  if (asked.nil && !isNil(tally)) return '本期有学籍变动或未复学学生，不能零报告，请按数据签报。';
  if (gaps.length > 0 && asked.nil) return '还有班级未点名或事项超期，不能零报告。请先补齐，或写明原因后按数据签报。';
  if (gaps.length > 0 && (asked.reason ?? '').trim().length < 4) return '还有缺口未补齐，签报须写明原因。';
  const same = asked.explanations.find(({ part, own }) => own === tally[part]);
  if (same) return '所填数字与系统数据一致，不必说明差异。';
  const parts = asked.explanations.map(({ part }) => part);
  return new Set(parts).size === parts.length ? null : '同一项目只能说明一次。';
}

/** What differs between two tallies, in the order of the columns. */
export function changesBetween(before: Tally, after: Tally): Change[] {
  return courseParts
    .filter((part) => before[part] !== after[part])
    .map((part) => ({ part, before: before[part], after: after[part] }));
}

import type { ClosingRule, Watch } from './closing.ts';

/** What a look at a closed case finds: still as it was closed, what was waited for has come, or away from school again. */
export const watchResults = ['same', 'settled', 'away'] as const;
/** A result of a look at a closed case. */
export type WatchResult = (typeof watchResults)[number];

/** The results in words. */
export const watchResultWords: Record<WatchResult, string> = {
  same: '情况未变，继续跟踪',
  settled: '已了结，不再跟踪',
  away: '应就学而未就学，重新立案',
};

/** What ends the watching of a category, in words: why a look may say 已了结. */
export const watchEndWords: Record<Watch, string> = {
  no: '',
  weeks: '',
  untilRegistry: '就读地已建立学籍',
  atExpiry: '已复学',
  yearly: '已入学或不再属于义务教育年龄',
  whileActive: '已停止送教并回校就读',
  yes: '已回校就读',
  onReturn: '已回国并入学',
  untilCorrected: '信息已更正',
};

/** How often a closed case is looked at: at its end day, once a school year, once a term; null where it is not watched. */
export function watchRhythm(rule: Pick<ClosingRule, 'watch' | 'dated'>): 'end' | 'year' | 'term' | null {
  switch (rule.watch) {
    case 'no':
    case 'weeks':
      return null;
    case 'atExpiry':
      return 'end';
    case 'yearly':
      return 'year';
    case 'untilRegistry':
    case 'whileActive':
    case 'yes':
    case 'onReturn':
    case 'untilCorrected':
      return 'term';
  }
}

/**
 * The day of the next look at a closed case (D§2.10): the end of a dated category, the first day of the next school year, or the end of
 * the term; null where nothing more is watched.
 */
export function watchDay(
  rule: Pick<ClosingRule, 'watch' | 'dated'>,
  asked: { endsOn: string | null; endOfYear: string; endOfTerm: string },
): string | null {
  switch (watchRhythm(rule)) {
    case null:
      return null;
    case 'end':
      return asked.endsOn ?? asked.endOfTerm;
    case 'year':
      return asked.endOfYear;
    case 'term':
      return asked.endOfTerm;
  }
}

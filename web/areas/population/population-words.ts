import { baseWords } from '#domain/comparison/cells.ts';
import { documentTypeWords } from '#domain/basics/document-number.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { relationWords } from '#domain/basics/relation.ts';
import { childTagWords, studyStatusWords, surveyResultWords } from '#domain/population/words.ts';
import type { childStandings } from '#contract/population.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** How a child stands today. */
export type Standing = (typeof childStandings)[number];

/** Words of the standing. */
export const standingWords: Record<Standing, string> = {
  enrolled: '在校',
  notEnrolled: '未入学',
  statedElsewhere: '自述区外就读（待核实）',
  elsewhere: '区外就读',
  deferred: '延缓入学',
  notSchoolAge: '不在义务教育年龄',
  unable: '不能就学（有证明）',
  other: '其他',
};

/** How each standing reads as a status. */
export const standingKind: Record<Standing, StatusKind> = {
  enrolled: 'ok',
  notEnrolled: 'bad',
  statedElsewhere: 'warn',
  elsewhere: 'ok',
  deferred: 'wait',
  notSchoolAge: 'quiet',
  unable: 'quiet',
  other: 'quiet',
};

/** Words of how sure the child's identity is. */
export const identityWords: Record<string, string> = {
  proven: '证件已核对',
  suspect: '证件号码校验不符，待核对',
  conflict: '号码与他人重复，待核对',
  none: '无证件',
};

/** The Chinese word of a code met in an answer; words stay as they are, a missing one is 未填. */
export function wordOf(words: Readonly<Record<string, string>>, code: string | null | undefined): string {
  if (code === null || code === undefined || code === '') return '未填';
  return words[code] ?? code;
}

/** The word of a survey result, also of one that a later version added. */
export function surveyWord(result: string): string {
  return wordOf(surveyResultWords, result);
}

/** Choices that send codes and show words; the codes in `without` are left out where an empty field says it. */
function codeChoices(
  words: Readonly<Record<string, string>>,
  without: readonly string[] = [],
): { value: string; label: string }[] {
  return Object.entries(words)
    .filter(([code]) => !without.includes(code))
    .map(([value, label]) => ({ value, label }));
}

/** Choices of the lists' filters. */
export const standingChoices = codeChoices({
  ...standingWords,
  placed: '已就学（在校或区外就读）',
  owing: '应就学',
  schoolAge: '适龄（含缓学、免学等）',
  missing: '未落实就学',
});
const { all: _all, ...narrowBases } = baseWords;
export const baseChoices = codeChoices(narrowBases);
export const gradeChoices = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((grade) => ({
  value: String(grade),
  label: wordsOfGrade(grade),
}));

/** Choices of the forms about a child, and of the filter by tag. */
export const tagChoices = codeChoices(childTagWords);
export const documentTypeChoices = codeChoices(documentTypeWords);
export const studyStatusChoices = codeChoices(studyStatusWords);
export const relationChoices = codeChoices(relationWords, ['none']);

import type { CoursePart, Level } from './record.ts';

/** The numbers of a cohort that open names. */
export const cohortParts = ['entrants', 'came', 'went', 'gone', 'there', 'graduates'] as const;
/** A number of a cohort. */
export type CohortPart = (typeof cohortParts)[number];

/** Words of the numbers, as the table of cohorts heads them. */
export const cohortPartWords: Record<CohortPart, string> = {
  entrants: '入学',
  came: '流入',
  went: '合法流出',
  gone: '辍学和去向未落实',
  there: '在校',
  graduates: '毕业',
};

const plainParts: Record<Exclude<CohortPart, 'graduates'>, readonly CoursePart[]> = {
  entrants: ['S0', 'New'],
  came: ['In', 'Back', 'MoveIn'],
  went: ['Out', 'Susp', 'Dead', 'Abroad', 'MoveOut'],
  gone: ['Gone', 'Drop'],
  there: ['S1'],
};

/**
 * The parts of the course that a number of a cohort adds up (formula of 届巩固率). Of the primary school who leaves grade 6 graduates: he is
 * then none of those who went, although his leaving is a move out of the school.
 */
export function partsOfCohort(part: CohortPart, level: Level): readonly CoursePart[] {
  if (part === 'graduates') return level === 'primary' ? ['Left6'] : ['Grad'];
  return plainParts[part];
}

/** A cohort by its years and level. */
export function cohortWords(cohort: { level: Level; entered: number; leaves: number; over: boolean }): string {
  const level = cohort.level === 'primary' ? '小学' : '初中';
  return `${String(cohort.entered)} 级${level}（${String(cohort.leaves)} 年${cohort.over ? '毕业' : '将毕业'}）`;
}

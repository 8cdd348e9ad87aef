import { wordsOfGrade } from '#domain/basics/grade.ts';
import { schoolYearWords } from '#domain/basics/school-year.ts';
import { stageWords } from '#domain/organisations/words.ts';
import { chinaMoment } from '#server/clock.ts';
import { ofCode } from './copy-codes.ts';

/** A single value: text, a number, yes or no, a moment; what a copy holds beside lists and objects. */
export type Single = string | number | boolean | Date;

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

import { normalizeText } from './text.ts';

/** A grade 1–12 (0 unknown: kindergarten or unreadable) and the class within it without leading zeros, empty if unnamed. */
export interface GradeAndClass {
  grade: number;
  classNo: string;
}

const digits: Record<string, number> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  十一: 11,
  十二: 12,
  十三: 13,
  十四: 14,
  十五: 15,
  十六: 16,
  十七: 17,
  十八: 18,
  十九: 19,
  二十: 20,
};
const gradeNumber = '(十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])';
const stage = new RegExp(
  `^(小学|小|初级中学|初中|初|高级中学|高中|高|中职|职高|中专|职)?${gradeNumber}(年级|年)?(.*)$`,
);
const gradeWords = [
  '',
  '一年级',
  '二年级',
  '三年级',
  '四年级',
  '五年级',
  '六年级',
  '七年级',
  '八年级',
  '九年级',
  '高一',
  '高二',
  '高三',
];

/** Words of a grade: 一年级 … 九年级, 高一 … 高三; empty for 0. */
export function wordsOfGrade(grade: number): string {
  return gradeWords[grade] ?? '';
}

/** Whether a grade belongs to compulsory education. */
export function isCompulsoryGrade(grade: number): boolean {
  return grade >= 1 && grade <= 9;
}

const remembered = new Map<string, GradeAndClass>();

/** Reads 一年级, 9, 七(1)班, 初二, 高一, 小三, 0101, 701, 七年级2班 and the like. Unreadable gives grade 0. */
export function parseGrade(cell: string): GradeAndClass {
  const known = remembered.get(cell);
  if (known !== undefined) return known;
  const read = readGrade(normalizeText(cell).replace(/\s+/g, ''));
  if (remembered.size < 5000) remembered.set(cell, read);
  return read;
}

function readGrade(text: string): GradeAndClass {
  if (text === '') return { grade: 0, classNo: '' };
  const numbered = /^(0[1-9]|1[0-2])(\d\d)(班)?$/.exec(text);
  if (numbered !== null) return { grade: Number(numbered[1]), classNo: plain(numbered[2] ?? '') };
  const short = /^([1-9])(\d\d)(班)?$/.exec(text);
  if (short !== null) return { grade: Number(short[1]), classNo: plain(short[2] ?? '') };
  const padded = /^0([1-9])$/.exec(text);
  if (padded !== null) return { grade: Number(padded[1]), classNo: '' };
  if (text === '预初') return { grade: 6, classNo: '' };
  const found = stage.exec(text);
  if (found === null) return { grade: 0, classNo: '' };
  const [, stageWord = '', numberWord = '', gradeWord = '', rest = ''] = found;
  if (
    rest !== '' &&
    !/^[（(\[.·\-—]?[一二三四五六七八九十\d]{1,3}[)）\]]?(班|年级)?$/.test(rest) &&
    !/^年级|^[班级（(]/.test(rest)
  )
    return { grade: 0, classNo: '' };
  if (stageWord === '' && gradeWord === '' && rest.startsWith('班')) return { grade: 0, classNo: plain(numberWord) };
  const number = digits[numberWord] ?? Number(numberWord);
  return { grade: gradeOf(stageWord, number), classNo: rest === '' ? '' : parseClassNo(rest) };
}

function gradeOf(stageWord: string, number: number): number {
  if (stageWord.startsWith('初')) return number <= 4 ? Math.min(number + 6, 9) : number <= 9 ? number : 0;
  if (stageWord.startsWith('高') || stageWord.startsWith('中') || stageWord.startsWith('职'))
    return number <= 3 ? number + 9 : number <= 12 ? number : 0;
  return number <= 12 ? number : 0;
}

/** The class within its grade: 1班, (1)班, 一班, 0101, 202601, 七(1)班 all give `1`; a named class keeps its name. */
export function parseClassNo(cell: string): string {
  const text = normalizeText(cell).replace(/\s+/g, '');
  if (text === '') return '';
  const coded = /^(?:\d{4}|\d{2}|\d)?(\d\d)班?$/.exec(text);
  if (coded !== null && text.replace('班', '').length >= 3) return plain(coded[1] ?? '');
  const numbers = text.match(/\d+|[一二三四五六七八九十]+(?=[)）]?班|[)）]?$)/g);
  const last = numbers?.at(-1);
  return last === undefined ? text.replace(/班$/, '') : plain(last);
}

function plain(number: string): string {
  const value = digits[number] ?? Number(number);
  return Number.isNaN(value) ? number : String(value);
}

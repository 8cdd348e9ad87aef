import type { Chance } from './chance.ts';
import type { ListRow } from './rows.ts';
import { endingOf } from './sheets.ts';
import type { SheetCell, SheetContent, SheetForm } from './sheets.ts';

/** How one file departs from a clean one. Every departure is only of form: a reader who knows offices still reads the same facts. */
export interface FileNoise {
  readonly form: SheetForm;
  readonly titles: readonly string[];
  readonly shuffleColumns: boolean;
  readonly shuffleRows: boolean;
  readonly total: string;
  readonly mergeDown: readonly string[];
}

const FORMS: SheetForm[] = ['xlsx', 'xlsx', 'xls', 'csv-gb18030', 'csv-utf8-bom', 'csv-utf8'];
const NAMES = ['姓名', '监护人姓名', '成员1姓名'];
const NUMBERS = ['证件号码', '身份证件号', '学籍号'];
const WHOLE = ['学校标识码', '联系电话', '成员1联系电话', '班内学号'];

/** Chooses how a file departs; `merge` names columns that may be merged downwards when the rows stay in order. */
export function chooseNoise(chance: Chance, title: string, merge: readonly string[] = []): FileNoise {
  const form = chance.pick(FORMS);
  const titles = [[], [title], [title, '填报单位（盖章）：']][chance.whole(0, 2)] ?? [];
  const mergeDown = endingOf(form) !== 'csv' && chance.oneIn(2) ? merge : [];
  return {
    form,
    titles,
    shuffleColumns: chance.oneIn(2),
    shuffleRows: mergeDown.length === 0 && !chance.oneIn(3),
    total: chance.pick(['', '合计', '总计', '合　计']),
    mergeDown,
  };
}

/** A list as one careless office would hand it in: other order, other date styles, full-width digits, stray spaces. */
export function noisySheet(
  chance: Chance,
  noise: FileNoise,
  headers: readonly string[],
  rows: readonly ListRow[],
): SheetContent {
  const columns = noise.shuffleColumns ? chance.shuffle(headers) : [...headers];
  const [merged] = noise.mergeDown;
  const ordered = noise.shuffleRows
    ? chance.shuffle(rows)
    : merged === undefined
      ? [...rows]
      : rows.toSorted((one, other) => compare(one[merged], other[merged]));
  return {
    titles: noise.titles,
    headers: columns.map((column) => (chance.oneIn(12) ? ` ${column}　` : column)),
    rows: ordered.map((row) =>
      columns.map((column) =>
        noise.mergeDown.includes(column)
          ? (row[column] ?? '')
          : noisyCell(chance, noise.form, column, row[column] ?? ''),
      ),
    ),
    ...(noise.total === '' ? {} : { total: [noise.total, rows.length] }),
    sheetName: chance.pick(['Sheet1', '学生基本信息', '名册']),
    mergeDown: noise.mergeDown,
  };
}

function compare(one: string | number | undefined, other: string | number | undefined): number {
  const [left, right] = [String(one ?? ''), String(other ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function noisyCell(chance: Chance, form: SheetForm, column: string, value: string | number): SheetCell {
  if (typeof value === 'number' || value === '') return value;
  if (/日期$|^有效期/u.test(column)) return noisyDay(chance, form, value);
  if (NAMES.includes(column)) return noisyName(chance, value);
  if (NUMBERS.includes(column)) return noisyNumber(chance, value);
  if (WHOLE.includes(column) && /^[1-9]\d*$/u.test(value) && chance.oneIn(4)) return Number(value);
  if ((column === '性别' || column === '是否到校') && chance.oneIn(30)) return `${value} `;
  return value;
}

function noisyName(chance: Chance, name: string): string {
  switch (chance.whole(0, 39)) {
    case 0:
      return ` ${name}　`;
    case 1:
      return `${name} `;
    case 2:
      return [...name].length === 2 ? [...name].join('　') : `　${name}`;
    case 3:
      return `${name}\t`;
    default:
      return name;
  }
}

function noisyNumber(chance: Chance, number: string): string {
  switch (chance.whole(0, 29)) {
    case 0:
      return fullWidth(number);
    case 1:
      return ` ${number}`;
    case 2:
      return `${number}　`;
    case 3:
    case 4:
      return number.replace(/X$/u, 'x');
    default:
      return number.endsWith('X') && chance.oneIn(3) ? number.replace(/X$/u, 'x') : number;
  }
}

/** Full-width digits, as a Chinese input method leaves them. */
export function fullWidth(text: string): string {
  return text.replace(/\d/gu, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}

/** A day in one of the ten ways offices write it; what is no day stays as it is. */
function noisyDay(chance: Chance, form: SheetForm, value: string): SheetCell {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(value);
  if (parts === null || value === '2016-02-30') return value;
  const [, year = '', month = '', day = ''] = parts;
  const short = [String(Number(month)), String(Number(day))] as const;
  switch (chance.whole(0, 11)) {
    case 0:
      return `${year}/${month}/${day}`;
    case 1:
      return `${year}.${month}.${day}`;
    case 2:
      return `${year}${month}${day}`;
    case 3:
      return `${year}年${short[0]}月${short[1]}日`;
    case 4:
      return `${year}年${month}月${day}日`;
    case 5:
      return `${year}/${short[0]}/${short[1]}`;
    case 6:
      return `${year}-${short[0]}-${short[1]}`;
    case 7:
      return `${year}.${short[0]}.${short[1]}`;
    case 8:
      return fullWidth(value);
    case 9:
      return endingOf(form) === 'csv' ? ` ${value} ` : { day: value };
    default:
      return value;
  }
}

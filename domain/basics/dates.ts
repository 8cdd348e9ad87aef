import { dateOfDayNumber, dayNumber, daysInMonth } from './calendar.ts';
import { normalizeText } from './text.ts';

const firstYear = 1900;
const lastYear = 2100;
const chineseDigits = '〇一二三四五六七八九';
const separators = String.raw`[-/.\\_,、。·‐-―−~]`;
const timeOfDay = /[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/u;
const dateShapes = [
  /^(\d{4})(\d{2})(\d{2})(?:0{6})?$/u,
  new RegExp(String.raw`^(\d{4}) ?(${separators}) ?(\d{1,2}) ?\2 ?(\d{1,2})$`, 'u'),
  /^(\d{4})( )(\d{1,2}) (\d{1,2})$/u,
  /^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/u,
];
const monthShapes = [
  /^(\d{4})(\d{2})$/u,
  new RegExp(String.raw`^(\d{4}) ?${separators} ?(\d{1,2})$`, 'u'),
  /^(\d{4}) (\d{1,2})$/u,
  /^(\d{4}) ?年 ?(\d{1,2}) ?月?份?$/u,
];

/** Month or day in Chinese numerals (一 to 三十一, 廿 included) as digits; other text unchanged. */
function smallChineseNumber(text: string): string {
  const plain = text.replace('廿', '二十').replace('卅', '三十');
  const match = /^([二三]?)(十?)([一二三四五六七八九]?)$/u.exec(plain);
  if (!match || plain === '') return text;
  const [, tens = '', ten = '', ones = ''] = match;
  if (ten === '') return tens !== '' && ones !== '' ? text : String(chineseDigits.indexOf(tens || ones));
  return String((tens === '' ? 1 : chineseDigits.indexOf(tens)) * 10 + (ones === '' ? 0 : chineseDigits.indexOf(ones)));
}

/** 二〇二〇年二月四日 becomes 2020年2月4日; the zero may be written 〇, 零, ○, O or Ｏ. */
function chineseToDigits(text: string): string {
  const match =
    /^([〇零○OΟ一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十廿卅]{1,3}) ?月(?: ?([一二三四五六七八九十廿卅]{1,3}) ?[日号]?)?(份?)$/u.exec(
      text,
    );
  if (!match) return text;
  const year = Array.from(match[1] ?? '', (digit) => Math.max(0, chineseDigits.indexOf(digit))).join('');
  const day = match[3] === undefined ? '' : `${smallChineseNumber(match[3])}日`;
  return `${year}年${smallChineseNumber(match[2] ?? '')}月${day}${match[4] ?? ''}`;
}

/** 'YYYY-MM-DD' when the day exists between 1900 and 2100, else null. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (year < firstYear || year > lastYear || day < 1 || day > daysInMonth(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const firstDay = dayNumber(`${firstYear}-01-01`);
const lastDay = dayNumber(`${lastYear}-12-31`);

/** The day that lies `days` after 1970-01-01 as 'YYYY-MM-DD', or null outside 1900 to 2100. */
export function isoFromEpochDay(days: number): string | null {
  return days >= firstDay && days <= lastDay ? dateOfDayNumber(days) : null;
}

/** Cuts a time of day and a weekday; null when a UTC time other than midnight leaves the day in China open. */
function withoutTime(text: string): string | null {
  const cut = text.replace(/ ?[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?/u, '');
  const time = timeOfDay.exec(cut);
  if (!time) return cut;
  if (time[1] === 'Z' && !/^[T ]?0{1,2}:00/u.test(time[0])) return null;
  return cut.slice(0, time.index).trim();
}

/**
 * The day a cell names, as 'YYYY-MM-DD', or null when it names none for certain. Year first only: 20200809, 2020-05-24,
 * 2020/4/15, 2020.10.22, 2020年2月4日, 二〇二〇年二月四日, 2020 05 24, each also in full width and with a time behind it.
 * Day-first and month-first forms, two-digit years, bare serial numbers and days that do not exist are refused.
 */
export function parseDate(value: string): string | null {
  const text = withoutTime(normalizeText(value).replace(/^'+/u, ''));
  if (text === null || text === '') return null;
  const digits = chineseToDigits(text);
  for (const shape of dateShapes) {
    const match = shape.exec(digits);
    if (!match) continue;
    const parts = match.slice(1).filter((part) => /^\d+$/u.test(part));
    return isoDate(Number(parts[0]), Number(parts[1]), Number(parts[2]));
  }
  return null;
}

/** The month a cell names (入学年月) as 'YYYY-MM': 202609, 2026-09, 2026/9, 2026年9月, 二〇二六年九月, or the month of a full date; else null. */
export function parseMonth(value: string): string | null {
  const day = parseDate(value);
  if (day !== null) return day.slice(0, 7);
  const text = chineseToDigits(normalizeText(value).replace(/^'+/u, ''));
  for (const shape of monthShapes) {
    const match = shape.exec(text);
    if (match) return isoDate(Number(match[1]), Number(match[2]), 1)?.slice(0, 7) ?? null;
  }
  return null;
}

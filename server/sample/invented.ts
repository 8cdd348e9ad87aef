import type { Chance } from './chance.ts';

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
  '欧阳',
  '司徒',
];
const GIVEN = [
  ...'安柏辰承澄楚慈丹迪恩帆芳菲枫馥歌禾珩鸿华槐嘉简锦景静可岚朗乐黎霖翎鹭茗沐楠念宁诺攀沛芃朴祺千芊青清苒容若森杉绍书舒朔松溯棠桐婉闻汐夏弦骁昕星秀序萱雅砚扬野一宜亦翊音盈雨钰昀芸泽昭芷知致竹梓',
];
/** Names that break poor software: rare characters inside and outside the basic plane. */
export const RARE_NAMES = ['䶮', '喆', '堃', '犇', '㛃', '𬭎', '昇', '煜', '祎', '頔'] as const;
const DOTTED_NAMES = ['阿依古丽·买买提', '古丽娜尔·艾山', '迪丽努尔·吐尔逊', '扎西·多吉', '艾力·卡德尔', '巴图·苏和'];
/** Invented names with the dot of names of Uyghur, Tibetan and Mongol form, with the nation that goes with each. */
export const DOTTED = DOTTED_NAMES.map((name, at) => ({
  name,
  nation: at === 3 ? '藏族' : at === 5 ? '蒙古族' : '维吾尔族',
}));

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** An invented name of two or three characters. */
export function inventName(chance: Chance): string {
  const given = chance.pick(GIVEN);
  return chance.pick(SURNAMES) + (chance.oneIn(6) ? given : given + chance.pick(GIVEN));
}

/** An invented name with a rare character in it. */
export function inventRareName(chance: Chance, at: number): string {
  return chance.pick(SURNAMES) + (RARE_NAMES[at % RARE_NAMES.length] ?? '䶮') + chance.pick(GIVEN);
}

/** Another name than the given one: the last character is replaced, as a wrong entry would have it. */
export function otherName(chance: Chance, name: string): string {
  const characters = [...name];
  for (;;) {
    const last = chance.pick(GIVEN);
    if (last !== characters.at(-1)) return [...characters.slice(0, -1), last].join('');
  }
}

/** The check character of the first 17 digits of a citizen number (GB 11643). */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return CHECKS.charAt(sum % 11);
}

/** A citizen number with a right check character. `birth` is YYYY-MM-DD; an odd serial is a boy's. */
export function citizenNumber(chance: Chance, area: string, birth: string, sex: '男' | '女'): string {
  const serial = chance.whole(0, 498) * 2 + (sex === '男' ? 1 : 2);
  const digits = area + birth.replaceAll('-', '') + String(serial).padStart(3, '0');
  return digits + checkCharacter(digits);
}

/** The same number with another serial and a right check character: a second valid number for one child. */
export function otherValidNumber(chance: Chance, number: string): string {
  for (;;) {
    const serial = chance.whole(0, 498) * 2 + (Number(number[16]) % 2 === 1 ? 1 : 2);
    const digits = number.slice(0, 14) + String(serial).padStart(3, '0');
    if (digits !== number.slice(0, 17)) return digits + checkCharacter(digits);
  }
}

/** The number as a tired hand copies it: one digit wrong or two neighbours changed over; its check always fails. */
export function misreadNumber(chance: Chance, number: string): string {
  for (;;) {
    const at = chance.whole(8, 15);
    const digit = number.charAt(at);
    const other = chance.oneIn(2) ? number.charAt(at + 1) + digit : String(chance.whole(0, 9)) + number.charAt(at + 1);
    const copied = number.slice(0, at) + other + number.slice(at + 2);
    if (copied.length === 18 && checkCharacter(copied.slice(0, 17)) !== copied.charAt(17)) return copied;
  }
}

/** The number with a wrong last character, the rest untouched. */
export function wrongCheck(chance: Chance, number: string): string {
  for (;;) {
    const last = String(chance.whole(0, 9));
    if (last !== number.charAt(17)) return number.slice(0, 17) + last;
  }
}

/** A phone number that looks right and belongs to a range no carrier hands out (154). */
export function inventPhone(chance: Chance): string {
  return `154${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`;
}

/** A day between two days, both included; all YYYY-MM-DD. */
export function dayBetween(chance: Chance, from: string, to: string): string {
  const first = Date.parse(`${from}T00:00:00Z`) / 86_400_000;
  const last = Date.parse(`${to}T00:00:00Z`) / 86_400_000;
  return dayFromNumber(chance.whole(first, last));
}

/** The day that many days after 1 January 1970, as YYYY-MM-DD (proleptic Gregorian; no clock involved). */
export function dayFromNumber(days: number): string {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const part = Math.floor((5 * dayOfYear + 2) / 153);
  const month = part < 10 ? part + 3 : part - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayOfYear - Math.floor((153 * part + 2) / 5) + 1;
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A document number as lists show it: 420102********5678, H0*****17, nothing for none. */
export function maskNumber(number: string): string {
  if (number === '') return '';
  if (number.length === 18) return `${number.slice(0, 6)}********${number.slice(-4)}`;
  return number.slice(0, 2) + '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-2);
}

import { daysInMonth } from './calendar.ts';

/** Identity documents met in the lists (D5.3), as codes; words are in `documentTypeWords`. */
export const documentTypes = [
  'residentId',
  'hongKong',
  'macao',
  'taiwan',
  'residencePermit',
  'foreignPermanent',
  'passport',
  'birthCertificate',
  'other',
  'none',
] as const;
/** A kind of identity document. */
export type DocumentType = (typeof documentTypes)[number];

/** Official words of the document types. */
export const documentTypeWords: Record<DocumentType, string> = {
  residentId: '居民身份证',
  hongKong: '香港特区护照/身份证明',
  macao: '澳门特区护照/身份证明',
  taiwan: '台湾居民来往大陆通行证',
  residencePermit: '港澳台居民居住证',
  foreignPermanent: '境外永久居住证',
  passport: '护照',
  birthCertificate: '出生医学证明',
  other: '其他',
  none: '无证件',
};

const exactWords: Record<string, DocumentType> = {
  居民身份证: 'residentId',
  身份证: 'residentId',
  公民身份号码: 'residentId',
  公民身份证: 'residentId',
  中国居民身份证: 'residentId',
  二代身份证: 'residentId',
  身份证号: 'residentId',
  身份证号码: 'residentId',
  居民身份证号: 'residentId',
  居民户口簿: 'residentId',
  户口簿: 'residentId',
  户口本: 'residentId',
  临时身份证: 'residentId',
  临时居民身份证: 'residentId',
  户籍: 'residentId',
  香港特区护照: 'hongKong',
  香港身份证: 'hongKong',
  香港身份证明: 'hongKong',
  香港居民身份证: 'hongKong',
  澳门特区护照: 'macao',
  澳门身份证: 'macao',
  澳门身份证明: 'macao',
  澳门居民身份证: 'macao',
  台胞证: 'taiwan',
  台湾居民来往大陆通行证: 'taiwan',
  台湾通行证: 'taiwan',
  港澳居民居住证: 'residencePermit',
  台湾居民居住证: 'residencePermit',
  港澳台居民居住证: 'residencePermit',
  居住证: 'residencePermit',
  境外永久居住证: 'foreignPermanent',
  外国人永久居留身份证: 'foreignPermanent',
  外国人永久居留证: 'foreignPermanent',
  外国人居留证: 'foreignPermanent',
  护照: 'passport',
  外国护照: 'passport',
  中国护照: 'passport',
  普通护照: 'passport',
  出生医学证明: 'birthCertificate',
  出生证明: 'birthCertificate',
  出生证: 'birthCertificate',
  其他: 'other',
  其它: 'other',
  其他证件: 'other',
  其它证件: 'other',
  其他有效证件: 'other',
  军官证: 'other',
  士兵证: 'other',
  无证件: 'none',
  无: 'none',
  没有: 'none',
  未办理: 'none',
  暂无: 'none',
  无户口: 'none',
  无身份证: 'none',
  黑户: 'none',
  '1': 'residentId',
  '01': 'residentId',
};

/**
 * The document type named by a cell. An empty cell follows from the number: none without a number, else a resident
 * number when it looks like one, else other. Unknown words give null (the caller warns and goes on as other).
 */
export function parseDocumentType(text: string, number: string): DocumentType | null {
  if (text === '') return number === '' ? 'none' : looksResident(number) ? 'residentId' : 'other';
  const known = exactWords[text];
  if (known !== undefined) return known;
  if (text.includes('无证') || text.includes('未办')) return 'none';
  if (text.includes('居住证'))
    return text.includes('境外') || text.includes('外国') ? 'foreignPermanent' : 'residencePermit';
  if (text.includes('香港') && !text.includes('澳门')) return 'hongKong';
  if (text.includes('澳门') && !text.includes('香港')) return 'macao';
  if (text.includes('港澳')) return number.startsWith('M') ? 'macao' : 'hongKong';
  if (text.includes('台湾') || text.includes('台胞')) return 'taiwan';
  if (text.includes('永久居')) return 'foreignPermanent';
  if (text.includes('护照')) return 'passport';
  if (text.includes('出生')) return 'birthCertificate';
  if (text.includes('户口') || text.includes('身份证') || text.includes('公民身份')) return 'residentId';
  if (text.includes('其他') || text.includes('其它')) return 'other';
  return null;
}

/** Whether a number has the outside of a citizen's number: mostly digits, 15 to 19 characters. */
export function looksResident(number: string): boolean {
  return /^\d{14,18}[\dX*]$/.test(number);
}

/** What a citizen's number says, or why it cannot be one (GB 11643). `expected` is the check character that would fit. */
export type ResidentCheck =
  | { ok: true; birth: string; sex: 'male' | 'female'; area: string }
  | { ok: false; fault: 'length' | 'characters' | 'birth' | 'check-digit'; expected?: string };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** The check character of the first 17 digits of a citizen's number (GB 11643). */
export function residentCheckCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (weights[i] ?? 0);
  return checkCharacters.charAt(sum % 11);
}

/** Checks a citizen's number of 18 characters, already normalised (half width, upper case, no spaces). */
export function checkResidentNumber(number: string): ResidentCheck {
  if (number.length !== 18) return { ok: false, fault: 'length' };
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const digit = number.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return { ok: false, fault: 'characters' };
    sum += digit * (weights[i] ?? 0);
  }
  const last = number.charAt(17);
  if (last !== 'X' && (last < '0' || last > '9')) return { ok: false, fault: 'characters' };
  const expected = checkCharacters.charAt(sum % 11);
  const year = Number(number.slice(6, 10));
  const month = Number(number.slice(10, 12));
  const day = Number(number.slice(12, 14));
  if (year < 1900 || year > 2099 || day < 1 || day > daysInMonth(year, month)) {
    return { ok: false, fault: 'birth', expected };
  }
  if (expected !== last) return { ok: false, fault: 'check-digit', expected };
  return {
    ok: true,
    birth: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    sex: (number.charCodeAt(16) - 48) % 2 === 1 ? 'male' : 'female',
    area: number.slice(0, 6),
  };
}

/** Why a citizen's number fails, in words an official can act on; the number itself is not repeated. */
export function residentFaultWords(number: string, check: Extract<ResidentCheck, { ok: false }>): string {
  switch (check.fault) {
    case 'length':
      return number.length === 15
        ? '身份证号为15位旧号码，已停止使用，请核对户口簿后填写18位公民身份号码'
        : `身份证号应为18位，现为${String(number.length)}位，请核对户口簿或身份证原件`;
    case 'characters':
      return '身份证号含有不应出现的字符（前17位应为数字，末位为数字或X），请核对原件';
    case 'birth':
      return '身份证号中的出生日期（第7—14位）不是有效日期，请核对原件';
    case 'check-digit':
      return '身份证号校验位错误，至少有一位数字写错，请核对户口簿或身份证原件';
  }
}

/** A registry number 学籍号 (D5.1): G formal, L temporary, J without a usable citizen's number. */
export type RegistryNumber =
  { ok: true; kind: 'formal' | 'temporary' | 'special'; number: string } | { ok: false; fault: 'prefix' | 'body' };

/**
 * Reads a registry number, already normalised. G and L carry 18 characters of a citizen's pattern (the check digit is
 * not judged: an identity number may change after the G number was given); J numbers have no rule but letters and digits.
 */
export function parseRegistryNo(text: string): RegistryNumber {
  const letter = text.charAt(0);
  if (letter !== 'G' && letter !== 'L' && letter !== 'J') return { ok: false, fault: 'prefix' };
  const body = text.slice(1);
  if (letter === 'J' ? !/^[0-9A-Z]{6,24}$/.test(body) : !/^[0-9A-Z]{17}[0-9X]$/.test(body))
    return { ok: false, fault: 'body' };
  return { ok: true, kind: letter === 'G' ? 'formal' : letter === 'L' ? 'temporary' : 'special', number: text };
}

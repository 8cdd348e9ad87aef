import { normalizeNumber } from './text.ts';

/** A column of a list handed in: found by its label or one of its aliases, in any order. */
export interface ColumnSpec {
  key: string;
  label: string;
  aliases: readonly string[];
  required: boolean;
}

/** A column by its key and label. */
export function column(key: string, label: string, aliases: readonly string[] = [], required = false): ColumnSpec {
  return { key, label, aliases, required };
}

/** One row as read: column key → text of the cell, empty when the column or cell is empty. */
export type RawRow = Readonly<Record<string, string | undefined>>;

/**
 * Why a row is held, in the order in which the first that applies is named; the rest follow in `also`. Only name, sex,
 * birth date, document, registry number and school can hold a row.
 */
export const heldCodes = [
  'name-missing',
  'birth-unreadable',
  'number-masked',
  'id-check-digit',
  'birth-id-mismatch',
  'sex-id-mismatch',
  'document-missing',
  'document-conflict',
  'sex-unreadable',
  'registry-malformed',
  'school-missing',
  'school-unknown',
  'school-code-malformed',
  'child-unknown',
] as const;
/** A reason for which a row is held. */
export type HeldCode = (typeof heldCodes)[number];

/** Short words of the reasons, as in tallies of an import. */
export const heldWords: Record<HeldCode, string> = {
  'name-missing': '姓名为空',
  'birth-unreadable': '出生日期无法识别',
  'number-masked': '号码不完整，只有遮盖后的部分',
  'id-check-digit': '身份证号校验位错误',
  'birth-id-mismatch': '出生日期与身份证号不一致',
  'sex-id-mismatch': '性别与身份证号不一致',
  'document-missing': '缺少证件号码，其他信息也不足以确认身份',
  'document-conflict': '同一证件号码已登记在另一姓名下',
  'sex-unreadable': '性别无法识别',
  'registry-malformed': '学籍号格式错误',
  'school-missing': '缺少学校',
  'school-unknown': '学校不在学校名录中',
  'school-code-malformed': '学校标识码格式错误',
  'child-unknown': '名单中的学生不在任何学籍名册上',
};

/** A held row: the first reason, words that say what to do, and the further faults. */
export interface Held {
  code: HeldCode;
  reason: string;
  also: HeldCode[];
}

/** A fault that does not hold the row; the cell is kept aside. */
export interface RowWarning {
  code: string;
  words: string;
}

/** The outcome of checking a row: its value (as far as readable), why it is held, what to look at. */
export interface RowCheck<Value> {
  value: Value;
  held: Held | null;
  warnings: RowWarning[];
}

/** A fault found in a row, before the first is chosen. */
export interface RowFault {
  code: HeldCode;
  reason: string;
}

/** The held entry of a row from all its faults: the first by the order of `heldCodes`, the others in `also`. */
export function heldOf(faults: readonly RowFault[]): Held | null {
  if (faults.length === 0) return null;
  const sorted = [...faults].sort((a, b) => heldCodes.indexOf(a.code) - heldCodes.indexOf(b.code));
  const [first, ...rest] = sorted;
  if (first === undefined) return null;
  return {
    code: first.code,
    reason: first.reason,
    also: [...new Set(rest.map((fault) => fault.code))].filter((code) => code !== first.code),
  };
}

const totalWords = /^(合计|总计|小计|共计|累计|总人数|总数|本页合计|本页小计|全区合计|全校合计)/;
const footWords = /^(注[:：]|备注[:：]|说明[:：]|填表|制表|审核|填报|单位[:：]|负责人|经办人)/;

/**
 * Whether a row of the sheet is a total, a foot line or a repeated heading and no record: it carries no number, no date
 * and no name, and says so in a cell.
 */
export function isTotalRow(raw: RawRow): boolean {
  const name = (raw['name'] ?? '').replace(/[\s\u3000]+/g, '');
  if (name === '姓名' || name === '学生姓名' || name === '学校名称') return true;
  if (name !== '' && !/^\d+(\.\d+)?人?$/.test(name) && !totalWords.test(name) && !footWords.test(name)) return false;
  if (/\d{6}/.test(raw['documentNumber'] ?? '') || (raw['birth'] ?? '').trim() !== '') return false;
  let filled = 0;
  let total = false;
  let foot = false;
  for (const key in raw) {
    const cell = (raw[key] ?? '').replace(/[\s\u3000]+/g, '');
    if (cell === '') continue;
    filled++;
    if (totalWords.test(cell)) total = true;
    if (footWords.test(cell)) foot = true;
  }
  return total || (foot && filled <= 4);
}

/** The number in a cell, normalised; most cells hold plain digits and are returned at once. */
export function numberOfCell(cell: string | undefined): string {
  return cell === undefined || /^[0-9A-Z]*$/.test(cell) ? (cell ?? '') : normalizeNumber(cell);
}

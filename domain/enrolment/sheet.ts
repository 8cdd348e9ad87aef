import { column, numberOfCell, type ColumnSpec, type RawRow } from '../basics/list-row.ts';
import { parseDate } from '../basics/dates.ts';
import { parseClassNo, parseGrade } from '../basics/grade.ts';
import { normalizeName, normalizeText } from '../basics/text.ts';
import { changeKindWords } from './change-words.ts';
import type { ChangeKind } from './changes-record.ts';

/** Columns of a sheet of registry changes. */
export const changeSheetColumns: readonly ColumnSpec[] = [
  column('name', '姓名', ['学生姓名'], true),
  column('documentNumber', '身份证件号或学籍号', ['身份证件号', '身份证号', '证件号码', '学籍号'], true),
  column('kind', '异动类别', ['类别', '异动类型'], true),
  column('toSchool', '转入学校', ['接收学校']),
  column('toGrade', '转入年级', ['年级']),
  column('toClass', '转入班级', ['班级']),
  column('fromDay', '生效日期', ['异动日期', '开始日期'], true),
  column('endsOn', '结束日期', ['休学结束日期', '期满日期']),
  column('elsewhere', '外地学校', ['外地学校（省、市、校名）']),
  column('reason', '事由', ['异动原因', '原因'], true),
];

/** Kinds that a sheet may hand in; the others are asked for one by one. */
export const sheetKinds = [
  'transferInside',
  'transferInProvince',
  'transferInOther',
  'transferOutProvince',
  'transferOutOther',
  'suspension',
  'renewal',
  'resumption',
  'repeat',
  'skip',
  'classChange',
] as const satisfies readonly ChangeKind[];

const shortNames: Readonly<Record<string, ChangeKind>> = { 转学: 'transferInside', 区内转学: 'transferInside', 重读: 'repeat' }; // prettier-ignore

/** How many rows a sheet may have. */
export const sheetRows = 500;

/** A row of a sheet as it was read; what its places are called stays words. */
export interface SheetAsked {
  name: string;
  number: string;
  kind: (typeof sheetKinds)[number];
  toSchool: string;
  toGrade: number | null;
  classNo: string;
  fromDay: string;
  endsOn: string | null;
  elsewhere: string;
  reason: string;
}

function kindOf(cell: string): ChangeKind | null {
  const words = normalizeText(cell).replaceAll('(', '（').replaceAll(')', '）').replace(/\s+/g, '');
  const found = Object.entries(changeKindWords).find(([, label]) => label === words);
  // as: the keys of the words are the kinds
  return found ? (found[0] as ChangeKind) : (shortNames[words] ?? null);
}

/** Reads a row: what was asked, or every reason why it cannot be read, in words that say what to do. */
export function readSheetRow(raw: RawRow): { asked: SheetAsked } | { faults: string[] } {
  const cell = (key: string) => (raw[key] ?? '').trim();
  const faults: string[] = [];
  const kind = kindOf(cell('kind'));
  const known = sheetKinds.find((one) => one === kind);
  if (kind === null) faults.push(`不认识的异动类别“${cell('kind')}”，请按模板的类别填写`);
  else if (known === undefined) faults.push(`“${changeKindWords[kind]}”请逐项办理，不用表格批量提出`);
  if (cell('name') === '') faults.push('姓名为空');
  if (cell('name').length > 60) faults.push('姓名过长，请核对');
  const number = numberOfCell(raw['documentNumber']);
  if (number.length < 6 || number.length > 30 || /[*＊]/u.test(number)) faults.push('请填写完整的身份证件号或学籍号');
  const fromDay = parseDate(cell('fromDay'));
  if (fromDay === null) faults.push('生效日期无法识别，请写成2026-11-20这样的日期');
  const endsOn = cell('endsOn') === '' ? null : parseDate(cell('endsOn'));
  if (endsOn === null && cell('endsOn') !== '') faults.push('结束日期无法识别，请写成2027-06-30这样的日期');
  const graded = parseGrade(cell('toGrade'));
  const classed = parseGrade(cell('toClass'));
  const toGrade = graded.grade || classed.grade || null;
  if (cell('toGrade') !== '' && toGrade === null) faults.push(`年级“${cell('toGrade')}”无法识别`);
  if (cell('reason').length < 2) faults.push('请写明事由');
  if (known === undefined || fromDay === null || faults.length > 0) return { faults };
  return {
    asked: {
      name: normalizeName(cell('name')),
      number,
      kind: known,
      toSchool: normalizeText(cell('toSchool')),
      toGrade,
      classNo: classed.classNo || parseClassNo(cell('toClass')) || graded.classNo,
      fromDay,
      endsOn,
      elsewhere: cell('elsewhere').slice(0, 200),
      reason: cell('reason').slice(0, 500),
    },
  };
}

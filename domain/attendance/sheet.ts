import { parseDate } from '../basics/dates.ts';
import { column, numberOfCell, type ColumnSpec, type RawRow } from '../basics/list-row.ts';
import { normalizeName, normalizeText } from '../basics/text.ts';
import { correctedKinds, dayParts, type CorrectedKind, type DayPart } from './record.ts';
import { dayPartWords, markSigns, markWords } from './words.ts';

/** Columns of a roll call handed in by sheet. */
export const rollSheetColumns: readonly ColumnSpec[] = [
  column('school', '学校', ['学校名称']),
  column('day', '日期', ['点名日期', '考勤日期'], true),
  column('part', '时段', ['上午下午', '半天']),
  column('class', '班级', ['年级班级', '班别'], true),
  column('name', '姓名', ['学生姓名'], true),
  column('documentNumber', '身份证件号或学籍号（同名时填）', ['身份证件号或学籍号', '身份证件号', '身份证号', '学籍号']), // prettier-ignore
  column('mark', '到校情况', ['考勤', '出勤情况', '出勤', '点名'], true),
  column('late', '补报原因', ['补点名原因']),
  column('reason', '更正原因'),
  column('evidence', '更正依据'),
];

/** How many rows such a sheet may have. */
export const rollSheetRows = 3000;

/** A row as it was read. */
export interface RollRowAsked {
  school: string;
  day: string;
  part: DayPart;
  className: string;
  name: string;
  number: string;
  mark: CorrectedKind;
  /** Why it is entered after the day, where the class has no roll call yet. */
  late: string;
  /** Why a mark that stands is changed, and what shows it. */
  reason: string;
  evidence: string;
}

const otherWords: Readonly<Record<string, CorrectedKind>> = {
  在校: 'present',
  出勤: 'present',
  正常: 'present',
  是: 'present',
  缺勤: 'unexcused',
  旷课: 'unexcused',
  未到: 'unexcused',
  未到校: 'unexcused',
  无故缺课: 'unexcused',
};

function markOf(cell: string): CorrectedKind | null {
  const words = cell.replace(/\s+/g, '');
  return (
    correctedKinds.find((kind) => markWords[kind] === words || markSigns[kind] === words) ?? otherWords[words] ?? null
  );
}

/** Reads a row: what was said, or every reason why it cannot be read, in words that say what to do. */
export function readRollRow(raw: RawRow): { asked: RollRowAsked } | { faults: string[] } {
  const cell = (key: string) => normalizeText(raw[key] ?? '');
  const faults: string[] = [];
  const day = parseDate(cell('day'));
  if (day === null) faults.push('日期无法识别，请写成2026-11-20这样的日期');
  const part = cell('part') === '' ? 'morning' : dayParts.find((one) => dayPartWords[one] === cell('part'));
  if (part === undefined) faults.push('时段请填“上午”或“下午”');
  if (cell('class') === '') faults.push('班级为空');
  if (cell('name') === '') faults.push('姓名为空');
  const number = numberOfCell(raw['documentNumber']);
  if (/[*＊]/u.test(number)) faults.push('请填写完整的身份证件号或学籍号');
  const mark = markOf(cell('mark'));
  if (mark === null)
    faults.push(
      cell('mark') === ''
        ? '请填写到校情况'
        : `不认识的到校情况“${cell('mark')}”，请填：${correctedKinds.map((kind) => markWords[kind]).join('、')}`,
    );
  if (day === null || part === undefined || mark === null || faults.length > 0) return { faults };
  return {
    asked: {
      school: cell('school'),
      day,
      part,
      className: cell('class'),
      name: normalizeName(cell('name')),
      number,
      mark,
      late: cell('late').slice(0, 200),
      reason: cell('reason').slice(0, 300),
      evidence: cell('evidence').slice(0, 500),
    },
  };
}

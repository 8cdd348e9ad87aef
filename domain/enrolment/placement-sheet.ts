import { parseDate } from '../basics/dates.ts';
import { column, numberOfCell, type ColumnSpec, type RawRow } from '../basics/list-row.ts';
import { normalizeName, normalizeText } from '../basics/text.ts';

/** Columns of a sheet that places the leavers of grade 6. */
export const placementColumns: readonly ColumnSpec[] = [
  column('school', '毕业小学', ['小学', '毕业学校'], true),
  column('class', '班级', ['毕业班级']),
  column('name', '姓名', ['学生姓名', '学生'], true),
  column('documentNumber', '身份证件号或学籍号（同名时填）', ['身份证件号或学籍号', '身份证件号', '身份证号', '学籍号']), // prettier-ignore
  column('toSchool', '分配初中', ['初中', '接收学校', '初中学校'], true),
  column('reportDay', '报到日', ['报到日期', '报到时间'], true),
];

/** How many rows such a sheet may have. */
export const placementRows = 2000;

/** A row as it was read. */
export interface PlacementAsked {
  school: string;
  className: string;
  name: string;
  number: string;
  toSchool: string;
  reportDay: string;
}

/** Reads a row: what was asked, or every reason why it cannot be read, in words that say what to do. */
export function readPlacementRow(raw: RawRow): { asked: PlacementAsked } | { faults: string[] } {
  const cell = (key: string) => normalizeText(raw[key] ?? '');
  const faults: string[] = [];
  if (cell('school') === '') faults.push('毕业小学为空');
  if (cell('name') === '') faults.push('姓名为空');
  if (cell('toSchool') === '') faults.push('请填写分配初中');
  const reportDay = parseDate(cell('reportDay'));
  if (reportDay === null) faults.push('报到日无法识别，请写成2026-08-30这样的日期');
  const number = numberOfCell(raw['documentNumber']);
  if (/[*＊]/u.test(number)) faults.push('请填写完整的身份证件号或学籍号');
  if (reportDay === null || faults.length > 0) return { faults };
  return {
    asked: {
      school: cell('school'),
      className: cell('class'),
      name: normalizeName(cell('name')),
      number,
      toSchool: cell('toSchool'),
      reportDay,
    },
  };
}

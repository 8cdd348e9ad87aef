import { describe, expect, test } from 'vitest';
import { findHeader, isBlankRow, isRepeatedHeader, isTotalRow, normalizeHeading, type ColumnSpec } from './header.ts';
import type { SheetRow } from './sheet-row.ts';

const columns: ColumnSpec[] = [
  { key: 'name', label: '姓名', aliases: ['学生姓名'], required: true },
  { key: 'birth', label: '出生日期', aliases: ['出生年月日'], required: true },
  { key: 'number', label: '身份证件号', aliases: ['身份证号', '证件号码'], required: true },
  { key: 'guardian', label: '成员1姓名', aliases: ['监护人姓名'] },
  { key: 'phone', label: '联系电话', aliases: ['监护人电话'] },
];
const rowsOf = (...rows: string[][]): SheetRow[] => rows.map((cells, index) => ({ number: index + 1, cells }));

describe('findHeader', () => {
  test('passes over titles; any order; marks, spaces, line breaks and notes in headings', () => {
    const found = findHeader(
      rowsOf(
        ['江岸区适龄儿童名册'],
        ['单位：滨江小学', '', '2026年'],
        ['序号', '联系 电话：', '证件\n号码', '＊姓　名（必填）', '出生日期(YYYYMMDD)'],
        ['1', '139', '4201', '张三', '20200101'],
      ),
      columns,
    );
    expect(found?.rowNumber).toBe(3);
    expect(Object.fromEntries(found?.map ?? [])).toEqual({ phone: 1, number: 2, name: 3, birth: 4 });
    expect(found?.missing.map((column) => column.key)).toEqual(['guardian']);
    expect(found?.unknown).toEqual(['序号']);
  });

  test('of two equal headings the first counts', () => {
    expect(findHeader(rowsOf(['姓名', '出生日期', '姓名', '学生姓名']), columns)?.map.get('name')).toBe(0);
  });

  test('two rows of a merged head are read together', () => {
    const found = findHeader(
      rowsOf(
        ['名册'],
        ['姓名', '出生日期', '身份证号', '监护人', '', '备注'],
        ['', '', '', '姓名', '电话'],
        ['张三', '2020-01-01', '4201', '张大', '139'],
      ),
      columns,
    );
    expect(found?.rowNumber).toBe(3);
    expect(Object.fromEntries(found?.map ?? [])).toEqual({ name: 0, birth: 1, number: 2, guardian: 3, phone: 4 });
    expect(found?.unknown).toEqual(['备注']);
  });

  test('data under a header are not taken for a second row of it', () => {
    expect(findHeader(rowsOf(['姓名', '出生日期', '备注'], ['张三', '2020-01-01', '']), columns)?.rowNumber).toBe(1);
  });

  test('nothing that names two columns is no header; rows past the twentieth are not looked at', () => {
    expect(findHeader(rowsOf(['姓名', '随便']), columns)).toBeNull();
    expect(findHeader([], columns)).toBeNull();
    expect(findHeader(rowsOf(...Array.from({ length: 20 }, () => ['x']), ['姓名', '出生日期']), columns)).toBeNull();
    expect(findHeader(rowsOf(['姓名']), columns.slice(0, 1))?.map.get('name')).toBe(0);
  });

  test('a header repeated further down is known', () => {
    const found = findHeader(rowsOf(['姓名', '出生日期', '证件号码']), columns);
    expect(found && isRepeatedHeader(['姓 名', '出生日期', '证件号码'], found)).toBe(true);
    expect(found && isRepeatedHeader(['张三', '2020-01-01', '4201'], found)).toBe(false);
  });
});

test('normalizeHeading', () => {
  expect(normalizeHeading(' *国籍／地区（必填）：\n')).toBe('国籍/地区必填');
});

describe('isTotalRow', () => {
  test.each([
    [['合计', '872'], 1],
    [['', '合　计', '30'], 1],
    [['小计：', '', '30'], 1],
    [['总计（人）', '30人'], 1],
    [['1', '共计12人', ''], 1],
    [['填表人：王老师', '', '审核人：李校长'], 1],
    [['填表人', '王老师'], 1],
    [['备注：本表一式两份'], 1],
    [['共 100000 行，导出完整'], 1],
    [['导出未完成：应有 5 行，实有 3 行'], 1],
    [['导出标识：王老师 2026-11-20'], 1],
  ])('%j is no record', (cells, nameIndex) => expect(isTotalRow(cells, nameIndex)).toBe(true));
  test.each([
    [['1', '张三', '合计'], 1],
    [['420102', '共欣怡', '2020'], 1],
    [['滨江小学', '', '2020-01-01'], 1],
    [['', ''], 1],
    [['总校小学部', '李四'], 1],
    [['合计', '张三', '女'], 1],
  ])('%j is a record', (cells, nameIndex) => expect(isTotalRow(cells, nameIndex)).toBe(false));
});

test('isBlankRow', () => {
  expect(isBlankRow(['', ' ', '\u3000'])).toBe(true);
  expect(isBlankRow(['', 'x'])).toBe(false);
});

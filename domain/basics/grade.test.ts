import { describe, expect, it } from 'vitest';
import { parseClassNo, parseGrade } from './grade.ts';

describe('grades and classes', () => {
  it('reads every way a grade is written', () => {
    const cells = [
      '一年级',
      '九年级',
      '9',
      '七(1)班',
      '七（１）班',
      '初三',
      '高一',
      '小二',
      '0101',
      '701',
      '八年级2班',
      '初中一年级',
      '高中三年级',
      '1班',
      '大班',
      '',
      '小学六年级',
      '中职一年级',
    ];
    expect(cells.map((cell) => parseGrade(cell).grade)).toEqual([
      1, 9, 9, 7, 7, 9, 10, 2, 1, 7, 8, 7, 12, 0, 0, 0, 6, 10,
    ]);
    expect(
      ['0101', '七(12)班', '八年级2班', '1班', '一班', '202603', '(3)班'].map(
        (cell) => parseGrade(cell).classNo || parseClassNo(cell),
      ),
    ).toEqual(['1', '12', '2', '1', '1', '3', '3']);
  });
});

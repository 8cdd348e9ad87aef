import { describe, expect, test } from 'vitest';
import { guessDay, guessListKind, inListOrder } from './list-guess.ts';

describe('what a file name says of its list', () => {
  test.each([
    ['学校名录.csv', 'schools'],
    ['适龄儿童少年信息档案.xlsx', 'register'],
    ['学籍_2142010201_某小学.xlsx', 'roster'],
    ['到校情况_2026-11-20.xlsx', 'presence'],
    ['低保名单.xls', 'keylist'],
    ['新建工作表.xlsx', null],
  ])('%s is %s', (name, kind) => {
    expect(guessListKind(name)).toBe(kind);
  });

  test('a day is read, a school code is not taken for one', () => {
    expect(guessDay('到校情况_2026-11-20.xlsx')).toBe('2026-11-20');
    expect(guessDay('到校情况20261120.xlsx')).toBe('2026-11-20');
    expect(guessDay('到校情况2026年3月5日.xlsx')).toBe('2026-03-05');
    expect(guessDay('学籍_2142010201_某小学.xlsx')).toBeNull();
  });

  test('schools are handed in before the lists that name them', () => {
    expect(
      inListOrder([{ kind: 'presence' as const }, { kind: null }, { kind: 'schools' as const }]).map(
        (file) => file.kind,
      ),
    ).toEqual(['schools', 'presence', null]);
  });
});

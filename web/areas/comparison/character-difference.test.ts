import { describe, expect, test } from 'vitest';
import { differCharacters } from './character-difference.ts';

describe('differences between two records', () => {
  test('same texts have no difference', () => {
    expect(differCharacters('王小明', '王小明')).toEqual({
      left: [{ text: '王小明', same: true }],
      right: [{ text: '王小明', same: true }],
    });
  });

  test('texts of one length are compared place by place, so a swapped pair of digits shows both', () => {
    expect(differCharacters('2014-03-12', '2014-03-21').left).toEqual([
      { text: '2014-03-', same: true },
      { text: '12', same: false },
    ]);
  });

  test('a longer text shows what the other lacks', () => {
    expect(differCharacters('阿依古丽·买买提', '阿依古丽').left).toEqual([
      { text: '阿依古丽', same: true },
      { text: '·买买提', same: false },
    ]);
  });

  test('a missing side is wholly different', () => {
    expect(differCharacters('', '张伟')).toEqual({ left: [], right: [{ text: '张伟', same: false }] });
  });

  test('a rare character outside the basic plane is one character', () => {
    expect(differCharacters('李𠅤', '李明')).toEqual({
      left: [
        { text: '李', same: true },
        { text: '𠅤', same: false },
      ],
      right: [
        { text: '李', same: true },
        { text: '明', same: false },
      ],
    });
  });
});

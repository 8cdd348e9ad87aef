import { expect, it } from 'vitest';
import { postsWords } from './posts-words.ts';

const at = (roleName: string, ...units: string[]) => units.map((unitName) => ({ unitName, roleName }));

it('one or two posts are told by their unit', () => {
  expect(postsWords([])).toBe('');
  expect(postsWords([...at('班主任', '滨江小学一年级（1）班'), ...at('任课教师', '滨江小学一年级（1）班')])).toBe(
    '滨江小学一年级（1）班 班主任、滨江小学一年级（1）班 任课教师',
  );
});

it('a role held at many units is told once with their number', () => {
  expect(postsWords([...at('班主任', '甲班'), ...at('任课教师', '甲班', '乙班', '丙班')])).toBe(
    '甲班 班主任、任课教师（3 处）',
  );
});

import { expect, it } from 'vitest';
import { courseParts, periodKinds, scopeKinds } from './record.ts';
import { partWords, periodKindWords, scopeKindWords } from './words.ts';

it('STA-08 every part, scope and period has a Chinese name of its own', () => {
  for (const [words, keys] of [
    [partWords, courseParts],
    [scopeKindWords, scopeKinds],
    [periodKindWords, periodKinds],
  ] as const) {
    const names: string[] = Object.values(words);
    expect(new Set(names).size).toBe(keys.length);
    for (const name of names) expect(name).toMatch(/^\p{Script=Han}+(?:（\p{Script=Han}+）)?\p{Script=Han}*$/u);
  }
});

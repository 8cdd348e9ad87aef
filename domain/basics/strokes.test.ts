import { expect, test } from 'vitest';
import { isSigned } from './strokes.ts';

const line = Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y: 0.5 }));

test('a signature needs more than a tap or a slip', () => {
  expect(isSigned([])).toBe(false);
  expect(isSigned([[{ x: 0.5, y: 0.5 }]])).toBe(false);
  expect(
    isSigned([
      [
        { x: 0.5, y: 0.5 },
        { x: 0.52, y: 0.5 },
      ],
    ]),
  ).toBe(false);
  expect(isSigned([line])).toBe(true);
});

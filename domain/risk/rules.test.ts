import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absenceSign, levelOf, signsOf, stateAfter } from './rules.ts';
import type { RiskFacts } from './record.ts';

const nothing: RiskFacts = { groups: [], communities: 1, siblingsOut: [], history: null };

test('RSK-01 a child of whom nothing is recorded has no sign; every sign says why', () => {
  expect(signsOf(nothing, '2026-02-16')).toEqual([]);
  const signs = signsOf(
    {
      groups: ['留守儿童'],
      communities: 3,
      siblingsOut: ['0b8d'],
      history: { confirmed: true, open: false, firstOpened: '2026-03-02', returned: '2026-09-10' },
    },
    '2026-02-16',
  );
  expect(signs.map((sign) => sign.kind)).toEqual([
    'recentReturn',
    'earlierDropout',
    'siblingOut',
    'keyGroup',
    'addressMoves',
  ]);
  expect(signs.map((sign) => sign.words)).toEqual([
    '2026-09-10 复学，不足一个学期',
    '曾于 2026-03-02 列入劝返',
    '同户另有 1 名适龄儿童少年未在校就读',
    '属于留守儿童',
    '近两年登记过 3 个社区的住址',
  ]);
});

test('RSK-01 a case that is open is no sign, nor a return longer ago', () => {
  const history = { confirmed: true, open: true, firstOpened: '2026-03-02', returned: '2026-09-10' };
  expect(signsOf({ ...nothing, history }, '2026-02-16')).toEqual([]);
  expect(signsOf({ ...nothing, history: { ...history, open: false } }, '2026-10-01').map((one) => one.kind)).toEqual([
    'earlierDropout',
  ]);
});

test('RSK-01 absence is a sign from 2 days in a row or 3 in the term, urgent over a threshold', () => {
  const of = (consecutive: number, cumulative: number) =>
    absenceSign({
      consecutive,
      cumulative,
      lastAbsent: '2026-11-20',
      over: consecutive >= 3 || cumulative >= 10,
    })?.strength ?? 0;
  expect([of(1, 1), of(1.5, 2.5), of(2, 2), of(0, 3), of(3, 3), of(0, 10)]).toEqual([0, 0, 2, 2, 3, 3]);
});

test('RSK-02 the level is a word that more signs never lower', () => {
  expect([levelOf([]), levelOf([1]), levelOf([1, 1]), levelOf([2, 1]), levelOf([2, 2]), levelOf([3])]).toEqual([
    null,
    'watch',
    'watch',
    'concern',
    'urgent',
    'urgent',
  ]);
  const rank = { watch: 0, concern: 1, urgent: 2 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(1, 2, 3), { minLength: 1 }), fc.constantFrom(1, 2, 3), (some, more) => {
      expect(rank[levelOf([...some, more]) ?? 'watch']).toBeGreaterThanOrEqual(rank[levelOf(some) ?? 'watch']);
    }),
  );
});

test('RSK-03 a dismissal holds as long as the facts do', () => {
  const sign = { kind: 'keyGroup', strength: 1, words: '', facts: 'a' } as const;
  expect(stateAfter(null, sign)).toBe('open');
  expect(stateAfter({ state: 'dismissed', dismissedFacts: 'a' }, sign)).toBe('dismissed');
  expect(stateAfter({ state: 'dismissed', dismissedFacts: 'b' }, sign)).toBe('open');
  expect(stateAfter({ state: 'gone', dismissedFacts: 'a' }, sign)).toBe('open');
  expect(stateAfter({ state: 'dismissed', dismissedFacts: 'a' }, null)).toBe('gone');
});

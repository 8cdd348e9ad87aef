import { expect, it } from 'vitest';
import { cameFromIn, carry, showsThePast, takeCarried } from './came-from.ts';

const from = { href: '/children?day=2026-11-02', words: '截至2026年11月2日' };

it('PLT-30 what is opened from a list of the past knows it, once, and what is opened later does not', async () => {
  carry(from);
  expect([takeCarried(), takeCarried()]).toEqual([from, null]);
  carry(from);
  await new Promise((done) => {
    setTimeout(done, 1);
  });
  expect(takeCarried()).toBeNull();
});

it('PLT-30 the state of an address is read as it was written, and anything else is nothing', () => {
  expect(cameFromIn({ key: 'a', cameFrom: from })).toEqual(from);
  for (const state of [
    undefined,
    null,
    {},
    { cameFrom: null },
    { cameFrom: { href: 3, words: '' } },
    { cameFrom: { href: 'https://x', words: '' } },
  ])
    expect(cameFromIn(state)).toBeNull();
  expect([showsThePast('?day=2026-11-02'), showsThePast('?knownAt=x'), showsThePast('?child=1'), showsThePast('')]).toEqual([true, true, false, false]); // prettier-ignore
});

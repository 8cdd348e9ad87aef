import { pinyin } from 'pinyin-pro';
import { describe, expect, it } from 'vitest';
import { generateMatchData } from '../../bench/match-data.ts';
import { asPerson } from '../../bench/match-rows.ts';
import { linkLists } from './link.ts';
import type { MatchPerson } from './match-person.ts';
import { proposePairs, scorePair } from './matching.ts';
import { numberDistance, validNeighbours } from './number-neighbours.ts';

const spoken = new Map<string, string>();
function inPinyin(name: string): string {
  let all = '';
  for (const character of name) {
    let sound = spoken.get(character);
    if (sound === undefined) spoken.set(character, (sound = pinyin(character, { toneType: 'none' })));
    all += `${sound} `;
  }
  return all;
}

const child: MatchPerson = {
  id: 'a',
  name: '任宇',
  birth: '2019-05-26',
  sex: 'female',
  documentType: 'residentId',
  documentNumber: '420102201905265722',
  numberFails: false,
  guardian: '潘书',
  phoneIndex: '15000000001',
  addressKey: '某社区1栋',
  community: '某社区',
};

describe('scored matching (issue 2, persons and matching)', () => {
  it('finds the valid numbers one typing error away', () => {
    expect(validNeighbours('420102201905268722')).toContain('420102201905265722');
    expect(validNeighbours('42010220190526722')).toContain('420102201905265722');
    expect(numberDistance('420102201905265722', '420102201905256722')).toBe('swapped');
    expect(numberDistance('420102201905265722', '42010220190526722')).toBe('one-missing');
    expect(numberDistance('420102201905265722', '420102201905111111')).toBe('far');
  });

  it('takes a wrong digit for the same child, and says why', () => {
    const wrong = { ...child, id: 'b', documentNumber: '420102201905268722', numberFails: true };
    const scored = scorePair(child, wrong);
    expect(scored.score).toBeGreaterThan(0.99);
    expect(scored.reasons.map((reason) => reason.words)).toEqual(
      expect.arrayContaining(['姓名相同', '出生日期相同', '证件号码只差一位']),
    );
  });

  it('takes twins with two valid numbers for two children, and a twin without a number too', () => {
    const twin = { ...child, id: 'b', name: '任雪', documentNumber: '420102201905265749' };
    expect(scorePair(child, twin).score).toBeLessThan(0.01);
    expect(
      scorePair({ ...child, name: '任宇航' }, { ...twin, name: '任宇桐', documentType: 'none', documentNumber: '' })
        .score,
    ).toBeLessThan(0.2);
  });

  it('always lays one number under two names before a person', () => {
    const [pair] = proposePairs(
      [child],
      [
        {
          ...child,
          id: 'b',
          name: '陈明',
          guardian: '别人',
          phoneIndex: '1',
          addressKey: 'x',
          community: 'y',
          sex: 'male',
        },
      ],
    );
    expect(pair?.kind).toBe('identityReview');
  });

  it('CMP-07 reaches precision 0.99 and recall 0.97 among damaged rows and look-alikes', () => {
    for (const seed of [20261120, 7]) {
      const data = generateMatchData({
        seed,
        children: 20000,
        damaged: 2000,
        lookalikes: 2000,
        onlyRegister: 1500,
        onlyRoster: 1500,
      });
      const register = data.register.map((row) => asPerson(row, inPinyin));
      const roster = data.roster.map((row) => asPerson(row, inPinyin));
      const { proposals } = linkLists(register, roster);
      const truth = new Set(data.damaged.map((pair) => `${pair.registerId}|${pair.rosterId}`));
      const right = proposals.filter((pair) => truth.has(`${pair.leftId}|${pair.rightId}`)).length;
      const precision = right / proposals.length;
      const recall = right / truth.size;
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.97);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { allOf, computable, keyOf, openMeasures, relationsOf, suppress, type OpenCell } from './open-data.ts';

/** A form of made-up counts that obey the relations: streets × two levels, small counts often. */
function made(seed: number, streets: number, years: number): OpenCell[] {
  let state = seed;
  const chance = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const leaf = new Map<string, number>();
  const cells: OpenCell[] = [];
  const names = Array.from({ length: streets }, (_, at) => `s${String(at)}`);
  for (let year = 2020; year < 2020 + years; year += 1)
    for (const street of names)
      for (const level of ['primary', 'junior'] as const) {
        const before = leaf.get(`${String(year - 1)}${street}${level}end`);
        let end = 0;
        for (const { id, sign } of openMeasures) {
          const value =
            id === 'start'
              ? (before ?? 200 + chance(900))
              : id === 'end'
                ? end
                : chance(100) < 60
                  ? chance(9)
                  : chance(60);
          if (id !== 'end') end += sign * value;
          leaf.set(`${String(year)}${street}${level}${id}`, value);
        }
      }
  const sum = (year: number, street: string, level: string, measure: string) =>
    (street === allOf ? names : [street]).reduce(
      (total, one) => total + (level === allOf ? ['primary', 'junior'] : [level]).reduce((part, each) => part + (leaf.get(`${String(year)}${one}${each}${measure}`) ?? 0), 0), // prettier-ignore
      0,
    );
  for (let year = 2020; year < 2020 + years; year += 1)
    for (const street of [...names, allOf])
      for (const level of ['primary', 'junior', allOf] as const)
        for (const { id: measure } of openMeasures) cells.push({ year, street, level, measure, value: sum(year, street, level, measure) }); // prettier-ignore
  return cells;
}

describe('the suppression of small cells', () => {
  it('INT-09 every count from 1 to under the threshold is blank, and none of the blanks can be computed from what is shown', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const cells = made(seed, 4 + seed, 2);
      const relations = relationsOf(cells);
      // The made-up counts obey what a reader knows, or the test would prove nothing.
      for (const relation of relations) expect(relation.reduce((sum, { cell, sign }) => sum + sign * (cells[cell]?.value ?? 0), 0)).toBe(0); // prettier-ignore
      const hidden = suppress(cells, 5);
      const primary = cells.flatMap((cell, at) => (cell.value > 0 && cell.value < 5 ? [at] : []));
      expect(primary.length).toBeGreaterThan(20);
      expect(primary.filter((at) => !hidden.has(at))).toEqual([]);
      expect(computable(cells.length, hidden, relations)).toEqual([]);
      for (const relation of relations) {
        const inside = relation.filter(({ cell }) => hidden.has(cell));
        if (
          inside.length > 0 &&
          inside.length < relation.length &&
          inside.every(({ sign }) => sign === inside[0]?.sign)
        )
          expect(inside.reduce((sum, { cell }) => sum + (cells[cell]?.value ?? 0), 0)).toBeGreaterThanOrEqual(5);
      }
    }
  });

  it('INT-09 primary suppression alone would leak: the same cells are computable from the totals', () => {
    const cells = made(1, 5, 1);
    const primary = new Set(cells.flatMap((cell, at) => (cell.value > 0 && cell.value < 5 ? [at] : [])));
    expect(computable(cells.length, primary, relationsOf(cells)).length).toBeGreaterThan(0);
  });

  it('INT-10 a count that moved by a few since an earlier form is blank, and none of the blanks can be computed', () => {
    for (const seed of [1, 2, 3]) {
      const before = made(seed, 6, 1);
      const first = suppress(before, 5);
      const published = new Map(before.flatMap((cell, at) => (first.has(at) ? [] : [[keyOf(cell), cell.value]])));
      // One pupil of one street drops out: his street, level and the sums above move by one.
      const moves = (cell: OpenCell) => ['s1', allOf].includes(cell.street) && cell.level !== 'junior';
      const after = before.map((cell) => ({ ...cell, value: cell.value + (!moves(cell) ? 0 : cell.measure === 'dropouts' ? 1 : cell.measure === 'end' ? -1 : 0) })); // prettier-ignore
      const next = suppress(after, 5, published);
      const shown = after.filter((_, at) => !next.has(at));
      expect(shown.filter((cell) => (published.get(keyOf(cell)) ?? cell.value) !== cell.value)).toEqual([]);
      expect(shown.length).toBeGreaterThan(50);
      expect(computable(after.length, next, relationsOf(after))).toEqual([]);
      expect([...suppress(before, 5, published)].sort()).toEqual([...first].sort());
    }
  });

  it('INT-10 the beginning of a year is shown or blank as the end of the year before was', () => {
    const cells = made(2, 4, 2);
    const [earlier, later] = [cells.filter(({ year }) => year === 2020), cells.filter(({ year }) => year === 2021)];
    const ends = earlier.filter(({ street, measure }) => street === allOf && measure === 'end');
    const published = new Map(ends.map((cell) => [keyOf(cell), cell.level === 'junior' ? cell.value : null]));
    const both = [...later, ...ends];
    const hidden = suppress(both, 5, published);
    const start = (level: string) => both.findIndex((cell) => cell.year === 2021 && cell.street === allOf && cell.level === level && cell.measure === 'start'); // prettier-ignore
    expect([start('primary'), start('junior'), start('all')].map((at) => hidden.has(at))).toEqual([true, false, true]);
  });

  it('INT-09 where nothing is small nothing is hidden', () => {
    const cells = made(1, 3, 1);
    expect(
      suppress(
        cells.map((cell) => ({ ...cell, value: 0 })),
        5,
      ).size,
    ).toBe(0);
  });
});

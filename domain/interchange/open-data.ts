/** What the open-data form publishes of each school year, street and level, as signed terms of the identity: S1 = S0 + … − …. */
export const openMeasures = [
  { id: 'start', words: '期初在校', parts: ['S0'], sign: 1 },
  { id: 'entrants', words: '新入学', parts: ['New'], sign: 1 },
  { id: 'transfersIn', words: '转入', parts: ['In'], sign: 1 },
  { id: 'returns', words: '返校', parts: ['Back'], sign: 1 },
  { id: 'movesIn', words: '区内升级升学调入', parts: ['MoveIn'], sign: 1 },
  { id: 'transfersOut', words: '转出', parts: ['Out'], sign: -1 },
  { id: 'suspended', words: '休学', parts: ['Susp'], sign: -1 },
  { id: 'completed', words: '毕业', parts: ['Grad'], sign: -1 },
  { id: 'movesOut', words: '区内升级升学调出', parts: ['MoveOut'], sign: -1 },
  { id: 'dropouts', words: '辍学', parts: ['Drop'], sign: -1 },
  { id: 'untraced', words: '去向未落实', parts: ['Gone'], sign: -1 },
  { id: 'otherExits', words: '其他减少（死亡、出国出境）', parts: ['Dead', 'Abroad'], sign: -1 },
  { id: 'end', words: '期末在校', parts: ['S1'], sign: 0 },
] as const;
/** A measure of the form. */
export type OpenMeasure = (typeof openMeasures)[number]['id'];

/** The key of the sum over all streets, or both levels. */
export const allOf = 'all';

/** One figure of the form. */
export interface OpenCell {
  year: number;
  /** Code of the street; '' for pupils without a known address; `all` for the sum. */
  street: string;
  level: 'primary' | 'junior' | typeof allOf;
  measure: OpenMeasure;
  value: number;
}

/** A linear relation that every reader of the form knows: the signed cells add up to nothing. */
export type Relation = readonly { cell: number; sign: 1 | -1 }[];

/**
 * What forms published earlier say: by key the count as last shown, of the same year; and of the year before the counts that this year's
 * beginning repeats, null where they were left blank for ever.
 */
export type Published = ReadonlyMap<string, number | null>;

/** The key of a cell among all forms. */
export const keyOf = ({ year, street, level, measure }: Omit<OpenCell, 'value'>): string =>
  [year, street, level, measure].join('|');

/** The relations among the cells: sums over streets and levels, the identity in each row, and a year's end as the next one's start. */
export function relationsOf(cells: readonly OpenCell[]): Relation[] {
  const at = new Map(cells.map((cell, index) => [keyOf(cell), index]));
  const years = [...new Set(cells.map(({ year }) => year))];
  const streets = [...new Set(cells.map(({ street }) => street))].filter((street) => street !== allOf);
  const levels = ['primary', 'junior', allOf] as const;
  const relations: { cell: number; sign: 1 | -1 }[][] = [];
  const add = (terms: readonly (readonly [Omit<OpenCell, 'value'>, 1 | -1])[]): void => {
    const found = terms.flatMap(([cell, sign]) => {
      const index = at.get(keyOf(cell));
      return index === undefined ? [] : [{ cell: index, sign }];
    });
    if (found.length === terms.length) relations.push(found);
  };
  for (const year of years) {
    for (const { id: measure } of openMeasures) {
      for (const level of levels)
        add([...streets.map((street) => [{ year, street, level, measure }, 1] as const), [{ year, street: allOf, level, measure }, -1]]); // prettier-ignore
      for (const street of [...streets, allOf])
        add([[{ year, street, level: 'primary', measure }, 1], [{ year, street, level: 'junior', measure }, 1], [{ year, street, level: allOf, measure }, -1]]); // prettier-ignore
    }
    for (const street of [...streets, allOf])
      for (const level of levels)
        add(
          openMeasures.map(
            ({ id: measure, sign }) => [{ year, street, level, measure }, sign === 0 ? -1 : sign] as const,
          ),
        );
    for (const level of levels)
      add([[{ year, street: allOf, level, measure: 'end' }, 1], [{ year: year + 1, street: allOf, level, measure: 'start' }, -1]]); // prettier-ignore
  }
  return relations;
}

/** Which hidden cells the relations and the cells shown determine: by elimination, those that stand alone in a row of the reduced matrix. */
export function computable(cells: number, hidden: ReadonlySet<number>, relations: readonly Relation[]): number[] {
  const unknown = [...hidden].filter((cell) => cell < cells);
  const place = new Map(unknown.map((cell, index) => [cell, index]));
  const rows = relations
    .map((relation) => {
      const row = new Map<number, number>();
      for (const { cell, sign } of relation) {
        const index = place.get(cell);
        if (index !== undefined) row.set(index, (row.get(index) ?? 0) + sign);
      }
      return row;
    })
    .filter((row) => row.size > 0);
  const reduced: { pivot: number; row: Map<number, number> }[] = [];
  const subtract = (row: Map<number, number>, by: ReadonlyMap<number, number>, factor: number): void => {
    for (const [index, value] of by) {
      const left = (row.get(index) ?? 0) - factor * value;
      if (Math.abs(left) < 1e-9) row.delete(index);
      else row.set(index, left);
    }
  };
  for (const row of rows) {
    for (const { pivot, row: above } of reduced) {
      const factor = row.get(pivot);
      if (factor !== undefined) subtract(row, above, factor);
    }
    const [first] = row;
    if (first === undefined) continue;
    const [pivot, lead] = first;
    for (const [index, value] of row) row.set(index, value / lead);
    for (const { row: above } of reduced) {
      const factor = above.get(pivot);
      if (factor !== undefined) subtract(above, row, factor);
    }
    reduced.push({ pivot, row });
  }
  return reduced.filter(({ row }) => row.size === 1).flatMap(({ pivot }) => unknown[pivot] ?? []);
}

/**
 * The cells to leave blank: every count from 1 to under `smallest`, and every one that differs by so little from what an earlier form shows
 * (primary), and as many more as it takes that none of the hidden ones can be computed from what is shown (complementary), nor the sum of
 * the hidden ones of a total be itself a small number. Cells of the year before stay as they were published.
 */
export function suppress(
  cells: readonly OpenCell[],
  smallest: number,
  published: Published = new Map<string, number | null>(),
): Set<number> {
  const relations = relationsOf(cells);
  const newest = Math.max(...cells.map(({ year }) => year));
  const earlier = cells.map((cell) => published.get(keyOf(cell)));
  const isSmall = (count: number): boolean => count > 0 && count < smallest;
  const settled = new Set(cells.flatMap(({ year }, at) => (year < newest && earlier[at] !== undefined ? [at] : [])));
  const of = new Map<number, Relation[]>();
  for (const relation of relations) for (const { cell } of relation) of.set(cell, [...(of.get(cell) ?? []), relation]);
  const value = (cell: number): number => cells[cell]?.value ?? 0;
  const hidden = new Set<number>();
  for (const [at, cell] of cells.entries()) {
    const before = earlier[at];
    const moved = typeof before === 'number' && isSmall(Math.abs(cell.value - before));
    if (settled.has(at) ? before === null : isSmall(cell.value) || moved) hidden.add(at);
  }
  // What repeats a count of the year before is shown or blank as that one is.
  for (const [one, other] of relations.filter((relation) => relation.length === 2))
    if (one && other && settled.has(one.cell)) {
      settled.add(other.cell);
      if (hidden.has(one.cell)) hidden.add(other.cell);
      else hidden.delete(other.cell);
    }
  /** Hides the smallest count of a relation that is still shown, one of 0 only where there is no other; false when none is left. */
  const hideOneMore = (relation: Relation): boolean => {
    const shown = relation.map(({ cell }) => cell).filter((cell) => !hidden.has(cell) && !settled.has(cell));
    const [best] = shown.sort(
      (a, b) => Number(value(a) === 0) - Number(value(b) === 0) || value(a) - value(b) || a - b,
    );
    if (best === undefined) return false;
    hidden.add(best);
    return true;
  };
  for (;;) {
    let grown = false;
    for (const relation of relations) {
      const inside = relation.filter(({ cell }) => hidden.has(cell));
      if (inside.length === 0) continue;
      const plain = inside.every(({ sign }) => sign === inside[0]?.sign);
      const sum = inside.reduce((total, { cell }) => total + value(cell), 0);
      if ((inside.length === 1 || (plain && sum < smallest)) && hideOneMore(relation)) grown = true;
    }
    if (grown) continue;
    for (const cell of computable(cells.length, hidden, relations)) {
      const open = (of.get(cell) ?? []).filter((relation) => relation.some((term) => !hidden.has(term.cell)));
      const byTightness = open.sort((a, b) => a.filter((term) => hidden.has(term.cell)).length - b.filter((term) => hidden.has(term.cell)).length); // prettier-ignore
      if (byTightness.some(hideOneMore)) grown = true;
    }
    if (!grown) return hidden;
  }
}

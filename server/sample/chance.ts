/** A repeatable source of choices: the same seed always gives the same sample files. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** One of the list. Throws on an empty list. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** True about once in `count` times. */
  readonly oneIn: (count: number) => boolean;
  /** The same items in another order, in a new list. */
  readonly shuffle: <Item>(items: readonly Item[]) => Item[];
}

/** Makes a repeatable source of choices from a seed (mulberry32; good enough for invented people, never for secrets). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  function pick<Item>(items: readonly Item[]): Item {
    const item = items[whole(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
  return {
    whole,
    pick,
    oneIn: (count) => whole(1, count) === 1,
    shuffle: (items) => {
      const left = [...items];
      const order: typeof left = [];
      while (left.length > 0) {
        const at = whole(0, left.length - 1);
        const last = left.length - 1;
        const chosen = left[at];
        const moved = left[last];
        if (chosen === undefined || moved === undefined) break;
        order.push(chosen);
        left[at] = moved;
        left.pop();
      }
      return order;
    },
  };
}

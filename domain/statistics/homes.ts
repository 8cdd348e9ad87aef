import type { DateText } from '#domain/basics/calendar.ts';

/** Where a child lives by the register: from a day until before another (null: still so). */
export interface Home {
  fromDate: DateText;
  toDate: DateText | null;
  street: string | null;
}

/** The homes of children; who lives alike from the same days on shares one list of them. */
export interface Homes {
  of: ReadonlyMap<string, readonly Home[]>;
  lists: Map<string, readonly Home[]>;
}

/** No child yet. */
export function noHomes(): Homes {
  return { of: new Map(), lists: new Map() };
}

/** The homes without those of some children, and with others, which come child by child. */
export function withHomes(
  homes: Homes,
  without: Iterable<string>,
  more: readonly (Home & { childId: string })[],
): Homes {
  const { lists } = homes;
  const of = new Map(homes.of);
  for (const childId of without) of.delete(childId);
  for (let at = 0; at < more.length;) {
    const childId = more[at]?.childId ?? '';
    const own: Home[] = [];
    for (; more[at]?.childId === childId; at += 1) {
      const { fromDate, toDate, street } = more[at] ?? { fromDate: '', toDate: null, street: null };
      own.push({ fromDate, toDate, street });
    }
    const words = own.map((one) => `${one.fromDate} ${one.toDate ?? ''} ${one.street ?? ''}`).join('\n');
    const list = lists.get(words) ?? own;
    lists.set(words, list);
    of.set(childId, list);
  }
  return { of, lists };
}

const nowhere: readonly Home[] = [];

/** The homes of a child; none where the register does not know him. */
export function homesOf(homes: Homes, childId: string): readonly Home[] {
  return homes.of.get(childId) ?? nowhere;
}

/** The street of the homes of a child on a day; null where none is known. */
export function streetOn(homes: readonly Home[], day: DateText): string | null {
  const home = homes.find((one) => one.fromDate <= day && (one.toDate === null || one.toDate > day));
  return home?.street ?? null;
}

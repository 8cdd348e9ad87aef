import { countDoors, noDoors, withMore, type DoorCounts, type Doors } from '#domain/statistics/doors.ts';
import type { Context } from '#server/http/context.ts';
import { bookShelf, type Book } from './book-shelf.ts';
import { lastDoor, readDoorsSince, readHouseholdsAfter, readSurveysAfter } from './store-doors.ts';

/**
 * The households and door surveys of a district as known now, held in memory. Both are only ever added, each with a moment of the chain, so
 * what became known since is all that a later book must read.
 */
export interface DoorBook extends Book {
  doors: Doors;
}

/** Books held at once; some 15 MB each at 42,500 households with four years of surveys. */
const mostBooks = 2;
/** Rows read in one go. */
const batch = 5_000;

async function readWhole({ client, district }: Context, known: string): Promise<DoorBook> {
  let doors = noDoors();
  for (let after: string | null = null; ;) {
    const rows = await readHouseholdsAfter(client, district, after, known, batch);
    doors = withMore(doors, rows, []);
    after = rows.at(-1)?.id ?? null;
    if (rows.length < batch || after === null) break;
  }
  for (let after: string | null = null; ;) {
    const rows = await readSurveysAfter(client, district, after, known, batch);
    const last = rows.at(-1)?.householdId;
    // The last household of a full batch may have surveys beyond it, and is read again.
    const whole = rows.length < batch ? rows : rows.filter((row) => row.householdId !== last);
    doors = withMore(doors, [], whole);
    after = whole.at(-1)?.householdId ?? null;
    if (rows.length < batch || after === null) break;
  }
  return { known, doors };
}

async function follow(context: Context, book: DoorBook | null): Promise<DoorBook> {
  const { client, district } = context;
  const known = await lastDoor(client, district);
  if (book === null || known < book.known) return readWhole(context, known);
  if (book.known === known) return book;
  const { households, surveys } = await readDoorsSince(client, district, book.known, known);
  return { known, doors: withMore(book.doors, households, surveys) };
}

/** The book of the actor's district as his transaction sees it; null where a statement must count (see `bookShelf`). */
export const doorBookOf = bookShelf<DoorBook>({
  most: mostBooks,
  lastKnown: ({ client, district }) => lastDoor(client, district),
  stands: () => Promise.resolve(true),
  follow,
});

/** The households of each street known by now, and those called on from one day to another. */
export function countDoorsIn(book: DoorBook, asked: { from: string; to: string; now: Date }): DoorCounts[] {
  return countDoors(book.doors, { ...asked, moment: asked.now.getTime() * 1000 });
}

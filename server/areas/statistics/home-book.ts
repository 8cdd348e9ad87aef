import { noHomes, withHomes, type Homes } from '#domain/statistics/homes.ts';
import { chainHead } from '#server/database/list-versions.ts';
import type { Context } from '#server/http/context.ts';
import { bookShelf, type Book } from './book-shelf.ts';
import { rejoinedSince } from './course-book.ts';
import { homesTouched, lastHome, readHomesAfter, readHomesOf } from './store-book.ts';

/** Where the children of a district live by the register as known now, held in memory beside the book of courses. */
export interface HomeBook extends Book {
  /** The last link of the trail that was looked at for records that became one. */
  link: number;
  homes: Homes;
}

/** Books held at once; some 20 MB each at 113,000 children. */
const mostBooks = 2;
/** Entries read in one go. */
const batch = 5_000;

async function readWhole(context: Context): Promise<HomeBook> {
  const { client, district } = context;
  const link = await chainHead(client, district);
  const known = await lastHome(client, district);
  let homes = noHomes();
  for (let after: string | null = null; ;) {
    const rows = await readHomesAfter(client, district, after, batch);
    const last = rows.at(-1)?.childId;
    // The last child of a full batch may have entries beyond it, and is read again.
    const whole = rows.length < batch ? rows : rows.filter((row) => row.childId !== last);
    homes = withHomes(homes, [], whole);
    after = whole.at(-1)?.childId ?? null;
    if (rows.length < batch || after === null) break;
  }
  return { known, link, homes };
}

async function follow(context: Context, book: HomeBook | null): Promise<HomeBook> {
  const { client, district } = context;
  const from = book === null || (await rejoinedSince(context, book)) ? await readWhole(context) : book;
  const known = await lastHome(client, district);
  if (known === from.known) return from;
  const touched = await homesTouched(client, district, from.known);
  const homes = withHomes(from.homes, touched, await readHomesOf(client, district, touched));
  return { known, link: from.link, homes };
}

/** The book of the actor's district as his transaction sees it; null where a statement must count (see `bookShelf`). */
export const homeBookOf = bookShelf<HomeBook>({
  most: mostBooks,
  lastKnown: ({ client, district }) => lastHome(client, district),
  stands: async (context, book) => !(await rejoinedSince(context, book)),
  follow,
});

import { decideProposal, mergeChildren, undoMerge } from '#contract/comparison.ts';
import { emptyGround, packer, repacked, type Courses, type Ground } from '#domain/statistics/packed.ts';
import { chainHead } from '#server/database/list-versions.ts';
import type { Context } from '#server/http/context.ts';
import { bookShelf, type Book } from './book-shelf.ts';
import { childrenTouched, doneSince, hasWritten, readSpellsAfter, readSpellsOf, type BookSpell } from './store-book.ts';
import { lastKnown } from './store-tallies.ts';

/** The courses of a district as known now, held in memory so that the figures of any past day are counted by the domain's own rules in a moment. */
export interface CourseBook extends Book {
  /** The last link of the trail that was looked at for records that became one. */
  link: number;
  courses: Courses;
}

/** Books held at once; some 20 MB each at 85,000 pupils with three years behind them. */
const mostBooks = 2;
/** Calls that may give spells another child: two records become one person, or two again. */
const rejoining = [decideProposal, mergeChildren, undoMerge].flatMap(({ audit }) => audit ?? []);
/** Links of the trail that are looked at again by each who asks, before the book notes how far it was looked at. */
const mostLinks = 500;
/** Spells read in one go. */
const batch = 5_000;
function packed(ground: Ground, rows: readonly BookSpell[]): Courses {
  const { add, done } = packer(ground);
  for (const row of rows) add(row.childId, row);
  return done();
}

async function readWhole(context: Context): Promise<CourseBook> {
  const { client, district } = context;
  const link = await chainHead(client, district);
  const known = await lastKnown(client, district, false);
  const { add, done } = packer(emptyGround());
  for (let after: string | null = null; ;) {
    const rows = await readSpellsAfter(client, district, after, batch);
    const last = rows.at(-1)?.childId;
    // The last child of a full batch may have spells beyond it, and is read again.
    const whole = rows.length < batch ? rows : rows.filter((row) => row.childId !== last);
    for (const row of whole) add(row.childId, row);
    after = whole.at(-1)?.childId ?? null;
    if (rows.length < batch || after === null) break;
  }
  return { known, link, courses: done() };
}

/** Whether records may have become one since a book was made. */
export async function rejoinedSince(context: Context, book: { link: number }): Promise<boolean> {
  const { client, district } = context;
  const { head, done } = await doneSince(client, district, book.link, rejoining);
  // A link of one's own transaction may be taken back, and its number given to another.
  if (!done && head - book.link > mostLinks && !(await hasWritten(client))) book.link = head;
  return done;
}

/** A book that holds what became known since: the children touched are read again, all when records may have become one. */
async function follow(context: Context, book: CourseBook | null): Promise<CourseBook> {
  const { client, district } = context;
  const from = book === null || (await rejoinedSince(context, book)) ? await readWhole(context) : book;
  const known = await lastKnown(client, district, false);
  if (known === from.known) return from;
  const touched = await childrenTouched(client, district, from.known);
  const more = packed(from.courses.ground, await readSpellsOf(client, district, touched));
  return { known, link: from.link, courses: repacked(from.courses, new Set(touched), more) };
}

/** The book of the actor's district as his transaction sees it; null where a statement must count (see `bookShelf`). */
export const bookOf = bookShelf<CourseBook>({
  most: mostBooks,
  lastKnown: ({ client, district }) => lastKnown(client, district, false),
  stands: async (context, book) => !(await rejoinedSince(context, book)),
  follow,
});

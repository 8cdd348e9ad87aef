import { setImmediate } from 'node:timers/promises';
import { homesOf, type Home, type Homes } from '#domain/statistics/homes.ts';
import { namer, tallier } from '#domain/statistics/packed-count.ts';
import type { Courses } from '#domain/statistics/packed.ts';
import type { CoursePart, Period, ScopeKind, Tally } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { bookOf } from './course-book.ts';
import { homeKinds } from './figure-sql.ts';
import { homeBookOf } from './home-book.ts';
import type { Within } from './store-figures.ts';

/** The courses of a district as known now, and where its children live where what is asked depends on it. */
export interface Books {
  courses: Courses;
  /** In the order of the courses' children. */
  homes?: readonly (readonly Home[])[] | undefined;
}

/** What books are asked for; only children of one street where it is told. */
interface BookAsk {
  kind: ScopeKind;
  period: Period;
  within?: Within | null;
}

/** Children looked at before others have their turn, a millisecond or two: a call waits for the database a dozen times, and for a slice each time. */
const slice = 10_000;

const ordered = new WeakMap<Courses, { of: Homes; homes: readonly (readonly Home[])[] }>();

/** The homes of the children of courses in their order, made once for both. */
async function inOrder(courses: Courses, of: Homes): Promise<readonly (readonly Home[])[]> {
  const known = ordered.get(courses);
  if (known?.of === of) return known.homes;
  const homes: (readonly Home[])[] = [];
  await overChildren({ courses }, (child, behind) => {
    for (const childId of courses.childIds.slice(child, behind)) homes.push(homesOf(of, childId));
  });
  ordered.set(courses, { of, homes });
  return homes;
}

/** The books that a question needs, of one moment; null where a statement must count (see `bookShelf`). Needs the whole district in sight. */
export async function booksFor(context: Context, { kind, within }: BookAsk): Promise<Books | null> {
  const withHomes = homeKinds.includes(kind) || Boolean(within?.street);
  for (let tries = 0; tries < 3; tries += 1) {
    const book = await bookOf(context);
    if (book === null || !withHomes) return book;
    const homes = await homeBookOf(context);
    if (homes === null) return null;
    // A child who came with a course and a home at once, between the two looks, would stand without a home.
    if ((await bookOf(context)) !== book) continue;
    return { courses: book.courses, homes: await inOrder(book.courses, homes.homes) };
  }
  return null;
}

/** Looks at every child; others have their turn between slices of them. */
async function overChildren({ courses }: Books, look: (child: number, behind: number) => void): Promise<void> {
  const { length } = courses.childIds;
  for (let child = 0; child < length; child += slice) {
    if (child > 0) await setImmediate();
    look(child, Math.min(child + slice, length));
  }
}

/** The tallies of every scope of a kind, by key. */
export async function talliesIn(books: Books, { kind, period, within }: BookAsk): Promise<Map<string, Tally>> {
  const { count, tallies } = tallier(books.courses, { kind, period, homes: books.homes, street: within?.street });
  await overChildren(books, count);
  return tallies();
}

/** The children behind a part of one scope, each with his day. */
export async function behindIn(
  books: Books,
  asked: BookAsk & { key: string; parts: readonly CoursePart[] },
): Promise<{ ids: string[]; days: string[] }> {
  const { ids, days, name } = namer(books.courses, { ...asked, homes: books.homes, street: asked.within?.street });
  await overChildren(books, name);
  return { ids, days };
}

import type { Context } from '#server/http/context.ts';
import { hasWritten } from './store-book.ts';

/** What is held in memory of a district's records as known now: everything until its last moment. */
export interface Book {
  known: string;
}

/** How books of a kind are kept. */
interface Keeping<B extends Book> {
  /** Books held at once. */
  most: number;
  /** The last moment of the records that the transaction sees. */
  lastKnown(context: Context): Promise<string>;
  /** Whether nothing happened that no moment tells. */
  stands(context: Context, book: B): Promise<boolean>;
  /** A book that holds what became known since; the whole where there is none. */
  follow(context: Context, book: B | null): Promise<B>;
}

/**
 * The book of the actor's district, brought up to what his transaction sees; null where that cannot be said (the transaction has written
 * itself, or the records changed while they were read): then a statement counts. Needs the whole district in sight.
 */
export function bookShelf<B extends Book>(keeping: Keeping<B>): (context: Context) => Promise<B | null> {
  const shelves = new WeakMap<Context['platform'], Map<string, Promise<B>>>();
  const shelfOf = ({ platform }: Context) => {
    const known = shelves.get(platform) ?? new Map<string, Promise<B>>();
    shelves.set(platform, known);
    return known;
  };
  const holds = async (context: Context, book: B | null, known: string): Promise<boolean> =>
    book?.known === known && (await keeping.stands(context, book));
  return async (context) => {
    const shelf = shelfOf(context);
    for (let tries = 0; tries < 3; tries += 1) {
      const standing = shelf.get(context.district);
      const book = (await standing?.catch(() => null)) ?? null;
      const known = await keeping.lastKnown(context);
      if (await holds(context, book, known)) return book;
      if (await hasWritten(context.client)) return null;
      // Somebody else brings it up: his is waited for.
      if (shelf.get(context.district) !== standing) continue;
      const made = keeping.follow(context, book);
      shelf.delete(context.district);
      shelf.set(context.district, made);
      for (const oldest of shelf.keys()) if (shelf.size > keeping.most) shelf.delete(oldest);
      try {
        const followed = await made;
        if (await holds(context, followed, known)) return followed;
      } catch (error) {
        if (shelf.get(context.district) === made) shelf.delete(context.district);
        throw error;
      }
    }
    return null;
  };
}

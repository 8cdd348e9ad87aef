import { setImmediate } from 'node:timers/promises';
import { decideProposal, mergeChildren, undoMerge } from '#contract/comparison.ts';
import { addToTallies, daysBehind } from '#domain/statistics/counting.ts';
import type { CoursePart, Period, Pupil, ScopeKind, Spell, Tally } from '#domain/statistics/record.ts';
import { chainHead } from '#server/database/list-versions.ts';
import type { Context } from '#server/http/context.ts';
import { childrenTouched, doneSince, hasWritten, readSpellsAfter, readSpellsOf, type BookSpell } from './store-book.ts';
import { lastKnown } from './store-tallies.ts';

/** The courses of a district as known now, held in memory so that the figures of any past day are counted by the domain's own rules in a moment. */
export interface CourseBook {
  /** The last moment of the courses that it holds. */
  known: string;
  /** The last link of the trail that was looked at for records that became one. */
  link: number;
  pupils: ReadonlyMap<string, Pupil>;
}

type Shelf = Map<string, Promise<CourseBook>>;
const shelves = new WeakMap<Context['platform'], Shelf>();
/** Books held at once; some 120 MB each at 85,000 pupils with three years behind them. */
const mostBooks = 2;
/** Calls that may give spells another child: two records become one person, or two again. */
const rejoining = [decideProposal, mergeChildren, undoMerge].flatMap(({ audit }) => audit ?? []);
/** Links of the trail that are looked at again by each who asks, before the book notes how far it was looked at. */
const mostLinks = 500;
/** Spells read in one go. */
const batch = 5_000;
/** Pupils counted before others have their turn, a millisecond or two: a call waits for the database a dozen times, and for a slice each time. */
const slice = 1_000;

function shelfOf(context: Context): Shelf {
  const known = shelves.get(context.platform);
  if (known) return known;
  const made: Shelf = new Map();
  shelves.set(context.platform, made);
  return made;
}

/** Keeps one text for all equal ones: days, schools and classes stand in thousands of spells. */
function sharing(): <T extends string | null>(text: T) => T {
  const texts = new Map<string, string>();
  return (text) => {
    if (text === null) return text;
    const known = texts.get(text);
    if (known !== undefined) return known as typeof text; // as: an equal text
    texts.set(text, text);
    return text;
  };
}

function addPupils(pupils: Map<string, Pupil>, rows: readonly BookSpell[], shared: ReturnType<typeof sharing>): void {
  let spells: Spell[] = [];
  let childId = '';
  for (const row of rows) {
    if (row.childId !== childId) {
      childId = row.childId;
      spells = [];
      pupils.set(childId, { childId, street: null, spells });
    }
    spells.push({
      fromDate: shared(row.fromDate),
      toDate: shared(row.toDate),
      state: shared(row.state),
      schoolId: shared(row.schoolId),
      classId: shared(row.classId),
      grade: row.grade,
      cause: shared(row.cause),
    });
  }
}

async function readWhole(context: Context): Promise<CourseBook> {
  const { client, district } = context;
  const link = await chainHead(client, district);
  const known = await lastKnown(client, district, false);
  const pupils = new Map<string, Pupil>();
  const shared = sharing();
  for (let after: string | null = null; ;) {
    const rows = await readSpellsAfter(client, district, after, batch);
    const last = rows.at(-1)?.childId;
    // The last child of a full batch may have spells beyond it, and is read again.
    const whole = rows.length < batch ? rows : rows.filter((row) => row.childId !== last);
    addPupils(pupils, whole, shared);
    after = whole.at(-1)?.childId ?? null;
    if (rows.length < batch || after === null) break;
  }
  return { known, link, pupils };
}

/** Whether records may have become one since the book was made. */
async function rejoinedSince(context: Context, book: CourseBook): Promise<boolean> {
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
  const pupils = new Map(from.pupils);
  for (const childId of touched) pupils.delete(childId);
  addPupils(pupils, await readSpellsOf(client, district, touched), sharing());
  return { known, link: from.link, pupils };
}

/**
 * The book of the actor's district, brought up to what his transaction sees; null where that cannot be said (the transaction has written
 * itself, or the courses changed while it was read): then the statement counts. Needs the whole district in sight.
 */
export async function bookOf(context: Context): Promise<CourseBook | null> {
  const { client, district } = context;
  const shelf = shelfOf(context);
  for (let tries = 0; tries < 3; tries += 1) {
    const standing = shelf.get(district);
    const book = (await standing?.catch(() => null)) ?? null;
    const known = await lastKnown(client, district, false);
    if (book?.known === known && !(await rejoinedSince(context, book))) return book;
    if (await hasWritten(client)) return null;
    // Somebody else brings it up: his is waited for.
    if (shelf.get(district) !== standing) continue;
    const made = follow(context, book);
    shelf.delete(district);
    shelf.set(district, made);
    for (const oldest of shelf.keys()) if (shelf.size > mostBooks) shelf.delete(oldest);
    try {
      const followed = await made;
      if (followed.known === known && !(await rejoinedSince(context, followed))) return followed;
    } catch (error) {
      if (shelf.get(district) === made) shelf.delete(district);
      throw error;
    }
  }
  return null;
}

/** Looks at every pupil of a book; others have their turn between slices of them. */
async function overPupils(book: CourseBook, look: (pupils: readonly Pupil[]) => void): Promise<void> {
  let some: Pupil[] = [];
  for (const pupil of book.pupils.values()) {
    some.push(pupil);
    if (some.length < slice) continue;
    look(some);
    some = [];
    await setImmediate();
  }
  look(some);
}

/** The tallies of every scope of a kind, by key. */
export async function talliesIn(book: CourseBook, kind: ScopeKind, period: Period): Promise<Map<string, Tally>> {
  const made = new Map<string, Tally>();
  await overPupils(book, (pupils) => addToTallies(made, pupils, kind, period));
  return made;
}

/** The children behind a part of one scope, each with his day. */
export async function behindIn(
  book: CourseBook,
  asked: { kind: ScopeKind; key: string; parts: readonly CoursePart[]; period: Period },
): Promise<{ ids: string[]; days: string[] }> {
  const [ids, days]: [string[], string[]] = [[], []];
  await overPupils(book, (pupils) => {
    for (const pupil of pupils)
      for (const part of asked.parts)
        for (const day of daysBehind(pupil, { ...asked, part })) {
          ids.push(pupil.childId);
          days.push(day);
        }
  });
  return { ids, days };
}

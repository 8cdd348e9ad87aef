import type { Context, Platform, Reach } from './context.ts';
import { chainHead, changesSince } from '#server/database/list-versions.ts';

/** What a remembered answer follows from: the persons there are, anything said of them, or beside it their visits and plans, or their attendance, or whatever is done at all. */
export type DependsOn = 'persons' | 'facts' | 'visits' | 'attendance' | 'work';

type Versions = Record<DependsOn | 'head', number>;

interface Entry {
  version: number;
  value: Promise<unknown>;
  bytes: number;
}

interface Cache {
  versions: Map<string, Versions>;
  entries: Map<string, Entry>;
  bytes: number;
}

const caches = new WeakMap<Platform, Cache>();
const mostBytes = 48 * 1024 * 1024;
const mostEntries = 400;

function cacheOf(platform: Platform): Cache {
  const known = caches.get(platform);
  if (known) return known;
  const made: Cache = { versions: new Map(), entries: new Map(), bytes: 0 };
  caches.set(platform, made);
  return made;
}

/** Where the district's audit chain stands: every change leaves a link in its own transaction, so an unmoved chain means unmoved lists. */
async function versionsOf(context: Context, cache: Cache): Promise<Versions> {
  const known = cache.versions.get(context.district);
  if (!known) {
    const head = await chainHead(context.client, context.district);
    const made = { head, persons: head, facts: head, visits: head, attendance: head, work: head };
    cache.versions.set(context.district, made);
    return made;
  }
  const since = await changesSince(context.client, context.district, known.head);
  if (since.head !== null) {
    known.head = Math.max(known.head, since.head);
    known.persons = Math.max(known.persons, since.persons ?? 0);
    known.facts = Math.max(known.facts, since.facts ?? 0);
    known.visits = Math.max(known.visits, since.visits ?? 0);
    known.attendance = Math.max(known.attendance, since.attendance ?? 0);
    known.work = Math.max(known.work, since.work ?? 0);
  }
  return known;
}

function drop(cache: Cache, key: string): void {
  const entry = cache.entries.get(key);
  if (!entry) return;
  cache.bytes -= entry.bytes;
  cache.entries.delete(key);
}

function makeRoom(cache: Cache): void {
  for (const key of cache.entries.keys()) {
    if (cache.bytes <= mostBytes && cache.entries.size <= mostEntries) return;
    drop(cache, key);
  }
}

/**
 * Answers what was computed before for the same question and the same reach as long as the district's audit chain shows no change
 * since; else computes it again, once for all who ask at the same time. Holds ids, codes, days and counts only, at most 48 MB in all.
 */
export async function rememberFor<T>(
  context: Context,
  reach: Reach,
  question: { key: string; dependsOn: DependsOn; bytes: (value: T) => number },
  compute: () => Promise<T>,
): Promise<T> {
  const cache = cacheOf(context.platform);
  const versions = await versionsOf(context, cache);
  const version = versions[question.dependsOn];
  const key = `${context.district}|${context.today}|${reach.all ? 'all' : [...reach.tokens].sort().join(',')}|${question.key}`;
  const known = cache.entries.get(key);
  // as: the key names the question, and a question has one kind of answer
  if (known?.version === version) return known.value as Promise<T>;
  drop(cache, key);
  const value = compute();
  const entry: Entry = { version, value, bytes: 200 };
  cache.entries.set(key, entry);
  cache.bytes += entry.bytes;
  try {
    const made = await value;
    if (cache.entries.get(key) === entry) {
      cache.bytes += question.bytes(made);
      entry.bytes += question.bytes(made);
      makeRoom(cache);
    }
    return made;
  } catch (error) {
    if (cache.entries.get(key) === entry) drop(cache, key);
    throw error;
  }
}

const idBytes = 16;

/** How many ids a remembered list of them holds. */
export function countIds(ids: Buffer): number {
  return ids.length / idBytes;
}

/** The ids of a page of a remembered list of ids; `size` null for all. */
export function idsOfPage(ids: Buffer, page: { page: number; size: number } | null): string[] {
  const from = page === null ? 0 : (page.page - 1) * page.size;
  const count = Math.max(0, Math.min(page?.size ?? Infinity, countIds(ids) - from));
  return Array.from({ length: count }, (_, index) => {
    const hex = ids.toString('hex', (from + index) * idBytes, (from + index + 1) * idBytes);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  });
}

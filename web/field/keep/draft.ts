import { openValue, sealValue } from './seal.ts';
import type { FieldStore } from './store.ts';
import type { Unlocked } from './unlock.ts';

/** What is being written, kept sealed as it grows, so that a killed browser loses at most the last second; null when there is none. */
export async function readDraft<T>(store: FieldStore, who: Unlocked, key: string): Promise<T | null> {
  const kept = await store.fetched.get(`draft ${key}`);
  if (!kept) return null;
  try {
    // as: written by keepDraft for the same page
    return (await openValue(who.key, kept.sealed)) as T;
  } catch {
    return null;
  }
}

/** Keeps what is being written. */
export async function keepDraft(
  store: FieldStore,
  who: Unlocked,
  key: string,
  value: unknown,
  now: number,
): Promise<void> {
  await store.fetched.put({ key: `draft ${key}`, at: now, sealed: await sealValue(who.key, value) });
}

/** Forgets a draft once the entry is kept. */
export async function dropDraft(store: FieldStore, key: string): Promise<void> {
  await store.fetched.delete(`draft ${key}`);
}

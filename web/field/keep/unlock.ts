import { makeCacheKey, openCacheKey } from './seal.ts';
import type { FieldStore, Owner } from './store.ts';

/** Wrong PINs until what was fetched is erased. */
export const mostTries = 5;
/** Days after which what was fetched is erased (product, section 8). */
export const mostDays = 7;
const dayMs = 86_400_000;

/** A person at the phone with the key in memory; gone when the page is closed. */
export interface Unlocked {
  owner: Owner;
  key: CryptoKey;
}

/** Erases what was fetched and what makes entries readable here; entries that wait stay, sealed to the server. */
export async function eraseReadable(store: FieldStore): Promise<void> {
  await store.transaction('rw', store.owner, store.fetched, store.entries, async () => {
    await store.fetched.clear();
    await store.entries.toCollection().modify({ forOwner: null });
    await store.entries.where('state').equals('confirmed').delete();
    await store.owner.clear();
  });
}

/** Erases every answer that is too old to be kept on a phone; answers whether there was any. */
export async function eraseOld(store: FieldStore, now: number): Promise<boolean> {
  return (
    (await store.fetched
      .where('at')
      .belowOrEqual(now - mostDays * dayMs)
      .delete()) > 0
  );
}

/** Makes this phone the person's: a new cache key under the PIN. What another person had fetched here is erased first. */
export async function claimPhone(
  store: FieldStore,
  who: Pick<Owner, 'accountId' | 'login' | 'name' | 'server'>,
  pin: string,
): Promise<Unlocked> {
  await eraseReadable(store);
  const { kept, key } = await makeCacheKey(pin);
  const owner: Owner = { key: 'owner', ...who, ...kept, triesLeft: mostTries };
  await store.owner.put(owner);
  return { owner, key };
}

/** Tries a PIN; after the fifth wrong one what was fetched is erased and the person signs in again. */
export async function unlock(
  store: FieldStore,
  pin: string,
): Promise<Unlocked | { triesLeft: number } | { erased: true }> {
  const owner = await store.owner.get('owner');
  if (!owner) return { erased: true };
  // The try is counted before it is made: closing the page in between gives none back.
  await store.owner.update('owner', { triesLeft: owner.triesLeft - 1 });
  const key = owner.triesLeft > 0 ? await openCacheKey(owner, pin) : null;
  if (key) {
    await store.owner.update('owner', { triesLeft: mostTries });
    return { owner: { ...owner, triesLeft: mostTries }, key };
  }
  if (owner.triesLeft - 1 > 0) return { triesLeft: owner.triesLeft - 1 };
  await eraseReadable(store);
  return { erased: true };
}

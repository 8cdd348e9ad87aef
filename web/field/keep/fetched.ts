import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { openValue, sealValue } from './seal.ts';
import type { FieldStore } from './store.ts';
import { eraseOld, type Unlocked } from './unlock.ts';

/** An answer with when it was fetched; `fresh` is false when it comes from the phone because there is no signal. */
export interface Answered<T> {
  value: T;
  at: number;
  fresh: boolean;
}

const keyOf = (endpoint: Endpoint, input: unknown) => `${endpoint.name} ${JSON.stringify(input)}`;

/** Whether an answer to this very question lies on the phone. */
export async function isKept<E extends Endpoint>(store: FieldStore, endpoint: E, input: InputOf<E>): Promise<boolean> {
  return (await store.fetched.where('key').equals(keyOf(endpoint, input)).count()) > 0;
}

/** The answer kept on the phone; null when there is none. */
export async function keptAnswer<T>(store: FieldStore, who: Unlocked, key: string): Promise<Answered<T> | null> {
  const kept = await store.fetched.get(key);
  if (!kept) return null;
  try {
    // as: written by fetchOrKept from the answer of the same call
    return { value: (await openValue(who.key, kept.sealed)) as T, at: kept.at, fresh: false };
  } catch {
    return null;
  }
}

/** Asks the server and keeps the answer sealed; without signal answers from the phone. Refusals of the server are thrown. */
export async function fetchOrKept<E extends Endpoint>(
  store: FieldStore,
  who: Unlocked,
  endpoint: E,
  input: InputOf<E>,
  now: number,
): Promise<Answered<OutputOf<E>>> {
  const key = keyOf(endpoint, input);
  await eraseOld(store, now);
  try {
    const value = await call(endpoint, input);
    await store.fetched.put({ key, at: now, sealed: await sealValue(who.key, value) });
    return { value, at: now, fresh: true };
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== 'busy' && error.code !== 'signed-out')) throw error;
    const kept = await keptAnswer<OutputOf<E>>(store, who, key);
    if (kept) return kept;
    throw error;
  }
}

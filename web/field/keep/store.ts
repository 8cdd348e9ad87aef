import { Dexie, type EntityTable } from 'dexie';
import type { SealedForServer, WrappedKey } from './seal.ts';

/** Whose phone this is: account, wrapped cache key, tries left, and the server's key. */
export interface Owner extends WrappedKey {
  /** Always `owner`: one person a phone. */
  key: 'owner';
  accountId: string;
  login: string;
  name: string;
  triesLeft: number;
  server: { version: number; publicKey: string };
}

/** An answer of the server kept for work without signal, sealed under the cache key. */
export interface Fetched {
  key: string;
  at: number;
  sealed: Uint8Array<ArrayBuffer>;
}

/** Where an entry is: on this phone, on the way (sent, no answer yet), confirmed by the server, or refused by it. */
export type EntryState = 'onPhone' | 'sent' | 'confirmed' | 'refused';

/** Something entered on the phone. Never dropped before the server has confirmed it. */
export interface Entry {
  /** Order of entering. */
  seq: number;
  /** Also the request id: sent twice it stands once. */
  id: string;
  accountId: string;
  at: number;
  state: EntryState;
  /** What it is, without any name: 点名, 走访, 报告. */
  what: string;
  /** For the server only. */
  forServer: SealedForServer | null;
  /** The call and its title, sealed under the cache key; gone after sign-out. */
  forOwner: Uint8Array<ArrayBuffer> | null;
  /** What the server said when it refused, in its words. */
  refusal: string | null;
  confirmedAt: number | null;
}

/** The phone's store. */
export type FieldStore = Dexie & {
  owner: EntityTable<Owner, 'key'>;
  fetched: EntityTable<Fetched, 'key'>;
  entries: EntityTable<Entry, 'seq'>;
};

/** Opens the phone's store. */
export function openStore(name = 'baoxue-field'): FieldStore {
  // as: the tables are declared by the next line
  const store = new Dexie(name) as FieldStore;
  store.version(1).stores({ owner: 'key', fetched: 'key, at', entries: '++seq, &id, accountId, state' });
  return store;
}

import { getFieldKey, sendSealed } from '#contract/field.ts';
import { signOut, whoAmI } from '#contract/security.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { phoneNow } from './clock.ts';
import { sendWaiting, type Send, type Sent } from './keep/outbox.ts';
import { openStore } from './keep/store.ts';
import { eraseReadable } from './keep/unlock.ts';

/** The phone's store of this browser. */
export const store = openStore();

/** What is known of the connection: who is signed in, signed out, or no signal. */
export type Signed =
  { kind: 'in'; accountId: string; login: string; name: string } | { kind: 'out' } | { kind: 'noSignal' };

const owed = 'baoxue.field.signOut';

/** Asks the platform who is signed in; a sign-out that had no signal is made up for first. */
export async function askSigned(): Promise<Signed> {
  try {
    if (localStorage.getItem(owed) === '1') {
      await call(signOut, { everywhere: false }).catch((error: unknown) => {
        if (error instanceof Failure && error.code === 'busy') throw error;
      });
      localStorage.removeItem(owed);
    }
    const me = await call(whoAmI, {});
    return { kind: 'in', accountId: me.accountId, login: me.login, name: me.name };
  } catch (error) {
    return error instanceof Failure && error.code === 'busy' ? { kind: 'noSignal' } : { kind: 'out' };
  }
}

/** The server's key for entries of this person. */
export async function askServerKey(): Promise<{ version: number; publicKey: string }> {
  const { version, publicKey } = await call(getFieldKey, {});
  return { version, publicKey };
}

const send: Send = async (entry) => {
  try {
    return await call(sendSealed, entry, entry.requestId);
  } catch (error) {
    if (!(error instanceof Failure)) return 'later';
    if (error.code === 'signed-out') return 'signedOut';
    if (error.code === 'busy' || error.code === 'too-many' || error.code === 'internal') return 'later';
    return { status: 422, answer: { title: error.message, detail: error.detail } };
  }
};

/** Sends what waits for the person; only one page of the browser does it at a time. */
export async function sendNow(accountId: string): Promise<Sent | null> {
  const round = () => sendWaiting(store, accountId, send, phoneNow);
  if (!('locks' in navigator)) return round();
  return navigator.locks.request('baoxue-outbox', { ifAvailable: true }, (lock) => (lock ? round() : null));
}

/** Signs out and erases what is readable; entries that wait stay, sealed to the server. Without signal the session is ended at the next one. */
export async function leave(): Promise<void> {
  await eraseReadable(store);
  localStorage.setItem(owed, '1');
  await askSigned();
}

/** Whether the browser has promised not to clear the store by itself; asks for it. */
export async function storageIsSafe(): Promise<boolean> {
  if (!('storage' in navigator) || typeof navigator.storage.persist !== 'function') return false;
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

/** The share of the browser's room that is used, 0 to 1; null when it does not tell. */
export async function roomUsed(): Promise<number | null> {
  if (!('storage' in navigator) || typeof navigator.storage.estimate !== 'function') return null;
  const { usage, quota } = await navigator.storage.estimate();
  return usage === undefined || quota === undefined || quota === 0 ? null : usage / quota;
}

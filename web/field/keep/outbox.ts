import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { refusalWords } from '#web/api/problem.ts';
import { toBase64 } from './bytes.ts';
import { openValue, sealForServer, sealValue } from './seal.ts';
import type { Entry, FieldStore } from './store.ts';
import type { Unlocked } from './unlock.ts';

/** What an entry holds for the person who made it. */
export interface EntryContent {
  name: string;
  input: Record<string, unknown>;
  title: string;
}

/** The server's answer to a sent entry: an HTTP status and the body, or null when none came. */
export type Send = (entry: {
  requestId: string;
  accountId: string;
  entry: NonNullable<Entry['forServer']>;
}) => Promise<{ status: number; answer: unknown } | 'signedOut' | 'later'>;

/**
 * Keeps an entry on the phone before anything is sent: sealed for the server, and once more for the person to look at. Returns when it is
 * written to the store; from then on it survives the page and the browser.
 */
export async function keepEntry<E extends Endpoint>(
  store: FieldStore,
  who: Unlocked,
  entry: {
    id: string;
    endpoint: E;
    input: InputOf<E>;
    what: string;
    title: string;
    file?: Uint8Array<ArrayBuffer>;
    now: number;
  },
): Promise<void> {
  const { accountId, server } = who.owner;
  // as: the inputs of the contract are plain objects
  const input = entry.input as Record<string, unknown>;
  const call = { name: entry.endpoint.name, input, ...(entry.file ? { file: toBase64(entry.file) } : {}) };
  const forServer = await sealForServer(server, `${accountId}\n${entry.id}`, JSON.stringify(call));
  const content: EntryContent = { name: entry.endpoint.name, input, title: entry.title };
  const forOwner = await sealValue(who.key, content);
  // as: the store numbers the entry itself
  await store.entries.add({
    id: entry.id,
    accountId,
    at: entry.now,
    state: 'onPhone',
    what: entry.what,
    forServer,
    forOwner,
    refusal: null,
    confirmedAt: null,
  });
}

/** What an entry holds; null after sign-out, or under another person's key. */
export async function contentOf(entry: Entry, key: CryptoKey): Promise<EntryContent | null> {
  if (!entry.forOwner) return null;
  try {
    // as: written by keepEntry
    return (await openValue(key, entry.forOwner)) as EntryContent;
  } catch {
    return null;
  }
}

function wordsOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'title' in answer && typeof answer.title === 'string') {
    const detail =
      'detail' in answer && typeof answer.detail === 'object' && answer.detail !== null ? answer.detail : {};
    const issues = 'issues' in detail && Array.isArray(detail.issues) ? (detail.issues as { words?: string }[]) : [];
    return refusalWords(
      answer.title,
      issues.map((issue) => issue.words ?? ''),
    );
  }
  return '平台没有接收，没有说明原因。';
}

/** How a round of sending ended. */
export interface Sent {
  confirmed: number;
  refused: number;
  /** Why it stopped before the end: signed out, or no signal. */
  stopped: 'signedOut' | 'later' | null;
}

/**
 * Sends what waits for one account, one after another in the order of entering. An entry marked `sent` had no answer yet and goes again
 * under the same request id: it stands once. A refusal is kept with its words, and the next one goes on.
 */
export async function sendWaiting(store: FieldStore, accountId: string, send: Send, now: () => number): Promise<Sent> {
  const result: Sent = { confirmed: 0, refused: 0, stopped: null };
  const waiting = (await store.entries.where('accountId').equals(accountId).sortBy('seq')).filter(
    (entry) => (entry.state === 'onPhone' || entry.state === 'sent') && entry.forServer !== null,
  );
  for (const entry of waiting) {
    if (!entry.forServer) continue;
    await store.entries.update(entry.seq, { state: 'sent' });
    const answered = await send({ requestId: entry.id, accountId, entry: entry.forServer });
    if (typeof answered === 'string') return { ...result, stopped: answered };
    if (answered.status === 401) return { ...result, stopped: 'signedOut' };
    if (answered.status === 429 || answered.status >= 500) return { ...result, stopped: 'later' };
    if (answered.status === 200) {
      result.confirmed += 1;
      await store.entries.update(entry.seq, { state: 'confirmed', confirmedAt: now(), forServer: null });
    } else {
      result.refused += 1;
      await store.entries.update(entry.seq, { state: 'refused', refusal: wordsOf(answered.answer) });
    }
  }
  return result;
}

/** Lets a refused entry go again after the cause is gone. */
export async function sendAgain(store: FieldStore, seq: number): Promise<void> {
  await store.entries.update(seq, { state: 'onPhone', refusal: null });
}

/** Puts a refused entry away by the person's own decision, after it was settled in another way; only a refused one can be. */
export async function putAway(store: FieldStore, seq: number): Promise<void> {
  const entry = await store.entries.get(seq);
  if (entry?.state === 'refused') await store.entries.delete(seq);
}

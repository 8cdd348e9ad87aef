import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';
import { contentOf, type EntryContent } from './keep/outbox.ts';
import type { Entry } from './keep/store.ts';
import type { Unlocked } from './keep/unlock.ts';
import { sendNow, store } from './session.ts';

/** An entry with what it holds, as the list of the outbox shows it. */
export interface ShownEntry {
  entry: Entry;
  content: EntryContent | null;
}

/** The entries of the person, newest first, kept up to date while the page is open; null until they are read. */
export function useEntries(who: Unlocked): ShownEntry[] | null {
  const [shown, setShown] = useState<ShownEntry[] | null>(null);
  useEffect(() => {
    const seen = liveQuery(async () =>
      (await store.entries.where('accountId').equals(who.owner.accountId).sortBy('seq')).reverse(),
    ).subscribe((entries) => {
      void Promise.all(entries.map(async (entry) => ({ entry, content: await contentOf(entry, who.key) }))).then(
        setShown,
      );
    });
    return () => {
      seen.unsubscribe();
    };
  }, [who]);
  return shown;
}

/** The entries of a call whose input `meant` recognises, newest first, whatever became of them. */
export function entriesOf(
  entries: readonly ShownEntry[],
  name: string,
  meant: (input: Record<string, unknown>) => boolean,
): { entry: Entry; content: EntryContent }[] {
  return entries.flatMap(({ entry, content }) =>
    content?.name === name && meant(content.input) ? [{ entry, content }] : [],
  );
}

/** The newest of them; undefined when there is none. */
export function lastEntry(...asked: Parameters<typeof entriesOf>): ReturnType<typeof entriesOf>[number] | undefined {
  return entriesOf(...asked)[0];
}

/** The newest of them that the platform has not confirmed; null when there is none. */
export function waitingEntry(...asked: Parameters<typeof entriesOf>): EntryContent | null {
  return entriesOf(...asked).find(({ entry }) => entry.state !== 'confirmed')?.content ?? null;
}

/** How many entries the platform has confirmed: what was fetched is asked for again when it grows. */
export function confirmedOf(entries: readonly ShownEntry[]): number {
  return entries.filter(({ entry }) => entry.state === 'confirmed').length;
}

/** How sending stands: nothing to say, no signal, or signed out. */
export type Sending = 'fine' | 'later' | 'signedOut';

const everyMs = 20_000;

/** Sends what waits by itself: at once, when the signal comes back, when the page is looked at again, and every 20 seconds. */
export function useSending(accountId: string): { sending: Sending; sendSoon: () => void } {
  const [sending, setSending] = useState<Sending>('fine');
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let ended = false;
    const round = () => {
      void sendNow(accountId).then((sent) => {
        if (!ended && sent) setSending(sent.stopped ?? 'fine');
      });
    };
    round();
    const timer = setInterval(round, everyMs);
    window.addEventListener('online', round);
    document.addEventListener('visibilitychange', round);
    return () => {
      ended = true;
      clearInterval(timer);
      window.removeEventListener('online', round);
      document.removeEventListener('visibilitychange', round);
    };
  }, [accountId, turn]);
  return {
    sending,
    sendSoon: () => {
      setTurn((before) => before + 1);
    },
  };
}

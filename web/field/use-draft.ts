import { useEffect, useState } from 'react';
import { phoneNow } from './clock.ts';
import { keepDraft, readDraft } from './keep/draft.ts';
import type { Unlocked } from './keep/unlock.ts';
import { store } from './session.ts';

/**
 * What is being written on a page, read from the phone and kept sealed as it grows; null until it is read. `empty` is what stands there
 * first; a page of another record has another key and is a page of its own.
 */
export function useDraft<T extends object>(
  who: Unlocked,
  key: string,
  empty: () => T,
): { draft: T | null; setDraft: (draft: T) => void } {
  const [start] = useState(empty);
  const [draft, setDraft] = useState<T | null>(null);
  useEffect(() => {
    let ended = false;
    void readDraft<Partial<T>>(store, who, key).then((kept) => {
      // One that was kept before the form asked for more lacks the new fields.
      if (!ended) setDraft(kept === null ? start : { ...start, ...kept });
    });
    return () => {
      ended = true;
    };
  }, [key, start, who]);
  useEffect(() => {
    if (draft === null || draft === start) return undefined;
    const timer = setTimeout(() => void keepDraft(store, who, key, draft, phoneNow()), 400);
    return () => {
      clearTimeout(timer);
    };
  }, [draft, key, start, who]);
  return { draft, setDraft };
}

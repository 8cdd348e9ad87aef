import { useCallback, useEffect, useState } from 'react';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { phoneNow } from './clock.ts';
import { fetchOrKept, type Answered } from './keep/fetched.ts';
import type { Unlocked } from './keep/unlock.ts';
import { store } from './session.ts';

/** An answer for a page of the phone: from the platform, or from the phone without signal; `fault` says why there is none. */
export interface Kept<T> {
  answer: Answered<T> | null;
  fault: string | null;
  reload: () => void;
}

/** Asks a call of the contract and keeps its answer on the phone; asks again when `after` changes, as when an entry was confirmed. */
export function useKeptAnswer<E extends Endpoint>(
  who: Unlocked,
  endpoint: E,
  input: InputOf<E>,
  after = 0,
): Kept<OutputOf<E>> {
  const [answer, setAnswer] = useState<Answered<OutputOf<E>> | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  const asked = JSON.stringify(input);
  useEffect(() => {
    let ended = false;
    // as: the text was made of this input
    fetchOrKept(store, who, endpoint, JSON.parse(asked) as InputOf<E>, phoneNow()).then(
      (found) => {
        if (ended) return;
        setAnswer(found);
        setFault(null);
      },
      (error: unknown) => {
        if (ended) return;
        setFault(
          error instanceof Failure && error.code !== 'busy'
            ? error.message
            : '没有信号，这部手机上也还没有这一页的内容。有信号时打开一次，以后没有信号也能用。',
        );
      },
    );
    return () => {
      ended = true;
    };
  }, [who, endpoint, asked, turn, after]);
  const reload = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);
  return { answer, fault, reload };
}

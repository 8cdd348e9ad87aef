import type { MouseEvent } from 'react';
import { useRouterState } from '@tanstack/react-router';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { listsAsOf } from '#contract/lists.ts';
import { carry } from '#web/ui/came-from.ts';
import { useThen } from './as-of.tsx';

/** Whether a list is asked as known at a moment: by fields of its own, or because the page that leads to it hands the pair on. */
const takesMoment = ({ input }: Endpoint): boolean => input instanceof z.ZodObject && 'knownAt' in input.shape;

/** Opening from a list that shows the past: by row, key or link the record is told from when the list is, since it shows what is now. */
export function useFromPast<Row>(
  endpoint: Endpoint,
  opens: ((row: Row) => void) | undefined,
): { onOpen: ((row: Row) => void) | undefined; carryOn: (event: MouseEvent) => void } {
  const href = useRouterState({ select: (state) => state.location.href });
  const then = useThen(listsAsOf[endpoint.name]);
  if (then === null || !takesMoment(endpoint)) return { onOpen: opens, carryOn: () => undefined };
  const from = { href, words: then.words };
  return {
    onOpen:
      opens &&
      ((row) => {
        carry(from);
        opens(row);
      }),
    carryOn: (event) => {
      if (event.target instanceof Element && event.target.closest('tbody a, .cards a') !== null) carry(from);
    },
  };
}

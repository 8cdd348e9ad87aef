import { useCallback, useRef, useState } from 'react';
import { App } from 'antd';
import {
  keepPreviousData,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Endpoint, InputOf, OutputOf } from '#contract/endpoint.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call, newRequestId } from './call.ts';
import { issuesOf, refusalWords } from './problem.ts';

/** How an answer is kept fresh. */
export interface AnswerOptions {
  enabled?: boolean;
  /** Milliseconds between two asks. */
  refetchInterval?: number | false;
}

/** The id in an input; a record is never shown under another record's id while it loads. */
function idIn(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;
}

/** Reads a GET of the contract; the key is the endpoint's name and the input, and the last page of a list stays while the next one loads. */
export function useAnswer<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  options: AnswerOptions = {},
): UseQueryResult<OutputOf<E>> {
  return useQuery<OutputOf<E>>({
    queryKey: [endpoint.name, input],
    queryFn: () => call(endpoint, input),
    ...(idIn(input) === undefined ? { placeholderData: keepPreviousData } : {}),
    ...options,
  });
}

/** Makes every answer of the named areas stale, so that what is shown is asked again. */
export async function refreshAreas(client: QueryClient, areas: readonly string[]): Promise<void> {
  await client.invalidateQueries({
    predicate: (query) => {
      const name = query.queryKey[0];
      return typeof name === 'string' && areas.some((area) => name.startsWith(`${area}.`));
    },
  });
}

/** What happens after a send. */
export interface SendOptions {
  /** Words of the message shown when it is done. */
  done?: string;
  /** Areas whose answers are asked again; default: the endpoint's own and `statistics`. */
  refresh?: string[];
}

/**
 * Sends a POST of the contract. A refusal is shown as a message (one at fields is left to the form) and thrown again, so
 * that a dialog stays open and a form can mark its fields. What may have arrived although no answer came goes out under the
 * same request id when it is sent again unchanged, so that it stands once and is answered as done.
 */
export function useSend<E extends Endpoint>(
  endpoint: E,
  options: SendOptions = {},
): { send: (input: InputOf<E>) => Promise<OutputOf<E>>; sending: boolean } {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const unanswered = useRef<{ written: string; requestId: string } | null>(null);
  const { done } = options;
  const areas = (options.refresh ?? [endpoint.name.split('.')[0] ?? '', 'statistics']).join(' ');
  const send = useCallback(
    async (input: InputOf<E>) => {
      setWaiting((n) => n + 1);
      const written = JSON.stringify(input);
      const requestId = unanswered.current?.written === written ? unanswered.current.requestId : newRequestId();
      unanswered.current = null;
      try {
        const answer = await call(endpoint, input, requestId);
        if (done !== undefined) void message.success(done);
        void refreshAreas(client, areas.split(' '));
        return answer;
      } catch (error) {
        if (error instanceof Failure && error.code === 'busy') unanswered.current = { written, requestId };
        const words = error instanceof Failure ? error.message : '没有办成，请稍后再试。';
        const issues = issuesOf(error).map((issue) => issue.words);
        void message.error(refusalWords(words, issues), 6);
        if (error instanceof Failure && (error.code === 'wrong-step' || error.code === 'changed-meanwhile'))
          void refreshAreas(client, areas.split(' '));
        throw error;
      } finally {
        setWaiting((n) => n - 1);
      }
    },
    [endpoint, done, areas, client, message],
  );
  return { send, sending: waiting > 0 };
}

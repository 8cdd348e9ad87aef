import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import type { OutputOf } from '#contract/endpoint.ts';
import { getImport } from '#contract/imports.ts';
import { call } from '#web/api/call.ts';
import { isRunning } from './comparison-words.ts';

/** An import as it is answered. */
export type ImportAnswer = OutputOf<typeof getImport>;

/** Answers that an import changes once it is published. */
export const importRefreshes = ['imports', 'comparison', 'population', 'enrolment', 'organisations', 'statistics'];

/** Several imports, each asked again every second until it has ended. */
export function useImports(ids: readonly string[]): UseQueryResult<ImportAnswer>[] {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: [getImport.name, { id }],
      queryFn: () => call(getImport, { id }),
      refetchInterval: (query: { state: { data?: ImportAnswer | undefined } }) =>
        query.state.data && isRunning(query.state.data.state) ? 1000 : false,
    })),
  });
}

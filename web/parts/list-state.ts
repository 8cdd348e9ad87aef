import { useCallback, useMemo } from 'react';
import { useNavigate, useSearch } from '@tanstack/react-router';

/** Filters and page of a list as they stand in the address. */
export type ListState = Record<string, string>;

/** Reads a list's state from the address and changes it; a changed filter goes back to page 1, an empty value is taken out. */
export function useListState(): {
  state: ListState;
  set: (part: Record<string, string | number | null | undefined>) => void;
} {
  const search: unknown = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = useMemo(() => {
    const entries = typeof search === 'object' && search !== null ? Object.entries(search) : [];
    return Object.fromEntries(
      entries
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([key, value]) => [key, String(value)]),
    );
  }, [search]);
  const set = useCallback(
    (part: Record<string, string | number | null | undefined>) => {
      void navigate({
        to: '.',
        replace: true,
        // as: the router keeps each route's search as plain strings (see web/app/router.tsx)
        search: (before: Record<string, unknown>) => {
          const after: Record<string, unknown> = { ...before };
          if (!('page' in part)) delete after['page'];
          for (const [key, value] of Object.entries(part)) {
            if (value === undefined || value === null || value === '') delete after[key];
            else after[key] = String(value);
          }
          return after;
        },
      });
    },
    [navigate],
  );
  return { state, set };
}

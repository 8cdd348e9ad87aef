import { findingFilters } from '#contract/comparison.ts';
import type { z } from 'zod';

/** The filters of the findings as an address carries them; an unreadable one falls back to all that is under way. */
export function readFindingFilters(state: Readonly<Record<string, string>>): z.output<typeof findingFilters> {
  const known = Object.fromEntries(
    Object.keys(findingFilters.shape).flatMap((key) => (state[key] === undefined ? [] : [[key, state[key]]])),
  );
  const read = findingFilters.safeParse(known);
  return read.success ? read.data : findingFilters.parse({});
}

/** Page and size of a list as an address carries them; size 50 unless said. */
export function readPaging(state: Readonly<Record<string, string>>): { page: number; size: number } {
  return { page: whole(state['page'], 1), size: Math.min(200, whole(state['size'], 50)) };
}

function whole(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

/** The address with the filters of a list, so that a record opened from it knows its neighbours. */
export function withState(path: string, state: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(state).toString();
  return query === '' ? path : `${path}?${query}`;
}

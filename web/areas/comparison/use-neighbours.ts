import { useEffect, useState } from 'react';
import { listFindings } from '#contract/comparison.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { readFindingFilters, readPaging, withState } from './finding-query.ts';

/** The findings before and after this one in the list it was opened from, as ways to go there; null at the ends or when opened alone. */
export function useNeighbours(id: string): { next: (() => void) | null; back: (() => void) | null; list: string } {
  const { state } = useListState();
  const go = useGo();
  const answer = useAnswer(listFindings, { ...readFindingFilters(state), ...readPaging(state) });
  const [kept, setKept] = useState<readonly string[]>([]);
  const rows = answer.data?.rows;
  useEffect(() => {
    // a finding that was just settled leaves the list; the order in which one works through it stays
    const ids = rows?.map((row) => row.id) ?? [];
    setKept((before) => (before.includes(id) || !ids.includes(id) ? before : ids));
  }, [rows, id]);
  const at = kept.indexOf(id);
  const to = (neighbour: string | undefined) =>
    neighbour === undefined
      ? null
      : () => {
          go(withState(`/compare/findings/${neighbour}`, state));
        };
  return {
    next: at < 0 ? null : to(kept[at + 1]),
    back: at < 1 ? null : to(kept[at - 1]),
    list: withState('/compare', state),
  };
}

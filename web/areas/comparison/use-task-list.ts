import { useEffect, useState } from 'react';

/** One row in hand of a list worked through one by one. */
export interface TaskList<Row> {
  row: Row | null;
  /** Place in the whole list, from 1. */
  place: number;
  /** Rows that are left. */
  left: number;
  next: (() => void) | null;
  back: (() => void) | null;
  /** Takes a settled row out at once, so that the next one stands in its place. */
  drop: (id: string) => void;
}

/** Where one is in a list, and what has left it since it was asked. */
interface Kept {
  question: string;
  index: number;
  gone: ReadonlySet<string>;
}

/**
 * Works through the pages of a list: J and K cross pages, settled rows leave at once, before the list has been asked again.
 * `question` names the list (state and filters): a row settled in one list is not missing from another.
 */
export function useTaskList<Row extends { id: string }>(
  answer: { rows: readonly Row[]; total: number; page: number; size: number } | undefined,
  setPage: (page: number) => void,
  question: string,
): TaskList<Row> {
  const [kept, setKept] = useState<Kept>({ question, index: 0, gone: new Set() });
  const { index, gone } = kept.question === question ? kept : { index: 0, gone: new Set<string>() };
  const setIndex = (at: number) => {
    setKept({ question, index: at, gone });
  };
  const rows = (answer?.rows ?? []).filter((row) => !gone.has(row.id));
  const removed = (answer?.rows.length ?? 0) - rows.length;
  const page = answer?.page ?? 1;
  const size = answer?.size ?? 50;
  const total = answer?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / size));
  const at = Math.min(index, Math.max(0, rows.length - 1));
  const emptyPage = answer !== undefined && rows.length === 0 && page > 1 && total > 0;
  useEffect(() => {
    if (emptyPage) setPage(page - 1);
  }, [emptyPage, page, setPage]);
  const next =
    at < rows.length - 1
      ? () => {
          setIndex(at + 1);
        }
      : page < pages
        ? () => {
            setIndex(0);
            setPage(page + 1);
          }
        : null;
  const back =
    at > 0
      ? () => {
          setIndex(at - 1);
        }
      : page > 1
        ? () => {
            setIndex(size - 1);
            setPage(page - 1);
          }
        : null;
  return {
    row: rows[at] ?? null,
    place: (page - 1) * size + at + 1,
    left: Math.max(0, total - removed),
    next,
    back,
    drop: (id) => {
      setKept((before) => ({
        question,
        index: at,
        gone: new Set([...(before.question === question ? before.gone : []), id]),
      }));
    },
  };
}

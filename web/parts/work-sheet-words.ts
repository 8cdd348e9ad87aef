import type { SheetCalls } from '#contract/sheets.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A sheet of work as its page shows it. */
export type SheetOf = OutputOf<SheetCalls['get']>;
/** A row of it. */
export type SheetLine = SheetOf['lines'][number];

/** What the pages of a kind of sheet say and where they stand. */
export interface SheetDesk {
  calls: SheetCalls;
  title: string;
  /** What may be handed in and what follows. */
  words: readonly string[];
  /** The address of the list of sheets. */
  path: string;
  /** Where the work itself is shown. */
  back: { to: string; words: string };
  /** What carrying out is called: 提出, 分配, 登记. */
  verb: string;
  /** What follows once it is carried out. */
  after: string;
  /** Areas whose answers change. */
  refresh: readonly string[];
  /** Columns whose empty cells are asked for only when somebody wants to fill them in. */
  folded?: (key: string) => boolean;
  /** Where what a row made is shown, if it made something of its own. */
  made?: { to: (changeId: string) => string; words: string };
}

/** Words and look of the states of a row. */
export function lineLook(verb: string): Record<SheetLine['state'], { words: string; kind: StatusKind }> {
  return {
    held: { words: '待更正', kind: 'bad' },
    ready: { words: `可${verb}`, kind: 'wait' },
    asked: { words: `已${verb}`, kind: 'ok' },
    same: { words: '没有变化', kind: 'quiet' },
    dropped: { words: '不办', kind: 'quiet' },
  };
}

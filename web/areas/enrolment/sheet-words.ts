import type { OutputOf } from '#contract/endpoint.ts';
import type { getSheet } from '#contract/enrolment-sheets.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** A sheet of changes as its page shows it. */
export type SheetOf = OutputOf<typeof getSheet>;
/** A row of it. */
export type SheetLine = SheetOf['lines'][number];

/** Words and look of the states of a row. */
export const lineLook: Record<SheetLine['state'], { words: string; kind: StatusKind }> = {
  ready: { words: '可提出', kind: 'wait' },
  held: { words: '待更正', kind: 'bad' },
  asked: { words: '已提出', kind: 'ok' },
  dropped: { words: '不办', kind: 'quiet' },
};

import type { OutputOf } from '#contract/endpoint.ts';
import type { getDocument, listDocuments } from '#contract/notices.ts';
import type { getJob } from '#contract/notices-work.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** An issued document as lists have it. */
export type Document = OutputOf<typeof listDocuments>['rows'][number];
/** An issued document with its fields and services. */
export type DocumentRecord = OutputOf<typeof getDocument>;

/** Areas asked again after a document was served or voided: what waits for it stands on cases and among the duties too. */
export const documentRefreshes = ['notices', 'dropout', 'duties', 'papers', 'statistics'];

/** How the state of a document looks. */
export function documentLook(row: Pick<Document, 'state' | 'overdue'>): StatusKind {
  if (row.state === 'voided') return 'quiet';
  if (row.overdue) return 'bad';
  return row.state === 'served' ? 'ok' : 'wait';
}

type JobState = OutputOf<typeof getJob>['state'];

/** How the state of a bulk issue looks. */
export const jobLook: Record<JobState, StatusKind> = {
  waiting: 'wait',
  running: 'wait',
  done: 'ok',
  failed: 'bad',
  cancelled: 'quiet',
};

import type { OutputOf } from '#contract/endpoint.ts';
import type { listApprovals } from '#contract/security.ts';

type Row = OutputOf<typeof listApprovals>['rows'][number];

/** How one's own request for the doubtful numbers of held rows stands. */
export type HeldApproval =
  | { state: 'waiting' }
  | { state: 'approved'; id: string; by: string; until: string | null }
  | { state: 'refused'; by: string; note: string };

/** The request of one's own that counts: an approval that can still be used, else the newest of all unless it is used up or over. */
export function heldApproval(rows: readonly Row[]): HeldApproval | null {
  const mine = rows
    .filter((row) => row.mine && row.exportOf === 'held')
    .sort((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  for (const row of mine) {
    if (row.usable) return { state: 'approved', id: row.id, by: row.decidedName ?? '', until: row.expiresAt };
  }
  const [newest] = mine;
  if (newest === undefined || newest.decision === 'approved') return null;
  if (newest.decision === null) return { state: 'waiting' };
  return { state: 'refused', by: newest.decidedName ?? '', note: newest.note ?? '' };
}

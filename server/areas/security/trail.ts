import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/security.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { verifyChain } from '#server/http/audit.ts';
import type { Context } from '#server/http/context.ts';
import { listAuditRows } from './store-trail.ts';

/** A page of the trail between two days in China, newest first. */
export async function listAudit(
  context: Context,
  input: ParsedOf<typeof contract.listAudit>,
): Promise<OutputOf<typeof contract.listAudit>> {
  const { rows, total } = await listAuditRows(context.client, context.district, {
    from: input.from && `${input.from}T00:00:00+08:00`,
    before: input.to && `${addCalendarDays(input.to, 1)}T00:00:00+08:00`,
    actor: input.actor,
    verb: input.verb,
    outcome: input.outcome,
    size: input.size,
    page: input.page,
  });
  return {
    rows: rows.map((row) => ({
      sequence: row.sequence,
      at: row.known_at.toISOString(),
      actor: row.actor_name,
      verb: row.verb,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      reason: row.reason,
      outcome: row.outcome,
      detail: row.detail,
    })),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Recomputes the district's whole chain. */
export async function verifyAudit(context: Context): Promise<OutputOf<typeof contract.verifyAudit>> {
  const verdict = await verifyChain(context.client, context.keys, context.district);
  context.note({ detail: { links: verdict.links, brokenAt: verdict.brokenAt } });
  return { links: verdict.links, brokenAt: verdict.brokenAt, head: verdict.head };
}

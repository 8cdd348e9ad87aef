import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices.ts';
import { dueDate } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { dayOfService, faultsOfService } from '#domain/notices/service.ts';
import { isWorkday, schoolCalendar } from '#server/areas/organisations/actions.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { sealServed } from './sealed.ts';
import { readNames, standsIn } from './units.ts';
import { findDocument, insertService, markServed, serviceRows, type DocumentRow } from './store-documents.ts';

/** By when a served document wants something done: its deadline counted from the day of service. */
async function deadlineFrom(context: Context, row: DocumentRow, servedDay: string): Promise<string | null> {
  if (row.deadline === null) return null;
  const { isSchoolDay } = await schoolCalendar(context, servedDay);
  return dueDate(servedDay, row.deadline, { isWorkday: await isWorkday(context), isSchoolDay });
}

function checkStep(row: DocumentRow): void {
  if (row.voided_at) throw new Failure('wrong-step', '这份文书已作废，请送达新签发的文书。');
  if (!row.needs_service) throw new Failure('wrong-step', '这种文书不需要登记送达。');
  if (row.served_day !== null)
    throw new Failure('wrong-step', `这份文书已于 ${row.served_day} 送达。登记有误的，请作废后重新签发。`);
}

/**
 * Records how a document was served, or an attempt that failed. The deadline runs from the day of service. The same record sent twice
 * gives the same answer.
 */
export async function recordService(
  context: Context,
  input: ParsedOf<typeof contract.recordService>,
): Promise<OutputOf<typeof contract.recordService>> {
  const { client, district } = context;
  const row = await findDocument(client, district, input.id, true);
  if (!row) throw notFound('文书', '份');
  const before = await serviceRows(client, district, row.id);
  const same = before.find((one) => one.id === input.serviceId);
  if (same)
    return { serviceId: same.id, servedDay: same.served_day, dueDate: same.served_day === null ? null : row.due_date };
  if (!standsIn(await readNames(context), { kind: row.unit_kind, id: row.unit_id }))
    throw new Failure('not-allowed', '文书由签发单位送达并登记。请把送达的情况和材料交给签发单位。');
  checkStep(row);
  const failed = before.filter((one) => one.outcome === 'failed' && one.mode !== 'public').length;
  const issues = faultsOfService(input, context.today, row.issued_day, failed);
  if (issues.length > 0) throw new Failure('input-wrong', issues.map((issue) => issue.words).join(''), { issues });
  await requirePapers(
    context,
    input.papers,
    input.mode === 'left' && input.outcome === 'served' ? ['photo'] : undefined,
  );
  await attachPapers(context, input.papers, { kind: 'document', id: row.id, childId: row.child_id }, row.reach);
  const servedDay = dayOfService(input);
  const due = servedDay === null ? null : await deadlineFrom(context, row, servedDay);
  const { place, recipient, relation, servers, signature, refusal, witnesses, reference, consent, note } = input;
  await insertService(client, district, {
    id: input.serviceId,
    document_id: row.id,
    childId: row.child_id,
    mode: input.mode,
    outcome: input.outcome,
    day: input.day,
    served_day: servedDay,
    paper_ids: input.papers,
    sealed: sealServed(context, input.serviceId, {
      ...{ place, recipient, relation, servers, signature, refusal, witnesses, reference, consent, note },
    }),
    recordedBy: context.actor.id,
    recorded_name: context.actor.name,
    knownAt: await context.knownAt(),
    reach: row.reach,
  });
  context.note({
    subjectKind: 'document',
    subjectId: row.id,
    detail: { childId: row.child_id, mode: input.mode, outcome: input.outcome, servedDay, dueDate: due },
  });
  if (servedDay === null) return { serviceId: input.serviceId, servedDay: null, dueDate: null };
  await markServed(client, district, row.id, servedDay, due);
  await context.announce({
    kind: 'notices.served',
    documentId: row.id,
    documentKind: row.kind,
    childId: row.child_id,
    caseId: row.case_id,
    schoolId: (await findBrief(context, row.child_id))?.schoolId ?? null,
    at: context.now.toISOString(),
    dueDate: due,
  });
  return { serviceId: input.serviceId, servedDay, dueDate: due };
}

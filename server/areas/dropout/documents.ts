import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout-steps.ts';
import { notFound } from '#domain/basics/failure.ts';
import { documentsOfCase, issueFor } from '#server/areas/notices/actions.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { climbTo } from './ladder-steps.ts';
import { findCase, type CaseRecord } from './store-cases.ts';
import { findFindingOf } from './store-steps.ts';
import { afterOf } from './views.ts';
import { rulesNow, stepOrThrow, type After } from './work.ts';

/** The fields of a document of a case: since when the pupil is away is proposed; what was found stands in an order as it was recorded. */
async function fieldsOf(
  context: Context,
  record: CaseRecord,
  rung: string,
  input: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const since = record.crossedOn ?? record.lastSeenOn ?? record.discoveredOn;
  const given: Record<string, string> = { ...(since === null ? {} : { absentSince: since }), ...input };
  const finding =
    rung === 'correctionOrder' ? await findFindingOf(context.client, context.district, record.id, record.round) : null;
  if (!finding) return given;
  // as: sealed by recordFinding with these fields
  const { facts, evidence, statement } = openJson(
    context.keys,
    { table: 'case_finding', column: 'sealed', district: context.district, id: finding.id },
    finding.sealed,
  ) as { facts: string; evidence: string; statement: string };
  return { ...given, facts, evidence, statement };
}

/** Issues a document of the ladder for a case: earlier rungs that are open are skipped with the reason given; its news writes the step. */
export async function linkDocument(
  context: Context,
  input: ParsedOf<typeof contract.linkDocument>,
): Promise<After & { documentId: string; number: string | null }> {
  const { client, district } = context;
  const record = await findCase(client, district, input.id, true);
  if (!record) throw notFound('个案');
  const known = (await documentsOfCase(context, record.id)).find((one) => one.id === input.documentId);
  if (known) return { ...(await afterOf(context, record)), documentId: known.id, number: known.numberWords };
  const rules = await rulesNow(context);
  stepOrThrow(context, record, input.rung, rules.settings);
  await inWholeDistrict(context, () => climbTo(context, record, input.rung, input.skipReason));
  const issued = await issueFor(context, {
    id: input.documentId,
    kind: input.rung,
    childId: record.childId,
    caseId: record.id,
    fields: await fieldsOf(context, record, input.rung, input.fields),
    signerName: input.signerName,
  });
  const after = await inWholeDistrict(context, () => findCase(client, district, record.id, false));
  context.note({ subjectKind: 'case', subjectId: record.id, detail: { childId: record.childId, step: input.rung } });
  return { ...(await afterOf(context, after ?? record)), documentId: issued.id, number: issued.numberWords };
}

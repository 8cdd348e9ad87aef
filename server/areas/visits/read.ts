import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import { notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { contentLines } from '#domain/visits/content.ts';
import { papersOf } from '#server/areas/papers/actions.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { mayCorrect } from './allowed.ts';
import { contentOf, shownSignatures, shownVisit, shownVisits, writtenOf } from './shown.ts';
import { signaturesOf } from './store-signatures.ts';
import { countVisits, findVisit, pageVisits, versionsOf } from './store.ts';

/** A page of visits that hold, or held then, newest first. */
export async function listVisits(
  context: Context,
  input: ParsedOf<typeof contract.listVisits>,
): Promise<OutputOf<typeof contract.listVisits>> {
  const { page, size, ...rest } = input;
  const asked = { ...rest, then: askedThen(context, rest) };
  const rows = await pageVisits(context.client, context.district, asked, { page, size });
  const total = await rememberFor(
    context,
    context.reach,
    { key: `visits ${JSON.stringify(asked)}`, dependsOn: 'visits', bytes: () => 8 },
    () => countVisits(context.client, context.district, asked),
  );
  return { rows: await shownVisits(context, rows, asked.then), total, page, size };
}

/** One version of a visit, with the text as signed, its signatures and the other versions. */
export async function getVisit(context: Context, id: string): Promise<OutputOf<typeof contract.getVisit>> {
  const { client, district } = context;
  const row = await findVisit(client, district, id);
  if (!row) throw notFound('走访记录');
  const content = contentOf(context, row);
  const signatures = await signaturesOf(client, district, [row.first_id]);
  const versions = await versionsOf(client, district, row.first_id);
  const record = context.reachFor('visits.record');
  const correct = row.current && mayCorrect(context, row);
  context.note({ subjectKind: 'visit', subjectId: row.id, detail: { childId: row.child_id, version: row.version } });
  return {
    ...shownVisit(context, row, signatures),
    content,
    paperForm: row.paper_form,
    reason: row.reason,
    recordedAt: row.known_at.toISOString(),
    current: row.current,
    contentVersion: row.content_version,
    lines: contentLines(row.content_version, writtenOf(row, content)),
    print: row.content_print.toString('hex'),
    signatures: shownSignatures(context, row, signatures),
    papers: await papersOf(context, { kind: 'visit', id: row.first_id }),
    versions: versions.map((one) => ({
      id: one.id,
      version: one.version,
      at: one.known_at.toISOString(),
      byName: one.by_name,
      reason: one.reason,
    })),
    allowed: {
      correct,
      attachScan: row.current && record !== null && reaches(record, row.reach),
      why: correct
        ? null
        : row.current
          ? '只有登记人，或学校、教育局的负责人员可以更正。'
          : '这是更正前的一版，请打开最新的一版。',
    },
  };
}

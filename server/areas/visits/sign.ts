import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { Party, Signature, SignatureMeans } from '#domain/visits/record.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { stateOf, type SealedSignature } from './shown.ts';
import { insertSignature, signaturesOf } from './store-signatures.ts';
import { findVisit } from './store.ts';

/** A version of a visit that is signed. */
export interface SignedVisit {
  id: string;
  childId: string;
  print: Buffer;
  reach: readonly string[];
  knownAt: string;
}

async function keep(
  context: Context,
  visit: SignedVisit,
  signature: { party: Party; means: SignatureMeans; print: Buffer; papers: readonly string[]; sealed: SealedSignature },
): Promise<void> {
  const { client, district, actor, keys } = context;
  const id = context.newId();
  await insertSignature(client, district, {
    id,
    visitId: visit.id,
    childId: visit.childId,
    party: signature.party,
    means: signature.means,
    print: signature.print,
    sealed: sealJson(keys, { table: 'visit_signature', column: 'sealed', district, id }, signature.sealed),
    paperIds: signature.papers,
    byId: actor.id,
    byName: actor.name,
    knownAt: visit.knownAt,
    reach: visit.reach,
  });
}

function sealedOf(signature: Signature): SealedSignature {
  switch (signature.means) {
    case 'drawn':
      return { strokes: signature.strokes };
    case 'refused':
      return { reason: signature.reason, name: signature.witness.name, strokes: signature.witness.strokes };
    case 'absent':
      return { reason: signature.reason };
    case 'cannotSign':
      return { instead: signature.instead };
    case 'byOther':
      return { name: signature.name, relation: signature.relation, strokes: signature.strokes };
  }
}

/** Keeps how a party signed, over the text that party saw: where it differs from what was sent, the page says that the content was changed afterwards. */
export async function sign(context: Context, visit: SignedVisit, signature: Signature): Promise<void> {
  const papers = signature.means === 'cannotSign' ? [signature.paperId] : [];
  if (papers.length > 0) await requirePapers(context, papers);
  await keep(context, visit, {
    party: signature.party,
    means: signature.means,
    print: signature.print === undefined ? visit.print : Buffer.from(signature.print, 'hex'),
    papers,
    sealed: sealedOf(signature),
  });
}

/** Attaches the scan of the paper form: as good as signatures of the parties who signed on it, over the content that holds. */
export async function attachScan(
  context: Context,
  input: ParsedOf<typeof contract.attachScan>,
): Promise<OutputOf<typeof contract.attachScan>> {
  const { client, district } = context;
  const row = await findVisit(client, district, input.id);
  if (!row) throw notFound('走访记录');
  if (!row.current) throw new Failure('changed-meanwhile', '这条走访记录已被更正，请打开最新的一版再附扫描件。');
  await requirePapers(context, input.papers, ['scan', 'photo', 'signature']);
  await attachPapers(context, input.papers, { kind: 'visit', id: row.first_id, childId: row.child_id }, row.reach);
  const visit = {
    id: row.id,
    childId: row.child_id,
    print: row.content_print,
    reach: row.reach,
    knownAt: await context.knownAt(),
  };
  for (const party of new Set(input.parties))
    await keep(context, visit, { party, means: 'scan', print: row.content_print, papers: input.papers, sealed: {} });
  context.note({ subjectKind: 'visit', subjectId: row.id, detail: { parties: input.parties } });
  return { id: row.id, signedState: stateOf(row, await signaturesOf(client, district, [row.first_id])) };
}

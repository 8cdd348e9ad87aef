import { findMerge } from './store-merge-log.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/comparison.ts';
import { documentTypeWords } from '#domain/basics/document-number.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { maskDocument, maskPhone, maskRegistryNo } from '#domain/basics/masking.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { getMerge, mergeChildren, takeBackMerge } from './merge.ts';
import { decideProposalRow, findProposal, pageProposals, readSides, type SideRow } from './store-proposals.ts';
import { refreshReach } from './reach.ts';
import { settleFindingsOf } from './store-sync.ts';

type List = 'register' | 'roster';
const sourceWords: Record<List, string> = { register: '适龄档案', roster: '学籍名册' };

function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function shownSide(context: Context, row: SideRow, list: List): z.input<typeof contract.Proposal>['left'] {
  const { keys, district } = context;
  const entry =
    row.entry_id !== null && row.entry_sealed !== null
      ? texts(
          openJson(
            keys,
            {
              table: list === 'register' ? 'register_entry' : 'enrolment',
              column: 'sealed',
              district,
              id: row.entry_id,
            },
            row.entry_sealed,
          ),
        )
      : row.child_sealed === null
        ? {}
        : texts(openJson(keys, { table: 'child', column: 'sealed', district, id: row.child_id }, row.child_sealed));
  const registry = entry['registryNo'] ?? '';
  const phone = entry['phone'] ?? '';
  return {
    childId: row.child_id,
    source: sourceWords[list],
    name: row.name,
    sex: sexWord(row.sex),
    birthDate: row.birth_date,
    documentType: documentTypeWords[row.document_type],
    documentMask: maskDocument(entry['documentNumber'] ?? '', { besideBirth: true }),
    registryMask: registry === '' ? null : maskRegistryNo(registry, { besideBirth: true }),
    guardian: row.guardian,
    phoneMask: phone === '' ? null : maskPhone(phone),
    address: row.address,
    schoolName: row.school_name,
    grade: row.grade,
  };
}

async function sidesOf(
  context: Context,
  ids: readonly string[],
  side: 'left' | 'right',
  first: List,
): Promise<Map<string, z.input<typeof contract.Proposal>['left']>> {
  const { client, district } = context;
  const second: List = first === 'register' ? 'roster' : 'register';
  const shown = new Map<string, z.input<typeof contract.Proposal>['left']>();
  const without: string[] = [];
  for (const row of await readSides(client, district, ids, side, first)) {
    shown.set(row.proposal_id, shownSide(context, row, first));
    if (row.entry_id === null) without.push(row.proposal_id);
  }
  for (const row of await readSides(client, district, without, side, second))
    if (row.entry_id !== null) shown.set(row.proposal_id, shownSide(context, row, second));
  return shown;
}

/** A page of proposals side by side, the likeliest first; numbers masked. */
export async function listProposals(
  context: Context,
  input: ParsedOf<typeof contract.listProposals>,
): Promise<z.input<(typeof contract.listProposals)['output']>> {
  const { rows, total } = await pageProposals(context.client, context.district, input);
  const ids = rows.map((row) => row.id);
  const left = await sidesOf(context, ids, 'left', 'register');
  const right = await sidesOf(context, ids, 'right', 'roster');
  return {
    rows: rows.flatMap((row) => {
      const [one, other] = [left.get(row.id), right.get(row.id)];
      if (!one || !other) return [];
      return [
        {
          id: row.id,
          kind: row.kind,
          score: Math.round(row.score * 10000) / 10000,
          state: row.state,
          left: one,
          right: other,
          reasons: row.reasons,
          proposedAt: row.proposed_at.toISOString(),
          decidedName: row.decided_name,
          decidedAt: row.decided_at?.toISOString() ?? null,
          decisionReason: row.decision_reason,
          mergeId: row.merge_id,
        },
      ];
    }),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Confirms that two records are one child (and merges them), rejects it for good, or takes the decision back. */
export async function decideProposal(
  context: Context,
  input: ParsedOf<typeof contract.decideProposal>,
): Promise<{ done: true }> {
  const { client, district, actor, now } = context;
  const row = await findProposal(client, district, input.id);
  if (!row) throw notFound('核对事项');
  if (actor.kind !== 'person') throw new Failure('not-allowed', '是否同一人须由工作人员本人判断。');
  if (input.decision === 'undo') {
    if (row.state !== 'confirmed' && row.state !== 'rejected')
      throw new Failure('wrong-step', '这一对还没有处理，不需要撤销。');
    const merge = row.state === 'confirmed' ? await findMerge(client, district, { proposalId: row.id }) : null;
    if (merge) await takeBackMerge(context, merge, input.reason);
    await decideProposalRow(client, district, row.id, {
      state: 'open',
      by: null,
      byName: null,
      at: null,
      reason: null,
    });
  } else {
    if (row.state !== 'open') throw new Failure('wrong-step', '这一对已经处理过或已不再成立，请刷新列表。');
    const decision = { by: actor.id, byName: actor.name, at: now, reason: input.reason };
    await decideProposalRow(client, district, row.id, {
      state: input.decision === 'confirm' ? 'confirmed' : 'rejected',
      ...decision,
    });
    if (input.decision === 'confirm')
      await mergeChildren(
        context,
        { keptId: row.left_child_id, mergedId: row.right_child_id, reason: input.reason },
        row.id,
      );
    else {
      await settleFindingsOf(client, district, 'identityReview', row.left_child_id, now);
      await refreshReach(context, [row.left_child_id]);
      const childIds = [row.left_child_id];
      await context.announce({ kind: 'comparison.findingsDecided', childIds, at: now.toISOString() });
    }
  }
  context.note({
    subjectKind: 'proposal',
    subjectId: row.id,
    reason: input.reason,
    detail: { decision: input.decision, left: row.left_child_id, right: row.right_child_id },
  });
  return { done: true };
}

/** Merges two records that somebody found to be one child. */
export async function mergeByHand(
  context: Context,
  input: ParsedOf<typeof contract.mergeChildren>,
): Promise<{ id: string }> {
  return { id: await mergeChildren(context, input) };
}

/** Splits a merge; the proposal it came from is open again. */
export async function undoMerge(context: Context, input: ParsedOf<typeof contract.undoMerge>): Promise<{ done: true }> {
  const merge = await getMerge(context, input.id);
  await takeBackMerge(context, merge, input.reason);
  if (merge.proposal_id !== null)
    await decideProposalRow(context.client, context.district, merge.proposal_id, {
      state: 'open',
      by: null,
      byName: null,
      at: null,
      reason: null,
    });
  return { done: true };
}

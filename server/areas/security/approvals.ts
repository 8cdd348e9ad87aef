import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/security.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { approvalFault, approvalHours, type ApprovalState } from '#domain/security/rules.ts';
import { approvalScopeWords } from '#domain/security/words.ts';
import { minutesAfter } from '#server/clock.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { recordRefusal } from '#server/http/run.ts';
import {
  addApproval,
  decideApprovalRow,
  findApproval,
  findChildReach,
  listApprovalRows,
  markApprovalUsed,
  schoolsOfClasses,
  type ApprovalRow,
  type ApprovalScope,
} from './store-trail.ts';

/** What may be opened with an approval. */
export type ApprovalKind = 'revealDocument' | 'exportIdentities';

function fieldFailure(path: string, words: string): Failure {
  return new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** The one school that holds everything in a reach, as a token; none when it is wider or elsewhere. */
async function schoolOf(context: Context, reach: Reach): Promise<string[]> {
  if (reach.all) return [];
  const classes = reach.tokens
    .filter((token) => token.startsWith('class:'))
    .map((token) => token.slice('class:'.length));
  const schools = reach.tokens.filter((token) => token.startsWith('school:'));
  if (classes.length + schools.length < reach.tokens.length) return [];
  const all = new Set([
    ...schools,
    ...(await schoolsOfClasses(context.client, context.district, classes)).map((id) => reachToken('school', id)),
  ]);
  return all.size === 1 ? [...all] : [];
}

async function scopeOf(context: Context, input: ParsedOf<typeof contract.requestApproval>): Promise<ApprovalScope> {
  const reach = context.reachFor('children.read');
  if (context.actor.kind !== 'person' || !reach)
    throw new Failure('not-allowed', '您的岗位不查看学生信息，不能提出这项申请。');
  const childId = input.childId ?? null;
  const child = childId === null ? null : await findChildReach(context.client, context.district, childId);
  if (childId !== null && (!child || !reaches(reach, child))) throw notFound('学生记录');
  if (input.kind === 'exportIdentities') {
    if (input.exportOf === undefined) throw fieldFailure('exportOf', '请说明要导出什么。');
    return { childId, exportOf: input.exportOf, deciders: await schoolOf(context, reach) };
  }
  if (childId === null || child === null) throw fieldFailure('childId', '请选择学生。');
  return { childId, exportOf: null, deciders: child.filter((token) => token.startsWith('school:')) };
}

/** Asks for a second person's approval; the child must be within the asker's reach. */
export async function requestApproval(
  context: Context,
  input: ParsedOf<typeof contract.requestApproval>,
): Promise<{ id: string }> {
  const scope = await scopeOf(context, input);
  const id = context.newId();
  await addApproval(context.client, context.district, {
    id,
    kind: input.kind,
    purpose: input.purpose,
    scope,
    by: context.actor.id,
    byName: context.actor.name,
    at: context.now,
  });
  context.note({
    subjectKind: scope.childId ? 'child' : 'approval',
    subjectId: scope.childId ?? id,
    reason: input.purpose,
    detail: { approvalId: id, kind: input.kind, exportOf: scope.exportOf },
  });
  return { id };
}

function decides(reach: Reach | null, scope: ApprovalScope): boolean {
  return reach !== null && reaches(reach, scope.deciders);
}

function stateOf(row: ApprovalRow): ApprovalState {
  return {
    kind: row.kind,
    requestedBy: row.requested_by,
    decision: row.decision,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    childId: row.scope.childId,
    exportOf: row.scope.exportOf,
  };
}

/** What I asked for and what I may decide, newest first. */
export async function listApprovals(
  context: Context,
  input: ParsedOf<typeof contract.listApprovals>,
): Promise<OutputOf<typeof contract.listApprovals>> {
  const reach = context.reachFor('approvals.decide');
  const { rows, total } = await listApprovalRows(context.client, context.district, {
    actorId: context.actor.id,
    all: reach?.all ?? false,
    deciders: reach?.tokens ?? [],
    open: input.open === 'true',
    size: input.size,
    page: input.page,
  });
  return {
    rows: rows.map((row) => {
      const { childId, exportOf } = row.scope;
      const opens = { kind: row.kind, actorId: row.requested_by, now: context.now, childId, exportOf };
      const mine = row.requested_by === context.actor.id;
      return {
        id: row.id,
        kind: row.kind,
        purpose: row.purpose,
        scopeWords: approvalScopeWords(row.kind, row.child_name, exportOf),
        exportOf,
        requestedName: row.requested_name,
        requestedAt: row.requested_at.toISOString(),
        decision: row.decision,
        decidedName: row.decided_name,
        decidedAt: row.decided_at?.toISOString() ?? null,
        note: row.note,
        expiresAt: row.expires_at?.toISOString() ?? null,
        usedAt: row.used_at?.toISOString() ?? null,
        usable: approvalFault(stateOf(row), opens) === null,
        mine,
        mayDecide: !mine && row.decision === null && decides(reach, row.scope),
      };
    }),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Approves or refuses what another person asked for (未成年人网络保护条例 36); an approval holds for 24 hours. */
export async function decideApproval(
  context: Context,
  input: ParsedOf<typeof contract.decideApproval>,
): Promise<{ done: true }> {
  const { actor, client, district } = context;
  const row = await findApproval(client, district, input.id);
  if (!row || (row.requested_by !== actor.id && !decides(context.reach, row.scope))) throw notFound('申请');
  if (actor.kind !== 'person' || row.requested_by === actor.id)
    throw new Failure('not-allowed', '不能批准自己的申请，须由另一人批准。');
  if (row.decision !== null) throw new Failure('wrong-step', '这项申请已经处理过。');
  if (row.scope.childId && !(await findChildReach(client, district, row.scope.childId))) throw notFound('申请');
  await decideApprovalRow(client, district, row.id, {
    by: actor.id,
    byName: actor.name,
    at: context.now,
    approved: input.approve,
    note: input.note ?? null,
    expiresAt: input.approve ? minutesAfter(context.now, approvalHours * 60) : null,
  });
  context.note({
    subjectKind: row.scope.childId ? 'child' : 'approval',
    subjectId: row.scope.childId ?? row.id,
    reason: input.note ?? row.purpose,
    detail: { approvalId: row.id, approve: input.approve, requestedBy: row.requested_by },
  });
  return { done: true };
}

/**
 * Uses an approval of the actor's own request: it must be approved, within its 24 hours, and for this very child or export.
 * An export uses it up; a child's number may be opened again until it ends. Fails with `approval-needed` otherwise.
 * Who approved is noted in the audit row and answered for the watermark; a refusal stands in the trail too.
 */
export async function useApproval(
  context: Context,
  kind: ApprovalKind,
  scope: { childId?: string; exportOf?: string },
  asked: { approvalId?: string | undefined; reason?: string | undefined },
): Promise<{ approvalId: string; approvedBy: string; purpose: string }> {
  const { approvalId } = asked;
  // An attempt without a good approval is told in the trail although the change itself is rolled back.
  const needed = async (words: string): Promise<never> => {
    await recordRefusal(context.platform, {
      district: context.district,
      actorId: context.actor.id,
      actorName: context.actor.name,
      verb: 'security.useApproval',
      subjectKind: scope.childId === undefined ? 'export' : 'child',
      subjectId: scope.childId ?? scope.exportOf ?? null,
      reason: asked.reason ?? null,
      detail: { refused: words, kind, approvalId: approvalId ?? null },
    });
    throw new Failure('approval-needed', `${words}（未成年人网络保护条例第三十六条）`, { kind, ...scope });
  };
  if (approvalId === undefined) return needed('超出岗位范围查看或导出完整证件号码，须先经另一人批准。');
  const row = await findApproval(context.client, context.district, approvalId);
  if (!row) return needed('没有找到这项批准，请重新申请。');
  const fault = approvalFault(stateOf(row), {
    kind,
    actorId: context.actor.id,
    now: context.now,
    childId: scope.childId,
    exportOf: scope.exportOf,
  });
  if (fault !== null) return needed(fault);
  await markApprovalUsed(context.client, context.district, row.id, context.now);
  context.note({ detail: { approvalId: row.id, approvedBy: row.decided_name } });
  return { approvalId: row.id, approvedBy: row.decided_name ?? '', purpose: row.purpose };
}

import { Failure, notFound } from '#domain/basics/failure.ts';
import { joinCourses, mayMergeCourses, splitCourses, type JoinedCourse } from '#server/areas/enrolment/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { refreshReach } from './reach.ts';
import {
  closeLeftBehind,
  keepAsClaims,
  lockChildren,
  moveClosedLists,
  moveFacts,
  Moved,
  pointMerged,
  restoreFacts,
  settleFindingsOfMerged,
  writeIdentity,
  type MergeChild,
} from './store-merge.ts';
import { addChildChange, findMerge, insertMerge, markUndone, type MergeRow } from './store-merge-log.ts';
import { endWorkLeft, moveWork, restoreWork } from './store-merge-work.ts';
import { withdrawProposalsOf } from './store-proposals.ts';
import { settleFindingsOf } from './store-sync.ts';

/** A confirmed person is proven; one without a number takes the other's, sealed anew in its own place. */
async function takeIdentity(context: Context, kept: MergeChild, merged: MergeChild): Promise<Moved['kept']> {
  const { client, district, keys, now } = context;
  const documentAdded =
    kept.document_index === null &&
    merged.document_index !== null &&
    merged.identity === 'proven' &&
    merged.sealed !== null;
  const registryAdded = kept.registry_index === null && merged.registry_index !== null && merged.identity !== 'suspect';
  const place = (id: string) => ({ table: 'child', column: 'sealed', district, id });
  const taken =
    documentAdded && merged.sealed !== null
      ? {
          documentType: merged.document_type,
          documentIndex: merged.document_index,
          sealed: sealJson(keys, place(kept.id), openJson(keys, place(merged.id), merged.sealed)),
        }
      : { documentType: kept.document_type, documentIndex: kept.document_index, sealed: kept.sealed };
  await writeIdentity(client, district, kept.id, {
    ...taken,
    identity: documentAdded || kept.identity === 'conflict' ? 'proven' : kept.identity,
    registryIndex: registryAdded ? merged.registry_index : kept.registry_index,
    at: now,
  });
  return { identity: kept.identity, documentType: kept.document_type, documentAdded, registryAdded };
}

const reachOfBoth = (kept: MergeChild, merged: MergeChild): string[] =>
  [...new Set([...kept.reach, ...merged.reach])].sort();

/** Writes into the history of both records what became of them. */
async function tellBoth(
  context: Context,
  told: { kept: MergeChild; merged: MergeChild; knownAt: string; what: '合并档案' | '撤销合并'; reason: string },
): Promise<void> {
  const { kept, merged, ...change } = told;
  for (const childId of [kept.id, merged.id])
    await addChildChange(context.client, context.district, {
      id: context.newId(),
      childId,
      actorId: context.actor.id,
      actorName: context.actor.name,
      ...change,
      reach: reachOfBoth(kept, merged),
    });
}

/** Lets the work about the merged person follow, and tells the areas above, which may remember what they need to take it back. */
async function moveWorkOf(context: Context, keptId: string, mergedId: string, knownAt: string): Promise<Moved['work']> {
  const { client, district, actor, now } = context;
  const moved = await moveWork(client, district, mergedId, keptId);
  const ended = await endWorkLeft(client, district, mergedId, { knownAt, at: now, name: actor.name });
  // The areas above work on what the kept person has now.
  await refreshReach(context, [keptId]);
  const remembered: Record<string, unknown> = {};
  await context.announce({
    kind: 'comparison.personsMerged',
    keptId,
    mergedId,
    at: now.toISOString(),
    remember: (area, value) => {
      remembered[area] = value;
    },
  });
  return { moved, ended, remembered };
}

/**
 * Makes two records one person: the facts of the merged one move to the kept one. Where both have such a fact for the same days, the merged
 * one's is closed; a second school stays as a claim, a second household as a repeat. Everything is remembered for `undoMerge`. Answers the merge's id.
 */
export async function mergeChildren(
  context: Context,
  input: { keptId: string; mergedId: string; reason: string },
  proposalId: string | null = null,
): Promise<string> {
  const { client, district, actor, now } = context;
  if (input.keptId === input.mergedId)
    throw new Failure('input-wrong', '请选择两份不同的档案。', {
      issues: [{ path: 'mergedId', words: '与保留的档案相同。' }],
    });
  const both = await lockChildren(client, district, [input.keptId, input.mergedId]);
  const kept = both.find((child) => child.id === input.keptId);
  const merged = both.find((child) => child.id === input.mergedId);
  if (!kept || !merged) throw notFound('学生档案');
  if (kept.merged_into !== null || merged.merged_into !== null)
    throw new Failure('wrong-step', '其中一份档案已经并入别的档案，请刷新后再办理。');
  await mayMergeCourses(context, kept.id, merged.id);
  const knownAt = await context.knownAt();
  const rows = await moveFacts(client, district, merged.id, kept.id);
  rows['closed_list_entry'] = await moveClosedLists(client, district, merged.id, kept.id, null);
  const closed = await closeLeftBehind(client, district, merged.id, knownAt);
  const made = await keepAsClaims(client, district, kept.id, closed, knownAt);
  const children = await pointMerged(client, district, merged.id, kept.id, now);
  const before = await takeIdentity(context, kept, merged);
  // Closed before the areas above hear of the merge.
  await settleFindingsOfMerged(client, district, merged.id, now);
  await settleFindingsOf(client, district, 'identityReview', kept.id, now);
  await refreshReach(context, [kept.id]);
  const work = await moveWorkOf(context, kept.id, merged.id, knownAt);
  const joined = await joinCourses(context, kept.id);
  if (joined !== null) work.remembered['course'] = joined;
  await withdrawProposalsOf(client, district, merged.id);
  const id = context.newId();
  const reach = reachOfBoth(kept, merged);
  await insertMerge(client, district, {
    id,
    keptId: kept.id,
    mergedId: merged.id,
    proposalId,
    moved: { rows, closed, ...made, children, work, kept: before },
    reason: input.reason,
    by: actor.id,
    byName: actor.name,
    knownAt,
    reach,
  });
  await refreshReach(context, [kept.id]);
  await tellBoth(context, { kept, merged, knownAt, what: '合并档案', reason: input.reason });
  context.note({
    subjectKind: 'child',
    subjectId: kept.id,
    reason: input.reason,
    detail: { mergeId: id, mergedId: merged.id, proposalId },
  });
  return id;
}

/** Splits what a merge put together; facts that arrived after it stay with the kept person. Fails with `wrong-step` when a later merge stands on it. */
export async function takeBackMerge(context: Context, merge: MergeRow, reason: string): Promise<void> {
  const { client, district, actor, now } = context;
  if (merge.undone_at !== null) throw new Failure('wrong-step', '这次合并已经撤销。');
  const both = await lockChildren(client, district, [merge.kept_child_id, merge.merged_child_id]);
  const kept = both.find((child) => child.id === merge.kept_child_id);
  const merged = both.find((child) => child.id === merge.merged_child_id);
  if (!kept || !merged) throw notFound('学生档案');
  if (kept.merged_into !== null || merged.merged_into !== kept.id)
    throw new Failure('wrong-step', '保留的档案后来又并入了别的档案，请先撤销那次合并。');
  const moved = Moved.parse(merge.moved);
  const knownAt = await context.knownAt();
  const joined = moved.work.remembered['course'];
  // as: remembered by mergeChildren
  if (joined !== undefined)
    await splitCourses(
      context,
      { keptId: kept.id, mergedId: merged.id, moved: moved.rows['course'] ?? [] },
      joined as JoinedCourse,
    );
  await restoreFacts(client, district, kept.id, merged.id, moved, knownAt, now);
  await moveClosedLists(client, district, kept.id, merged.id, moved.rows['closed_list_entry'] ?? []);
  await restoreWork(client, district, kept.id, merged.id, moved.work.moved, moved.work.ended);
  await writeIdentity(client, district, kept.id, {
    identity: moved.kept.identity,
    documentType: moved.kept.documentType,
    documentIndex: moved.kept.documentAdded ? null : kept.document_index,
    sealed: moved.kept.documentAdded ? null : kept.sealed,
    registryIndex: moved.kept.registryAdded ? null : kept.registry_index,
    at: now,
  });
  await markUndone(client, district, merge.id, { at: now, by: actor.id, byName: actor.name, reason });
  await refreshReach(context, [kept.id, merged.id]);
  await context.announce({
    kind: 'comparison.personsSplit',
    keptId: kept.id,
    mergedId: merged.id,
    at: now.toISOString(),
    remembered: moved.work.remembered,
  });
  await tellBoth(context, { kept, merged, knownAt, what: '撤销合并', reason });
  context.note({
    subjectKind: 'child',
    subjectId: kept.id,
    reason,
    detail: { mergeId: merge.id, mergedId: merged.id, undone: true },
  });
}

/** A merge by its id; fails when it does not exist or is out of reach. */
export async function getMerge(context: Context, id: string): Promise<MergeRow> {
  const merge = await findMerge(context.client, context.district, { id });
  if (!merge) throw notFound('合并记录');
  return merge;
}

import { Failure, notFound } from '#domain/basics/failure.ts';
import type { Context } from '#server/http/context.ts';
import { openCells, tryRow } from './held.ts';
import { publishWaitingPresence } from './publish-presence.ts';
import { stageRow } from './stage.ts';
import { stageWorld } from './stage-world.ts';
import { findHeld, listRetryable, listWaitingPresence, settleStaged, type HeldRecord } from './store-held.ts';
import { insertStaged } from './store-staged.ts';
import { clearStaging } from './store.ts';

async function retryFile(context: Context, rows: readonly HeldRecord[]): Promise<number> {
  const { client, district } = context;
  const first = rows[0];
  if (!first) return 0;
  const world = await stageWorld(context.platform, district, first, () => context.newId());
  for (const record of rows) {
    const staged = stageRow('presence', world, record.row_no, openCells(context, record));
    if (!staged.held) await insertStaged(client, district, record.import_id, staged);
  }
  await publishWaitingPresence({
    client,
    district,
    importId: first.import_id,
    asOf: first.as_of,
    knownAt: await context.knownAt(),
    bulk: false,
  });
  const accepted = await settleStaged(client, district, first.import_id, context.actor.id, context.now);
  await clearStaging(client, district, first.import_id);
  return accepted;
}

/** Tries held rows of presence lists again whose pupil a roster names by now. Returns how many were accepted. */
export async function retryHeldPresence(context: Context): Promise<number> {
  const files = new Map<string, HeldRecord[]>();
  for (const record of await listWaitingPresence(context.client, context.district))
    files.set(record.import_id, [...(files.get(record.import_id) ?? []), record]);
  let accepted = 0;
  for (const rows of files.values()) accepted += await retryFile(context, rows);
  return accepted;
}

/** Tries held roster rows again whose failing number now meets a known child, so that the order of the files does not matter. Returns how many were accepted. */
export async function retryHeldRoster(context: Context): Promise<number> {
  let accepted = 0;
  for (const id of await listRetryable(context.client, context.district)) {
    const record = await findHeld(context.client, context.district, id);
    if (record && (await tryRow(context, record, {})).accepted) accepted += 1;
  }
  return accepted;
}

/** Corrects a held row and accepts it when nothing holds it any more (product, section 4: nothing entered is lost). */
export async function correctHeldRow(
  context: Context,
  input: { id: string; changes: Record<string, string>; reason: string },
) {
  const record = await findHeld(context.client, context.district, input.id);
  if (!record) throw notFound('待更正的行');
  if (record.state !== 'held') throw new Failure('wrong-step', '这一行已经处理过了，请刷新列表。');
  const outcome = await tryRow(context, record, input.changes);
  const presenceRetried = outcome.accepted && record.kind === 'roster' ? await retryHeldPresence(context) : 0;
  context.note({
    subjectKind: 'heldRow',
    subjectId: record.id,
    reason: input.reason,
    detail: {
      fields: Object.keys(input.changes),
      accepted: outcome.accepted,
      code: outcome.code,
      ...(presenceRetried > 0 ? { presenceRetried } : {}),
    },
  });
  return outcome;
}

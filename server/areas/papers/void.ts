import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import type { Role } from '#domain/basics/roles.ts';
import type { Context } from '#server/http/context.ts';
import { closedOf } from './keep.ts';
import { papersById, writeVoid, type PaperRow } from './store.ts';

const above: readonly Role[] = ['bureauOfficer', 'principal', 'schoolOfficer', 'subdistrictOfficer'];

/** Whether the actor may void a paper: who uploaded it, or an officer of the school, street or bureau that reaches it. */
export function mayVoid(context: Context, row: PaperRow): boolean {
  const reach = context.reachFor('papers.add');
  if (row.void_at !== null || reach === null || !reaches(reach, row.reach)) return false;
  // An officer's post counts where the paper is, not at another unit.
  return (
    row.by_id === context.actor.id ||
    context.actor.posts.some(
      ({ role, unitKind, unitId }) =>
        above.includes(role) && (unitKind === 'district' || row.reach.includes(reachToken(unitKind, unitId))),
    )
  );
}

/** Marks a paper as void with the reason; the file and the row stay. */
export async function voidOne(context: Context, input: { id: string; reason: string }): Promise<{ done: true }> {
  const { client, district, actor } = context;
  const [row] = await papersById(client, district, closedOf(context), [input.id]);
  if (!row || (row.subject_kind === 'emergency' && row.by_id !== actor.id)) throw notFound('材料');
  if (row.void_at !== null) throw new Failure('wrong-step', '这份材料已经作废。');
  if (!mayVoid(context, row))
    throw new Failure('not-allowed', '只有上传人或学校、街道、教育局的负责人员可以作废材料。');
  await writeVoid(client, district, row.id, {
    at: await context.knownAt(),
    id: actor.id,
    name: actor.name,
    reason: input.reason,
  });
  context.note({ subjectKind: 'paper', subjectId: row.id, reason: input.reason });
  return { done: true };
}

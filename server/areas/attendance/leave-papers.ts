import { Failure, notFound } from '#domain/basics/failure.ts';
import { attachPapers } from '#server/areas/papers/actions.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';

/**
 * Attaches the paper of a leave. One that is not there, out of reach, void, of another child or of another record is refused at the
 * field `paperId`.
 */
export async function attachLeavePaper(
  context: Context,
  leave: { id: string; childId: string },
  paperId: string,
): Promise<void> {
  const child = await findBrief(context, leave.childId);
  if (!child) throw notFound('学生');
  try {
    await attachPapers(context, [paperId], { kind: 'leave', id: leave.id, childId: child.id }, child.reach);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'input-wrong') throw error;
    throw new Failure('input-wrong', error.message, { issues: [{ path: 'paperId', words: error.message }] });
  }
}

import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-acts.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Context } from '#server/http/context.ts';
import { whyNotDone } from '#server/http/each-apart.ts';
import { withoutNotes } from './change-work.ts';
import { approveChange, confirmArrival } from './decide.ts';
import { findChange } from './store-changes.ts';

/** Approves many changes, or confirms many arrivals, each as if it were asked alone: what cannot be done is answered with its reason and holds up no other. */
export async function stepChanges(
  context: Context,
  input: ParsedOf<typeof contract.stepChanges>,
): Promise<OutputOf<typeof contract.stepChanges>> {
  const { act, day, note } = input;
  if (act === 'arrive' && day === null)
    throw new Failure('input-wrong', '请填写到校日期。', { issues: [{ path: 'day', words: '请填写到校日期。' }] });
  const quiet = withoutNotes(context);
  const done: string[] = [];
  const refused: { id: string; name: string; why: string }[] = [];
  for (const id of new Set(input.ids)) {
    const why = await whyNotDone(context, () =>
      act === 'approve'
        ? approveChange(quiet, { id, note })
        : confirmArrival(quiet, { id, day: day ?? context.today, toClassId: null, note }),
    );
    if (why === null) done.push(id);
    else refused.push({ id, name: (await findChange(context.client, context.district, id, false))?.name ?? '', why });
  }
  context.note({ subjectKind: 'registryChange', detail: { act, day, done, refused: refused.map((one) => one.id) } });
  return { done: done.length, refused };
}

import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-roll.ts';
import type { Context } from '#server/http/context.ts';
import { whyNotDone } from '#server/http/each-apart.ts';
import { decideReport } from './report-acts.ts';

/** Accepts many signed reports as seen, each as if it were decided alone; what cannot be accepted is answered with its reason. */
export async function acceptReports(
  context: Context,
  input: ParsedOf<typeof contract.acceptReports>,
): Promise<OutputOf<typeof contract.acceptReports>> {
  const quiet: Context = { ...context, note: () => undefined };
  const done: string[] = [];
  const refused: { id: string; why: string }[] = [];
  for (const { id, version } of input.reports) {
    const why = await whyNotDone(context, () => decideReport(quiet, { id, version, accept: true, reason: null }));
    if (why === null) done.push(id);
    else refused.push({ id, why });
  }
  context.note({
    subjectKind: 'periodReport',
    detail: { action: 'accept', done, refused: refused.map(({ id }) => id) },
  });
  return { done: done.length, refused };
}

import { enterScope } from '#server/database/transaction.ts';
import type { Context, Reach } from './context.ts';

/** Does one thing under another reach than that of the request, then goes back to it; `work` gets the context of that reach. */
export async function underReach<T>(
  context: Context,
  reach: Reach,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { client, district, actor } = context;
  const enter = ({ all, tokens }: Reach) => enterScope(client, { district, actor: actor.id, all, tokens });
  if (reach.all && context.reach.all) return work(context);
  await enter(reach);
  const done = await work({ ...context, reach });
  await enter(context.reach);
  return done;
}

/**
 * Does one thing with the whole district in sight: whether a number is registered already, and to whom a child reaches, cannot be told
 * from within one community. What is found must not be shown to the actor.
 */
export function inWholeDistrict<T>(context: Context, work: () => Promise<T>): Promise<T> {
  return underReach(context, { all: true, tokens: [] }, work);
}

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
  const inner: Context = {
    ...context,
    reach,
    // Who hears the news works under the same reach, and comes back to it.
    announce: async (news) => {
      for (const hear of context.platform.listeners) await hear(inner, news);
    },
  };
  const done = await work(inner);
  await enter(context.reach);
  return done;
}

/** The whole district in sight. */
export const wholeReach: Reach = { all: true, tokens: [] };

/**
 * Does one thing with the whole district in sight: whether a number is registered already, and to whom a child reaches, cannot be told
 * from within one community. What is found must not be shown to the actor.
 */
export function inWholeDistrict<T>(context: Context, work: () => Promise<T>): Promise<T> {
  return underReach(context, wholeReach, work);
}

import type { ScopeKind } from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { homeKinds } from './figure-sql.ts';
import type { Within } from './store-figures.ts';
import { standsSince } from './store-tallies.ts';

/**
 * Counts as known at a moment. Where nothing has become known since, what is known now is counted: the same children, found by the indexes
 * of what is known now, and not by a walk over everything that was ever known of the district. `count` is given the moment, null for now.
 */
export async function asKnownAt<T>(
  { client, district }: Context,
  { kind, knownAt, within }: { kind: ScopeKind; knownAt: string | null; within?: Within | null },
  count: (knownAt: string | null) => Promise<T>,
): Promise<T> {
  // The lists of aid tell no last moment of their own.
  if (knownAt === null || within?.group) return count(knownAt);
  const withRegister = homeKinds.includes(kind) || Boolean(within?.street);
  const stands = () => standsSince(client, district, knownAt, withRegister);
  if (!(await stands())) return count(knownAt);
  const counted = await count(null);
  // Another's change may have been written while it was counted.
  return (await stands()) ? counted : count(knownAt);
}

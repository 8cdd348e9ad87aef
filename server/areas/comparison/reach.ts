import { rebuildReach } from '#server/areas/imports/actions.ts';
import type { Context } from '#server/http/context.ts';

/** Brings the reach of children up to date: the units of their lists, and whoever a live finding asks about them. */
export async function refreshReach(context: Context, childIds: readonly string[]): Promise<void> {
  const { client, district } = context;
  if (childIds.length === 0) return;
  await rebuildReach(client, district, childIds);
}

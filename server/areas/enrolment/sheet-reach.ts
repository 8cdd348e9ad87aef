import { reachToken } from '#domain/basics/reach.ts';
import type { Context } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';

const giverToken = ({ actor }: Context): string => reachToken('person', actor.id);

/**
 * Who sees a row: of the units where its giver may do this those to which it belongs. One of which it is not known to whom it belongs is of
 * the one unit there is; of a giver with several it is his own alone, as it may be a child of any, and a row tried again stays whose it was.
 * A sheet of the bureau is the bureau's; what the bureau corrects in another stays with the units of that sheet, or is the bureau's.
 */
export function rowReach(
  context: Context,
  units: readonly string[],
  before: { row: readonly string[]; sheet: readonly string[] } | null,
): readonly string[] {
  const { reach } = context;
  const given = reach.all ? (before?.sheet ?? []) : reach.tokens;
  const own = given.filter((token) => units.includes(token));
  if (own.length > 0) return own;
  if (before === null) return given.length > 1 ? [giverToken(context)] : given;
  const isGivers = before.row.some((token) => token.startsWith('person:'));
  return reach.all && units.length > 0 && !isGivers ? [] : before.row;
}

/** Does one thing with sheets: besides those of his units everybody reaches his own rows. */
export function atDesk<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  const { reach } = context;
  if (reach.all) return work(context);
  return underReach(context, { all: false, tokens: [...reach.tokens, giverToken(context)] }, work);
}

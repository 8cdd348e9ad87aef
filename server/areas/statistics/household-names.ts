import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-names.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { periodAsked } from './figures.ts';
import { readScopeNames, scopeWithin } from './scopes.ts';
import { listHouseholdsOf } from './store-household-names.ts';
import { workAsk } from './work.ts';

/** The households behind a part of the door survey's coverage, as of the day and as known at the moment: counted in the whole district, shown as far as the actor reaches. */
export async function listHouseholdNames(
  context: Context,
  input: ParsedOf<typeof contract.listHouseholdNames>,
): Promise<OutputOf<typeof contract.listHouseholdNames>> {
  const { client, district, reach } = context;
  const { scopeKind: kind, scopeKey: key, part, page, size } = input;
  const names = await readScopeNames(context, kind);
  scopeWithin(reach, kind, key, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const asked = { period: made.cut, knownAt: input.knownAt ?? null, within: null };
  const ask = { ...workAsk(context, asked, [kind]), street: kind === 'street' ? key : null, part };
  const found = await inWholeDistrict(context, () =>
    listHouseholdsOf(client, district, ask, reach.all ? null : reach.tokens, { size, offset: (page - 1) * size }),
  );
  const rows = found.map((row) => ({
    id: row.id,
    householdNo: row.household_no,
    address: row.address,
    subdistrictName: row.subdistrict_name,
    communityName: row.community_name,
    day: row.day,
    result: row.result,
    surveyor: row.surveyor,
  }));
  return { rows, total: found[0]?.total ?? 0, page, size };
}

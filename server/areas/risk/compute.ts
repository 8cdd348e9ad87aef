import { addCalendarDays } from '#domain/basics/calendar.ts';
import { childTagWords, closedTags } from '#domain/population/words.ts';
import { childTags, type ChildTag } from '#domain/population/record.ts';
import { signKinds, type RiskFacts, type Sign, type SignKind } from '#domain/risk/record.ts';
import { signsOf, stateAfter } from '#domain/risk/rules.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { openReason, sealReason } from './reason.ts';
import { readSigns, saveSigns, type KeptSign, type SignRow } from './store.ts';
import { readCases, readGroups, readMoves, readReach, readSiblingsOut } from './store-facts.ts';

/** Groups of D§2.5 that a sign may name; health lists stay in their compartment, martyrs' families are no risk. */
const groupTags: readonly ChildTag[] = childTags.filter((tag) => !closedTags.has(tag) && tag !== 'martyrFamily');
/** The kinds that follow from records beside absence and marks. */
const recordKinds: readonly SignKind[] = signKinds.filter((kind) => kind !== 'absence' && kind !== 'scoreFall');

/** The first day of the term before the present one; a return since then is recent. */
async function sinceTerm(context: Context): Promise<string> {
  const { termOf } = await schoolCalendar(context, context.today);
  for (let back = 0; back < 300; back += 7) {
    const term = termOf(addCalendarDays(context.today, -back));
    if (!term) continue;
    for (let more = 7; more < 300; more += 7) {
      const before = termOf(addCalendarDays(term.from, -more));
      if (before) return before.from;
    }
    return term.from;
  }
  return addCalendarDays(context.today, -180);
}

function wordOf(tag: string): string {
  return tag in childTagWords ? childTagWords[tag as ChildTag] : tag; // as: just checked
}

async function factsOf(context: Context, childIds: readonly string[] | null): Promise<Map<string, RiskFacts>> {
  const { client, district, today } = context;
  const facts = new Map<string, RiskFacts>();
  const add = (childId: string, part: Partial<RiskFacts>) => {
    const known = facts.get(childId) ?? { groups: [], communities: 1, siblingsOut: [], history: null };
    facts.set(childId, { ...known, ...part });
  };
  for (const row of await readGroups(client, district, today, groupTags, childIds))
    add(row.child_id, { groups: row.tags.map(wordOf) });
  for (const row of await readMoves(client, district, addCalendarDays(today, -730), childIds))
    add(row.child_id, { communities: row.communities });
  for (const row of await readSiblingsOut(client, district, childIds)) add(row.child_id, { siblingsOut: row.siblings });
  for (const row of await readCases(client, district, childIds))
    add(row.child_id, {
      history: {
        confirmed: row.confirmed,
        open: row.open,
        firstOpened: row.first_opened ?? today,
        returned: row.returned_day,
      },
    });
  return facts;
}

/** What is to be kept of a sign that was computed anew; null when nothing changed. */
function changeOf(
  context: Context,
  childId: string,
  kind: SignKind,
  before: SignRow | undefined,
  sign: Sign | undefined,
): Omit<KeptSign, 'reach'> | null {
  if (!before && !sign) return null;
  const state = stateAfter(
    before ? { state: before.state, dismissedFacts: before.dismissed_facts } : null,
    sign ?? null,
  );
  const now = sign ?? before;
  if (!now) return null;
  const fresh = state === 'open' && before?.state !== 'open';
  const same =
    before?.state === state &&
    before.words === now.words &&
    before.facts === now.facts &&
    before.strength === now.strength &&
    openReason(context, before) === (sign?.reason ?? null);
  if (same) return null;
  const id = before?.id ?? context.newId();
  return {
    id,
    childId,
    kind,
    strength: now.strength,
    words: now.words,
    facts: now.facts,
    since: before && !fresh ? before.since : context.today,
    state,
    fresh,
    sealedWords: sealReason(context, id, sign?.reason),
  };
}

/** Keeps what became of the signs of children: of the given kinds, computed anew. */
export async function keepSigns(
  context: Context,
  computed: ReadonlyMap<string, readonly Sign[]>,
  kinds: readonly SignKind[],
  childIds: readonly string[] | null,
): Promise<number> {
  const { client, district } = context;
  const stored = new Map<string, SignRow[]>();
  for (const row of await readSigns(client, district, childIds)) {
    const list = stored.get(row.child_id);
    if (list) list.push(row);
    else stored.set(row.child_id, [row]);
  }
  const changes: Omit<KeptSign, 'reach'>[] = [];
  for (const childId of new Set([...computed.keys(), ...stored.keys()]))
    for (const kind of kinds) {
      const change = changeOf(
        context,
        childId,
        kind,
        stored.get(childId)?.find((row) => row.kind === kind),
        computed.get(childId)?.find((sign) => sign.kind === kind),
      );
      if (change) changes.push(change);
    }
  if (changes.length === 0) return 0;
  const reach = new Map(
    (await readReach(client, district, [...new Set(changes.map((one) => one.childId))])).map(
      (row) => [row.id, row.reach] as const,
    ),
  );
  await saveSigns(
    client,
    district,
    context.now,
    changes.flatMap((change) => {
      const tokens = reach.get(change.childId);
      return tokens ? [{ ...change, reach: tokens }] : [];
    }),
  );
  return changes.length;
}

/** Computes the signs that follow from records of some children, or of all; needs the whole district in sight. */
export async function computeSigns(context: Context, childIds: readonly string[] | null): Promise<number> {
  const since = await sinceTerm(context);
  const facts = await factsOf(context, childIds);
  const computed = new Map([...facts].map(([id, of]) => [id, signsOf(of, since)] as const));
  return keepSigns(context, computed, recordKinds, childIds);
}

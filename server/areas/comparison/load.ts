import { openingDay } from '#domain/basics/school-year.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { listClaims, listNamesakes, readChildren, type ChildRow, type ClaimRow } from './store-facts.ts';
import { listSpecialChildren, scanLists, type ScannedLists } from './store-scan.ts';

/** The numbers under which a list knows a child. */
export interface ListedNumber {
  documentNumber: string;
  registryNo: string;
}

/** What the comparison looks at one by one; everybody else is in the register and on exactly one roster of grades 1–9. */
export interface LoadedLists {
  asOf: string;
  /** How many stand on the lists, by street and by school. */
  totals: Pick<ScannedLists, 'register' | 'pupils'>;
  children: Map<string, ChildRow>;
  claims: ClaimRow[];
  repeated: Map<string, string[]>;
  /** Children whom some presence row of the school year marks absent without leave. */
  absent: string[];
  /** Children loaded only because a proposal may point to them. */
  namesakes: Set<string>;
  numbers(child: ChildRow, list: 'register' | 'roster'): ListedNumber;
}

function textIn(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null || !(key in value)) return '';
  // as: `key in value` was just seen
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'string' ? found : '';
}

/** Opens the numbers under which the register or a roster lists a child; where that list has no entry, the person's own. */
export function openNumbers(context: Context, child: ChildRow, list: 'register' | 'roster'): ListedNumber {
  const { keys, district } = context;
  const entry =
    list === 'register'
      ? { table: 'register_entry', id: child.register_id, sealed: child.register_sealed }
      : { table: 'enrolment', id: child.enrolment_id, sealed: child.roster_sealed };
  if (entry.id !== null && entry.sealed !== null) {
    const opened = openJson(keys, { table: entry.table, column: 'sealed', district, id: entry.id }, entry.sealed);
    return { documentNumber: textIn(opened, 'documentNumber'), registryNo: textIn(opened, 'registryNo') };
  }
  if (child.sealed === null) return { documentNumber: '', registryNo: '' };
  return {
    documentNumber: textIn(
      openJson(keys, { table: 'child', column: 'sealed', district, id: child.id }, child.sealed),
      'documentNumber',
    ),
    registryNo: '',
  };
}

/** Reads the lists as of a day: children on one list only, on two rosters, twice in the register, absent, or possible targets of a proposal. */
export async function loadLists(context: Context, asOf: string): Promise<LoadedLists> {
  const { client, district } = context;
  const special = await listSpecialChildren(client, district, asOf, openingDay(asOf));
  const scanned = await scanLists(client, district, asOf, special.ids);
  const children = new Map(
    (await readChildren(client, district, asOf, scanned.exceptional)).map((row) => [row.id, row]),
  );
  const rosterOnly = [...children.values()].filter((row) => row.register_id === null);
  const namesakes = await listNamesakes(client, district, rosterOnly);
  const missing = namesakes.filter((id) => !children.has(id));
  for (const row of await readChildren(client, district, asOf, missing))
    if (row.register_id !== null || row.enrolment_id !== null) children.set(row.id, row);
  const opened = new Map<string, ListedNumber>();
  const claims = (await listClaims(client, district, asOf)).filter((claim) => children.has(claim.child_id));
  return {
    asOf,
    totals: scanned,
    children,
    claims,
    repeated: special.repeated,
    absent: special.absent,
    namesakes: new Set(namesakes),
    numbers: (child, list) => {
      const key = `${list}${child.id}`;
      let known = opened.get(key);
      if (known === undefined) {
        known = openNumbers(context, child, list);
        opened.set(key, known);
      }
      return known;
    },
  };
}

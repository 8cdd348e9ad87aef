import type { MatchPerson } from './match-person.ts';
import { proposePairs, type Proposal } from './matching.ts';

/** A roster row as it is linked: the person it speaks of and the school. */
export interface RosterPerson extends MatchPerson {
  schoolCode: string;
}

/** How the rows of the lists hang together: row id → child id; a child's id is the id of its first row. */
export interface LinkedLists {
  registerChild: Map<string, string>;
  /** Register rows that repeat a child already read: row ids in order. */
  repeats: string[];
  /** Register rows whose number stands under another name in the register: to be held as `document-conflict`. */
  registerConflicts: string[];
  /** Roster row → child of the register, or a child of its own. Rows in `heldSuspects` are absent. */
  rosterChild: Map<string, string>;
  /** Roster rows with a failing number that meet no known child: to be held as `id-check-digit`. */
  heldSuspects: string[];
  /** Left: children of the register; right: children known only to rosters. */
  proposals: Proposal[];
}

/**
 * Links register and rosters (product, section 4): exactly by document number and name, then by registry number and
 * name where no two citizens' numbers contradict each other; everything else only as a proposal. The result does not
 * depend on the order of the files but for the choice which of several repeated rows is the first.
 */
export function linkLists(register: readonly MatchPerson[], roster: readonly RosterPerson[]): LinkedLists {
  const { registerChild, repeats, registerConflicts, children } = readRegister(register);
  const byNumber = new Map<string, MatchPerson>();
  const byRegistry = new Map<string, MatchPerson[]>();
  const byNameBirth = new Map<string, MatchPerson[]>();
  for (const child of children) {
    const number = numberOf(child);
    if (number !== '') byNumber.set(number, child);
    if ((child.registryNo ?? '') !== '') push(byRegistry, child.registryNo ?? '', child);
    if (child.birth !== null) push(byNameBirth, `${child.name}|${child.birth}`, child);
  }
  const rosterChild = new Map<string, string>();
  const heldSuspects: string[] = [];
  const own = new Map<string, MatchPerson>();
  const enrolled = new Set<string>();
  const ownSuspects: MatchPerson[] = [];
  for (const row of roster) {
    const exact = findExact(row, byNumber, byRegistry);
    if (exact !== null) {
      rosterChild.set(row.id, exact.id);
      enrolled.add(exact.id);
      continue;
    }
    if (row.numberFails && (row.birth === null || !byNameBirth.has(`${row.name}|${row.birth}`))) {
      heldSuspects.push(row.id);
      continue;
    }
    const key = ownKey(row);
    const known = own.get(key);
    if (known !== undefined) {
      rosterChild.set(row.id, known.id);
      continue;
    }
    own.set(key, row);
    rosterChild.set(row.id, row.id);
    if (row.numberFails || byNumber.has(numberOf(row))) ownSuspects.push(row);
  }
  const wanted = new Set<string>();
  for (const row of ownSuspects) {
    const holder = byNumber.get(numberOf(row));
    if (holder !== undefined) wanted.add(holder.id);
    for (const child of byNameBirth.get(`${row.name}|${row.birth ?? ''}`) ?? []) wanted.add(child.id);
  }
  const left = children.filter((child) => !enrolled.has(child.id) || wanted.has(child.id));
  const proposals = proposePairs(left, [...own.values()]).filter(
    (pair) => pair.kind === 'identityReview' || !enrolled.has(pair.leftId),
  );
  return { registerChild, repeats, registerConflicts, rosterChild, heldSuspects, proposals };
}

/** The blind index or the number by which a record is known; empty when its number fails or it has none. */
function numberOf(person: MatchPerson): string {
  if (person.numberFails) return '';
  const index = person.documentIndex ?? '';
  return index !== '' ? index : (person.documentNumber ?? '');
}

function readRegister(register: readonly MatchPerson[]): {
  registerChild: Map<string, string>;
  repeats: string[];
  registerConflicts: string[];
  children: MatchPerson[];
} {
  const registerChild = new Map<string, string>();
  const repeats: string[] = [];
  const registerConflicts: string[] = [];
  const children = new Map<string, MatchPerson>();
  for (const row of register) {
    const key = ownKey(row);
    const first = children.get(key);
    if (first === undefined) {
      children.set(key, row);
      registerChild.set(row.id, row.id);
    } else if (first.name === row.name) {
      repeats.push(row.id);
      registerChild.set(row.id, first.id);
    } else registerConflicts.push(row.id);
  }
  return { registerChild, repeats, registerConflicts, children: [...children.values()] };
}

/** What makes two rows of one list the same child: the number, else all of name, birth date, sex and family. */
function ownKey(person: MatchPerson): string {
  const number = numberOf(person);
  if (number !== '') return `d${number}`;
  const failing = person.documentIndex ?? person.documentNumber ?? '';
  if (failing !== '') return `f${failing}|${person.name}|${person.birth ?? ''}`;
  if ((person.registryNo ?? '') !== '') return `r${person.registryNo ?? ''}|${person.name}`;
  return `n${person.name}|${person.birth ?? ''}|${person.sex}|${person.guardian ?? ''}|${person.phoneIndex ?? ''}`;
}

function findExact(
  row: MatchPerson,
  byNumber: ReadonlyMap<string, MatchPerson>,
  byRegistry: ReadonlyMap<string, readonly MatchPerson[]>,
): MatchPerson | null {
  if (row.numberFails) return null;
  const number = numberOf(row);
  const holder = number === '' ? undefined : byNumber.get(number);
  if (holder !== undefined) return holder.name === row.name ? holder : null;
  for (const child of byRegistry.get(row.registryNo ?? '') ?? []) {
    const contradicted =
      number !== '' &&
      numberOf(child) !== '' &&
      row.documentType === 'residentId' &&
      child.documentType === 'residentId';
    if (child.name === row.name && !contradicted) return child;
  }
  return null;
}

function push(map: Map<string, MatchPerson[]>, key: string, person: MatchPerson): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [person]);
  else list.push(person);
}

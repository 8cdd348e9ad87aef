import type { Sex } from '#domain/basics/identity-check.ts';
import type { MatchPerson } from '#domain/population/match-person.ts';
import { proposePairs, type Proposal } from '#domain/population/matching.ts';
import type { LoadedLists } from './load.ts';
import type { ChildRow } from './store-facts.ts';

function hex(value: Buffer | null): string {
  return value === null ? '' : value.toString('hex');
}

function sexOf(value: string | null): Sex {
  return value === 'male' || value === 'female' ? value : 'unknown';
}

/** A child as the register describes it. */
export function registerPerson(lists: LoadedLists, child: ChildRow): MatchPerson {
  const { documentNumber } = lists.numbers(child, 'register');
  return {
    id: child.id,
    name: child.register_name,
    pinyin: child.pinyin,
    birth: child.register_birth,
    sex: sexOf(child.register_sex),
    documentType: child.document_type,
    documentNumber,
    documentIndex: documentNumber === '' ? '' : hex(child.document_index),
    numberFails: child.identity === 'suspect',
    registryNo: hex(child.register_registry ?? child.registry_index),
    guardian: child.register_guardian ?? '',
    phoneIndex: hex(child.register_phone),
    addressKey: child.register_address ?? '',
    community: child.community_code ?? '',
    schoolName: child.stated_school ?? '',
    grade: child.stated_grade ?? 0,
  };
}

/** A child as its roster describes it. */
export function rosterPerson(
  lists: LoadedLists,
  child: ChildRow,
  schoolNames: ReadonlyMap<string, string>,
): MatchPerson {
  const { documentNumber } = lists.numbers(child, 'roster');
  return {
    id: child.id,
    name: child.roster_name,
    pinyin: child.pinyin,
    birth: child.roster_birth,
    sex: sexOf(child.roster_sex),
    documentType: child.document_type,
    documentNumber,
    documentIndex: documentNumber === '' ? '' : hex(child.document_index),
    numberFails: child.identity === 'suspect',
    registryNo: hex(child.roster_registry ?? child.registry_index),
    guardian: child.roster_guardian ?? '',
    phoneIndex: hex(child.roster_phone),
    addressKey: child.roster_address ?? '',
    schoolName: schoolNames.get(child.school_id ?? '') ?? '',
    grade: child.grade,
  };
}

/** The key of a pair, whichever side stands first. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

function mayMeet(a: MatchPerson, b: MatchPerson): boolean {
  return (
    a.name === b.name ||
    (a.birth !== null && a.birth === b.birth) ||
    ((a.phoneIndex ?? '') !== '' && a.phoneIndex === b.phoneIndex) ||
    ((a.documentNumber ?? '') !== '' && a.documentNumber === b.documentNumber)
  );
}

/** Proposes pairs without those that somebody has rejected; who lost the best partner so is weighed again against the rest. */
export function proposeWithout(
  left: readonly MatchPerson[],
  right: readonly MatchPerson[],
  rejected: ReadonlySet<string>,
): Proposal[] {
  if (left.length === 0 || right.length === 0) return [];
  const first = proposePairs(left, right);
  const kept = first.filter((pair) => !rejected.has(pairKey(pair.leftId, pair.rightId)));
  const lost = first.filter((pair) => rejected.has(pairKey(pair.leftId, pair.rightId)));
  const takenLeft = new Set(kept.map((pair) => pair.leftId));
  const takenRight = new Set(kept.map((pair) => pair.rightId));
  const take = (pairs: readonly Proposal[]): void => {
    for (const pair of pairs.slice(0, 1)) {
      if (takenLeft.has(pair.leftId) || takenRight.has(pair.rightId)) continue;
      takenLeft.add(pair.leftId);
      takenRight.add(pair.rightId);
      kept.push(pair);
    }
  };
  for (const pair of lost) {
    const one = left.find((person) => person.id === pair.leftId);
    if (one && !takenLeft.has(one.id))
      take(
        proposePairs(
          [one],
          right.filter(
            (other) => !takenRight.has(other.id) && !rejected.has(pairKey(one.id, other.id)) && mayMeet(one, other),
          ),
        ),
      );
    const two = right.find((person) => person.id === pair.rightId);
    if (two && !takenRight.has(two.id))
      take(
        proposePairs(
          left.filter(
            (other) => !takenLeft.has(other.id) && !rejected.has(pairKey(other.id, two.id)) && mayMeet(other, two),
          ),
          [two],
        ),
      );
  }
  return kept;
}

/**
 * The open proposals of a comparison. First children of the register without a roster (and those a failing or doubly used number
 * points to) against pupils unknown to the register; then, for pupils on rosters alone, failing and doubly used numbers among themselves.
 */
export function proposeFor(
  lists: LoadedLists,
  schoolNames: ReadonlyMap<string, string>,
  rejected: ReadonlySet<string>,
): Proposal[] {
  const children = [...lists.children.values()];
  const enrolled = new Set([
    ...children.filter((child) => child.enrolment_id !== null).map((child) => child.id),
    ...lists.claims.map((claim) => claim.child_id),
  ]);
  const onRegister = children.filter(
    (child) => child.register_id !== null && (!enrolled.has(child.id) || lists.namesakes.has(child.id)),
  );
  const onRosterOnly = children.filter((child) => child.register_id === null && child.enrolment_id !== null);
  const right = onRosterOnly.map((child) => rosterPerson(lists, child, schoolNames));
  const found = proposeWithout(
    onRegister.map((child) => registerPerson(lists, child)),
    right,
    rejected,
  ).filter((pair) => pair.kind === 'identityReview' || !enrolled.has(pair.leftId));
  const proposed = new Set(found.map((pair) => pair.rightId));
  const doubtful = new Set(
    onRosterOnly
      .filter((child) => (child.identity === 'suspect' || child.identity === 'conflict') && !proposed.has(child.id))
      .map((child) => child.id),
  );
  const known = new Set(
    onRosterOnly
      .filter((child) => lists.namesakes.has(child.id) && !doubtful.has(child.id) && !proposed.has(child.id))
      .map((child) => child.id),
  );
  const among = proposeWithout(
    right.filter((person) => known.has(person.id)),
    right.filter((person) => doubtful.has(person.id)),
    rejected,
  );
  return [...found, ...among.filter((pair) => pair.kind === 'identityReview')];
}

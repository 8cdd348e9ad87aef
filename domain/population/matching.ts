import { collectEvidence, sameNumber, type MatchReason } from './evidence.ts';
import type { MatchPerson } from './match-person.ts';
import { validNeighbours } from './number-neighbours.ts';

/** How likely two records are one child: `score` from 0 to 1, `weight` the sum of the reasons in bits. */
export interface PairScore {
  score: number;
  weight: number;
  reasons: MatchReason[];
}

/** Two records that may be one child, for a person to decide; `identityReview` when a number fails or carries another name. */
export interface Proposal extends PairScore {
  leftId: string;
  rightId: string;
  kind: 'identityReview' | 'other';
}

/** The sum in bits at which a pair is as likely as not one child (about log2 of the records a child is compared with). */
export const evenWeight = 12;
const largestBlock = 4096;

/** Weighs two records against each other; same number, or name and birth date with a failing number, is never below even. */
export function scorePair(a: MatchPerson, b: MatchPerson): PairScore {
  const reasons: MatchReason[] = [];
  const sum = collectEvidence(a, b, reasons);
  const weight = isCertainCandidate(a, b) ? Math.max(sum, evenWeight + 0.5) : sum;
  return { score: Math.round(scoreOf(weight) * 10000) / 10000, weight, reasons };
}

function scoreOf(weight: number): number {
  return 1 / (1 + 2 ** (evenWeight - weight));
}

/** Pairs the rules always lay before a person: one number under two names; a failing number with name and birth date of a known child. */
export function isCertainCandidate(a: MatchPerson, b: MatchPerson): boolean {
  if (sameNumber(a, b)) return true;
  return (a.numberFails || b.numberFails) && a.name === b.name && a.birth !== null && a.birth === b.birth;
}

function kindOf(a: MatchPerson, b: MatchPerson): Proposal['kind'] {
  return a.numberFails || b.numberFails || (sameNumber(a, b) && a.name !== b.name) ? 'identityReview' : 'other';
}

interface Candidate {
  left: number;
  right: number;
  weight: number;
  certain: boolean;
}

/**
 * Proposes which records of the left list (children of the register without a roster entry) are which of the right
 * (pupils unknown to the register, or whose number fails or carries another name). Compares only records that share a
 * birth date, name, phone, number, registry number or a number one typing error away; assigns one to one, best first.
 * A right record of a certain candidate may share its left with another one (two schools, one child).
 */
export function proposePairs(left: readonly MatchPerson[], right: readonly MatchPerson[]): Proposal[] {
  const candidates = findCandidates(left, right);
  candidates.sort((a, b) => b.weight - a.weight || orderText(left, right, a, b));
  const takenLeft = new Set<number>();
  const takenRight = new Set<number>();
  const chosen: Candidate[] = [];
  for (const pass of ['one-to-one', 'certain'] as const) {
    for (const candidate of candidates) {
      if (takenRight.has(candidate.right)) continue;
      if (pass === 'one-to-one' ? takenLeft.has(candidate.left) : !candidate.certain) continue;
      takenLeft.add(candidate.left);
      takenRight.add(candidate.right);
      chosen.push(candidate);
    }
  }
  const proposals: Proposal[] = [];
  for (const { left: i, right: j } of chosen) {
    const a = left[i];
    const b = right[j];
    if (a !== undefined && b !== undefined)
      proposals.push({ leftId: a.id, rightId: b.id, kind: kindOf(a, b), ...scorePair(a, b) });
  }
  return proposals;
}

function orderText(left: readonly MatchPerson[], right: readonly MatchPerson[], a: Candidate, b: Candidate): number {
  return compareText(sortKey(left[a.left]) + sortKey(right[a.right]), sortKey(left[b.left]) + sortKey(right[b.right]));
}

function sortKey(person: MatchPerson | undefined): string {
  if (person === undefined) return '';
  return `${person.name}|${person.birth ?? ''}|${person.documentNumber ?? person.documentIndex ?? ''}|${person.registryNo ?? ''}|${person.schoolName ?? ''}|${person.id}|`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function findCandidates(left: readonly MatchPerson[], right: readonly MatchPerson[]): Candidate[] {
  const blocks = new Map<string, number[]>();
  right.forEach((person, j) => {
    for (const key of keysOf(person)) put(blocks, key, j);
  });
  const lefts = new Map<string, number>();
  const keysOfLeft = left.map((person) => [...keysOf(person)]);
  for (const keys of keysOfLeft) for (const key of keys) lefts.set(key, (lefts.get(key) ?? 0) + 1);
  const seen = new Int32Array(right.length).fill(-1);
  const candidates: Candidate[] = [];
  const scratch: MatchReason[] = [];
  left.forEach((person, i) => {
    for (const key of keysOfLeft[i] ?? []) {
      const block = blocks.get(key);
      if (block === undefined || block.length * (lefts.get(key) ?? 1) > largestBlock) continue;
      for (const j of block) {
        const other = right[j];
        if (other === undefined || seen[j] === i) continue;
        seen[j] = i;
        scratch.length = 0;
        const sum = collectEvidence(person, other, scratch);
        const certain = isCertainCandidate(person, other);
        if (sum >= evenWeight || certain)
          candidates.push({ left: i, right: j, weight: certain ? Math.max(sum, evenWeight + 0.5) : sum, certain });
      }
    }
  });
  return candidates;
}

function put(blocks: Map<string, number[]>, key: string, j: number): void {
  const block = blocks.get(key);
  if (block === undefined) blocks.set(key, [j]);
  else block.push(j);
}

function* keysOf(person: MatchPerson): Generator<string> {
  const { name, birth } = person;
  const surname = String.fromCodePoint(name.codePointAt(0) ?? 0);
  if (birth !== null) {
    yield `b${birth}`;
    yield `s${birth}${surname}`;
    yield `m${birth}${name}`;
  }
  yield `n${name}`;
  if (birth !== null) yield `y${birth.slice(0, 4)}${name}`;
  if ((person.phoneIndex ?? '') !== '') yield `p${person.phoneIndex ?? ''}`;
  if ((person.phoneIndex ?? '') !== '') yield `q${person.phoneIndex ?? ''}${name}`;
  if ((person.registryNo ?? '') !== '') yield `r${person.registryNo ?? ''}`;
  const number = person.documentNumber ?? '';
  if (number !== '') yield `d${number}`;
  else if ((person.documentIndex ?? '') !== '') yield `d${person.documentIndex ?? ''}`;
  if (person.numberFails && number !== '') for (const neighbour of validNeighbours(number)) yield `d${neighbour}`;
}

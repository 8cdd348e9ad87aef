import type { OwingAges } from '#domain/basics/school-year.ts';
import type { Proposal } from '#domain/population/matching.ts';
import { reportOf } from '#domain/population/reconcile-report.ts';
import {
  handedKinds,
  reconcile,
  type FoundChild,
  type PresenceMark,
  type Reconciliation,
  type RegisterChild,
  type RosterEntry,
} from '#domain/population/reconcile.ts';
import type { StudyStatus } from '#domain/population/record.ts';
import { childTagWords } from '#domain/population/words.ts';
import type { z } from 'zod';
import type { ComparisonResult } from '#contract/comparison.ts';
import type { LoadedLists } from './load.ts';
import type { PresenceRow } from './store-beside.ts';

/** Facts beside the lists: presence, accepted proofs, key lists. */
export interface OtherFacts {
  presence: readonly PresenceRow[];
  standings: ReadonlyMap<string, { kind: string; placeName: string | null }>;
  keyLists: ReadonlyMap<string, readonly string[]>;
}

/** A comparison: the result with the children behind it, over those who were looked at one by one. */
export interface Compared extends Reconciliation {
  proposals: readonly Proposal[];
  /** Children counted without being loaded: in the register and on one roster of grades 1–9. */
  ordinary: number;
}

/** Whom a child of a proposal counts as, where both stand on rosters alone: the pupil whose number is sound. */
function rosterTwins(lists: LoadedLists, proposals: readonly Proposal[]): Map<string, Proposal> {
  return new Map(
    proposals
      .filter((pair) => lists.children.get(pair.leftId)?.register_id === null)
      .map((pair) => [pair.rightId, pair]),
  );
}

function registerOf(lists: LoadedLists, standings: OtherFacts['standings']): RegisterChild[] {
  const list: RegisterChild[] = [];
  for (const child of lists.children.values()) {
    if (child.register_id === null) continue;
    const standing = standings.get(child.id)?.kind;
    // as: the kinds of standing besides `elsewhere` are study statuses of the same name
    const studyStatus =
      standing === undefined || standing === 'elsewhere' ? child.study_status : (standing as StudyStatus);
    list.push({
      childId: child.id,
      name: child.register_name,
      documentNumber: lists.numbers(child, 'register').documentNumber,
      birth: child.register_birth,
      studyStatus,
    });
  }
  return list;
}

function rosterOf(lists: LoadedLists, twins: ReadonlyMap<string, Proposal>): RosterEntry[] {
  const list: RosterEntry[] = [];
  for (const child of lists.children.values()) {
    if (child.enrolment_id === null || twins.has(child.id)) continue;
    list.push({
      childId: child.id,
      name: child.roster_name,
      documentNumber: lists.numbers(child, 'roster').documentNumber,
      birth: child.roster_birth,
      schoolId: child.school_id ?? '',
      grade: child.grade,
    });
  }
  for (const claim of lists.claims) {
    const child = lists.children.get(claim.child_id);
    if (!child || twins.has(child.id)) continue;
    list.push({
      childId: child.id,
      name: child.name,
      documentNumber: lists.numbers(child, 'roster').documentNumber,
      birth: child.birth_date,
      schoolId: claim.school_id,
      grade: claim.grade,
    });
  }
  return list;
}

function foundTwin(lists: LoadedLists, pair: Proposal): FoundChild | null {
  const left = lists.children.get(pair.leftId);
  const right = lists.children.get(pair.rightId);
  if (!left || !right) return null;
  return {
    childId: left.id,
    name: left.roster_name,
    documentNumber: lists.numbers(left, 'roster').documentNumber,
    otherChildId: right.id,
    otherName: right.roster_name,
    otherNumber: lists.numbers(right, 'roster').documentNumber,
  };
}

/** Compares the loaded lists; `registerTotal` is the number of children in the register, so that the others need not be read. */
export function compare(
  lists: LoadedLists,
  proposals: readonly Proposal[],
  facts: OtherFacts,
  ages: OwingAges,
  registerTotal: number,
): Compared {
  const twins = rosterTwins(lists, proposals);
  const register = registerOf(lists, facts.standings);
  const marks: PresenceMark[] = facts.presence.map((row) => ({
    childId: twins.get(row.child_id)?.leftId ?? row.child_id,
    present: row.present,
    leave: row.leave_kind,
  }));
  const result = reconcile({
    asOf: lists.asOf,
    ages,
    register,
    roster: rosterOf(lists, twins),
    presence: marks,
    proposals: proposals
      .filter((pair) => !twins.has(pair.rightId))
      .map((pair) => ({ registerChildId: pair.leftId, rosterChildId: pair.rightId, kind: pair.kind })),
    repeatedChildIds: [...lists.repeated.keys()].filter((id) => lists.children.get(id)?.register_id != null),
    provenElsewhere: new Set(
      [...facts.standings].filter(([, standing]) => standing.kind === 'elsewhere').map(([id]) => id),
    ),
    keyLists: new Map([...facts.keyLists].map(([id, names]) => [id, names.map(listWords)])),
  });
  for (const pair of twins.values()) {
    const found = foundTwin(lists, pair);
    if (found) result.findings[pair.kind === 'identityReview' ? 'identityReview' : 'otherProposals'].push(found);
  }
  const ordinary = registerTotal - register.length;
  return {
    ...result,
    proposals,
    ordinary,
    schoolAge: { owing: result.schoolAge.owing + ordinary, inRegister: result.schoolAge.inRegister + ordinary },
    enrolmentRate: {
      ...result.enrolmentRate,
      denominator: result.enrolmentRate.denominator + ordinary,
      enrolledOnRoster: result.enrolmentRate.enrolledOnRoster + ordinary,
    },
  };
}

/** The word of a key list. */
export function listWords(list: string): string {
  // as: an unknown list shows its own name
  return (childTagWords as Record<string, string>)[list] ?? list;
}

/**
 * The fixed shape of a comparison's result. `otherProposals` stands beside the findings, and among them when there are any;
 * children proven elsewhere are an extra figure of the rate when there are any.
 */
export function resultOf(compared: Compared, heldRows: number): z.output<typeof ComparisonResult> {
  const report = reportOf(compared);
  const named = (list: typeof report.aidListed) =>
    list.map(({ lists, ...child }) => ({ ...child, ...(lists ? { lists: lists.join('、') } : {}) }));
  // Two records may agree in name and number (both without one): the entry still says what the roster has.
  const paired = (list: typeof report.aidListed) =>
    named(list).map((child) =>
      child.rosterId === undefined && child.rosterName === undefined ? { ...child, rosterId: child.id } : child,
    );
  const others = paired(report.findings.otherProposals);
  const proven = report.provenElsewhere.length;
  return {
    asOf: compared.asOf,
    schoolAge: compared.schoolAge,
    enrolmentRate: { ...compared.enrolmentRate, ...(proven > 0 ? { provenElsewhere: proven } : {}) },
    findings: {
      ...Object.fromEntries(
        handedKinds.map((kind) => [
          kind,
          kind === 'identityReview' ? paired(report.findings[kind]) : named(report.findings[kind]),
        ]),
      ),
      ...(others.length > 0 ? { otherProposals: others } : {}),
    },
    otherProposals: others,
    aidListed: named(report.aidListed),
    beside: {
      heldRows,
      openProposals: compared.proposals.length,
      doubleEnrolled: report.findings.doubleEnrolled.length,
    },
  };
}

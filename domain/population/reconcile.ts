import { isCompulsoryGrade } from '#domain/basics/grade.ts';
import { owes, type OwingAges } from '#domain/basics/school-year.ts';
import type { StudyStatus } from './record.ts';

/** A child of the register as of the day: one entry per child. */
export interface RegisterChild {
  childId: string;
  name: string;
  documentNumber: string;
  birth: string | null;
  studyStatus: StudyStatus;
}

/** A roster row as of the day, linked to its child: one entry per child and school. */
export interface RosterEntry {
  childId: string;
  name: string;
  documentNumber: string;
  birth: string | null;
  schoolId: string;
  /** 1–12, 0 unknown: then the age decides. */
  grade: number;
}

/** What a school said of a child's presence on the day; `leave` is the kind of leave, null without one. */
export interface PresenceMark {
  childId: string;
  present: boolean | null;
  leave: string | null;
}

/** An open proposal: the child of the register and the child known only to a roster that may be the same. */
export interface OpenProposal {
  registerChildId: string;
  rosterChildId: string;
  kind: 'identityReview' | 'other';
}

/** Everything the comparison reads, as of one day and as known at one moment. */
export interface ReconcileInput {
  asOf: string;
  ages: OwingAges;
  register: readonly RegisterChild[];
  roster: readonly RosterEntry[];
  presence: readonly PresenceMark[];
  proposals: readonly OpenProposal[];
  /** Children who stand in the register more than once. */
  repeatedChildIds: Iterable<string>;
  /** Children whose schooling elsewhere is proven and accepted: they count as enrolled. */
  provenElsewhere?: ReadonlySet<string>;
  /** Key lists on which a child stands on the day. */
  keyLists?: ReadonlyMap<string, readonly string[]>;
}

/** A child of a finding, under the register's name and number where it is known there. */
export interface FoundChild {
  childId: string;
  name: string;
  documentNumber: string;
  /** For proposals: the other child and how its roster row names it. */
  otherChildId?: string;
  otherName?: string;
  otherNumber?: string;
  /** For the third match: the key lists. */
  lists?: readonly string[];
  /** For children left out of the denominator: the stated status. */
  status?: StudyStatus;
}

/** Kinds of findings that are handed to somebody, in the order in which the command line prints them. */
export const handedKinds = [
  'notEnrolled',
  'enrolledElsewhere',
  'deferred',
  'onRollAbsent',
  'notInRegister',
  'doubleEnrolled',
  'identityReview',
  'registerDuplicate',
  'notSchoolAge',
] as const;
/** Kinds of findings of the three matches (product, section 2). */
export const findingKinds = [...handedKinds, 'otherProposals', 'aidListed', 'excused', 'provenElsewhere'] as const;
/** A kind of finding. */
export type FindingKind = (typeof findingKinds)[number];

/** The outcome of a comparison: counts with the children behind each of them. */
export interface Reconciliation {
  asOf: string;
  schoolAge: { owing: number; inRegister: number };
  enrolmentRate: { denominator: number; enrolledOnRoster: number; statedElsewhere: number };
  findings: Record<FindingKind, FoundChild[]>;
}

const outOfDenominator: ReadonlySet<StudyStatus> = new Set<StudyStatus>(['deceased', 'movedAway', 'abroad', 'unable']);

/** Whether a roster entry makes its child owe: grades 1–9 whatever the age; an unknown grade only within the ages. */
export function isCompulsoryEntry(entry: RosterEntry, asOf: string, ages: OwingAges): boolean {
  return isCompulsoryGrade(entry.grade) || (entry.grade === 0 && entry.birth !== null && owes(entry.birth, asOf, ages));
}

/** Compares register, rosters and presence by the rules of product section 6; independent of the order of its inputs. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const register = new Map(input.register.map((child) => [child.childId, child]));
  const proposedOf = new Map<string, string[]>();
  for (const { rosterChildId, registerChildId } of input.proposals) {
    if (register.has(registerChildId))
      proposedOf.set(rosterChildId, [...(proposedOf.get(rosterChildId) ?? []), registerChildId]);
  }
  const rosterOf = new Map<string, RosterEntry>();
  const schoolsOf = new Map<string, Set<string>>();
  const onCompulsory = new Set<string>();
  const onSenior = new Set<string>();
  for (const entry of input.roster) {
    const earlier = rosterOf.get(entry.childId);
    if (earlier === undefined || comesFirst(entry, earlier)) rosterOf.set(entry.childId, entry);
    const counted = proposedOf.get(entry.childId) ?? [entry.childId];
    if (!isCompulsoryEntry(entry, input.asOf, input.ages)) {
      if (entry.grade >= 10) for (const id of counted) onSenior.add(id);
      continue;
    }
    for (const id of counted) onCompulsory.add(id);
    const schools = schoolsOf.get(entry.childId);
    if (schools === undefined) schoolsOf.set(entry.childId, new Set([entry.schoolId]));
    else schools.add(entry.schoolId);
  }
  const find = (childId: string, extra: Partial<FoundChild> = {}): FoundChild => {
    const known = register.get(childId) ?? rosterOf.get(childId);
    return { childId, name: known?.name ?? '', documentNumber: known?.documentNumber ?? '', ...extra };
  };
  const findings = emptyFindings();
  let owing = 0;
  let inRegister = 0;
  for (const child of register.values()) {
    const kind = standingOf(child, input, onCompulsory, onSenior);
    if (kind !== 'notSchoolAge') {
      owing++;
      inRegister++;
    }
    if (kind === 'excused') findings.excused.push(find(child.childId, { status: child.studyStatus }));
    else if (kind !== 'enrolled') findings[kind].push(find(child.childId));
  }
  for (const childId of onCompulsory) {
    if (register.has(childId)) continue;
    owing++;
    findings.notInRegister.push(find(childId));
  }
  for (const [childId, schools] of schoolsOf) if (schools.size > 1) findings.doubleEnrolled.push(find(childId));
  findings.onRollAbsent = absentOf(input.presence, proposedOf, rosterOf).map((childId) => find(childId));
  for (const { registerChildId, rosterChildId, kind } of input.proposals) {
    const other = rosterOf.get(rosterChildId);
    const found = find(registerChildId, {
      otherChildId: rosterChildId,
      otherName: other?.name ?? '',
      otherNumber: other?.documentNumber ?? '',
    });
    findings[kind === 'identityReview' ? 'identityReview' : 'otherProposals'].push(found);
  }
  findings.registerDuplicate = [...new Set(input.repeatedChildIds)].map((childId) => find(childId));
  const notThere = new Map([...findings.notEnrolled, ...findings.onRollAbsent].map((found) => [found.childId, found]));
  for (const [childId, found] of notThere) {
    const lists = input.keyLists?.get(childId);
    if (lists !== undefined && lists.length > 0)
      findings.aidListed.push({ ...found, lists: [...new Set(lists)].sort() });
  }
  for (const kind of findingKinds) findings[kind].sort(byNameAndNumber);
  return {
    asOf: input.asOf,
    schoolAge: { owing, inRegister },
    enrolmentRate: {
      denominator: owing - findings.deferred.length - findings.excused.length,
      enrolledOnRoster: onCompulsory.size,
      statedElsewhere: findings.enrolledElsewhere.length,
    },
    findings,
  };
}

type Standing =
  'enrolled' | 'notSchoolAge' | 'enrolledElsewhere' | 'provenElsewhere' | 'deferred' | 'excused' | 'notEnrolled';

/** Where a child of the register stands: a roster of grades 1–9 decides first, then age and schooling, then the stated status. */
function standingOf(
  child: RegisterChild,
  input: ReconcileInput,
  onCompulsory: ReadonlySet<string>,
  onSenior: ReadonlySet<string>,
): Standing {
  if (onCompulsory.has(child.childId)) return 'enrolled';
  if (child.studyStatus === 'graduated' || child.studyStatus === 'seniorSchool' || onSenior.has(child.childId))
    return 'notSchoolAge';
  if (child.birth === null || !owes(child.birth, input.asOf, input.ages)) return 'notSchoolAge';
  if (input.provenElsewhere?.has(child.childId) === true) return 'provenElsewhere';
  if (child.studyStatus === 'deferred') return 'deferred';
  if (outOfDenominator.has(child.studyStatus)) return 'excused';
  return child.studyStatus === 'elsewhere' ? 'enrolledElsewhere' : 'notEnrolled';
}

/** Children on roll whom a school marks absent without leave and no school marks present; under the register's child where one is proposed. */
function absentOf(
  presence: readonly PresenceMark[],
  proposedOf: ReadonlyMap<string, readonly string[]>,
  rosterOf: ReadonlyMap<string, RosterEntry>,
): string[] {
  const absent = new Set<string>();
  const present = new Set<string>();
  for (const mark of presence) {
    if (mark.present === null || !rosterOf.has(mark.childId)) continue;
    for (const id of proposedOf.get(mark.childId) ?? [mark.childId]) {
      if (mark.present) present.add(id);
      else if (mark.leave === null) absent.add(id);
    }
  }
  return [...absent].filter((id) => !present.has(id));
}

function comesFirst(a: RosterEntry, b: RosterEntry): boolean {
  return `${a.schoolId}|${a.name}|${a.documentNumber}` < `${b.schoolId}|${b.name}|${b.documentNumber}`;
}

function byNameAndNumber(a: FoundChild, b: FoundChild): number {
  return (
    compareText(a.name, b.name) ||
    compareText(a.documentNumber, b.documentNumber) ||
    compareText(a.otherNumber ?? '', b.otherNumber ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function emptyFindings(): Record<FindingKind, FoundChild[]> {
  return {
    notEnrolled: [],
    enrolledElsewhere: [],
    deferred: [],
    onRollAbsent: [],
    notInRegister: [],
    doubleEnrolled: [],
    identityReview: [],
    registerDuplicate: [],
    notSchoolAge: [],
    otherProposals: [],
    aidListed: [],
    excused: [],
    provenElsewhere: [],
  };
}

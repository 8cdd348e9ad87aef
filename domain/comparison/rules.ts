import { completedYears, openingDay, schoolYearOf } from '#domain/basics/school-year.ts';
import { reachToken } from '#domain/basics/reach.ts';
import type { HeldPost } from '#domain/basics/roles.ts';
import type { CategoryEffect, ComparisonKind, FindingState, Owner, StandingKind } from './record.ts';

/** Where a finding arises, as far as its owner depends on it. */
export interface FindingPlace {
  district: string;
  subdistrictCode: string | null;
  communityCode: string | null;
  /** The school of the roster, or of the catchment for a child on none. */
  schoolId: string | null;
}

/** Kinds that wait for proof and are less urgent than the rest. */
const lowUrgency: ReadonlySet<ComparisonKind> = new Set<ComparisonKind>([
  'enrolledElsewhere',
  'deferred',
  'notSchoolAge',
]);

/** Whether a kind of finding only waits for proof. */
export function waitsForProof(kind: ComparisonKind): boolean {
  return lowUrgency.has(kind);
}

/**
 * Who owes the answer (product, section 5): a child not enrolled belongs to the community of the address (the street where the
 * community is unknown), with the school of the catchment at its side; pupils on a roster to their school; the rest to the district.
 */
export function ownerOf(kind: ComparisonKind, place: FindingPlace): Owner {
  const district: Owner = { kind: 'district', unit: place.district };
  switch (kind) {
    case 'notEnrolled':
      if (place.communityCode !== null) return { kind: 'community', unit: place.communityCode };
      return place.subdistrictCode === null ? district : { kind: 'subdistrict', unit: place.subdistrictCode };
    case 'onRollAbsent':
    case 'notInRegister':
      return place.schoolId === null ? district : { kind: 'school', unit: place.schoolId };
    case 'doubleEnrolled':
    case 'identityReview':
    case 'registerDuplicate':
    case 'enrolledElsewhere':
    case 'deferred':
    case 'notSchoolAge':
      return district;
  }
}

/**
 * How far a child's record reaches while a finding about it is live: the units of its lists, the owner who is asked, and for a child
 * not enrolled the school of the catchment. Sorted, without repeats.
 */
export function findingReach(
  childReach: readonly string[],
  kind: ComparisonKind,
  schoolId: string | null,
  owner: Owner,
): string[] {
  const tokens = new Set(childReach);
  if (kind === 'notEnrolled' && schoolId !== null) tokens.add(reachToken('school', schoolId));
  if (owner.kind !== 'district') tokens.add(reachToken(owner.kind, owner.unit));
  return [...tokens].sort();
}

/** A school of a catchment, by its kind. */
export interface CatchmentSchool {
  schoolId: string;
  code: string;
  stage: string;
}

const juniorFrom = 12;

/** The school of the catchment for a child's age on the day that opens the school year; the first by code where no kind fits. */
export function catchmentSchool(
  schools: readonly CatchmentSchool[],
  birth: string | null,
  asOf: string,
): string | null {
  const ordered = [...schools].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const junior = birth !== null && completedYears(birth, openingDay(asOf)) >= juniorFrom;
  const fitting = ordered.find(({ stage }) =>
    (junior ? ['junior', 'nineYear', 'complete'] : ['primary', 'nineYear']).includes(stage),
  );
  return (fitting ?? ordered[0])?.schoolId ?? null;
}

/** The standing that an effect records, null for the others. */
export function standingOfEffect(effect: CategoryEffect): StandingKind | null {
  // as: the rest of a text of the form standing:<kind> is a kind
  return effect.startsWith('standing:') ? (effect.slice('standing:'.length) as StandingKind) : null;
}

/** The first day on which a standing given for the school year no longer holds. */
export function endOfSchoolYear(asOf: string): string {
  return `${String(schoolYearOf(asOf) + 1)}-09-01`;
}

/** What a person asks of a finding. */
export interface FindingQuestion {
  state: FindingState;
  explainedBy: string | null;
  actorId: string;
  mayHandle: boolean;
  mayAssign: boolean;
}

/** What may be done with a finding now, and in words why not the rest. Nobody clears himself: the check is another person's. */
export function allowedOn(asked: FindingQuestion): {
  verify: boolean;
  explain: boolean;
  check: boolean;
  assign: boolean;
  why: string | null;
} {
  const live = asked.state === 'open' || asked.state === 'verifying';
  const own = asked.explainedBy === asked.actorId;
  const waits = asked.state === 'explained';
  const allowed = {
    verify: asked.mayHandle && asked.state === 'open',
    explain: asked.mayHandle && live,
    check: asked.mayAssign && waits && !own,
    assign: asked.mayAssign && (live || waits),
  };
  const why =
    !live && !waits
      ? '这条发现已经了结。'
      : waits && own
        ? '说明是您本人填写的，须由另一人复核。'
        : waits && !asked.mayAssign
          ? '已填写说明，等待上级复核。'
          : live && !asked.mayHandle
            ? '您的岗位可以查看，不能填写核实情况。'
            : null;
  return { ...allowed, why };
}

/** A part of the desk's question: findings of these owners, narrowed to a unit. */
export interface OwnedBy {
  ownerKinds: readonly Owner['kind'][];
  /** Narrowed by this column of the finding; null takes every finding within reach. */
  by: 'ownerUnit' | 'schoolId' | 'subdistrictCode' | null;
  unit: string;
  /** Also the children not enrolled of the school's catchment. */
  catchment: boolean;
}

/** Which findings are a person's own duty, by the posts held. Those who only look on have none. */
export function ownedBy(posts: readonly HeldPost[]): OwnedBy[] {
  return posts.flatMap((post): OwnedBy[] => {
    switch (post.role) {
      case 'bureauOfficer':
        return [{ ownerKinds: ['district'], by: null, unit: post.unitId, catchment: false }];
      case 'principal':
      case 'registrar':
      case 'schoolOfficer':
        return [{ ownerKinds: ['school'], by: 'schoolId', unit: post.unitId, catchment: true }];
      case 'classTeacher':
        return [{ ownerKinds: ['school'], by: null, unit: post.unitId, catchment: false }];
      case 'subdistrictOfficer':
        return [
          { ownerKinds: ['community'], by: 'subdistrictCode', unit: post.unitId, catchment: false },
          // a finding handed to the street is the street's, wherever its child lives
          { ownerKinds: ['subdistrict'], by: 'ownerUnit', unit: post.unitId, catchment: false },
        ];
      case 'communityWorker':
        return [{ ownerKinds: ['community'], by: 'ownerUnit', unit: post.unitId, catchment: false }];
      case 'bureauLeader':
      case 'inspector':
      case 'subjectTeacher':
      case 'sysAdmin':
      case 'secAdmin':
      case 'auditAdmin':
        return [];
    }
  });
}

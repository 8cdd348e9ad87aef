import type { Role, UnitKind } from '../basics/roles.ts';
import { comparisonKinds, ownerKinds, type ComparisonKind, type OwnerKind } from '../comparison/record.ts';
import type { DutyRuleId } from './record.ts';

/** The rule under which the owner of a finding owes its verification; kinds that only wait for proof are owed by nobody. */
const ruleOf: Partial<Record<ComparisonKind, DutyRuleId>> = {
  notEnrolled: 'verifyNotEnrolled',
  onRollAbsent: 'verifyAbsent',
  doubleEnrolled: 'verifyFinding',
  notInRegister: 'verifyFinding',
  identityReview: 'verifyFinding',
  registerDuplicate: 'verifyFinding',
};

/** The rules whose duties are about a finding. */
export const findingRules: readonly DutyRuleId[] = [
  'verifyNotEnrolled',
  'verifyCatchment',
  'verifyAbsent',
  'verifyFinding',
];

/** One who owes the verification of findings of a kind that an owner of a kind holds. */
export interface FindingAsk {
  kind: ComparisonKind;
  ownerKind: OwnerKind;
  rule: DutyRuleId;
  role: Role;
  unitKind: UnitKind;
  /** Whether the unit is the finding's owner or the school of its catchment. */
  unit: 'owner' | 'catchment';
}

function roleOf(kind: ComparisonKind, ownerKind: OwnerKind): Role {
  switch (ownerKind) {
    case 'community':
      return 'communityWorker';
    case 'subdistrict':
      return 'subdistrictOfficer';
    case 'school':
      return kind === 'onRollAbsent' ? 'schoolOfficer' : 'registrar';
    case 'district':
      return 'bureauOfficer';
  }
}

/** Whether the school of the catchment verifies beside the owner: where a community or a street goes to the door. */
const beside = (kind: ComparisonKind, ownerKind: OwnerKind): boolean =>
  kind === 'notEnrolled' && (ownerKind === 'community' || ownerKind === 'subdistrict');

/**
 * Who owes what about live findings (product, section 5): a child not enrolled its community, else its street, else the bureau, with the
 * school of the catchment beside them; the other kinds their owner alone.
 */
export const findingAsks: readonly FindingAsk[] = comparisonKinds.flatMap((kind) => {
  const rule = ruleOf[kind];
  if (rule === undefined) return [];
  return ownerKinds.flatMap((ownerKind): FindingAsk[] => {
    const own = { kind, ownerKind, rule, role: roleOf(kind, ownerKind), unitKind: ownerKind, unit: 'owner' } as const;
    const school = { kind, ownerKind, rule: 'verifyCatchment', role: 'registrar', unitKind: 'school', unit: 'catchment' } as const; // prettier-ignore
    return beside(kind, ownerKind) ? [own, school] : [own];
  });
});

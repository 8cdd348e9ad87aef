import type { InventedChild, Seat } from './people.ts';
import type { DistrictPlan } from './plan.ts';

/** Why a row must be held, as the import names it. */
export type HeldCode = 'name-missing' | 'birth-unreadable' | 'id-check-digit' | 'birth-id-mismatch' | 'sex-id-mismatch';

/** The words of the held codes in the truth file. */
export const heldWords: Record<HeldCode, string> = {
  'name-missing': '姓名为空',
  'birth-unreadable': '出生日期无法识别',
  'id-check-digit': '身份证号校验位错误',
  'birth-id-mismatch': '出生日期与身份证号不一致',
  'sex-id-mismatch': '性别与身份证号不一致',
};

/** One line of the register as somebody wrote it. */
export interface RegisterEntry {
  readonly child: InventedChild;
  readonly name: string;
  readonly sex: string;
  /** YYYY-MM-DD, or what cannot be read as a day. */
  readonly birth: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly registryNumber: string;
  readonly status: string;
  readonly school: string;
  readonly grade: string;
  readonly note: string;
  readonly householdNumber: string;
  /** A second line of a child already written. */
  readonly repeat?: true;
  readonly held?: HeldCode;
}

/** One line of a roster as the school wrote it. */
export interface RosterEntry {
  readonly child: InventedChild;
  readonly seat: Seat;
  readonly name: string;
  readonly sex: string;
  readonly birth: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly registryNumber: string;
  readonly held?: HeldCode;
  /** What the presence list says of the child. */
  presence: 'present' | 'away-unexcused' | 'away-on-leave' | 'no-row';
}

/** One line of the presence list. */
export interface PresenceEntry {
  readonly seat: Seat;
  readonly name: string;
  readonly registryNumber: string;
  readonly present: boolean;
  readonly reason: string;
  /** School days away in a row. */
  readonly days: number;
}

/** A child in the truth, with the masked number of the register. */
export interface PlantedEntry {
  readonly name: string;
  readonly id: string;
  readonly rosterId?: string;
  readonly rosterName?: string;
}

/** What must be found, in the shape of expected.json. */
export interface DistrictTruth {
  readonly asOf: string;
  register: {
    rows: number;
    held: number;
    reasons: Partial<Record<string, number>>;
    codes: Partial<Record<HeldCode, number>>;
    children: number;
    repeatedRows: number;
  };
  roster: { files: string[]; rows: number; held: number; codes: Partial<Record<HeldCode, number>>; children: number };
  presence: { rows: number };
  schoolAge: { owing: number; inRegister: number };
  enrolmentRate: { denominator: number; enrolledOnRoster: number; statedElsewhere: number };
  readonly findings: Record<
    | 'notEnrolled'
    | 'enrolledElsewhere'
    | 'deferred'
    | 'onRollAbsent'
    | 'notInRegister'
    | 'doubleEnrolled'
    | 'identityReview'
    | 'registerDuplicate'
    | 'notSchoolAge'
    | 'otherProposals',
    PlantedEntry[]
  >;
  readonly notFindings: Record<
    'onLeave' | 'nonIdDocument' | 'rareName' | 'dottedName' | 'overAgeOnRoll' | 'underAgeOnRoll' | 'withoutPresenceRow',
    PlantedEntry[]
  >;
}

/** A district as it was planted: every line of every list, and the truth. */
export interface PlantedDistrict {
  readonly plan: DistrictPlan;
  readonly register: RegisterEntry[];
  readonly rosters: RosterEntry[];
  readonly presence: PresenceEntry[];
  readonly truth: DistrictTruth;
}

/** A truth in which nothing is planted yet. */
export function emptyTruth(plan: DistrictPlan): DistrictTruth {
  return {
    asOf: plan.asOf,
    register: { rows: 0, held: 0, reasons: {}, codes: {}, children: 0, repeatedRows: 0 },
    roster: { files: [], rows: 0, held: 0, codes: {}, children: 0 },
    presence: { rows: 0 },
    schoolAge: { owing: 0, inRegister: 0 },
    enrolmentRate: { denominator: 0, enrolledOnRoster: 0, statedElsewhere: 0 },
    findings: {
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
    },
    notFindings: {
      onLeave: [],
      nonIdDocument: [],
      rareName: [],
      dottedName: [],
      overAgeOnRoll: [],
      underAgeOnRoll: [],
      withoutPresenceRow: [],
    },
  };
}

/** Adds up the truth once everything is planted. */
export function finishTruth({ register, rosters, presence, truth }: PlantedDistrict): void {
  const held = countHeld(register);
  const heldRegister = total(held);
  const repeatedRows = register.filter((entry) => entry.repeat).length;
  truth.register = {
    rows: register.length,
    held: heldRegister,
    reasons: Object.fromEntries(
      Object.entries(held).map(([code, count]) => [heldWords[code as HeldCode /* keys of `held` are codes */], count]),
    ),
    codes: held,
    children: register.length - heldRegister - repeatedRows,
    repeatedRows,
  };
  const heldOnRosters = countHeld(rosters);
  const children = rosters.length - total(heldOnRosters) - truth.findings.doubleEnrolled.length;
  truth.roster = { ...truth.roster, rows: rosters.length, held: total(heldOnRosters), codes: heldOnRosters, children };
  truth.presence = { rows: presence.length };
  const inRegister = truth.register.children - truth.findings.notSchoolAge.length;
  const owing = inRegister + truth.findings.notInRegister.length;
  truth.schoolAge = { owing, inRegister };
  truth.enrolmentRate = {
    denominator: owing - truth.findings.deferred.length,
    enrolledOnRoster: children,
    statedElsewhere: truth.findings.enrolledElsewhere.length,
  };
}

function countHeld(entries: readonly { held?: HeldCode }[]): Partial<Record<HeldCode, number>> {
  const counts: Partial<Record<HeldCode, number>> = {};
  for (const { held } of entries) if (held !== undefined) counts[held] = (counts[held] ?? 0) + 1;
  return counts;
}

function total(counts: Partial<Record<HeldCode, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** How many problems of each kind are planted in one made district. */
export interface PlantCounts {
  /** Register rows that must be held, by code. */
  readonly held: {
    nameMissing: number;
    birthUnreadable: number;
    idCheckDigit: number;
    birthIdMismatch: number;
    sexIdMismatch: number;
  };
  /** Roster rows that must be held; no list knows these children otherwise. */
  readonly rosterHeld: {
    nameMissing: number;
    birthUnreadable: number;
    idCheckDigit: number;
    birthIdMismatch: number;
    sexIdMismatch: number;
  };
  readonly notEnrolled: number;
  /** Not enrolled although the register names a school of the district. */
  readonly notEnrolledDespiteClaim: number;
  /** Not enrolled, while a brother or sister with the same guardian, phone and door is. */
  readonly notEnrolledSibling: number;
  readonly notEnrolledWithoutDocument: number;
  readonly enrolledElsewhere: number;
  readonly deferred: number;
  readonly onRollAbsent: number;
  readonly onLeave: number;
  /** On a roster, but the presence list has no row: no absence. */
  readonly withoutPresenceRow: number;
  readonly notInRegister: number;
  /** The first of them is away in one school and present in the other: no absence. */
  readonly doubleEnrolled: number;
  /** The roster's number fails its check. */
  readonly misreadNumber: number;
  /** The roster has the same number under another name. */
  readonly otherName: number;
  /** The roster has another valid number; the rest agrees. */
  readonly otherNumber: number;
  /** The register has a number, the roster has none; the rest agrees. */
  readonly rosterWithoutDocument: number;
  /** Neither list has a number; the rest agrees. */
  readonly bothWithoutDocument: number;
  readonly registerDuplicate: number;
  readonly tooYoung: number;
  readonly graduated: number;
  readonly senior: number;
  readonly overAgeOnRoll: number;
  readonly underAgeOnRoll: number;
  readonly nonIdDocument: number;
  readonly rareName: number;
  readonly dottedName: number;
  /** Twins on the same roll: same birthday, guardian, phone and door. */
  readonly twins: number;
}

/** A school of a made district. */
export interface PlannedSchool {
  /** 10 digits, 学校(机构)标识码. */
  readonly code: string;
  readonly name: string;
  readonly stage: '小学' | '初中' | '九年一贯制';
  readonly subdistrict: string;
  readonly subdistrictCode: string;
  readonly grades: readonly number[];
  readonly classesPerGrade: number;
}

/** A community where children of a made district live. */
export interface PlannedCommunity {
  /** 12 digits. */
  readonly code: string;
  readonly name: string;
  readonly subdistrict: string;
}

/** Everything the maker needs to know before it invents a district. */
export interface DistrictPlan {
  readonly seed: number;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly districtCode: string;
  readonly districtName: string;
  /** Province and city, as it stands before the district in a full address. */
  readonly above: string;
  readonly schools: readonly PlannedSchool[];
  readonly communities: readonly PlannedCommunity[];
  /** Children who stand in the register and on one roster without any problem of identity. */
  readonly ordinary: number;
  readonly counts: PlantCounts;
}

/** The calendar year in which the school year of a day opens (2027-03-12 → 2026). */
export function schoolYearOf(asOf: string): number {
  const year = Number(asOf.slice(0, 4));
  return Number(asOf.slice(5, 7)) >= 9 ? year : year - 1;
}

/** The first and last usual birthday of a grade in a school year: grade 1 of 2026 is 2019-09-01 to 2020-08-31. */
export function usualBirthdays(grade: number, schoolYear: number): { from: string; to: string } {
  const last = schoolYear - 5 - grade;
  return { from: `${String(last - 1)}-09-01`, to: `${String(last)}-08-31` };
}

/** 一年级 … 九年级. */
export function gradeName(grade: number): string {
  return `${'一二三四五六七八九'.charAt(grade - 1)}年级`;
}

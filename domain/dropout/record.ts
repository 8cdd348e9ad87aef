/** Was on a roll, or never enrolled (失学); both run the same ladder, only the first counts in Drop and Back (product, section 4). */
export const caseKinds = ['dropout', 'outOfSchool'] as const;
/** A kind of case. */
export type CaseKind = (typeof caseKinds)[number];

/**
 * Where the present round of a case stands. `confirming` waits for the bureau where a setting asks for it, `dismissing` and `closing`
 * wait for the bureau's check; `dismissed` and `closed` are at rest and can be reopened as a new round.
 */
export const caseStates = [
  'suspected',
  'confirming',
  'dismissing',
  'dismissed',
  'confirmed',
  'persuading',
  'returned',
  'followed',
  'closing',
  'closed',
] as const;
/** A state of a case. */
export type CaseState = (typeof caseStates)[number];

/** States in which a child is looked for or persuaded: a second report joins them. */
export const openStates: readonly CaseState[] = [
  'suspected',
  'confirming',
  'dismissing',
  'confirmed',
  'persuading',
  'closing',
];
/** States that stand in the ledger 疑似辍学. */
export const suspectedStates: readonly CaseState[] = ['suspected', 'confirming', 'dismissing'];
/** States that stand in the ledger 辍学: confirmed and not back; a closing that waits for its check still counts. */
export const droppedStates: readonly CaseState[] = ['confirmed', 'persuading', 'closing'];

/** Why a child stays away (D§2.4, 2.8), in the order of the screens. */
export const reasonGroups = [
  'study',
  'work',
  'marriage',
  'religion',
  'poverty',
  'distance',
  'illness',
  'disability',
  'family',
  'internet',
  'mind',
  'homeTeaching',
  'other',
] as const;
/** A group of reasons. */
export type ReasonGroup = (typeof reasonGroups)[number];

/** Where a child is, as far as it is known. */
export const whereaboutsCodes = [
  'home',
  'district',
  'city',
  'province',
  'otherProvince',
  'abroad',
  'working',
  'institution',
  'hospital',
  'custody',
  'unknown',
] as const;
/** A code of whereabouts. */
export type Whereabouts = (typeof whereaboutsCodes)[number];

/** What made a round begin. */
export const roundSources = ['rule', 'report', 'finding', 'emergency', 'reopen'] as const;
/** A source of a round. */
export type RoundSource = (typeof roundSources)[number];

/** The rungs of the ladder of D§2.9, in order. */
export const rungs = [
  'contact',
  'persuade',
  'persuasionNotice',
  'writtenReport',
  'deadlineNotice',
  'correctionOrder',
  'further',
  'return',
] as const;
/** A rung of the ladder. */
export type Rung = (typeof rungs)[number];

/** The rungs that are a document, by the kind of document. */
export const documentRungs = ['persuasionNotice', 'writtenReport', 'deadlineNotice', 'correctionOrder'] as const;
/** A rung that is a document. */
export type DocumentRung = (typeof documentRungs)[number];

/** The closing categories of D§2.10. */
export const closingCategories = [
  'returned',
  'elsewhereWithRegistry',
  'elsewhereWithoutRegistry',
  'suspension',
  'deferral',
  'homeDelivered',
  'unable',
  'specialSchool',
  'abroad',
  'deceased',
  'recordError',
  'graduated',
  'homeTeaching',
] as const;
/** A closing category; 失联 is none of them: it is never closed. */
export type ClosingCategory = (typeof closingCategories)[number];

/** What makes an emergency (product, section 4: 紧急情况). */
export const emergencyKinds = ['missing', 'harm', 'violation', 'childLabour', 'earlyMarriage', 'institution'] as const;
/** A kind of emergency. */
export type EmergencyKind = (typeof emergencyKinds)[number];

/** Who is asked to help or to answer (referrals). */
export const referralParties = [
  'police',
  'civilAffairs',
  'disabledFederation',
  'labour',
  'womenFederation',
  'procuratorate',
  'health',
  'market',
  'ethnicReligious',
  'educationElsewhere',
] as const;
/** A party of a referral. */
export type ReferralParty = (typeof referralParties)[number];

/** The units that may own a case or its next act. */
export const ownerUnitKinds = ['class', 'school', 'subdistrict', 'district'] as const;
/** A kind of owning unit. */
export type OwnerUnitKind = (typeof ownerUnitKinds)[number];

/** Who owes the next act: a role in a unit. */
export interface CaseOwner {
  role: 'classTeacher' | 'schoolOfficer' | 'principal' | 'subdistrictOfficer' | 'bureauOfficer' | 'bureauLeader';
  unitKind: OwnerUnitKind;
  unit: string;
}

/** Who can lead a case. */
export const caseLeads = ['school', 'subdistrict', 'district'] as const;
/** Who leads a case. */
export type CaseLead = (typeof caseLeads)[number];

/** A case as its rules need it. */
export interface CaseHead {
  id: string;
  kind: CaseKind;
  state: CaseState;
  round: number;
  district: string;
  schoolId: string | null;
  classId: string | null;
  subdistrictCode: string | null;
  /** Who leads the persuasion: the school, or the street or the bureau it was handed over to. */
  lead: CaseLead;
  owner: CaseOwner;
}

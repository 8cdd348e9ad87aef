import type { Identity } from '#domain/basics/identity-check.ts';
import type { Relation } from '#domain/basics/relation.ts';

/** What the register says of a child's schooling (就读状态). */
export const studyStatuses = [
  'inDistrict',
  'elsewhere',
  'deferred',
  'graduated',
  'seniorSchool',
  'suspended',
  'dropout',
  'homeTaught',
  'deceased',
  'abroad',
  'movedAway',
  'unable',
  'none',
] as const;
/** A stated study status; `none` when the register says nothing. */
export type StudyStatus = (typeof studyStatuses)[number];

/** How the person and the household registration stand to each other (人户状态). */
export const householdStates = ['together', 'personOnly', 'registrationOnly', 'shell', 'none'] as const;
/** A household state; `none` when the register says nothing. */
export type HouseholdState = (typeof householdStates)[number];

/** Groups and aid lists to which a child may belong (D4.6, D4.12); those of health stand in the closed compartment. */
export const childTags = [
  'leftBehind',
  'migrant',
  'minimumLiving',
  'extremePoverty',
  'povertyAlleviated',
  'disability',
  'seriousIllness',
  'orphan',
  'factOrphan',
  'unregistered',
  'singleParent',
  'martyrFamily',
  'poor',
] as const;
/** A group or aid list of a child. */
export type ChildTag = (typeof childTags)[number];

/** A row of the archive of school-age children (适龄儿童少年信息档案, D4.6). Texts are empty when absent. */
export interface RegisterRow extends Identity {
  householdNo: string;
  ethnicity: string;
  registeredAddress: string;
  address: string;
  street: string;
  community: string;
  guardian: string;
  relation: Relation;
  phone: string;
  householdState: HouseholdState;
  studyStatus: StudyStatus;
  statedSchool: string;
  /** Stated grade 1–12, 0 when unknown. */
  grade: number;
  tags: ChildTag[];
  surveyor: string;
  surveyDate: string | null;
  note: string;
}

/** A row of an aid or care list (低保, 特困, 残疾 …). */
export interface KeyListRow extends Identity {
  list: ChildTag | null;
  /** The entry belongs to the closed compartment of health lists (残疾人教育条例 20). */
  closed: boolean;
  validFrom: string | null;
  validTo: string | null;
}

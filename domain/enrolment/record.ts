import type { Identity } from '#domain/basics/identity-check.ts';
import type { Held } from '#domain/basics/list-row.ts';
import type { Relation } from '#domain/basics/relation.ts';
import type { ChildTag } from '#domain/population/record.ts';

/** Kinds of school (D5.1: the first two digits of the school's code, nine-year schools by their own setting). */
export const schoolStages = [
  'kindergarten',
  'primary',
  'junior',
  'nineYear',
  'senior',
  'complete',
  'vocational',
  'special',
  'corrective',
  'other',
] as const;
/** A kind of school. */
export type SchoolStage = (typeof schoolStages)[number];

/** Kinds of leave or lawful absence on a presence list; none of them is an absence without reason. */
export const leaveKinds = [
  'illness',
  'personal',
  'official',
  'bereavement',
  'suspension',
  'homeTeaching',
  'other',
] as const;
/** A kind of leave. */
export type LeaveKind = (typeof leaveKinds)[number];

/** A row of the national registry template (D5.4). Texts are empty when absent. */
export interface RosterRow extends Identity {
  schoolCode: string;
  /** 1–12, 0 when neither grade nor class number can be read. */
  grade: number;
  classNo: string;
  ethnicity: string;
  registeredArea: string;
  address: string;
  phone: string;
  guardian: string;
  relation: Relation;
  guardianPhone: string;
  guardianNumber: string;
  secondGuardian: string;
  secondPhone: string;
  enteredMonth: string;
  entryWay: string;
  studyWay: string;
  boarder: boolean;
  health: string;
  disability: string;
  formerName: string;
  helperNo: string;
  tags: ChildTag[];
}

/** The check of a roster row. `suspect` is the held entry to use unless name and birth date meet a known child. */
export interface RosterRowCheck {
  value: RosterRow;
  held: Held | null;
  suspectNumber: boolean;
  suspect: Held | null;
  warnings: { code: string; words: string }[];
}

/** A row of a presence list (到校情况): `present` is null when the cell says neither yes nor no. */
export interface PresenceRow {
  schoolCode: string;
  grade: number;
  classNo: string;
  name: string;
  documentNumber: string;
  registryNo: string;
  present: boolean | null;
  leave: LeaveKind | null;
  reason: string;
  daysAbsent: number | null;
}

/** A row of the list of schools (学校名录). */
export interface SchoolRow {
  code: string;
  name: string;
  stage: SchoolStage;
  street: string;
  community: string;
  address: string;
  principal: string;
  phone: string;
}

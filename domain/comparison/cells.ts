import type { HouseholdState } from '#domain/population/record.ts';

/** The bases of the enrolment rate (product, section 6): everybody who owes, by household registration, by residence, or who is on a roster. */
export const bases = ['all', 'registered', 'resident', 'roster'] as const;
/** A base of the enrolment rate. */
export type Base = (typeof bases)[number];

/** Words of a base, as screens and papers name it. */
export const baseWords: Record<Base, string> = {
  all: '户籍、常住和在校合并',
  registered: '户籍',
  resident: '常住',
  roster: '在校',
};
/** Whom a base counts. */
export const baseNotes: Record<Base, string> = {
  all: '适龄档案和学籍名册合并，每个孩子计一次',
  registered: '人户状态为人户一致、户在人不在、空挂的孩子',
  resident: '人户状态为人户一致、人在户不在的孩子',
  roster: '学籍名册上一至九年级的学生',
};

/** As what a child is counted at a comparison: on a roster (suspended or not), elsewhere with proof or only stated, on no roster, or outside the denominator. */
export const countedAs = ['enrolled', 'suspended', 'proven', 'stated', 'missing', 'deferred', 'excused'] as const;
/** As what a child is counted. */
export type CountedAs = (typeof countedAs)[number];
/** The household state that the register tells, or `roster` for a pupil whom the register does not know. */
export type Home = HouseholdState | 'roster';
/** A level of compulsory education: of the grade on a roster, else of the age. */
export type CellLevel = 'primary' | 'junior';

/** Numbers of children by key. */
export type Cells = Record<string, number>;
/** One cut through a comparison: by where the children live, and by school with its catchment. */
export interface Cut {
  homes: Cells;
  schools: Cells;
}

/** The totals behind an enrolment rate. */
export interface RateTotals {
  owing: number;
  denominator: number;
  enrolled: number;
  /** Of the enrolled: suspended. */
  suspended: number;
  statedElsewhere: number;
  notAccounted: number;
  deferred: number;
}

/** Adds children to a cell. */
export function addTo(cells: Cells, key: string, count = 1): void {
  cells[key] = (cells[key] ?? 0) + count;
}

/** The key of a cell by home; the empty street is an address without one. */
export function homeKey(street: string, level: CellLevel, home: Home, counted: CountedAs): string {
  return `${street}|${level}|${home}|${counted}`;
}

/** The key of a cell by school. */
export function schoolKey(schoolId: string, level: CellLevel, counted: CountedAs): string {
  return `${schoolId}|${level}|${counted}`;
}

/** Totals of nobody. */
export function emptyTotals(): RateTotals {
  return { owing: 0, denominator: 0, enrolled: 0, suspended: 0, statedElsewhere: 0, notAccounted: 0, deferred: 0 };
}

function addCounted(totals: RateTotals, counted: string, count: number): void {
  totals.owing += count;
  if (counted !== 'deferred' && counted !== 'excused') totals.denominator += count;
  if (counted === 'enrolled' || counted === 'suspended' || counted === 'proven') totals.enrolled += count;
  if (counted === 'suspended') totals.suspended += count;
  if (counted === 'stated') totals.statedElsewhere += count;
  if (counted === 'missing') totals.notAccounted += count;
  if (counted === 'deferred') totals.deferred += count;
}

/** The household states that count in a base by register. */
export const homesOfBase: Readonly<Record<'registered' | 'resident', readonly string[]>> = {
  registered: ['together', 'registrationOnly', 'shell'],
  resident: ['together', 'personOnly'],
};

function inBase(base: Base, home: string, counted: string): boolean {
  if (base === 'all') return true;
  if (base === 'roster') return counted === 'enrolled' || counted === 'suspended';
  return homesOfBase[base].includes(home);
}

/** What of the cells is asked for. */
export interface CellAsk {
  level: CellLevel | null;
  base: Base;
}

/** The totals of each street under a level and a base. */
export function totalsByStreet(cells: Cells, { level, base }: CellAsk): Map<string, RateTotals> {
  const streets = new Map<string, RateTotals>();
  for (const [key, count] of Object.entries(cells)) {
    const [street = '', of = '', home = '', counted = ''] = key.split('|');
    if ((level !== null && of !== level) || !inBase(base, home, counted)) continue;
    const totals = streets.get(street) ?? emptyTotals();
    addCounted(totals, counted, count);
    streets.set(street, totals);
  }
  return streets;
}

/** The sum of totals. */
export function sumTotals(all: Iterable<RateTotals>): RateTotals {
  const sum = emptyTotals();
  for (const one of all) {
    sum.owing += one.owing;
    sum.denominator += one.denominator;
    sum.enrolled += one.enrolled;
    sum.suspended += one.suspended;
    sum.statedElsewhere += one.statedElsewhere;
    sum.notAccounted += one.notAccounted;
    sum.deferred += one.deferred;
  }
  return sum;
}

/** The totals of some schools: their pupils, and who of their catchments is on no roster. The base is everybody, or the pupils alone. */
export function totalsOfSchools(cells: Cells, schools: readonly string[], { level, base }: CellAsk): RateTotals {
  const totals = emptyTotals();
  for (const [key, count] of Object.entries(cells)) {
    const [school = '', of = '', counted = ''] = key.split('|');
    if (!schools.includes(school) || (level !== null && of !== level)) continue;
    if (base === 'roster' && counted === 'missing') continue;
    addCounted(totals, counted, count);
  }
  return totals;
}

/** How many who owe the register gives no household state, in some streets (null: all): they stand in neither the registered nor the resident base. */
export function withoutHome(cells: Cells, streets: readonly string[] | null, level: CellLevel | null): number {
  let sum = 0;
  for (const [key, count] of Object.entries(cells)) {
    const [street = '', of = '', home = ''] = key.split('|');
    const asked = (level === null || of === level) && (streets === null || streets.includes(street));
    if (asked && (home === 'none' || home === 'roster')) sum += count;
  }
  return sum;
}

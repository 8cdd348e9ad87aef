import type { Chance } from './chance.ts';
import { maskNumber } from './invented.ts';
import type { InventedChild, PeopleMaker, Seat } from './people.ts';
import type { DistrictPlan } from './plan.ts';
import { gradeName } from './plan.ts';
import type { PlantedDistrict, PlantedEntry, RegisterEntry, RosterEntry } from './planted.ts';

/** What the planting steps share. */
export interface Planting {
  readonly plan: DistrictPlan;
  readonly chance: Chance;
  readonly people: PeopleMaker;
  readonly district: PlantedDistrict;
}

/** The line of a child in the findings: name and masked number. */
export function named(child: { name: string; documentNumber: string }): PlantedEntry {
  return { name: child.name, id: maskNumber(child.documentNumber) };
}

/** Adds a child who stands in both lists, with what the lists have different. */
export function enrol(
  planting: Planting,
  child: InventedChild,
  seat: Seat,
  inRegister: Partial<RegisterEntry> = {},
  onRoster: Partial<RosterEntry> = {},
): RosterEntry {
  planting.district.register.push({
    ...registerEntry(child),
    status: '区内就读',
    school: seat.school.name,
    grade: gradeName(seat.grade),
    ...inRegister,
  });
  const entry: RosterEntry = { ...rosterEntry(child, seat), ...onRoster };
  planting.district.rosters.push(entry);
  return entry;
}

/** A register line of a child of whom nothing about a school is stated. */
export function registerEntry(child: InventedChild): RegisterEntry {
  return {
    child,
    name: child.name,
    sex: child.sex,
    birth: child.birth,
    documentType: child.documentType,
    documentNumber: child.documentNumber,
    registryNumber: '',
    status: '',
    school: '',
    grade: '',
    note: '',
    householdNumber: child.household.number,
  };
}

/** A roster line of a child. */
export function rosterEntry(child: InventedChild, seat: Seat): RosterEntry {
  return {
    child,
    seat,
    name: child.name,
    sex: child.sex,
    birth: child.birth,
    documentType: child.documentType,
    documentNumber: child.documentNumber,
    registryNumber: child.registryNumber,
    presence: 'present',
  };
}

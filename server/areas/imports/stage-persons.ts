import { checkRosterRow } from '#domain/enrolment/row-checks.ts';
import type { Identity } from '#domain/basics/identity-check.ts';
import type { Held, RawRow } from '#domain/basics/list-row.ts';
import { checkKeylistRow, checkRegisterRow } from '#domain/population/row-checks.ts';
import type { ChildTag } from '#domain/population/record.ts';
import { findPlaceInAddress, matchPlace } from '#domain/organisations/places.ts';
import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Keys } from '#server/crypto/keys.ts';
import { nameForms } from './name-search.ts';
import { blankRow, sealCells, type StagedRow } from './staged-row.ts';

/** A place of the district as staging needs it. */
export interface StagePlace {
  code: string;
  name: string;
  parentCode: string | null;
  kind: string;
}

/** What the rows of a file are read against. */
export interface StageWorld {
  keys: Keys;
  district: string;
  asOf: string;
  list: ChildTag | null;
  fileSchool: string | null;
  places: readonly StagePlace[];
  /** School code → id. */
  schoolIds: ReadonlyMap<string, string>;
  findSchool: (code: string, name: string) => string | null;
  newId: () => string;
}

interface PersonParts {
  raw: RawRow;
  identity: Identity;
  held: Held | null;
  warnings: { code: string; words: string }[];
  kind: string;
  scope: string;
  phone: string;
  entryTable: string;
  entry: Record<string, unknown>;
}

function person(world: StageWorld, rowNo: number, parts: PersonParts): StagedRow {
  const { keys, district } = world;
  const { identity } = parts;
  const { name, documentType, documentNumber, registryNo } = identity;
  const row = blankRow(world, rowNo, { ...parts, name });
  const childPlace = { table: 'child', column: 'sealed', district, id: row.childNewId };
  const entryPlace = { table: parts.entryTable, column: 'sealed', district, id: row.entryNewId };
  return {
    ...row,
    ...nameForms(name),
    sex: identity.sex === 'unknown' ? null : identity.sex,
    birth: identity.birth,
    documentType,
    documentIndex: documentNumber === '' ? null : blindIndex(keys, 'document', documentNumber),
    registryIndex: registryNo === '' ? null : blindIndex(keys, 'registry', registryNo),
    phoneIndex: parts.phone === '' ? null : blindIndex(keys, 'phone', parts.phone),
    suspect: identity.numberFails,
    sealedChild: documentNumber === '' ? null : sealJson(keys, childPlace, { documentNumber }),
    sealedEntry: sealJson(keys, entryPlace, { documentType, documentNumber, registryNo, phone: parts.phone, ...parts.entry }), // prettier-ignore
    sealedCells: parts.held || identity.numberFails ? sealCells(keys, district, row.entryNewId, parts.raw) : null,
    held: parts.held,
    warnings: parts.warnings,
  };
}

const placeCache = new WeakMap<
  readonly StagePlace[],
  Map<string, { subdistrict: string | null; community: string | null }>
>();

/** The street and community that a row names, by its columns, else by its address. */
export function findPlaces(
  places: readonly StagePlace[],
  street: string,
  community: string,
  address: string,
): { subdistrict: string | null; community: string | null } {
  let cache = placeCache.get(places);
  if (!cache) {
    cache = new Map();
    placeCache.set(places, cache);
  }
  const key = `${street}\n${community}\n${street === '' || community === '' ? address : ''}`;
  const known = cache.get(key);
  if (known) return known;
  const streets = places.filter((place) => place.kind === 'subdistrict');
  const all = places.filter((place) => place.kind === 'community');
  const found = street === '' ? findPlaceInAddress(address, streets) : matchPlace(street, streets);
  const inside = found ? all.filter((place) => place.parentCode === found.code) : all;
  const named = community === '' ? findPlaceInAddress(address, inside) : matchPlace(community, inside);
  const result = { subdistrict: found?.code ?? named?.parentCode ?? null, community: named?.code ?? null };
  if (cache.size < 50_000) cache.set(key, result);
  return result;
}

/** Reads a row of the register of school-age children (D4.6). */
export function stageRegisterRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const { value, held, warnings } = checkRegisterRow(raw, { asOf: world.asOf });
  const row = person(world, rowNo, {
    raw,
    identity: value,
    held,
    warnings,
    kind: 'register',
    scope: '',
    phone: value.phone,
    entryTable: 'register_entry',
    entry: { registeredAddress: value.registeredAddress },
  });
  const where = findPlaces(world.places, value.street, value.community, value.address);
  if (where.community === null && value.community !== '')
    row.warnings.push({
      code: 'place-unknown',
      words: `社区“${value.community}”不在本区社区名录中，责任单位按街道或区局安排`,
    });
  return {
    ...row,
    guardian: value.guardian || null,
    householdNo: value.householdNo || null,
    subdistrictCode: where.subdistrict,
    communityCode: where.community,
    address: value.address || null,
    grade: value.grade,
    facts: {
      relation: value.relation,
      householdState: value.householdState,
      studyStatus: value.studyStatus,
      statedSchool: value.statedSchool,
      tags: value.tags,
      surveyor: value.surveyor,
      surveyDate: value.surveyDate,
      note: value.note,
      ethnicity: value.ethnicity,
    },
  };
}

/** Reads a row of the national registry template (D5.4); a failing number is left for publishing to decide. */
export function stageRosterRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const check = checkRosterRow(raw, {
    asOf: world.asOf,
    findSchool: world.findSchool,
    ...(world.fileSchool ? { fileSchool: world.fileSchool } : {}),
  });
  const { value } = check;
  const row = person(world, rowNo, {
    raw,
    identity: value,
    held: check.held,
    warnings: check.warnings,
    kind: 'roster',
    scope: value.schoolCode,
    phone: value.phone,
    entryTable: 'enrolment',
    entry: {
      guardianPhone: value.guardianPhone,
      guardianNumber: value.guardianNumber,
      secondGuardian: value.secondGuardian,
      secondPhone: value.secondPhone,
      helperNo: value.helperNo,
      health: value.health,
      disability: value.disability,
      formerName: value.formerName,
    },
  });
  return {
    ...row,
    guardian: value.guardian || null,
    schoolCode: value.schoolCode || null,
    schoolId: world.schoolIds.get(value.schoolCode) ?? null,
    grade: value.grade,
    classNo: value.classNo,
    address: value.address || null,
    facts: {
      relation: value.relation,
      tags: value.tags,
      ethnicity: value.ethnicity,
      studyWay: value.studyWay,
      entryWay: value.entryWay,
      enteredMonth: value.enteredMonth,
      boarder: value.boarder,
      registeredArea: value.registeredArea,
      suspectHeld: check.suspect,
    },
  };
}

/** Reads a row of a national registry's export that is only compared: as a roster's, with the state of its entry. */
export function stageRegistryRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const row = stageRosterRow(world, rowNo, raw);
  return { ...row, facts: { ...row.facts, registryState: (raw['registryState'] ?? '').trim() } };
}

/** Reads a row of an aid or care list. */
export function stageKeylistRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const { value, held, warnings } = checkKeylistRow(raw, { asOf: world.asOf, list: world.list });
  const row = person(world, rowNo, {
    raw,
    identity: value,
    held,
    warnings,
    kind: 'keylist',
    scope: value.list ?? '',
    phone: '',
    entryTable: value.closed ? 'closed_list_entry' : 'key_list_entry',
    entry: {},
  });
  return {
    ...row,
    facts: { list: value.list ?? 'other', closed: value.closed, validFrom: value.validFrom, validTo: value.validTo },
  };
}

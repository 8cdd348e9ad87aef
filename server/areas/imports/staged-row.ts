import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Keys } from '#server/crypto/keys.ts';
import type { Held, RawRow } from '#domain/basics/list-row.ts';
import type { CopyRows } from '#server/database/copy-rows.ts';

/** A row read and checked, ready for staging: what is searched stands open, every number sealed or as a blind index. */
export interface StagedRow {
  rowNo: number;
  rowPrint: Buffer;
  childNewId: string;
  entryNewId: string;
  name: string;
  nameTail: string;
  pinyin: string;
  initials: string;
  sex: string | null;
  birth: string | null;
  documentType: string;
  documentIndex: Buffer | null;
  registryIndex: Buffer | null;
  phoneIndex: Buffer | null;
  suspect: boolean;
  guardian: string | null;
  schoolCode: string | null;
  schoolId: string | null;
  grade: number | null;
  classNo: string | null;
  householdNo: string | null;
  subdistrictCode: string | null;
  communityCode: string | null;
  address: string | null;
  sealedChild: Buffer | null;
  sealedEntry: Buffer | null;
  sealedCells: Buffer | null;
  held: Held | null;
  facts: Record<string, unknown>;
  warnings: { code: string; words: string }[];
}

/** A staged row of a list of which nothing but its content and a name is known yet. */
export function blankRow(
  of: { keys: Keys; newId: () => string },
  rowNo: number,
  list: { kind: string; scope: string; raw: RawRow; name: string },
): StagedRow {
  return {
    rowNo,
    rowPrint: rowPrint(of.keys, list.kind, list.scope, list.raw),
    childNewId: of.newId(),
    entryNewId: of.newId(),
    name: list.name,
    nameTail: '',
    pinyin: '',
    initials: '',
    sex: null,
    birth: null,
    documentType: 'none',
    documentIndex: null,
    registryIndex: null,
    phoneIndex: null,
    suspect: false,
    guardian: null,
    schoolCode: null,
    schoolId: null,
    grade: null,
    classNo: null,
    householdNo: null,
    subdistrictCode: null,
    communityCode: null,
    address: null,
    sealedChild: null,
    sealedEntry: null,
    sealedCells: null,
    held: null,
    facts: {},
    warnings: [],
  };
}

/** Columns of the staging table in the order of `addStagedRow`. */
export const stagedColumns = [
  'district_code',
  'import_id',
  'row_no',
  'row_print',
  'child_new_id',
  'entry_new_id',
  'name',
  'name_tail',
  'pinyin',
  'initials',
  'sex',
  'birth_date',
  'document_type',
  'document_index',
  'registry_index',
  'phone_index',
  'suspect',
  'guardian',
  'school_code',
  'school_id',
  'grade',
  'class_no',
  'household_no',
  'subdistrict_code',
  'community_code',
  'address',
  'sealed_child',
  'sealed_entry',
  'sealed_cells',
  'held_code',
  'held_reason',
  'held_also',
  'facts',
  'warnings',
] as const;

/** Adds a staged row to the bytes of a COPY. */
export function addStagedRow(to: CopyRows, district: string, importId: string, row: StagedRow): void {
  to.begin(stagedColumns.length);
  to.text(district);
  to.id(importId);
  to.int(row.rowNo);
  to.bytes(row.rowPrint);
  to.id(row.childNewId);
  to.id(row.entryNewId);
  to.text(row.name);
  to.text(row.nameTail);
  to.text(row.pinyin);
  to.text(row.initials);
  to.text(row.sex);
  to.day(row.birth);
  to.text(row.documentType);
  to.bytes(row.documentIndex);
  to.bytes(row.registryIndex);
  to.bytes(row.phoneIndex);
  to.flag(row.suspect);
  to.text(row.guardian);
  to.text(row.schoolCode);
  to.id(row.schoolId);
  to.int(row.grade);
  to.text(row.classNo);
  to.text(row.householdNo);
  to.text(row.subdistrictCode);
  to.text(row.communityCode);
  to.text(row.address);
  to.bytes(row.sealedChild);
  to.bytes(row.sealedEntry);
  to.bytes(row.sealedCells);
  to.text(row.held?.code ?? null);
  to.text(row.held?.reason ?? null);
  to.texts(row.held?.also ?? null);
  to.json(row.facts);
  to.json(row.warnings.length > 0 ? row.warnings : null);
}

/** Seals the cells of a row as they stood in the sheet, for correction on the screen. */
export function sealCells(keys: Keys, district: string, entryId: string, raw: RawRow): Buffer {
  return sealJson(keys, { table: 'held_row', column: 'sealed_cells', district, id: entryId }, raw);
}

/** The keyed print of a row's content: equal rows of one kind of list have equal prints. */
function rowPrint(keys: Keys, kind: string, scope: string, raw: RawRow): Buffer {
  let content = `${kind}\n${scope}`;
  for (const key in raw) {
    const cell = raw[key];
    if (cell) content += `\n${key}\t${cell}`;
  }
  return blindIndex(keys, 'row', content);
}

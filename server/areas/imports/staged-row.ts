import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Keys } from '#server/crypto/keys.ts';
import type { Held, RawRow } from '#domain/basics/list-row.ts';

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

/** Columns of the staging table in the order of `copyLine`. */
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

function text(value: string | null): string {
  if (value === null) return '\\N';
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}

function bytes(value: Buffer | null): string {
  return value === null ? '\\N' : `\\\\x${value.toString('hex')}`;
}

/** One line of COPY's text form. */
export function copyLine(district: string, importId: string, row: StagedRow): string {
  return (
    [
      district,
      importId,
      String(row.rowNo),
      bytes(row.rowPrint),
      row.childNewId,
      row.entryNewId,
      text(row.name),
      text(row.nameTail),
      text(row.pinyin),
      text(row.initials),
      text(row.sex),
      row.birth ?? '\\N',
      row.documentType,
      bytes(row.documentIndex),
      bytes(row.registryIndex),
      bytes(row.phoneIndex),
      row.suspect ? 't' : 'f',
      text(row.guardian),
      text(row.schoolCode),
      row.schoolId ?? '\\N',
      row.grade === null ? '\\N' : String(row.grade),
      text(row.classNo),
      text(row.householdNo),
      text(row.subdistrictCode),
      text(row.communityCode),
      text(row.address),
      bytes(row.sealedChild),
      bytes(row.sealedEntry),
      bytes(row.sealedCells),
      row.held?.code ?? '\\N',
      text(row.held?.reason ?? null),
      row.held ? text(`{${row.held.also.join(',')}}`) : '\\N',
      text(JSON.stringify(row.facts)),
      row.warnings.length > 0 ? text(JSON.stringify(row.warnings)) : '\\N',
    ].join('\t') + '\n'
  );
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

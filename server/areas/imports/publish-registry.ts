import { normalizeName } from '#domain/basics/text.ts';
import {
  differencesOf,
  parseRegistryState,
  proposalsFor,
  type DifferenceKind,
  type Proposal,
  type RegistrySide,
  type RegistryState,
} from '#domain/enrolment/registry-check.ts';
import { blindIndex, openJson, sealJson } from '#server/crypto/seal.ts';
import { openName, sealName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import { steps, type Publishing } from './publish-bulk.ts';
import {
  insertCheck,
  insertDifferences,
  keepStanding,
  listDifferingRows,
  listOnlyHere,
  readCheckSchools,
  schoolNamesOf,
  type ComparedRow,
  type DifferenceWrite,
} from './store-registry.ts';

/**
 * Finds whom each row of a national registry's export speaks of and marks rows that agree with the course as of the day. Nothing of
 * the roster changes. Numbers decide; a name with its birth date counts where the number of one side fails or is missing.
 */
export async function publishRegistry(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const open = `r.district_code = $1 AND r.import_id = $2 AND r.child_id IS NULL`;
  await step(`UPDATE import_row r SET child_id = coalesce(c.merged_into, c.id) FROM child c
    WHERE ${open} AND NOT r.suspect AND c.district_code = $1 AND c.document_index = r.document_index AND c.identity = 'proven'`);
  await step(`UPDATE import_row r SET child_id = coalesce(c.merged_into, c.id) FROM child c
    WHERE ${open} AND r.registry_index IS NOT NULL AND c.district_code = $1 AND c.registry_index = r.registry_index`);
  await step(`UPDATE import_row r SET child_id = one.id
    FROM (SELECT c.name, c.birth_date, (array_agg(c.id))[1] AS id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL GROUP BY c.name, c.birth_date HAVING count(*) = 1) one
    WHERE ${open} AND (r.suspect OR r.document_index IS NULL OR r.held_code IS NOT NULL) AND one.name = r.name AND one.birth_date = r.birth_date`);
  // Twice in the file: the row of the school where the child is stands for him.
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT x.child_id, min(x.row_no) AS row_no FROM import_row x JOIN course s ON s.district_code = $1 AND s.child_id = x.child_id AND upper_inf(s.known) AND s.to_date IS NULL
          WHERE x.district_code = $1 AND x.import_id = $2 AND x.school_id = s.school_id GROUP BY x.child_id) here
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.child_id = here.child_id AND r.row_no <> here.row_no`);
  const differing = (await listDifferingRows(publishing)).map((row) => row.rowNo);
  await step(
    `UPDATE import_row r SET outcome = 'unchanged' WHERE r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NOT NULL AND r.row_no <> ALL($3::int[])`,
    differing,
  );
}

const nowhere: RegistrySide = { name: '', sex: null, birthDate: null, schoolId: null, schoolName: '', grade: null, classNo: null, state: null }; // prettier-ignore

function sidesOf(row: ComparedRow, names: ReadonlyMap<string, string>) {
  const ours: RegistrySide = {
    ...nowhere,
    ...(row.childId === null ? {} : { name: row.ourName ?? '', sex: row.ourSex, birthDate: row.ourBirth }),
    schoolId: row.ourSchool,
    schoolName: names.get(row.ourSchool ?? '') ?? '',
    grade: row.ourGrade,
    classNo: row.ourClass,
    state: row.ourState,
  };
  const theirs = {
    name: normalizeName(row.name),
    sex: row.sex,
    birthDate: row.birthDate,
    schoolId: row.schoolId,
    schoolName: names.get(row.schoolId ?? '') ?? row.schoolCode ?? '',
    grade: row.grade,
    classNo: row.classNo,
    state: null,
    registry: parseRegistryState(row.registryState ?? ''),
  };
  return { ours, theirs };
}

function kindsOf(row: ComparedRow, sides: ReturnType<typeof sidesOf>): DifferenceKind[] {
  if (row.held !== null) return ['faulty'];
  if (row.repeated) return ['twice'];
  return differencesOf(sides.ours, sides.theirs);
}

interface Numbers {
  documentNumber: string;
  registryNo: string;
}

/** The numbers of a row of the registry, as staging sealed them for a roster. */
function numbersOf(context: Context, row: ComparedRow): Numbers {
  if (row.sealedEntry === null) return { documentNumber: '', registryNo: '' };
  const place = { table: 'enrolment', column: 'sealed', district: context.district, id: row.entryId };
  // as: sealed by stage-persons.ts with these fields among others
  const { documentNumber, registryNo } = openJson(context.keys, place, row.sealedEntry) as Numbers;
  return { documentNumber, registryNo };
}

type Sides = { ours: RegistrySide; theirs: RegistrySide & { registry: RegistryState } };

function difference(
  context: Context,
  checkId: string,
  asOf: string,
  kind: DifferenceKind,
  row: ComparedRow,
  sides: Sides,
  why: string,
): DifferenceWrite {
  // prettier-ignore
  const id = context.newId();
  const numbers = numbersOf(context, row);
  const proposals: Proposal[] = proposalsFor(kind, row.childId !== null, sides.ours, sides.theirs);
  const who = row.childId ?? (numbers.documentNumber || numbers.registryNo || `${row.name}|${row.birthDate ?? ''}`);
  const print = blindIndex(context.keys, 'row', JSON.stringify(['registry', kind, who, sides, why])).toString('hex');
  const sealed = { table: 'registry_difference', column: 'sealed', district: context.district, id };
  const tokens = [sides.ours.schoolId, sides.theirs.schoolId].flatMap((school) => (school ? [`school:${school}`] : []));
  return {
    id,
    checkId,
    childId: row.childId,
    schoolId: sides.ours.schoolId,
    theirSchoolId: sides.theirs.schoolId,
    kind,
    name: sides.ours.name || sides.theirs.name,
    ours: sides.ours,
    theirs: { ...sides.theirs, why, stateWords: row.registryState ?? '' },
    proposals,
    print,
    sealed: numbers.documentNumber === '' && numbers.registryNo === '' ? null : sealJson(context.keys, sealed, numbers),
    firstSeen: asOf,
    reach: [...new Set(tokens)].sort(),
  };
}

/**
 * Keeps a comparison with the national registry: its differences with their proposals, in the same transaction as the import's end. What an
 * earlier check found and this one finds again keeps its row and what was decided; what the file no longer shows is settled.
 */
export async function keepRegistryCheck(
  context: Context,
  publishing: Publishing,
  file: { id: string; sealed_name: Buffer | null; started_name: string },
): Promise<void> {
  const { asOf } = publishing;
  const { keys, district } = context;
  const checkId = context.newId();
  const names = await schoolNamesOf(publishing);
  const covered = await readCheckSchools(publishing);
  const rows = await listDifferingRows(publishing);
  const found = rows.flatMap((row) => {
    const sides = sidesOf(row, names);
    return kindsOf(row, sides).map((kind) => difference(context, checkId, asOf, kind, row, sides, row.held ?? ''));
  });
  const elsewhere = new Set(found.flatMap((one) => (one.childId === null ? [] : [one.childId])));
  for (const row of await listOnlyHere(publishing, covered.schools)) {
    if (row.childId !== null && elsewhere.has(row.childId)) continue;
    const { ours } = sidesOf(row, names);
    const theirs = { ...nowhere, name: ours.name, registry: 'unknown' as const };
    found.push(difference(context, checkId, asOf, 'onlyHere', row, { ours, theirs }, ''));
  }
  await insertCheck(publishing, {
    id: checkId,
    sealedName: sealName(keys, 'registry_check', district, checkId, openName(keys, 'import_file', district, file)),
    madeAt: context.now,
    madeName: file.started_name,
    ...covered,
    differing: found.length,
  });
  const standing = await keepStanding(publishing, { checkId, schools: covered.schools, prints: found.map((one) => one.print), at: context.now }); // prettier-ignore
  const fresh = found.filter((one) => !standing.prints.has(one.print));
  await insertDifferences(publishing, fresh);
  context.note({
    detail: { registryCheck: checkId, differing: found.length, fresh: fresh.length, settled: standing.settled },
  });
}

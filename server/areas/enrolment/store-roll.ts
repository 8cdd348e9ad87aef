import type { Client } from './store-course.ts';

/** A roll entry as stored, with what must be sealed anew when it is written again. */
export interface RollRow {
  id: string;
  childId: string;
  schoolId: string;
  classId: string | null;
  grade: number;
  name: string;
  sex: string | null;
  birthDate: string | null;
  guardian: string | null;
  address: string | null;
  tags: string[];
  phoneIndex: Buffer | null;
  registryIndex: Buffer | null;
  sealed: Buffer | null;
  rowPrint: Buffer;
  importId: string | null;
  rowNo: number | null;
  fromDate: string;
  toDate: string | null;
}

const columns = `e.id, e.child_id AS "childId", e.school_id AS "schoolId", e.class_id AS "classId", e.grade, e.name, e.sex, e.birth_date AS "birthDate", e.guardian, e.address, e.tags,
  e.phone_index AS "phoneIndex", e.registry_index AS "registryIndex", e.sealed, e.row_print AS "rowPrint", e.import_id AS "importId", e.row_no AS "rowNo", e.from_date AS "fromDate", e.to_date AS "toDate"`;

/** The roll entries of children as known now that hold on a day or later, the newest last. */
export async function readRolls(
  client: Client,
  district: string,
  childIds: readonly string[],
  day: string,
): Promise<RollRow[]> {
  const found = await client.query<RollRow>({
    name: 'roll-of-children',
    values: [district, childIds, day],
    text: `SELECT ${columns} FROM enrolment e WHERE e.district_code = $1 AND e.child_id = ANY($2::uuid[]) AND upper_inf(e.known) AND (e.to_date IS NULL OR e.to_date > $3::date) ORDER BY e.child_id, e.from_date`,
  });
  return found.rows;
}

/** The last roll entry of a child whatever its days, null for one who was never on a roll. */
export async function readLastRoll(client: Client, district: string, childId: string): Promise<RollRow | null> {
  const found = await client.query<RollRow>({
    name: 'roll-last',
    values: [district, childId],
    text: `SELECT ${columns} FROM enrolment e WHERE e.district_code = $1 AND e.child_id = $2 AND upper_inf(e.known) ORDER BY e.from_date DESC LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** What a child's record says of him, for a roll entry that no list gave. */
export interface ChildFacts {
  name: string;
  sex: string | null;
  birthDate: string | null;
  registryIndex: Buffer | null;
  sealed: Buffer | null;
  mergedInto: string | null;
  reach: string[];
}

/** A child's record; null when there is none, or out of reach. */
export async function readChildFacts(client: Client, district: string, childId: string): Promise<ChildFacts | null> {
  const found = await client.query<ChildFacts>({
    name: 'roll-child',
    values: [district, childId],
    text: `SELECT c.name, c.sex, c.birth_date AS "birthDate", c.registry_index AS "registryIndex", c.sealed, c.merged_into AS "mergedInto", c.reach FROM child c WHERE c.district_code = $1 AND c.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** A child by the index of his document or registry number, and his name. */
export async function findChildByNumber(
  client: Client,
  district: string,
  asked: { document: Buffer; registry: Buffer; name: string },
): Promise<string | null> {
  const found = await client.query<{ id: string }>({
    name: 'roll-child-by-number',
    values: [district, asked.document, asked.registry, asked.name],
    text: `SELECT coalesce(c.merged_into, c.id) AS id FROM child c WHERE c.district_code = $1 AND (c.document_index = $2 OR c.registry_index = $3) AND c.name = $4 ORDER BY c.merged_into NULLS FIRST, c.id LIMIT 1`,
  });
  return found.rows[0]?.id ?? null;
}

/** Ends the knowledge of roll entries. */
export async function closeRolls(
  client: Client,
  district: string,
  ids: readonly string[],
  knownAt: string,
): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: 'roll-close',
    values: [district, ids, knownAt],
    text: `UPDATE enrolment SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = ANY($2::uuid[])`,
  });
}

/** Writes a roll entry as known from a moment. */
export async function insertRoll(
  client: Client,
  district: string,
  row: RollRow,
  knownAt: string,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'roll-insert',
    values: [
      district,
      row.id,
      row.childId,
      row.schoolId,
      row.classId,
      row.grade,
      row.name,
      row.sex,
      row.birthDate,
      row.guardian,
      row.address,
      row.tags,
      row.phoneIndex,
      row.registryIndex,
      row.sealed,
      row.fromDate,
      row.toDate,
      knownAt,
      row.rowPrint,
      row.importId,
      row.rowNo,
      reach,
    ],
    text: `INSERT INTO enrolment (district_code, id, child_id, school_id, class_id, grade, name, sex, birth_date, guardian, address, tags, phone_index, registry_index, sealed, during, from_date, to_date, known, row_print, import_id, row_no, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10, $11, $12::text[], $13, $14, $15, daterange($16::date, $17::date), $16::date, $17::date, tstzrange($18::timestamptz, NULL), $19, $20, $21, $22::text[])`,
  });
}

/** A class with its school and grade; null when there is none. */
export async function findClassOf(
  client: Client,
  district: string,
  id: string,
): Promise<{ schoolId: string; grade: number; name: string } | null> {
  const found = await client.query<{ schoolId: string; grade: number; name: string }>({
    name: 'roll-class',
    values: [district, id],
    text: `SELECT k.school_id AS "schoolId", k.grade, k.name FROM school_class k WHERE k.district_code = $1 AND k.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** The names under which a document or registry number is known. */
export async function findNamesOfNumber(
  client: Client,
  district: string,
  document: Buffer,
  registry: Buffer | null,
): Promise<string[]> {
  const found = await client.query<{ name: string }>({
    name: 'roll-names-of-number',
    values: [district, document, registry],
    text: `SELECT c.name FROM child c WHERE c.district_code = $1 AND (c.document_index = $2 OR c.registry_index = $3) LIMIT 5`,
  });
  return found.rows.map((row) => row.name);
}

/** A person who comes from outside, before he is on a roll. */
interface NewcomerRow {
  id: string;
  name: string;
  nameTail: string;
  pinyin: string;
  initials: string;
  sex: string | null;
  birthDate: string | null;
  documentType: string;
  documentIndex: Buffer;
  registryIndex: Buffer | null;
  sealed: Buffer;
  reach: readonly string[];
  at: Date;
}

/** Enters a person who comes from outside. */
export async function insertNewcomer(client: Client, district: string, row: NewcomerRow): Promise<void> {
  await client.query({
    name: 'roll-newcomer',
    values: [district, row.id, row.name, row.nameTail, row.pinyin, row.initials, row.sex, row.birthDate, row.documentType, row.documentIndex, row.registryIndex, row.sealed, row.reach, row.at], // prettier-ignore
    text: `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, sex, birth_date, document_type, document_index, registry_index, sealed, identity, reach, created_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9, $10, $11, $12, 'proven', $13::text[], $14, $14)`,
  });
}

import type pg from 'pg';
import type { Relation } from '#domain/basics/relation.ts';
import type { StudyStatus } from '#domain/population/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Everything of a child's present register entry and enrolment that the record page shows. */
export interface ChildParts {
  ethnicity: string | null;
  merged_into: string | null;
  reach: string[];
  registry_index: Buffer | null;
  entry_id: string | null;
  entry_sealed: Buffer | null;
  household_id: string | null;
  household_no: string | null;
  household_address: string | null;
  address: string | null;
  guardian: string | null;
  relation: Relation | null;
  household_state: string | null;
  study_status: StudyStatus | null;
  stated_school: string | null;
  stated_grade: number | null;
  surveyor: string | null;
  survey_date: string | null;
  note: string | null;
  enrolment_id: string | null;
  enrolment_sealed: Buffer | null;
  school_id: string | null;
  school_name: string | null;
  class_name: string | null;
  grade: number | null;
  enrolment_from: string | null;
  roster_guardian: string | null;
}

/** The parts of one child's record; undefined when out of reach. */
export async function readParts(client: Client, district: string, id: string): Promise<ChildParts | undefined> {
  return (
    await client.query<ChildParts>({
      name: 'population-parts',
      text: `SELECT c.ethnicity, c.merged_into, c.reach, c.registry_index, r.id AS entry_id, r.sealed AS entry_sealed, r.household_id, h.household_no, h.address AS household_address, r.address, r.guardian, r.relation,
               r.household_state, r.study_status, r.stated_school, r.stated_grade, r.surveyor, r.survey_date, r.note,
               e.id AS enrolment_id, e.sealed AS enrolment_sealed, e.school_id, s.name AS school_name, k.name AS class_name, e.grade, e.from_date AS enrolment_from, e.guardian AS roster_guardian
             FROM child c
             LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
             LEFT JOIN household h ON h.district_code = $1 AND h.id = r.household_id
             LEFT JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known) AND e.to_date IS NULL
             LEFT JOIN school s ON s.district_code = $1 AND s.id = e.school_id
             LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
             WHERE c.district_code = $1 AND c.id = $2`,
      values: [district, id],
    })
  ).rows[0];
}

/** Children of the same household. */
export async function readSiblings(
  client: Client,
  district: string,
  childId: string,
  householdId: string,
): Promise<{ id: string; name: string }[]> {
  return (
    await client.query<{ id: string; name: string }>(
      `SELECT c.id, c.name FROM register_entry r JOIN child c ON c.district_code = $1 AND c.id = r.child_id WHERE r.district_code = $1 AND r.household_id = $2 AND upper_inf(r.known) AND r.child_id <> $3 ORDER BY c.birth_date`,
      [district, householdId, childId],
    )
  ).rows;
}

/** Live findings of a child. */
export async function readFindings(
  client: Client,
  district: string,
  childId: string,
): Promise<{ id: string; kind: string; state: string; dueDate: string }[]> {
  return (
    await client.query<{ id: string; kind: string; state: string; dueDate: string }>(
      `SELECT id, kind, state, due_date AS "dueDate" FROM finding WHERE district_code = $1 AND child_id = $2 AND closed_at IS NULL ORDER BY due_date`,
      [district, childId],
    )
  ).rows;
}

/** Live findings of a child that still have to be answered, with whose they are; those due first stand first. */
export async function readDuties(
  client: Client,
  district: string,
  childId: string,
): Promise<{ kind: string; ownerKind: string; reach: string[] }[]> {
  return (
    await client.query<{ kind: string; ownerKind: string; reach: string[] }>(
      `SELECT kind, owner_kind AS "ownerKind", reach FROM finding WHERE district_code = $1 AND child_id = $2 AND closed_at IS NULL AND state IN ('open', 'verifying', 'explained') ORDER BY due_date, id`,
      [district, childId],
    )
  ).rows;
}

/** Merges into a child. */
export async function readMerges(
  client: Client,
  district: string,
  childId: string,
): Promise<{ id: string; mergedName: string; at: string; by: string; undone: boolean }[]> {
  return (
    await client.query<{ id: string; mergedName: string; at: string; by: string; undone: boolean }>(
      `SELECT m.id, c.name AS "mergedName", to_char(m.known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, m.by_name AS by, m.undone_at IS NOT NULL AS undone
       FROM merge m JOIN child c ON c.district_code = $1 AND c.id = m.merged_child_id WHERE m.district_code = $1 AND m.kept_child_id = $2 ORDER BY m.known_at DESC`,
      [district, childId],
    )
  ).rows;
}

/** Another child that carries a number. */
export async function findCarrier(
  client: Client,
  district: string,
  index: Buffer,
  except: string,
): Promise<{ id: string; name: string } | undefined> {
  return (
    await client.query<{ id: string; name: string }>(
      `SELECT id, name FROM child WHERE district_code = $1 AND document_index = $2 AND id <> $3 AND merged_into IS NULL LIMIT 1`,
      [district, index, except],
    )
  ).rows[0];
}

/** A child's own columns after a correction. */
export interface ChildColumns {
  name: string;
  nameTail: string;
  pinyin: string;
  initials: string;
  sex: string | null;
  birth: string | null;
  documentType: string;
  documentIndex: Buffer | null;
  sealed: Buffer | null;
  identity: string;
}

/** Writes a child's corrected columns. */
export async function updateChild(
  client: Client,
  district: string,
  id: string,
  child: ChildColumns,
  at: string,
): Promise<void> {
  await client.query(
    `UPDATE child SET name = $3, name_tail = $4, pinyin = $5, initials = $6, sex = $7, birth_date = $8, document_type = $9, document_index = $10, sealed = $11, identity = $12, changed_at = $13 WHERE district_code = $1 AND id = $2`,
    [
      district,
      id,
      child.name,
      child.nameTail,
      child.pinyin,
      child.initials,
      child.sex,
      child.birth,
      child.documentType,
      child.documentIndex,
      child.sealed,
      child.identity,
      at,
    ],
  );
}

/** Supersedes the present register entry by one with changes; days stay, the known time changes hands. */
export async function supersedeEntry(
  client: Client,
  district: string,
  entryId: string,
  next: {
    id: string;
    name: string;
    sex: string | null;
    birth: string | null;
    studyStatus: string;
    statedSchool: string | null;
    note: string | null;
    guardian: string | null;
    relation: string | null;
    tags: string[];
    phoneIndex: Buffer | null;
    sealed: Buffer;
    rowPrint: Buffer;
  },
  knownAt: string,
): Promise<void> {
  await client.query(
    `UPDATE register_entry SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2`,
    [district, entryId, knownAt],
  );
  await client.query(
    `INSERT INTO register_entry (district_code, id, child_id, household_id, name, sex, birth_date, subdistrict_code, community_code, address, guardian, relation, household_state, study_status, stated_school, stated_grade,
       tags, surveyor, survey_date, note, phone_index, registry_index, sealed, during, from_date, to_date, known, row_print, import_id, row_no, reach)
     SELECT o.district_code, $3, o.child_id, o.household_id, $4, $5, $6, o.subdistrict_code, o.community_code, o.address, $7, $8, o.household_state, $9, $10, o.stated_grade,
       $11, o.surveyor, o.survey_date, $12, $13, o.registry_index, $14, o.during, o.from_date, o.to_date, tstzrange($15::timestamptz, NULL), $16, NULL, NULL, o.reach
     FROM register_entry o WHERE o.district_code = $1 AND o.id = $2`,
    [
      district,
      entryId,
      next.id,
      next.name,
      next.sex,
      next.birth,
      next.guardian,
      next.relation,
      next.studyStatus,
      next.statedSchool,
      next.tags,
      next.note,
      next.phoneIndex,
      next.sealed,
      knownAt,
      next.rowPrint,
    ],
  );
}

/** Tags of the present register entry. */
export async function readTags(client: Client, district: string, entryId: string): Promise<string[]> {
  return (
    (
      await client.query<{ tags: string[] }>(`SELECT tags FROM register_entry WHERE district_code = $1 AND id = $2`, [
        district,
        entryId,
      ])
    ).rows[0]?.tags ?? []
  );
}

/** Keeps both versions of a corrected record, sealed. */
export async function insertChange(
  client: Client,
  district: string,
  change: {
    id: string;
    childId: string;
    knownAt: string;
    actorId: string;
    actorName: string;
    what: string;
    reason: string;
    before: Buffer;
    after: Buffer;
    reach: string[];
  },
): Promise<void> {
  await client.query(
    `INSERT INTO child_change (district_code, id, child_id, known_at, actor_id, actor_name, what, reason, sealed_before, sealed_after, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      district,
      change.id,
      change.childId,
      change.knownAt,
      change.actorId,
      change.actorName,
      change.what,
      change.reason,
      change.before,
      change.after,
      change.reach,
    ],
  );
}

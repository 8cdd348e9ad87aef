import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A child met at the door, checked and sealed. */
export interface DoorChildRow {
  childId: string;
  known: boolean;
  entryId: string;
  householdId: string;
  name: string;
  nameTail: string;
  pinyin: string;
  initials: string;
  sex: string | null;
  birth: string | null;
  documentType: string;
  documentIndex: Buffer | null;
  sealedChild: Buffer | null;
  sealedEntry: Buffer;
  phoneIndex: Buffer | null;
  subdistrictCode: string | null;
  communityCode: string | null;
  address: string;
  guardian: string;
  relation: string;
  studyStatus: string;
  statedSchool: string;
  tags: string[];
  surveyor: string;
  day: string;
  note: string;
  rowPrint: Buffer;
  reach: string[];
}

/** The child that carries a document number, with its name, and whether it stands in the register. */
export async function findByDocument(
  client: Client,
  district: string,
  index: Buffer,
): Promise<{ id: string; name: string; registered: boolean } | undefined> {
  return (
    await client.query<{ id: string; name: string; registered: boolean }>(
      `SELECT c.id, c.name, EXISTS (SELECT 1 FROM register_entry r WHERE r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)) AS registered
       FROM child c WHERE c.district_code = $1 AND c.document_index = $2 AND c.merged_into IS NULL LIMIT 1`,
      [district, index],
    )
  ).rows[0];
}

/** Adds a child met at the door to the register, and the person where it is new. */
export async function insertDoorChild(
  client: Client,
  district: string,
  row: DoorChildRow,
  knownAt: string,
): Promise<void> {
  if (!row.known) {
    await client.query(
      `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, sex, birth_date, document_type, document_index, sealed, identity, reach, created_at, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
      [
        district,
        row.childId,
        row.name,
        row.nameTail,
        row.pinyin,
        row.initials,
        row.sex,
        row.birth,
        row.documentType,
        row.documentIndex,
        row.sealedChild,
        row.documentIndex ? 'proven' : 'none',
        row.reach,
        knownAt,
      ],
    );
  }
  await client.query(
    `INSERT INTO register_entry (district_code, id, child_id, household_id, name, sex, birth_date, subdistrict_code, community_code, address, guardian, relation, household_state, study_status, stated_school, tags, surveyor,
       survey_date, note, phone_index, sealed, during, from_date, known, row_print, reach)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, ''), $12, 'none', $13, nullif($14, ''), $15, $16, $17::date, nullif($18, ''), $19, $20, daterange($17::date, NULL), $17::date, tstzrange($21::timestamptz, NULL), $22, $23)`,
    [
      district,
      row.entryId,
      row.childId,
      row.householdId,
      row.name,
      row.sex,
      row.birth,
      row.subdistrictCode,
      row.communityCode,
      row.address,
      row.guardian,
      row.relation,
      row.studyStatus,
      row.statedSchool,
      row.tags,
      row.surveyor,
      row.day,
      row.note,
      row.phoneIndex,
      row.sealedEntry,
      knownAt,
      row.rowPrint,
      row.reach,
    ],
  );
}

import type pg from 'pg';
import type { DocumentType } from '#domain/basics/document-number.ts';
import type { HouseholdState, StudyStatus } from '#domain/population/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The condition of a fact that holds on day $2 as we know it now, in district $1. */
export function holds(alias: string): string {
  return `${alias}.district_code = $1 AND upper_inf(${alias}.known) AND ${alias}.from_date <= $2::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $2::date)`;
}

/** A child as the comparison reads it: the person, the register's entry and the roster's entry as of the day. */
export interface ChildRow {
  id: string;
  name: string;
  pinyin: string;
  sex: string | null;
  birth_date: string | null;
  document_type: DocumentType;
  document_index: Buffer | null;
  registry_index: Buffer | null;
  sealed: Buffer | null;
  identity: 'proven' | 'suspect' | 'conflict' | 'none';
  reach: string[];
  register_id: string | null;
  register_name: string;
  register_sex: string | null;
  register_birth: string | null;
  study_status: StudyStatus;
  household_state: HouseholdState | null;
  stated_school: string | null;
  stated_grade: number | null;
  register_guardian: string | null;
  register_address: string | null;
  subdistrict_code: string | null;
  community_code: string | null;
  register_phone: Buffer | null;
  register_registry: Buffer | null;
  register_sealed: Buffer | null;
  enrolment_id: string | null;
  school_id: string | null;
  grade: number;
  roster_name: string;
  roster_sex: string | null;
  roster_birth: string | null;
  roster_guardian: string | null;
  roster_address: string | null;
  roster_phone: Buffer | null;
  roster_registry: Buffer | null;
  roster_sealed: Buffer | null;
}

type PersonRow = Pick<
  ChildRow,
  | 'id'
  | 'name'
  | 'pinyin'
  | 'sex'
  | 'birth_date'
  | 'document_type'
  | 'document_index'
  | 'registry_index'
  | 'sealed'
  | 'identity'
  | 'reach'
>;
type RegisterRow = Pick<
  ChildRow,
  | 'register_id'
  | 'register_name'
  | 'register_sex'
  | 'register_birth'
  | 'study_status'
  | 'household_state'
  | 'stated_school'
  | 'stated_grade'
  | 'register_guardian'
  | 'register_address'
  | 'subdistrict_code'
  | 'community_code'
  | 'register_phone'
  | 'register_registry'
  | 'register_sealed'
>;
type RosterRow = Omit<ChildRow, keyof PersonRow | keyof RegisterRow>;

const noRegister: RegisterRow = {
  register_id: null,
  register_name: '',
  register_sex: null,
  register_birth: null,
  study_status: 'none',
  household_state: null,
  stated_school: null,
  stated_grade: null,
  register_guardian: null,
  register_address: null,
  subdistrict_code: null,
  community_code: null,
  register_phone: null,
  register_registry: null,
  register_sealed: null,
};
const noRoster: RosterRow = {
  enrolment_id: null,
  school_id: null,
  grade: 0,
  roster_name: '',
  roster_sex: null,
  roster_birth: null,
  roster_guardian: null,
  roster_address: null,
  roster_phone: null,
  roster_registry: null,
  roster_sealed: null,
};

/**
 * Reads children with both lists' entries: three reads of one table each, joined here. One join of the three went wrong by a factor
 * of a hundred on tables just loaded, of which the database has no statistics yet.
 */
export async function readChildren(
  client: Client,
  district: string,
  asOf: string,
  ids: readonly string[],
): Promise<ChildRow[]> {
  const rows: ChildRow[] = [];
  for (let from = 0; from < ids.length; from += 20_000) {
    const some = ids.slice(from, from + 20_000);
    const register = await client.query<RegisterRow & { child_id: string }>({
      name: 'comparison-register',
      values: [district, asOf, some],
      text: `SELECT r.child_id, r.id AS register_id, r.name AS register_name, r.sex AS register_sex, r.birth_date AS register_birth, r.study_status, r.household_state, r.stated_school, r.stated_grade,
               r.guardian AS register_guardian, r.address AS register_address, r.subdistrict_code, r.community_code, r.phone_index AS register_phone,
               r.registry_index AS register_registry, r.sealed AS register_sealed
             FROM register_entry r WHERE ${holds('r')} AND r.child_id = ANY($3::uuid[])`,
    });
    const roster = await client.query<RosterRow & { child_id: string }>({
      name: 'comparison-roster',
      values: [district, asOf, some],
      text: `SELECT e.child_id, e.id AS enrolment_id, e.school_id, e.grade, e.name AS roster_name, e.sex AS roster_sex, e.birth_date AS roster_birth, e.guardian AS roster_guardian,
               e.address AS roster_address, e.phone_index AS roster_phone, e.registry_index AS roster_registry, e.sealed AS roster_sealed
             FROM enrolment e WHERE ${holds('e')} AND e.child_id = ANY($3::uuid[])`,
    });
    const persons = await client.query<PersonRow>({
      name: 'comparison-persons',
      values: [district, some],
      text: `SELECT c.id, c.name, c.pinyin, c.sex, c.birth_date, c.document_type, c.document_index, c.registry_index, c.sealed, c.identity, c.reach
             FROM child c WHERE c.district_code = $1 AND c.id = ANY($2::uuid[]) AND c.merged_into IS NULL ORDER BY c.id`,
    });
    const registerOf = new Map(register.rows.map((row) => [row.child_id, row]));
    const rosterOf = new Map(roster.rows.map((row) => [row.child_id, row]));
    for (const person of persons.rows) {
      rows.push({ ...person, ...noRegister, ...registerOf.get(person.id), ...noRoster, ...rosterOf.get(person.id) });
    }
  }
  return rows;
}

/** A second school's claim to a child. */
export interface ClaimRow {
  child_id: string;
  school_id: string;
  grade: number;
}

/** The claims that stand on the day. */
export async function listClaims(client: Client, district: string, asOf: string): Promise<ClaimRow[]> {
  const found = await client.query<ClaimRow>({
    name: 'comparison-claims',
    values: [district, asOf],
    text: `SELECT child_id, school_id, grade FROM enrolment_claim WHERE district_code = $1 AND upper_inf(known) AND from_date <= $2::date ORDER BY child_id, school_id`,
  });
  return found.rows;
}

/**
 * Children to whom a proposal may point although they are on a roster: those who carry the same number as a given child,
 * and those who carry the name and birth date of a given child whose number fails its check.
 */
export async function listNamesakes(
  client: Client,
  district: string,
  children: readonly Pick<ChildRow, 'id' | 'name' | 'birth_date' | 'document_index' | 'identity'>[],
): Promise<string[]> {
  const numbers = children.flatMap((child) => (child.document_index === null ? [] : [child.document_index]));
  const suspects = children.filter((child) => child.identity === 'suspect' && child.birth_date !== null);
  const given = new Map<string, string[]>();
  for (const child of children) {
    if (child.document_index === null) continue;
    const key = child.document_index.toString('hex');
    given.set(key, [...(given.get(key) ?? []), child.id]);
  }
  const sameNumber = await client.query<{ id: string; document_index: Buffer }>({
    name: 'comparison-same-number',
    values: [district, numbers],
    text: `SELECT id, document_index FROM child WHERE district_code = $1 AND document_index = ANY($2::bytea[]) AND merged_into IS NULL`,
  });
  const sameName = await client.query<{ id: string; name: string; birth_date: string | null }>({
    name: 'comparison-same-name',
    values: [district, [...new Set(suspects.map((child) => child.name))]],
    text: `SELECT id, name, birth_date FROM child WHERE district_code = $1 AND name = ANY($2::text[]) AND merged_into IS NULL`,
  });
  const born = new Map<string, string[]>();
  for (const child of suspects) {
    const key = `${child.name}|${child.birth_date ?? ''}`;
    born.set(key, [...(born.get(key) ?? []), child.id]);
  }
  const isOther = (holders: readonly string[] | undefined, id: string) =>
    holders?.some((holder) => holder !== id) === true;
  return [
    ...new Set([
      ...sameNumber.rows
        .filter((row) => isOther(given.get(row.document_index.toString('hex')), row.id))
        .map((row) => row.id),
      ...sameName.rows
        .filter((row) => isOther(born.get(`${row.name}|${row.birth_date ?? ''}`), row.id))
        .map((row) => row.id),
    ]),
  ];
}

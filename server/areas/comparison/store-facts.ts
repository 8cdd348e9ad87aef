import type pg from 'pg';
import type { DocumentType } from '#domain/basics/document-number.ts';
import type { StudyStatus } from '#domain/population/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The condition of a fact that holds on day $2 as we know it now, in district $1. */
function holds(alias: string): string {
  return `${alias}.district_code = $1 AND upper_inf(${alias}.known) AND ${alias}.from_date <= $2::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $2::date)`;
}

/** Children whom the comparison must look at one by one besides those on one list only: on two rosters, twice in the register, marked absent without leave. */
export async function listSpecialChildren(
  client: Client,
  district: string,
  asOf: string,
  opening: string,
): Promise<{ ids: string[]; repeated: Map<string, string[]>; absent: string[] }> {
  const repeats = await client.query<{ child_id: string; id: string }>({
    name: 'comparison-repeats',
    values: [district],
    text: `SELECT child_id, id FROM register_repeat WHERE district_code = $1 AND upper_inf(known) ORDER BY child_id, id`,
  });
  const claims = await client.query<{ child_id: string }>({
    name: 'comparison-claimed',
    values: [district, asOf],
    text: `SELECT DISTINCT child_id FROM enrolment_claim WHERE district_code = $1 AND upper_inf(known) AND from_date <= $2::date`,
  });
  const absent = await client.query<{ child_id: string }>({
    name: 'comparison-absent',
    values: [district, asOf, opening],
    text: `SELECT DISTINCT child_id FROM presence WHERE district_code = $1 AND upper_inf(known) AND day > $3::date AND day <= $2::date AND present = false AND leave_kind IS NULL`,
  });
  const repeated = new Map<string, string[]>();
  for (const row of repeats.rows) repeated.set(row.child_id, [...(repeated.get(row.child_id) ?? []), row.id]);
  const absentIds = absent.rows.map((row) => row.child_id);
  return {
    ids: [...new Set([...repeated.keys(), ...claims.rows.map((row) => row.child_id), ...absentIds])],
    repeated,
    absent: absentIds,
  };
}

/** Ids of the children who stand on one list only, on a roster outside grades 1–9, or among the given ones. All others are in the register and on one roster. */
export async function listExceptionalChildren(
  client: Client,
  district: string,
  asOf: string,
  special: readonly string[],
): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'comparison-exceptional',
    values: [district, asOf, special],
    text: `SELECT coalesce(r.child_id, e.child_id) AS id
           FROM (SELECT r.child_id FROM register_entry r WHERE ${holds('r')}) r
           FULL JOIN (SELECT e.child_id, e.grade FROM enrolment e WHERE ${holds('e')}) e ON e.child_id = r.child_id
           WHERE r.child_id IS NULL OR e.child_id IS NULL OR e.grade NOT BETWEEN 1 AND 9 OR r.child_id = ANY($3::uuid[])
           UNION SELECT c.child_id FROM enrolment_claim c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.from_date <= $2::date`,
  });
  return found.rows.map((row) => row.id);
}

/** Children of the register by street, and pupils of grades 1–9 by school, as of the day. */
export async function countLists(
  client: Client,
  district: string,
  asOf: string,
): Promise<{ register: { code: string; count: number }[]; pupils: { code: string; count: number }[] }> {
  const register = await client.query<{ code: string; count: number }>({
    name: 'comparison-count-register',
    values: [district, asOf],
    text: `SELECT coalesce(r.subdistrict_code, '') AS code, count(*) AS count FROM register_entry r WHERE ${holds('r')} GROUP BY r.subdistrict_code`,
  });
  const pupils = await client.query<{ code: string; count: number }>({
    name: 'comparison-count-pupils',
    values: [district, asOf],
    text: `SELECT e.school_id::text AS code, count(*) AS count FROM enrolment e WHERE ${holds('e')} AND e.grade BETWEEN 1 AND 9 GROUP BY e.school_id`,
  });
  return { register: register.rows, pupils: pupils.rows };
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

/** Reads children with both lists' entries. */
export async function readChildren(
  client: Client,
  district: string,
  asOf: string,
  ids: readonly string[],
): Promise<ChildRow[]> {
  const rows: ChildRow[] = [];
  for (let from = 0; from < ids.length; from += 20_000) {
    const found = await client.query<ChildRow>({
      name: 'comparison-children',
      values: [district, asOf, ids.slice(from, from + 20_000)],
      text: `SELECT c.id, c.name, c.pinyin, c.sex, c.birth_date, c.document_type, c.document_index, c.registry_index, c.sealed, c.identity, c.reach,
               r.id AS register_id, r.name AS register_name, r.sex AS register_sex, r.birth_date AS register_birth, r.study_status, r.stated_school, r.stated_grade,
               r.guardian AS register_guardian, r.address AS register_address, r.subdistrict_code, r.community_code, r.phone_index AS register_phone,
               r.registry_index AS register_registry, r.sealed AS register_sealed,
               e.id AS enrolment_id, e.school_id, e.grade, e.name AS roster_name, e.sex AS roster_sex, e.birth_date AS roster_birth, e.guardian AS roster_guardian,
               e.address AS roster_address, e.phone_index AS roster_phone, e.registry_index AS roster_registry, e.sealed AS roster_sealed
             FROM child c
             LEFT JOIN register_entry r ON r.child_id = c.id AND ${holds('r')}
             LEFT JOIN enrolment e ON e.child_id = c.id AND ${holds('e')}
             WHERE c.district_code = $1 AND c.id = ANY($3::uuid[]) AND c.merged_into IS NULL
             ORDER BY c.id`,
    });
    for (const row of found.rows) rows.push(row);
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
export async function listNamesakes(client: Client, district: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await client.query<{ id: string }>({
    name: 'comparison-namesakes',
    values: [district, ids],
    text: `SELECT o.id FROM child c JOIN child o ON o.district_code = $1 AND o.document_index = c.document_index AND o.id <> c.id AND o.merged_into IS NULL
             WHERE c.district_code = $1 AND c.id = ANY($2::uuid[]) AND c.document_index IS NOT NULL
           UNION SELECT o.id FROM child c JOIN child o ON o.district_code = $1 AND o.name = c.name AND o.birth_date = c.birth_date AND o.id <> c.id AND o.merged_into IS NULL
             WHERE c.district_code = $1 AND c.id = ANY($2::uuid[]) AND c.identity = 'suspect'`,
  });
  return found.rows.map((row) => row.id);
}

/** What schools said last of the presence of children, one row per child and school. */
export interface PresenceRow {
  child_id: string;
  school_id: string;
  day: string;
  present: boolean | null;
  leave_kind: string | null;
  reason: string | null;
  days_absent: number | null;
}

/** The latest presence of the school year up to the day. */
export async function listPresence(
  client: Client,
  district: string,
  asOf: string,
  opening: string,
  ids: readonly string[],
): Promise<PresenceRow[]> {
  if (ids.length === 0) return [];
  const found = await client.query<PresenceRow>({
    name: 'comparison-presence',
    values: [district, asOf, opening, ids],
    text: `SELECT DISTINCT ON (p.child_id, p.school_id) p.child_id, p.school_id, p.day, p.present, p.leave_kind, p.reason, p.days_absent FROM presence p
           WHERE p.district_code = $1 AND upper_inf(p.known) AND p.day > $3::date AND p.day <= $2::date AND p.child_id = ANY($4::uuid[])
           ORDER BY p.child_id, p.school_id, p.day DESC`,
  });
  return found.rows;
}

/** Accepted proofs that hold on the day. */
export async function listStandings(
  client: Client,
  district: string,
  asOf: string,
): Promise<{ child_id: string; kind: string; place_name: string | null }[]> {
  const found = await client.query<{ child_id: string; kind: string; place_name: string | null }>({
    name: 'comparison-standings',
    values: [district, asOf],
    text: `SELECT s.child_id, s.kind, s.place_name FROM standing s WHERE ${holds('s')}`,
  });
  return found.rows;
}

/** Key lists (aid and care, not the closed ones of health) on which the given children stand on the day, by record or by number and name. */
export async function listKeyLists(
  client: Client,
  district: string,
  asOf: string,
  ids: readonly string[],
): Promise<{ child_id: string; list: string }[]> {
  if (ids.length === 0) return [];
  const valid = 'upper_inf(k.known) AND k.from_date <= $2::date AND (k.to_date IS NULL OR k.to_date >= $2::date)';
  const found = await client.query<{ child_id: string; list: string }>({
    name: 'comparison-key-lists',
    values: [district, asOf, ids],
    text: `SELECT k.child_id, k.list FROM key_list_entry k WHERE k.district_code = $1 AND k.child_id = ANY($3::uuid[]) AND ${valid}
           UNION SELECT c.id, k.list FROM child c JOIN key_list_entry k ON k.district_code = $1 AND k.document_index = c.document_index AND k.name = c.name AND ${valid}
           WHERE c.district_code = $1 AND c.id = ANY($3::uuid[]) ORDER BY 1, 2`,
  });
  return found.rows;
}

/** Rows of registers and rosters that wait for a correction. */
export async function countHeldRows(client: Client, district: string): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'comparison-held',
    values: [district],
    text: `SELECT count(*) AS count FROM held_row WHERE district_code = $1 AND state = 'held' AND kind IN ('register', 'roster')`,
  });
  return found.rows[0]?.count ?? 0;
}

import type pg from 'pg';
import type { Relation } from '#domain/basics/relation.ts';
import { rowsThat } from './store-lists.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Where a child's guardian's phone is sealed: in the register, or in the roster. */
export interface PhoneRow {
  id: string;
  entryId: string | null;
  entrySealed: Buffer | null;
  enrolmentId: string | null;
  enrolmentSealed: Buffer | null;
}

/** A child's present facts as stored. */
export interface BriefRow extends PhoneRow {
  name: string;
  sex: 'male' | 'female' | null;
  birthDate: string | null;
  sealed: Buffer | null;
  guardian: string | null;
  relation: Relation | null;
  address: string | null;
  subdistrictCode: string | null;
  subdistrictName: string | null;
  communityCode: string | null;
  communityName: string | null;
  householdId: string | null;
  schoolId: string | null;
  schoolName: string | null;
  classId: string | null;
  className: string | null;
  grade: number | null;
  tags: string[];
  /** The reach tokens of the child's record: what is written about him carries them too. */
  reach: string[];
}

/** Children by id with their present register entry and enrolment; ids out of reach are missing. */
export async function readBriefs(
  client: Client,
  district: string,
  today: string,
  ids: readonly string[],
): Promise<BriefRow[]> {
  if (ids.length === 0) return [];
  const found = await client.query<BriefRow>({
    // One child has a text of his own: its plan is kept, that of a list of unknown length is made anew each time.
    name: ids.length === 1 ? 'population-brief' : 'population-briefs',
    values: [district, today, ids],
    text: `SELECT c.id, c.name, c.sex, c.birth_date AS "birthDate", c.sealed, r.id AS "entryId", r.sealed AS "entrySealed", e.id AS "enrolmentId", e.sealed AS "enrolmentSealed",
             coalesce(r.guardian, e.guardian) AS guardian, r.relation, coalesce(r.address, e.address) AS address, r.subdistrict_code AS "subdistrictCode", ps.name AS "subdistrictName",
             r.community_code AS "communityCode", pc.name AS "communityName", r.household_id AS "householdId", e.school_id AS "schoolId", s.name AS "schoolName", e.class_id AS "classId",
             k.name AS "className", e.grade, coalesce(r.tags, '{}') || coalesce(e.tags, '{}') AS tags, c.reach
           FROM child c
           LEFT JOIN register_entry r ON ${rowsThat('r', null)} AND r.child_id = c.id
           LEFT JOIN enrolment e ON ${rowsThat('e', null)} AND e.child_id = c.id
           LEFT JOIN school s ON s.district_code = $1 AND s.id = e.school_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
           LEFT JOIN place ps ON ps.district_code = $1 AND ps.code = r.subdistrict_code
           LEFT JOIN place pc ON pc.district_code = $1 AND pc.code = r.community_code
           WHERE c.district_code = $1 AND ${ids.length === 1 ? 'c.id = ($3::uuid[])[1]' : 'c.id = ANY($3::uuid[])'}`,
  });
  return found.rows;
}

/** The sealed parts of children that hold a guardian's phone; ids out of reach are missing. */
export async function readPhones(
  client: Client,
  district: string,
  today: string,
  ids: readonly string[],
): Promise<PhoneRow[]> {
  if (ids.length === 0) return [];
  const found = await client.query<PhoneRow>({
    name: 'population-phones',
    values: [district, today, ids],
    text: `SELECT c.id, r.id AS "entryId", r.sealed AS "entrySealed", e.id AS "enrolmentId", e.sealed AS "enrolmentSealed"
           FROM unnest($3::uuid[]) AS c (id)
           LEFT JOIN register_entry r ON ${rowsThat('r', null)} AND r.child_id = c.id
           LEFT JOIN enrolment e ON ${rowsThat('e', null)} AND e.child_id = c.id`,
  });
  return found.rows;
}

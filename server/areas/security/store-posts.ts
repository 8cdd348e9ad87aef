import type pg from 'pg';
import type { Role, UnitKind } from '#domain/basics/roles.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A post held today with the name of its unit. */
export interface NamedPost {
  staff_id: string;
  role: Role;
  unit_kind: UnitKind;
  unit_id: string;
  unit_name: string | null;
}

/** The posts that persons hold on a day, with the names of their units. */
export async function namedPosts(
  client: Client,
  district: string,
  staffIds: readonly string[],
  day: string,
): Promise<NamedPost[]> {
  const found = await client.query<NamedPost>({
    name: 'security-named-posts',
    text: `SELECT p.staff_id, p.role, p.unit_kind, p.unit_id,
             CASE p.unit_kind WHEN 'district' THEN d.name WHEN 'school' THEN s.name WHEN 'class' THEN cs.name || ' ' || c.name ELSE pl.name END AS unit_name
           FROM post p
           LEFT JOIN district d ON p.unit_kind = 'district' AND d.district_code = $1
           LEFT JOIN school s ON s.district_code = $1 AND s.id = CASE WHEN p.unit_kind = 'school' THEN p.unit_id::uuid END
           LEFT JOIN school_class c ON c.district_code = $1 AND c.id = CASE WHEN p.unit_kind = 'class' THEN p.unit_id::uuid END
           LEFT JOIN school cs ON cs.district_code = $1 AND cs.id = c.school_id
           LEFT JOIN place pl ON pl.district_code = $1 AND pl.code = CASE WHEN p.unit_kind IN ('subdistrict', 'community') THEN p.unit_id END
           WHERE p.district_code = $1 AND p.staff_id = ANY($2::uuid[]) AND p.from_date <= $3::date AND (p.to_date IS NULL OR p.to_date >= $3::date)
           ORDER BY p.staff_id, p.from_date, p.id`,
    values: [district, staffIds, day],
  });
  return found.rows;
}

/** The name of the district that is served. */
export async function districtName(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string }>({
    name: 'security-district',
    text: 'SELECT name FROM district WHERE district_code = $1',
    values: [district],
  });
  return found.rows[0]?.name ?? district;
}

/**
 * The ids of the units that a name means for posts of a kind; none when there is no such unit. A school may be named by its 10-digit code.
 * A larger unit stands for all below it: the district for its schools, a school for the classes of its newest school year.
 */
export async function findUnits(client: Client, district: string, kind: UnitKind, unit: string): Promise<string[]> {
  if (kind === 'district') return unit === district ? [unit] : [];
  const texts: Record<Exclude<UnitKind, 'district'>, string> = {
    school: `SELECT id::text AS id FROM school WHERE district_code = $1 AND (code = $2 OR id::text = $2 OR ($2 = $1 AND to_date IS NULL)) ORDER BY code`,
    class: `SELECT c.id::text AS id FROM school_class c JOIN school s ON s.district_code = $1 AND s.id = c.school_id
            WHERE c.district_code = $1 AND (c.id::text = $2 OR ((s.code = $2 OR s.id::text = $2)
              AND c.school_year = (SELECT max(n.school_year) FROM school_class n WHERE n.district_code = $1 AND n.school_id = s.id)))
            ORDER BY c.grade, c.class_no`,
    subdistrict: `SELECT code AS id FROM place WHERE district_code = $1 AND code = $2 AND kind = 'subdistrict'`,
    community: `SELECT code AS id FROM place WHERE district_code = $1 AND code = $2 AND kind = 'community'`,
  };
  const found = await client.query<{ id: string }>({
    name: `security-units-${kind}`,
    text: texts[kind],
    values: [district, unit],
  });
  return found.rows.map((row) => row.id);
}

/** Adds a person with posts. */
export async function addStaffWithPosts(
  client: Client,
  district: string,
  staff: { id: string; name: string; at: Date },
  posts: readonly {
    id: string;
    role: Role;
    unitKind: UnitKind;
    unitId: string;
    fromDate: string;
    approvedBy: string;
  }[],
): Promise<void> {
  await client.query({
    name: 'security-add-staff',
    values: [district, staff.id, staff.name, staff.at],
    text: 'INSERT INTO staff (district_code, id, name, created_at) VALUES ($1, $2, $3, $4)',
  });
  for (const post of posts) {
    await client.query({
      name: 'security-add-post',
      text: `INSERT INTO post (district_code, id, staff_id, role, unit_kind, unit_id, from_date, approved_by, approved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [
        district,
        post.id,
        staff.id,
        post.role,
        post.unitKind,
        post.unitId,
        post.fromDate,
        post.approvedBy,
        staff.at,
      ],
    });
  }
}

/** The codes of the districts served. */
export async function servedDistricts(pool: pg.Pool): Promise<string[]> {
  const found = await pool.query<{ district_code: string }>({
    name: 'security-districts',
    text: 'SELECT district_code FROM district ORDER BY district_code',
  });
  return found.rows.map((row) => row.district_code);
}

import type pg from 'pg';
import type { Role, UnitKind } from '#domain/basics/roles.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A person on the staff as stored. */
export interface StaffRow {
  id: string;
  name: string;
  sealed_phone: Buffer | null;
  note: string | null;
  login: string | null;
}

/** A post with the name of its unit. */
export interface PostRow {
  id: string;
  staff_id: string;
  role: Role;
  unit_kind: UnitKind;
  unit_id: string;
  unit_name: string | null;
  from_date: string;
  to_date: string | null;
  approved_by: string;
}

/** What of the staff is asked for; `tokens` null is the whole district, else only those with a post in these units or below them. */
export interface StaffFilter {
  q?: string | undefined;
  role?: Role | undefined;
  unitId?: string | undefined;
  tokens: readonly string[] | null;
  day: string;
  size: number;
  page: number;
}

/** A page of the staff in order of name. */
export async function listStaffRows(
  client: Client,
  district: string,
  asked: StaffFilter,
): Promise<{ rows: StaffRow[]; total: number }> {
  const where = filters(district);
  if (asked.q) where.and(`position(${where.value(asked.q)} in s.name) > 0`);
  const held = `SELECT 1 FROM post p WHERE p.district_code = $1 AND p.staff_id = s.id`;
  if (asked.role || asked.unitId) {
    const day = where.value(asked.day);
    const role = asked.role ? ` AND p.role = ${where.value(asked.role)}` : '';
    const unit = asked.unitId ? ` AND p.unit_id = ${where.value(asked.unitId)}` : '';
    where.and(`EXISTS (${held}${role}${unit} AND (p.to_date IS NULL OR p.to_date >= ${day}::date))`);
  }
  if (asked.tokens) {
    const tokens = where.value(asked.tokens);
    where.and(`EXISTS (SELECT 1 FROM post p
      LEFT JOIN school_class c ON c.district_code = $1 AND c.id = CASE WHEN p.unit_kind = 'class' THEN p.unit_id::uuid END
      LEFT JOIN place l ON l.district_code = $1 AND l.code = CASE WHEN p.unit_kind = 'community' THEN p.unit_id END
      WHERE p.district_code = $1 AND p.staff_id = s.id
        AND (p.unit_kind || ':' || p.unit_id = ANY(${tokens}::text[]) OR 'school:' || c.school_id = ANY(${tokens}::text[]) OR 'subdistrict:' || l.parent_code = ANY(${tokens}::text[])))`);
  }
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM staff s WHERE s.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const text = `SELECT s.id, s.name, s.sealed_phone, s.note, a.login FROM staff s
    LEFT JOIN account a ON a.district_code = $1 AND a.staff_id = s.id WHERE s.district_code = $1${where.where()}
    ORDER BY s.name COLLATE "zh-Hans-CN-x-icu", s.id LIMIT ${where.value(asked.size)} OFFSET ${where.value((asked.page - 1) * asked.size)}`;
  const rows = await client.query<StaffRow>({ text, values: where.values });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Every post of persons, past ones too, newest first. */
export async function listPostRows(client: Client, district: string, staffIds: readonly string[]): Promise<PostRow[]> {
  const found = await client.query<PostRow>({
    name: 'organisations-posts',
    values: [district, staffIds],
    text: `SELECT p.id, p.staff_id, p.role, p.unit_kind, p.unit_id, p.from_date, p.to_date, p.approved_by,
             CASE p.unit_kind WHEN 'district' THEN d.name WHEN 'school' THEN s.name WHEN 'class' THEN cs.name || ' ' || c.name ELSE pl.name END AS unit_name
           FROM post p
           LEFT JOIN district d ON p.unit_kind = 'district' AND d.district_code = $1
           LEFT JOIN school s ON s.district_code = $1 AND s.id = CASE WHEN p.unit_kind = 'school' THEN p.unit_id::uuid END
           LEFT JOIN school_class c ON c.district_code = $1 AND c.id = CASE WHEN p.unit_kind = 'class' THEN p.unit_id::uuid END
           LEFT JOIN school cs ON cs.district_code = $1 AND cs.id = c.school_id
           LEFT JOIN place pl ON pl.district_code = $1 AND pl.code = CASE WHEN p.unit_kind IN ('subdistrict', 'community') THEN p.unit_id END
           WHERE p.district_code = $1 AND p.staff_id = ANY($2::uuid[]) ORDER BY p.from_date DESC, p.id`,
  });
  return found.rows;
}

/** Reads a person and holds the row. */
export async function findStaffRow(
  client: Client,
  district: string,
  id: string,
): Promise<Omit<StaffRow, 'login'> | null> {
  const found = await client.query<Omit<StaffRow, 'login'>>({
    name: 'organisations-staff',
    text: 'SELECT id, name, sealed_phone, note FROM staff WHERE district_code = $1 AND id = $2 FOR UPDATE',
    values: [district, id],
  });
  return found.rows[0] ?? null;
}

/** Writes a person under his id: adds, or changes name, phone and note. */
export async function writeStaff(
  client: Client,
  district: string,
  staff: { id: string; name: string; sealedPhone: Buffer | null; note: string | null; at: Date },
): Promise<void> {
  await client.query({
    name: 'organisations-write-staff',
    text: `INSERT INTO staff (district_code, id, name, sealed_phone, note, created_at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT ON CONSTRAINT staff_pk DO UPDATE SET name = excluded.name, sealed_phone = excluded.sealed_phone, note = excluded.note`,
    values: [district, staff.id, staff.name, staff.sealedPhone, staff.note, staff.at],
  });
}

/** Reads a post and holds the row. */
export async function findPostRow(
  client: Client,
  district: string,
  id: string,
): Promise<{ id: string; staff_id: string; role: Role; from_date: string; to_date: string | null } | null> {
  const found = await client.query<{
    id: string;
    staff_id: string;
    role: Role;
    from_date: string;
    to_date: string | null;
  }>({
    name: 'organisations-post',
    text: 'SELECT id, staff_id, role, from_date, to_date FROM post WHERE district_code = $1 AND id = $2 FOR UPDATE',
    values: [district, id],
  });
  return found.rows[0] ?? null;
}

/** Adds a post. */
export async function addPost(
  client: Client,
  district: string,
  post: {
    id: string;
    staffId: string;
    role: Role;
    unitKind: UnitKind;
    unitId: string;
    fromDate: string;
    toDate: string | null;
    approvedBy: string;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'organisations-add-post',
    text: `INSERT INTO post (district_code, id, staff_id, role, unit_kind, unit_id, from_date, to_date, approved_by, approved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      district,
      post.id,
      post.staffId,
      post.role,
      post.unitKind,
      post.unitId,
      post.fromDate,
      post.toDate,
      post.approvedBy,
      post.at,
    ],
  });
}

/** Ends a post, `toDate` being its last day. */
export async function endPostRow(
  client: Client,
  district: string,
  id: string,
  { toDate, at }: { toDate: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'organisations-end-post',
    text: 'UPDATE post SET to_date = $3, ended_at = $4 WHERE district_code = $1 AND id = $2',
    values: [district, id, toDate, at],
  });
}

/** Whether a unit in which posts are held exists. */
export async function unitExists(client: Client, district: string, kind: UnitKind, unitId: string): Promise<boolean> {
  if (kind === 'district') return unitId === district;
  const texts: Record<Exclude<UnitKind, 'district'>, string> = {
    school: 'SELECT 1 FROM school WHERE district_code = $1 AND id::text = $2',
    class: 'SELECT 1 FROM school_class WHERE district_code = $1 AND id::text = $2',
    subdistrict: `SELECT 1 FROM place WHERE district_code = $1 AND code = $2 AND kind = 'subdistrict'`,
    community: `SELECT 1 FROM place WHERE district_code = $1 AND code = $2 AND kind = 'community'`,
  };
  return (
    (await client.query({ name: `organisations-unit-${kind}`, text: texts[kind], values: [district, unitId] }))
      .rowCount === 1
  );
}

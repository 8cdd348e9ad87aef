import type pg from 'pg';
import type { FieldKind, FieldSubject, LayoutColumns, OwnField } from '#domain/books/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A layout that a sheet has or had. */
export interface LayoutRow {
  id: string;
  name: string;
  columns: LayoutColumns | null;
  made_name: string;
  made_at: Date;
}

/** The layouts of a sheet, the last known first; with a moment only those known by then. */
export async function listLayoutRows(
  client: Client,
  district: string,
  sheet: string,
  knownAt: string | null,
): Promise<LayoutRow[]> {
  const found = await client.query<LayoutRow>({
    name: 'books-layouts',
    values: [district, sheet, knownAt],
    text: `SELECT id, name, columns, made_name, made_at FROM sheet_layout WHERE district_code = $1 AND sheet = $2 AND ($3::timestamptz IS NULL OR known_at <= $3::timestamptz) ORDER BY known_at DESC, id DESC LIMIT 200`,
  });
  return found.rows;
}

/** Adds a layout, in force from its moment. */
export async function insertLayout(
  client: Client,
  district: string,
  row: { id: string; sheet: string; name: string; columns: LayoutColumns | null; by: string; byName: string; at: Date; knownAt: string }, // prettier-ignore
): Promise<void> {
  await client.query({
    name: 'books-layout-add',
    values: [
      district,
      row.id,
      row.sheet,
      row.name,
      row.columns === null ? null : JSON.stringify(row.columns),
      row.by,
      row.byName,
      row.at,
      row.knownAt,
    ],
    text: `INSERT INTO sheet_layout (district_code, id, sheet, name, columns, made_by, made_name, made_at, known_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)`,
  });
}

/** Every own field of the district, in the order in which they were made. */
export async function listFieldRows(
  client: Client,
  district: string,
): Promise<(OwnField & { madeName: string; madeAt: Date })[]> {
  const found = await client.query<OwnField & { madeName: string; madeAt: Date }>({
    name: 'books-fields',
    values: [district],
    text: `SELECT id, subject, name, kind, choices, personal, active, made_name AS "madeName", made_at AS "madeAt" FROM own_field WHERE district_code = $1 ORDER BY made_at, id`,
  });
  return found.rows;
}

/** Adds an own field; false where there is one of that name. */
export async function insertField(
  client: Client,
  district: string,
  field: { id: string; subject: FieldSubject; name: string; kind: FieldKind; choices: readonly string[]; personal: boolean; by: string; byName: string; at: Date }, // prettier-ignore
): Promise<boolean> {
  const added = await client.query({
    name: 'books-field-add',
    values: [
      district,
      field.id,
      field.subject,
      field.name,
      field.kind,
      field.choices,
      field.personal,
      field.by,
      field.byName,
      field.at,
    ],
    text: `INSERT INTO own_field (district_code, id, subject, name, kind, choices, personal, active, made_by, made_name, made_at) VALUES ($1, $2, $3, $4, $5, $6::text[], $7, true, $8, $9, $10)
           ON CONFLICT ON CONSTRAINT own_field_name_uq DO NOTHING`,
  });
  return added.rowCount === 1;
}

/** Puts an own field in or out of use; false where there is none. */
export async function setFieldActive(client: Client, district: string, id: string, active: boolean): Promise<boolean> {
  const changed = await client.query({
    name: 'books-field-switch',
    values: [district, id, active],
    text: `UPDATE own_field SET active = $3 WHERE district_code = $1 AND id = $2`,
  });
  return changed.rowCount === 1;
}

/** A value of an own field. */
export interface ValueRow {
  id: string;
  field_id: string;
  subject_id: string;
  value: string | null;
  sealed: Buffer | null;
  by_name: string;
  since: Date;
}

/** Values of some fields, or of some children and schools, as known at a moment (null: now), within reach. */
export async function readValues(
  client: Client,
  district: string,
  asked: { fields: readonly string[]; subjects: readonly string[] | null; knownAt: string | null },
): Promise<ValueRow[]> {
  const found = await client.query<ValueRow>({
    name: `books-values-${asked.subjects === null ? 'all' : 'some'}-${asked.knownAt === null ? 'now' : 'then'}`,
    values: [
      district,
      asked.fields,
      ...(asked.subjects === null ? [] : [asked.subjects]),
      ...(asked.knownAt === null ? [] : [asked.knownAt]),
    ],
    text: `SELECT v.id, v.field_id, coalesce(v.child_id, v.school_id) AS subject_id, v.value, v.sealed, v.by_name, lower(v.known) AS since FROM own_value v
           WHERE v.district_code = $1 AND v.field_id = ANY($2::uuid[])${asked.subjects === null ? '' : ' AND (v.child_id = ANY($3::uuid[]) OR v.school_id = ANY($3::uuid[]))'}
             AND ${asked.knownAt === null ? 'upper_inf(v.known)' : `v.known @> $${asked.subjects === null ? '3' : '4'}::timestamptz`}`,
  });
  return found.rows;
}

/** Closes what was known of some values. */
export async function closeValues(
  client: Client,
  district: string,
  ids: readonly string[],
  knownAt: string,
): Promise<void> {
  await client.query({
    name: 'books-values-close',
    values: [district, ids, knownAt],
    text: `UPDATE own_value SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = ANY($2::uuid[]) AND upper_inf(known)`,
  });
}

/** Adds a value of an own field. */
export async function insertValue(
  client: Client,
  district: string,
  row: { id: string; fieldId: string; childId: string | null; schoolId: string | null; value: string | null; sealed: Buffer | null; by: string; byName: string; knownAt: string; reach: readonly string[] }, // prettier-ignore
): Promise<void> {
  await client.query({
    name: 'books-value-add',
    values: [
      district,
      row.id,
      row.fieldId,
      row.childId,
      row.schoolId,
      row.value,
      row.sealed,
      row.by,
      row.byName,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO own_value (district_code, id, field_id, child_id, school_id, value, sealed, by_id, by_name, known, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, tstzrange($10::timestamptz, NULL), $11::text[])`,
  });
}

/** The reach of children within reach, by id. */
export async function readChildReach(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  // prettier-ignore
  const found = await client.query<{ id: string; reach: string[] }>({
    name: 'books-child-reach',
    values: [district, ids],
    text: `SELECT id, reach FROM child WHERE district_code = $1 AND id = ANY($2::uuid[]) AND merged_into IS NULL`,
  });
  return new Map(found.rows.map((row) => [row.id, row.reach]));
}

/** The name of the district and the school of a class, for heads and reach. */
export async function districtName(client: Client, district: string): Promise<string> {
  const found = await client.query<{ name: string }>({
    name: 'books-district',
    values: [district],
    text: `SELECT name FROM district WHERE district_code = $1`,
  });
  return found.rows[0]?.name ?? '';
}

/** The schools of some classes. */
export async function schoolsOfClasses(client: Client, district: string, ids: readonly string[]): Promise<string[]> {
  const found = await client.query<{ school_id: string }>({
    name: 'books-schools-of-classes',
    values: [district, ids],
    text: `SELECT DISTINCT school_id FROM school_class WHERE district_code = $1 AND id::text = ANY($2::text[])`,
  });
  return found.rows.map((row) => row.school_id);
}

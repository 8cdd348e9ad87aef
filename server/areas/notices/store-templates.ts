import type pg from 'pg';
import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A version of a template as stored. */
export interface TemplateRow {
  kind: DocumentKind;
  version: number;
  content: unknown;
  reason: string;
  set_name: string;
  known_at: Date;
}

/** The versions of the templates, newest first; of one kind where given, else the newest of each. */
export async function templateRows(
  client: Client,
  district: string,
  kind: DocumentKind | null,
): Promise<TemplateRow[]> {
  const columns = 'kind, version, content, reason, set_name, known_at';
  const found = await client.query<TemplateRow>(
    kind === null
      ? {
          name: 'notices-templates',
          values: [district],
          text: `SELECT DISTINCT ON (kind) ${columns} FROM document_template WHERE district_code = $1 ORDER BY kind, version DESC`,
        }
      : {
          name: 'notices-template-versions',
          values: [district, kind],
          text: `SELECT ${columns} FROM document_template WHERE district_code = $1 AND kind = $2 ORDER BY version DESC`,
        },
  );
  return found.rows;
}

/** Adds a version of a template. */
export async function addTemplate(
  client: Client,
  district: string,
  row: {
    kind: DocumentKind;
    version: number;
    content: unknown;
    reason: string;
    setBy: string;
    setName: string;
    knownAt: string;
  },
): Promise<void> {
  await client.query({
    name: 'notices-template-add',
    values: [
      district,
      row.kind,
      row.version,
      JSON.stringify(row.content),
      row.reason,
      row.setBy,
      row.setName,
      row.knownAt,
    ],
    text: `INSERT INTO document_template (district_code, kind, version, content, reason, set_by, set_name, known_at)
           VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8::timestamptz)`,
  });
}

/** The words before the number that units set for themselves, by `unit kind:unit id:kind`. */
export async function schemesOf(
  client: Client,
  district: string,
  units: readonly IssuingUnit[],
): Promise<Map<string, string>> {
  const found = await client.query<{ key: string; scheme: string }>({
    name: 'notices-schemes',
    values: [district, units.map((unit) => `${unit.kind}:${unit.id}`)],
    text: `SELECT DISTINCT ON (unit_kind, unit_id, kind) unit_kind || ':' || unit_id || ':' || kind AS key, scheme FROM document_scheme
           WHERE district_code = $1 AND unit_kind || ':' || unit_id = ANY($2::text[]) ORDER BY unit_kind, unit_id, kind, known_at DESC`,
  });
  return new Map(found.rows.map((row) => [row.key, row.scheme]));
}

/** Sets the words before the number of a unit's documents of a kind. */
export async function addScheme(
  client: Client,
  district: string,
  row: {
    id: string;
    kind: DocumentKind;
    unit: IssuingUnit;
    scheme: string;
    setBy: string;
    setName: string;
    knownAt: string;
  },
): Promise<void> {
  await client.query({
    name: 'notices-scheme-add',
    values: [district, row.id, row.kind, row.unit.kind, row.unit.id, row.scheme, row.setBy, row.setName, row.knownAt],
    text: `INSERT INTO document_scheme (district_code, id, kind, unit_kind, unit_id, scheme, set_by, set_name, known_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz)`,
  });
}

/** Takes the next `count` numbers of a scheme and answers the first; the counter stays locked until the transaction ends, so none is lost or given twice. */
export async function allotNumbers(
  client: Client,
  district: string,
  unit: IssuingUnit,
  scheme: string,
  year: number,
  count: number,
): Promise<number> {
  const found = await client.query<{ last: number }>({
    name: 'notices-allot',
    values: [district, unit.kind, unit.id, scheme, year, count],
    text: `INSERT INTO document_counter AS c (district_code, unit_kind, unit_id, scheme, year, last) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (district_code, unit_kind, unit_id, scheme, year) DO UPDATE SET last = c.last + EXCLUDED.last RETURNING last`,
  });
  return (found.rows[0]?.last ?? count) - count + 1;
}

/** What units are called, and the school of each class. */
export interface UnitNames {
  district: { name: string; city: string };
  schools: Map<string, string>;
  streets: Map<string, string>;
  schoolOfClass: Map<string, string>;
}

/** The names of the district, of schools and streets by id or code, and the schools of classes. */
export async function unitNames(
  client: Client,
  district: string,
  asked: { schools: readonly string[]; streets: readonly string[]; classes: readonly string[] },
): Promise<UnitNames> {
  const own = await client.query<{ name: string; city: string }>({
    name: 'notices-district',
    values: [district],
    text: `SELECT name, city FROM district WHERE district_code = $1`,
  });
  const classes = await client.query<{ id: string; school_id: string }>({
    name: 'notices-classes',
    values: [district, asked.classes],
    text: `SELECT id, school_id FROM school_class WHERE district_code = $1 AND id::text = ANY($2::text[])`,
  });
  const schools = await client.query<{ id: string; name: string }>({
    name: 'notices-schools',
    values: [district, [...asked.schools, ...classes.rows.map((row) => row.school_id)]],
    text: `SELECT id, name FROM school WHERE district_code = $1 AND id::text = ANY($2::text[])`,
  });
  const streets = await client.query<{ code: string; name: string }>({
    name: 'notices-streets',
    values: [district, asked.streets],
    text: `SELECT code, name FROM place WHERE district_code = $1 AND kind = 'subdistrict' AND code = ANY($2::text[])`,
  });
  return {
    district: own.rows[0] ?? { name: '', city: '' },
    schools: new Map(schools.rows.map((row) => [row.id, row.name])),
    streets: new Map(streets.rows.map((row) => [row.code, row.name])),
    schoolOfClass: new Map(classes.rows.map((row) => [row.id, row.school_id])),
  };
}

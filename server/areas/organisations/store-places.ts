import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A street or community as stored. */
export interface PlaceRow {
  code: string;
  kind: 'subdistrict' | 'community';
  parent_code: string | null;
  name: string;
  contact: string | null;
  from_date: string;
  to_date: string | null;
}

/** Every place of a district, ended ones too, in order of code. */
export async function listPlaceRows(client: Client, district: string): Promise<PlaceRow[]> {
  const found = await client.query<PlaceRow>({
    name: 'organisations-places',
    values: [district],
    text: 'SELECT code, kind, parent_code, name, contact, from_date, to_date FROM place WHERE district_code = $1 ORDER BY code',
  });
  return found.rows;
}

/** The names of those who work at streets and communities on a day, by place. */
export async function listPlaceWorkers(
  client: Client,
  district: string,
  day: string,
): Promise<{ code: string; name: string }[]> {
  const found = await client.query<{ code: string; name: string }>({
    name: 'organisations-place-workers',
    values: [district, day],
    text: `SELECT DISTINCT p.unit_id AS code, s.name FROM post p JOIN staff s ON s.district_code = $1 AND s.id = p.staff_id
           WHERE p.district_code = $1 AND p.unit_kind IN ('subdistrict', 'community') AND p.from_date <= $2::date AND (p.to_date IS NULL OR p.to_date >= $2::date)
           ORDER BY s.name`,
  });
  return found.rows;
}

/** Reads one place. */
export async function findPlaceRow(client: Client, district: string, code: string): Promise<PlaceRow | null> {
  const found = await client.query<PlaceRow>({
    name: 'organisations-place',
    values: [district, code],
    text: 'SELECT code, kind, parent_code, name, contact, from_date, to_date FROM place WHERE district_code = $1 AND code = $2',
  });
  return found.rows[0] ?? null;
}

/** Writes a place: adds it, or changes all but its kind. */
export async function writePlace(client: Client, district: string, place: PlaceRow): Promise<void> {
  await client.query({
    name: 'organisations-write-place',
    text: `INSERT INTO place (district_code, code, kind, parent_code, name, contact, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT ON CONSTRAINT place_pk DO UPDATE SET parent_code = excluded.parent_code, name = excluded.name, contact = excluded.contact,
             from_date = excluded.from_date, to_date = excluded.to_date`,
    values: [
      district,
      place.code,
      place.kind,
      place.parent_code,
      place.name,
      place.contact,
      place.from_date,
      place.to_date,
    ],
  });
}

/** Adds places that are not there yet; answers how many were added. */
export async function addPlaces(
  client: Client,
  district: string,
  places: readonly {
    code: string;
    kind: PlaceRow['kind'];
    parentCode: string | null;
    name: string;
    fromDate: string;
  }[],
): Promise<number> {
  let added = 0;
  for (let start = 0; start < places.length; start += 500) {
    const values: unknown[] = [district];
    const rows = places.slice(start, start + 500).map((place) => {
      const at = values.push(place.code, place.kind, place.parentCode, place.name, place.fromDate);
      return `($1, $${String(at - 4)}, $${String(at - 3)}, $${String(at - 2)}, $${String(at - 1)}, $${String(at)})`;
    });
    const done = await client.query(
      `INSERT INTO place (district_code, code, kind, parent_code, name, from_date) VALUES ${rows.join(', ')} ON CONFLICT ON CONSTRAINT place_pk DO NOTHING`,
      values,
    );
    added += done.rowCount ?? 0;
  }
  return added;
}

/** A district that the installation serves. */
export interface DistrictRow {
  code: string;
  name: string;
  city: string;
  province: string;
}

/** The districts served, in order of code. */
export async function districtRows(pool: pg.Pool): Promise<DistrictRow[]> {
  return (
    await pool.query<DistrictRow>({
      name: 'organisations-districts',
      text: 'SELECT district_code AS code, name, city, province FROM district ORDER BY district_code',
    })
  ).rows;
}

/** Adds a district as the owner of the tables; false when it is there. */
export async function addDistrict(ownerPool: pg.Pool, district: DistrictRow, at: Date): Promise<boolean> {
  const done = await ownerPool.query({
    text: `INSERT INTO district (district_code, name, city, province, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT ON CONSTRAINT district_pk DO NOTHING`,
    values: [district.code, district.name, district.city, district.province, at],
  });
  return done.rowCount === 1;
}

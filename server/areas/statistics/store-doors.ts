import type pg from 'pg';
import type { DoorHousehold, DoorSurvey } from '#domain/statistics/doors.ts';

type Client = Pick<pg.ClientBase, 'query'>;

const first = '00000000-0000-0000-0000-000000000000';
const household = `h.id, h.subdistrict_code AS street, (extract(epoch FROM h.created_at) * 1000000)::float8 AS since`;
const survey = `y.household_id AS "householdId", y.day, y.result, (extract(epoch FROM y.known_at) * 1000000)::float8 AS known`;

/** The last moment at which a household or a door survey became known; the beginning of time where there is none. */
export async function lastDoor(client: Client, district: string): Promise<string> {
  const found = await client.query<{ known: string }>({
    name: 'doors-last-known',
    values: [district],
    text: `SELECT to_char(coalesce(greatest((SELECT max(h.created_at) FROM household h WHERE h.district_code = $1), (SELECT max(y.known_at) FROM survey y WHERE y.district_code = $1)), '2000-01-01Z'::timestamptz) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known`,
  });
  return found.rows[0]?.known ?? '2000-01-01T00:00:00.000000Z';
}

/** The next households by id that were known by a moment. */
export async function readHouseholdsAfter(
  client: Client,
  district: string,
  after: string | null,
  by: string,
  most: number,
): Promise<DoorHousehold[]> {
  const found = await client.query<DoorHousehold>({
    name: 'doors-households',
    values: [district, after ?? first, by, most],
    text: `SELECT ${household} FROM household h WHERE h.district_code = $1 AND h.id > $2::uuid AND h.created_at <= $3::timestamptz ORDER BY h.id LIMIT $4`,
  });
  return found.rows;
}

/** The next door surveys by household that were known by a moment; whole households, unless one has more than `most`. */
export async function readSurveysAfter(
  client: Client,
  district: string,
  after: string | null,
  by: string,
  most: number,
): Promise<DoorSurvey[]> {
  const found = await client.query<DoorSurvey>({
    name: 'doors-surveys',
    values: [district, after ?? first, by, most],
    text: `SELECT ${survey} FROM survey y WHERE y.district_code = $1 AND y.household_id > $2::uuid AND y.known_at <= $3::timestamptz ORDER BY y.household_id LIMIT $4`,
  });
  return found.rows;
}

/** The households and door surveys that became known after a moment, and by another. */
export async function readDoorsSince(
  client: Client,
  district: string,
  since: string,
  by: string,
): Promise<{ households: DoorHousehold[]; surveys: DoorSurvey[] }> {
  const values = [district, since, by];
  const households = await client.query<DoorHousehold>({
    name: 'doors-households-since',
    values,
    text: `SELECT ${household} FROM household h WHERE h.district_code = $1 AND h.created_at > $2::timestamptz AND h.created_at <= $3::timestamptz`,
  });
  const surveys = await client.query<DoorSurvey>({
    name: 'doors-surveys-since',
    values,
    text: `SELECT ${survey} FROM survey y WHERE y.district_code = $1 AND y.known_at > $2::timestamptz AND y.known_at <= $3::timestamptz`,
  });
  return { households: households.rows, surveys: surveys.rows };
}

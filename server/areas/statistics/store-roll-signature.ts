import type pg from 'pg';
import type { Period, Tally } from '#domain/statistics/record.ts';
import type { ReportState } from '#domain/statistics/report.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** How a school stood when the roll-up was signed. */
interface RolledState {
  schoolId: string;
  name: string;
  state: ReportState;
  version: number;
}

/** A roll-up as the bureau signed it. */
export interface RollSignatureRow {
  id: string;
  version: number;
  counts: Tally;
  recount: Tally;
  schools: RolledState[];
  sealed: Buffer;
  known_at: string;
  fingerprint: string;
  by_id: string;
  by_name: string;
  at: Date;
}

const microseconds = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** Every signature of the roll-up of a period, the last first; nothing for who does not reach the whole district. */
export async function listRollSignatures(
  client: Client,
  district: string,
  period: Period,
): Promise<RollSignatureRow[]> {
  const found = await client.query<RollSignatureRow>({
    name: 'roll-signatures',
    values: [district, period.kind, period.from],
    text: `SELECT id, version, counts, recount, schools, sealed, to_char(known_at AT TIME ZONE 'UTC', ${microseconds}) AS known_at, fingerprint, by_id, by_name, at FROM roll_signature
      WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date ORDER BY version DESC`,
  });
  return found.rows;
}

/** Keeps a signature; false where that version was signed meanwhile. */
export async function insertRollSignature(
  client: Client,
  district: string,
  period: Period,
  row: RollSignatureRow,
): Promise<boolean> {
  const added = await client.query({
    name: 'roll-signature-add',
    values: [district, row.id, period.kind, period.from, period.to, row.version, JSON.stringify(row.counts), JSON.stringify(row.recount), JSON.stringify(row.schools), row.sealed, row.known_at, row.fingerprint, row.by_id, row.by_name, row.at], // prettier-ignore
    text: `INSERT INTO roll_signature (district_code, id, period_kind, from_date, to_date, version, counts, recount, schools, sealed, known_at, fingerprint, by_id, by_name, at)
      VALUES ($1, $2, $3, $4::date, $5::date, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11::timestamptz, $12, $13, $14, $15) ON CONFLICT (district_code, period_kind, from_date, version) DO NOTHING`,
  });
  return added.rowCount === 1;
}

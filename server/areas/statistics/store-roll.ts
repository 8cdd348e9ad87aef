import type pg from 'pg';
import type { Period } from '#domain/statistics/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A summary of a roll-up as it was kept. */
export interface RollSummaryRow {
  id: string;
  version: number;
  drafted: boolean;
  sealed: Buffer;
  by_name: string;
  at: Date;
}

/** Every summary that was kept for the roll-up of a period, the last first; nothing for who does not reach the whole district. */
export async function listRollSummaries(client: Client, district: string, period: Period): Promise<RollSummaryRow[]> {
  const found = await client.query<RollSummaryRow>({
    name: 'roll-summaries',
    values: [district, period.kind, period.from],
    text: `SELECT id, version, drafted, sealed, by_name, at FROM roll_summary WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date ORDER BY version DESC`,
  });
  return found.rows;
}

/** Keeps a version; false where that version was kept meanwhile. */
export async function insertRollSummary(
  client: Client,
  district: string,
  period: Period,
  row: Omit<RollSummaryRow, 'by_name'> & { by: string; byName: string },
): Promise<boolean> {
  const added = await client.query({
    name: 'roll-summary-add',
    values: [
      district,
      row.id,
      period.kind,
      period.from,
      period.to,
      row.version,
      row.drafted,
      row.sealed,
      row.by,
      row.byName,
      row.at,
    ],
    text: `INSERT INTO roll_summary (district_code, id, period_kind, from_date, to_date, version, drafted, sealed, by_id, by_name, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (district_code, period_kind, from_date, version) DO NOTHING`,
  });
  return added.rowCount === 1;
}

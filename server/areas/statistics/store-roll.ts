import type pg from 'pg';
import type { FormSheet } from '#domain/statistics/form-layout.ts';
import type { Evaluated } from '#domain/statistics/formulas.ts';
import type { Period, Tally } from '#domain/statistics/record.ts';

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

/** A roll-up as it was filed. */
export interface RollFilingRow {
  id: string;
  version: number;
  /** How many schools it is of, and how many of them had not signed. */
  schools: number;
  missing: number;
  sheets: FormSheet[];
  figures: (Pick<Evaluated, 'numerator' | 'denominator' | 'value'> & { name: string })[];
  counts: Tally;
  formula: string;
  known_at: string;
  fingerprint: string;
  sealed: Buffer;
  by_name: string;
  at: Date;
}

/** Every filing of the roll-up of a period, the last first; nothing for who does not reach the whole district. */
export async function listRollFilings(client: Client, district: string, period: Period): Promise<RollFilingRow[]> {
  const found = await client.query<RollFilingRow>({
    name: 'roll-filings',
    values: [district, period.kind, period.from],
    text: `SELECT id, version, schools, missing, sheets, figures, counts, formula, to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known_at, fingerprint, sealed, by_name, at
           FROM roll_filing WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date ORDER BY version DESC`,
  });
  return found.rows;
}

/** Freezes a filing. */
export async function insertRollFiling(
  client: Client,
  district: string,
  period: Period,
  row: Omit<RollFilingRow, 'figures'> & { figures: readonly RollFilingRow['figures'][number][]; by: string },
): Promise<void> {
  await client.query({
    name: 'roll-filing-add',
    values: [
      district,
      row.id,
      period.kind,
      period.from,
      period.to,
      row.version,
      row.schools,
      row.missing,
      JSON.stringify(row.sheets),
      JSON.stringify(row.figures),
      JSON.stringify(row.counts),
      row.formula,
      row.known_at,
      row.fingerprint,
      row.sealed,
      row.by,
      row.by_name,
      row.at,
    ],
    text: `INSERT INTO roll_filing (district_code, id, period_kind, from_date, to_date, version, schools, missing, sheets, figures, counts, formula, known_at, fingerprint, sealed, by_id, by_name, at)
           VALUES ($1, $2, $3, $4::date, $5::date, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb, $12, $13::timestamptz, $14, $15, $16, $17, $18)`,
  });
}

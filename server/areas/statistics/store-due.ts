import type pg from 'pg';
import type { Period } from '#domain/statistics/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** The periods whose reports have been told as owed; of a roll-up, `roll` and its kind. */
export async function listToldPeriods(
  client: Client,
  district: string,
): Promise<{ period_kind: string; from_date: string }[]> {
  const found = await client.query<{ period_kind: string; from_date: string }>({
    name: 'report-due-told',
    values: [district],
    text: `SELECT period_kind, from_date FROM report_due WHERE district_code = $1`,
  });
  return found.rows;
}

/** Schools that had a pupil of compulsory education in a period and have not signed its report. Needs the whole district in sight. */
export async function listSchoolsOwing(client: Client, district: string, period: Period): Promise<string[]> {
  const found = await client.query<{ school_id: string }>({
    name: 'report-due-schools',
    values: [district, period.kind, period.from, period.to],
    text: `SELECT DISTINCT c.school_id FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.state IN ('inSchool', 'transferring') AND c.grade <= 9
             AND c.from_date <= $4::date AND (c.to_date IS NULL OR c.to_date > $3::date)
             AND NOT EXISTS (SELECT 1 FROM period_report r WHERE r.district_code = $1 AND r.school_id = c.school_id AND r.period_kind = $2 AND r.from_date = $3::date)
           ORDER BY c.school_id`,
  });
  return found.rows.map((row) => row.school_id);
}

/** Keeps that the reports of a period were told as owed; false when they had been already. */
export async function rememberTold(
  client: Client,
  district: string,
  period: { kind: string; from: string },
  told: { at: Date; schools: number },
): Promise<boolean> {
  const made = await client.query({
    name: 'report-due-remember',
    values: [district, period.kind, period.from, told.at, told.schools],
    text: `INSERT INTO report_due (district_code, period_kind, from_date, told_at, schools) VALUES ($1, $2, $3::date, $4, $5) ON CONFLICT ON CONSTRAINT report_due_pk DO NOTHING`,
  });
  return made.rowCount === 1;
}

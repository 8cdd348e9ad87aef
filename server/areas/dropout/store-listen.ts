import type { Client } from './store-cases.ts';

/** Whether a crossing of a day is known to a case already, in any round. */
export async function findRoundCrossing(
  client: Client,
  district: string,
  caseId: string,
  day: string,
): Promise<boolean> {
  const found = await client.query({
    name: 'case-crossing-known',
    values: [district, caseId, day],
    text: `SELECT 1 FROM case_event WHERE district_code = $1 AND case_id = $2 AND what = 'cross' AND day = $3::date LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** Whether a round has a report. */
export async function hasReported(client: Client, district: string, caseId: string, round: number): Promise<boolean> {
  const found = await client.query({
    name: 'case-has-report',
    values: [district, caseId, round],
    text: `SELECT 1 FROM dropout_report WHERE district_code = $1 AND case_id = $2 AND round = $3 LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** Pupils are absent again: the run of present days on their cases is over. */
export async function clearPresence(client: Client, district: string, childIds: readonly string[]): Promise<void> {
  await client.query({
    name: 'case-presence-over',
    values: [district, childIds],
    text: `UPDATE return_case SET present_from = NULL, present_days = 0 WHERE district_code = $1 AND child_id = ANY($2::uuid[]) AND present_days > 0 AND state IN ('suspected', 'confirming', 'confirmed', 'persuading', 'closing')`,
  });
}

/** Whether two records are one person: one was merged into the other. */
export async function isSamePerson(client: Client, district: string, one: string, other: string): Promise<boolean> {
  const found = await client.query({
    name: 'case-same-person',
    values: [district, one, other],
    text: `SELECT 1 FROM child WHERE district_code = $1 AND ((id = $2 AND merged_into = $3) OR (id = $3 AND merged_into = $2)) LIMIT 1`,
  });
  return found.rowCount === 1;
}

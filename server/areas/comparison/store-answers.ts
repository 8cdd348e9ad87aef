import type pg from 'pg';
import type { FindingDetail, FindingState, Owner } from '#domain/comparison/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Moves a finding to another state. */
export async function setFindingState(
  client: Client,
  district: string,
  id: string,
  state: FindingState,
): Promise<void> {
  await client.query({
    name: 'finding-state',
    values: [district, id, state],
    text: `UPDATE finding SET state = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** Writes an explanation that waits for its check. */
export async function explainRow(
  client: Client,
  district: string,
  id: string,
  row: { category: string; evidence: string; detail: FindingDetail; by: string; byName: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'finding-explain',
    values: [district, id, row.category, row.evidence, JSON.stringify(row.detail), row.by, row.byName, row.at],
    text: `UPDATE finding SET state = 'explained', category = $3, evidence = $4, detail = $5, explained_by = $6, explained_name = $7, explained_at = $8,
             checked_by = NULL, checked_name = NULL, checked_at = NULL WHERE district_code = $1 AND id = $2`,
  });
}

/** Closes a finding whose explanation another person accepts. */
export async function acceptRow(
  client: Client,
  district: string,
  id: string,
  row: { by: string; byName: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'finding-accept',
    values: [district, id, row.by, row.byName, row.at],
    text: `UPDATE finding SET state = 'accepted', checked_by = $3, checked_name = $4, checked_at = $5, closed_at = $5 WHERE district_code = $1 AND id = $2`,
  });
}

/** Gives a finding back to its owner: the explanation is not accepted, or does not close it; due again on a day. */
export async function returnRow(
  client: Client,
  district: string,
  id: string,
  row: { by: string; byName: string; at: Date; dueDate: string },
): Promise<void> {
  await client.query({
    name: 'finding-return',
    values: [district, id, row.by, row.byName, row.at, row.dueDate],
    text: `UPDATE finding SET state = 'verifying', checked_by = $3, checked_name = $4, checked_at = $5, due_date = $6::date WHERE district_code = $1 AND id = $2`,
  });
}

/** Gives a finding another owner and due day. */
export async function assignRow(
  client: Client,
  district: string,
  id: string,
  row: { owner: Owner; dueDate: string },
): Promise<void> {
  await client.query({
    name: 'finding-assign',
    values: [district, id, row.owner.kind, row.owner.unit, row.dueDate],
    text: `UPDATE finding SET owner_kind = $3, owner_unit = $4, due_date = $5::date WHERE district_code = $1 AND id = $2`,
  });
}

/** An accepted proof to be kept; `to` is the first day on which it no longer holds. */
export interface StandingWrite {
  id: string;
  childId: string;
  kind: string;
  placeName: string | null;
  evidence: string;
  by: string;
  byName: string;
  findingId: string;
  from: string;
  to: string | null;
  knownAt: string;
}

/** Records a proof; one that stands for the same days is superseded. */
export async function insertStanding(client: Client, district: string, row: StandingWrite): Promise<void> {
  await client.query({
    name: 'standing-supersede',
    values: [district, row.childId, row.from, row.to, row.knownAt],
    text: `UPDATE standing SET known = tstzrange(lower(known), $5::timestamptz) WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND during && daterange($3::date, $4::date)`,
  });
  await client.query({
    name: 'standing-insert',
    values: [
      district,
      row.id,
      row.childId,
      row.kind,
      row.placeName,
      row.evidence,
      row.by,
      row.byName,
      row.findingId,
      row.from,
      row.to,
      row.knownAt,
    ],
    text: `INSERT INTO standing (district_code, id, child_id, kind, place_name, evidence, accepted_by, accepted_name, finding_id, during, from_date, to_date, known, reach)
           SELECT c.district_code, $2::uuid, c.id, $4, $5, $6, $7, $8, $9::uuid, daterange($10::date, $11::date), $10::date, $11::date, tstzrange($12::timestamptz, NULL), c.reach
           FROM child c WHERE c.district_code = $1 AND c.id = $3`,
  });
}

/** The day of a run. */
export async function dayOfRun(client: Client, district: string, runId: string): Promise<string | null> {
  const found = await client.query<{ as_of: string }>({
    name: 'run-day',
    values: [district, runId],
    text: `SELECT as_of FROM comparison_run WHERE district_code = $1 AND id = $2`,
  });
  return found.rows[0]?.as_of ?? null;
}

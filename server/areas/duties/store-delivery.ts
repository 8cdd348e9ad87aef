import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A message that is to go out now. */
export interface Waiting {
  id: string;
  channel: 'email' | 'webhook';
  target: string;
  tries: number;
  subject: string;
  body: string;
  path: string;
  urgent: boolean;
  sealed_email: Buffer | null;
  robot_kind: 'wecom' | 'dingtalk' | null;
  sealed_robot: Buffer | null;
}

/** Takes messages that wait, oldest first, and puts their next try off to `again`, so that a stop in between loses none; urgent ones also in quiet hours. */
export async function takeWaiting(
  client: Client,
  district: string,
  asked: { now: Date; again: Date; quiet: boolean; most: number },
): Promise<Waiting[]> {
  const taken = await client.query<{ id: string }>({
    name: 'delivery-take',
    values: [district, asked.now, asked.again, asked.quiet, asked.most],
    text: `UPDATE message_delivery SET tries = tries + 1, next_at = $3::timestamptz WHERE district_code = $1 AND id IN (
             SELECT d.id FROM message_delivery d WHERE d.district_code = $1 AND d.state = 'waiting' AND d.next_at <= $2::timestamptz AND (d.urgent OR NOT $4::boolean)
             ORDER BY d.next_at, d.id LIMIT $5 FOR UPDATE SKIP LOCKED) RETURNING id`,
  });
  if (taken.rows.length === 0) return [];
  const found = await client.query<Waiting>({
    name: 'delivery-waiting',
    values: [district, taken.rows.map((row) => row.id)],
    text: `SELECT d.id, d.channel, d.target, d.tries, m.subject, m.body, m.path, m.urgent, a.sealed_email, k.kind AS robot_kind, k.sealed AS sealed_robot
           FROM message_delivery d JOIN message m ON m.district_code = $1 AND m.id = d.message_id
           LEFT JOIN message_address a ON a.district_code = $1 AND d.channel = 'email' AND a.staff_id = d.target
           LEFT JOIN message_channel k ON k.district_code = $1 AND d.channel = 'webhook' AND k.id = d.target AND k.ended_at IS NULL
           WHERE d.district_code = $1 AND d.id = ANY($2::uuid[]) ORDER BY d.id`,
  });
  return found.rows;
}

/** Whether messages wait to go out. */
export async function someWaiting(client: Client, district: string, now: Date, quiet: boolean): Promise<boolean> {
  const found = await client.query({
    name: 'delivery-some',
    values: [district, now, quiet],
    text: `SELECT 1 FROM message_delivery WHERE district_code = $1 AND state = 'waiting' AND next_at <= $2::timestamptz AND (urgent OR NOT $3::boolean) LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** Keeps how a try ended: sent, to be tried again at its time, or given up. */
export async function keepOutcome(
  client: Client,
  district: string,
  id: string,
  outcome: { state: 'sent' | 'waiting' | 'failed'; at: Date; fault: string | null },
): Promise<void> {
  await client.query({
    name: 'delivery-outcome',
    values: [district, id, outcome.state, outcome.state === 'sent' ? outcome.at : null, outcome.fault],
    text: `UPDATE message_delivery SET state = $3, sent_at = $4::timestamptz, fault = $5 WHERE district_code = $1 AND id = $2`,
  });
}

/** Writes or clears the address of a person. */
export async function writeAddress(
  client: Client,
  district: string,
  staffId: string,
  sealed: Buffer | null,
  at: Date,
): Promise<void> {
  if (sealed === null) {
    await client.query({
      name: 'address-clear',
      values: [district, staffId],
      text: `DELETE FROM message_address WHERE district_code = $1 AND staff_id = $2`,
    });
    return;
  }
  await client.query({
    name: 'address-write',
    values: [district, staffId, sealed, at],
    text: `INSERT INTO message_address (district_code, staff_id, sealed_email, set_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (district_code, staff_id) DO UPDATE SET sealed_email = excluded.sealed_email, set_at = excluded.set_at`,
  });
}

/** The sealed address of a person, null without one. */
export async function findAddress(client: Client, district: string, staffId: string): Promise<Buffer | null> {
  const found = await client.query<{ sealed_email: Buffer }>({
    name: 'address-read',
    values: [district, staffId],
    text: `SELECT sealed_email FROM message_address WHERE district_code = $1 AND staff_id = $2`,
  });
  return found.rows[0]?.sealed_email ?? null;
}

/** A robot as it is kept. */
export interface ChannelRecord {
  id: string;
  kind: 'wecom' | 'dingtalk';
  label: string;
  unit_kind: 'district' | 'school';
  unit_id: string;
  unit_name: string | null;
  sealed: Buffer;
  set_by: string;
  set_at: Date;
}

/** The robots in use. */
export async function channelRows(client: Client, district: string): Promise<ChannelRecord[]> {
  const found = await client.query<ChannelRecord>({
    name: 'channel-list',
    values: [district],
    text: `SELECT k.id, k.kind, k.label, k.unit_kind, k.unit_id, s.name AS unit_name, k.sealed, k.set_by, k.set_at FROM message_channel k
           LEFT JOIN school s ON s.district_code = $1 AND s.id = CASE WHEN k.unit_kind = 'school' THEN k.unit_id::uuid END
           WHERE k.district_code = $1 AND k.ended_at IS NULL ORDER BY k.set_at, k.id`,
  });
  return found.rows;
}

/** Adds a robot. */
export async function insertChannel(
  client: Client,
  district: string,
  row: {
    id: string;
    kind: string;
    label: string;
    unitKind: string;
    unitId: string;
    sealed: Buffer;
    by: string;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'channel-add',
    values: [district, row.id, row.kind, row.label, row.unitKind, row.unitId, row.sealed, row.by, row.at],
    text: `INSERT INTO message_channel (district_code, id, kind, label, unit_kind, unit_id, sealed, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  });
}

/** Ends a robot; false when there is none in use. */
export async function endChannelRow(client: Client, district: string, id: string, at: Date): Promise<boolean> {
  const ended = await client.query({
    name: 'channel-end',
    values: [district, id, at],
    text: `UPDATE message_channel SET ended_at = $3 WHERE district_code = $1 AND id = $2 AND ended_at IS NULL`,
  });
  return ended.rowCount === 1;
}

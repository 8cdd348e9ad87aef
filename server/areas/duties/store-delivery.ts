import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A message that is to go out now. */
export interface Waiting {
  id: string;
  channel: 'email' | 'webhook' | 'ownWebhook';
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

/** The moment, whether the bureau's quiet hours hold then, and the hour of the day in China. */
export interface DeliveryTime {
  now: Date;
  quiet: boolean;
  hour: number;
}

/**
 * Waiting deliveries (`d`) that may go out at a time ($2 moment, $3 quiet, $4 hour): urgent ones at any hour; others neither in the quiet
 * hours of the bureau nor in those of the person they are for (`isQuiet`, domain/duties/rules.ts).
 */
const mayGoOut = `d.state = 'waiting' AND d.next_at <= $2::timestamptz AND (d.urgent OR NOT $3::boolean AND (d.channel = 'webhook' OR NOT EXISTS (
  SELECT 1 FROM message_preference p WHERE p.district_code = $1 AND p.staff_id = d.target AND p.quiet_from <> p.quiet_to
    AND CASE WHEN p.quiet_from < p.quiet_to THEN $4::int >= p.quiet_from AND $4::int < p.quiet_to ELSE $4::int >= p.quiet_from OR $4::int < p.quiet_to END)))`;

/** Takes messages that may go out, oldest first, and puts their next try off to `again`, so that a stop in between loses none. */
export async function takeWaiting(
  client: Client,
  district: string,
  asked: DeliveryTime & { again: Date; most: number },
): Promise<Waiting[]> {
  const taken = await client.query<{ id: string }>({
    name: 'delivery-take',
    values: [district, asked.now, asked.quiet, asked.hour, asked.again, asked.most],
    text: `UPDATE message_delivery SET tries = tries + 1, next_at = $5::timestamptz WHERE district_code = $1 AND id IN (
             SELECT d.id FROM message_delivery d WHERE d.district_code = $1 AND ${mayGoOut}
             ORDER BY d.next_at, d.id LIMIT $6 FOR UPDATE SKIP LOCKED) RETURNING id`,
  });
  if (taken.rows.length === 0) return [];
  const found = await client.query<Waiting>({
    name: 'delivery-waiting',
    values: [district, taken.rows.map((row) => row.id)],
    text: `SELECT d.id, d.channel, d.target, d.tries, m.subject, m.body, m.path, m.urgent, a.sealed_email, coalesce(k.kind, o.robot_kind) AS robot_kind, coalesce(k.sealed, o.sealed_robot) AS sealed_robot
           FROM message_delivery d JOIN message m ON m.district_code = $1 AND m.id = d.message_id
           LEFT JOIN message_address a ON a.district_code = $1 AND d.channel = 'email' AND a.staff_id = d.target
           LEFT JOIN message_channel k ON k.district_code = $1 AND d.channel = 'webhook' AND k.id = d.target AND k.ended_at IS NULL
           LEFT JOIN message_preference o ON o.district_code = $1 AND d.channel = 'ownWebhook' AND o.staff_id = d.target
           WHERE d.district_code = $1 AND d.id = ANY($2::uuid[]) ORDER BY d.id`,
  });
  return found.rows;
}

/** Whether messages may go out now. */
export async function someWaiting(client: Client, district: string, asked: DeliveryTime): Promise<boolean> {
  const found = await client.query({
    name: 'delivery-some',
    values: [district, asked.now, asked.quiet, asked.hour],
    text: `SELECT 1 FROM message_delivery d WHERE d.district_code = $1 AND ${mayGoOut} LIMIT 1`,
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

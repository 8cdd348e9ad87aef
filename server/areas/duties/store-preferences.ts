import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** How a person wants to be told, as stored. */
export interface PreferenceRow {
  quiet_from: number | null;
  quiet_to: number | null;
  channels: ('email' | 'webhook')[];
  robot_kind: 'wecom' | 'dingtalk' | null;
  sealed_robot: Buffer | null;
}

/** What a person set for himself, null where he never did. */
export async function findPreference(client: Client, district: string, staffId: string): Promise<PreferenceRow | null> {
  const found = await client.query<PreferenceRow>({
    name: 'preference-read',
    values: [district, staffId],
    text: `SELECT quiet_from, quiet_to, channels, robot_kind, sealed_robot FROM message_preference WHERE district_code = $1 AND staff_id = $2`,
  });
  return found.rows[0] ?? null;
}

/** Keeps a person's hours and ways; his robot stays. */
export async function writePreference(
  client: Client,
  district: string,
  staffId: string,
  row: { quiet: { from: number; to: number } | null; channels: readonly string[]; at: Date },
): Promise<void> {
  await client.query({
    name: 'preference-write',
    values: [district, staffId, row.quiet?.from ?? null, row.quiet?.to ?? null, row.channels, row.at],
    text: `INSERT INTO message_preference (district_code, staff_id, quiet_from, quiet_to, channels, set_at) VALUES ($1, $2, $3, $4, $5::text[], $6)
           ON CONFLICT (district_code, staff_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, channels = excluded.channels, set_at = excluded.set_at`,
  });
}

/** Keeps or clears a person's own robot; his hours and ways stay. */
export async function writeOwnRobot(
  client: Client,
  district: string,
  staffId: string,
  row: { kind: string | null; sealed: Buffer | null; at: Date },
): Promise<void> {
  await client.query({
    name: 'preference-robot',
    values: [district, staffId, row.kind, row.sealed, row.at],
    text: `INSERT INTO message_preference (district_code, staff_id, robot_kind, sealed_robot, set_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (district_code, staff_id) DO UPDATE SET robot_kind = excluded.robot_kind, sealed_robot = excluded.sealed_robot, set_at = excluded.set_at`,
  });
}

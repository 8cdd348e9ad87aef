import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** The settings that hold on a day, by key; of versions with one first day the one set last. */
export async function settingRows(
  client: Client,
  district: string,
  day: string,
): Promise<{ key: string; value: unknown; from_date: string; set_by: string; set_at: Date }[]> {
  const found = await client.query<{ key: string; value: unknown; from_date: string; set_by: string; set_at: Date }>({
    name: 'organisations-settings',
    values: [district, day],
    text: `SELECT DISTINCT ON (key) key, value, from_date, set_by, set_at FROM setting
           WHERE district_code = $1 AND from_date <= $2::date ORDER BY key, from_date DESC, set_at DESC`,
  });
  return found.rows;
}

/** Adds a version of a setting. */
export async function addSetting(
  client: Client,
  district: string,
  setting: { id: string; key: string; value: unknown; fromDate: string; setBy: string; setAt: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'organisations-add-setting',
    text: 'INSERT INTO setting (district_code, id, key, value, from_date, set_by, set_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      district,
      setting.id,
      setting.key,
      JSON.stringify(setting.value),
      setting.fromDate,
      setting.setBy,
      setting.setAt,
      setting.reason,
    ],
  });
}

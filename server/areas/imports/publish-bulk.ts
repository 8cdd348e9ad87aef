import type pg from 'pg';

/** What publishing is done for. */
export interface Publishing {
  client: pg.PoolClient;
  district: string;
  importId: string;
  asOf: string;
  knownAt: string;
  /** Many rows: keys that point to other tables are checked for all at once. */
  bulk: boolean;
}

/** One statement of an import; answers how many rows it met. */
export type Step = (text: string, ...more: unknown[]) => Promise<number>;

/** Runs one statement whose first parameters are district and import. */
export function steps({ client, district, importId }: Publishing): Step {
  return async (text, ...more) => (await client.query(text, [district, importId, ...more])).rowCount ?? 0;
}

/** Gathers statistics of the staged rows and lets the planner join in bulk; one row of a correction needs neither. */
export async function planForBulk(of: Omit<Publishing, 'bulk'>): Promise<Publishing> {
  const { client, district, importId } = of;
  const some = await client.query(`SELECT 1 FROM import_row WHERE district_code = $1 AND import_id = $2 LIMIT 201`, [
    district,
    importId,
  ]);
  if ((some.rowCount ?? 0) <= 200) return { ...of, bulk: false };
  // Only the columns that statements join and filter by, and a tenth of the usual sample: who is joined matters, not how values are spread.
  await client.query('SET LOCAL default_statistics_target = 10');
  await client.query(
    'ANALYZE import_row (district_code, import_id, row_no, row_print, child_id, outcome, name, birth_date, document_index, registry_index, school_id, grade, class_no, household_no, held_code)',
  );
  await client.query('SET LOCAL enable_nestloop = off');
  // A list of 100,000 rows is sorted in memory: on disk it took twice as long.
  await client.query(`SET LOCAL work_mem = '192MB'`);
  const may = await client.query<{ bulk: boolean }>(
    `SELECT has_parameter_privilege('session_replication_role', 'SET') AND NOT platform.on_citus() AS bulk`,
  );
  return { ...of, bulk: may.rows[0]?.bulk === true };
}

/**
 * Tells the planner within the transaction that a table has just received `made` rows, when they are many. A preview taken back leaves a table
 * that it believes to be empty; the check of each entry's child would then read all children, 100,000 times.
 */
export async function countAnew(
  { client }: Publishing,
  table: 'child' | 'household' | 'school_class',
  made: number,
): Promise<void> {
  if (made > 200) await client.query(`ANALYZE ${table} (district_code, id)`);
}

/**
 * Inserts many rows known from `knownAt` on. The keys that point to other tables are checked for all rows by one statement each
 * (`platform.check_references`) instead of one by one, which is a third of the work; a row that points nowhere breaks the import off.
 */
export async function insertMany(
  publishing: Publishing,
  table: 'register_entry' | 'enrolment' | 'course',
  text: string,
  ...more: unknown[]
): Promise<number> {
  const { client, district, knownAt, bulk } = publishing;
  if (!bulk) return steps(publishing)(text, ...more);
  await client.query('SET LOCAL session_replication_role = replica');
  const made = await steps(publishing)(text, ...more);
  await client.query('SET LOCAL session_replication_role = origin');
  await client.query('SELECT platform.check_references($1::text::regclass, $2, $3::timestamptz)', [table, district, knownAt]); // prettier-ignore
  return made;
}

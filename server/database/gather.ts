import type { Database } from './open.ts';

/** Tables whose size a list or a comparison changes at one stroke; the loader may gather their statistics. */
const fast =
  'child, register_entry, enrolment, presence, household, school, school_class, place, finding, proposal, import_row';

/**
 * Lets the planner know the new sizes at once and marks the new rows as visible: until the automatic run a page would be planned for empty
 * tables, and that run would compete with the first pages. What was written stands already, so a failure is only told to `log`.
 */
export async function gatherStatistics(
  database: Pick<Database, 'loaderPool'>,
  log: { error(detail: object, message?: string): void },
): Promise<void> {
  try {
    await database.loaderPool.query(`VACUUM (ANALYZE) ${fast}`);
  } catch (error) {
    log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'statistics not gathered');
  }
}

import type pg from 'pg';

/** Every column that names a file of the store; a test compares it with the schema and with a world in which everything is kept. */
export const fileColumns: readonly { table: string; column: string }[] = [
  { table: 'import_file', column: 'stored_name' },
  { table: 'paper', column: 'stored_name' },
  { table: 'document_job', column: 'stored_name' },
  { table: 'issued_document', column: 'stored_name' },
  { table: 'book_file', column: 'stored_name' },
  { table: 'change_form', column: 'stored_name' },
  { table: 'access_request', column: 'json_file' },
  { table: 'access_request', column: 'pdf_file' },
];

/**
 * Which of some files a row names, of whatever district: the store is one for all, and a file of a district that is not asked for must not
 * pass for nobody's. Asked as the loader, who sees what is closed to others (health papers) too.
 */
export async function namedAmong(loaderPool: pg.Pool, names: readonly string[]): Promise<Set<string>> {
  const named = new Set<string>();
  for (const { table, column } of fileColumns) {
    const found = await loaderPool.query<{ name: string }>(
      `SELECT ${column} AS name FROM ${table} WHERE ${column} = ANY($1::text[])`,
      [names],
    );
    for (const { name } of found.rows) named.add(name);
  }
  return named;
}

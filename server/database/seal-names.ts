import type pg from 'pg';
import type { Keys } from '../crypto/keys.ts';
import { namedTables, sealName, type NamedTable } from '../crypto/sealed-name.ts';
import type { Database } from './open.ts';

type Owner = Pick<Database, 'ownerPool'>;

/** Does something to rows of a table in one transaction, read as the loader and written as the owner, whoever may reach them. */
async function rewrite<Row extends { district_code: string; id: string }>(
  { ownerPool }: Owner,
  table: string,
  wanted: string,
  change: (client: pg.PoolClient, row: Row) => Promise<unknown>,
): Promise<number> {
  const client = await ownerPool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL ROLE baoxue_loader');
    const { rows } = await client.query<Row>(wanted);
    await client.query('RESET ROLE');
    if (rows.length > 0) {
      await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      for (const row of rows) await change(client, row);
      await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    }
    await client.query('COMMIT');
    return rows.length;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

function sealTable(database: Owner, keys: Keys, table: NamedTable): Promise<number> {
  return rewrite<{ district_code: string; id: string; file_name: string }>(
    database,
    table,
    `SELECT district_code, id, file_name FROM ${table} WHERE file_name IS NOT NULL`,
    (client, { district_code: district, id, file_name: name }) =>
      client.query(`UPDATE ${table} SET file_name = NULL, sealed_name = $3 WHERE district_code = $1 AND id = $2`, [
        district,
        id,
        sealName(keys, table, district, id, name),
      ]),
  );
}

/** A list in a kept comparison, as earlier versions wrote it: with its name instead of the id of its import. */
type NamedInput = Record<string, unknown> & { kind: string; fingerprint: string };

/**
 * Seals the names of files that earlier versions kept open, in the files' own rows and in what kept comparisons say of the lists they read.
 * Done again it does nothing. Answers how many rows it changed.
 */
export async function sealOpenNames(database: Owner, keys: Keys): Promise<number> {
  let sealed = 0;
  for (const table of namedTables) sealed += await sealTable(database, keys, table);
  return (
    sealed +
    (await rewrite<{ district_code: string; id: string; inputs: NamedInput[]; files: { id: string; kind: string; fingerprint: string }[] }>(
      database,
      'comparison_run',
      `SELECT r.district_code, r.id, r.inputs, (SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'fingerprint', encode(f.fingerprint, 'hex'))), '[]') FROM import_file f WHERE f.district_code = r.district_code) AS files
       FROM comparison_run r WHERE r.inputs @? '$[*].fileName'`,
      (client, { district_code: district, id, inputs, files }) => {
        const named = inputs.map(({ fileName: _name, ...input }) => ({
          ...input,
          importId: files.find((file) => file.kind === input.kind && file.fingerprint === input.fingerprint)?.id ?? null,
        }));
        return client.query(`UPDATE comparison_run SET inputs = $3 WHERE district_code = $1 AND id = $2`, [
          district,
          id,
          JSON.stringify(named),
        ]);
      },
    )) // prettier-ignore
  );
}

import type { Writable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import type pg from 'pg';
import { stagedColumns, type StagedRow } from './staged-row.ts';

/** Opens the staging table for the rows of a whole file (`addStagedRow`). */
export function copyIntoStaging(client: pg.PoolClient): Writable {
  return client.query(
    copyStreams.from(`COPY import_row (${stagedColumns.join(', ')}) FROM STDIN WITH (FORMAT binary)`),
  );
}

/** Puts one row into staging, as a correction on the screen does; whole files are copied (`addStagedRow`). */
export async function insertStaged(
  client: pg.ClientBase,
  district: string,
  importId: string,
  row: StagedRow,
): Promise<void> {
  const values = [
    district,
    importId,
    row.rowNo,
    row.rowPrint,
    row.childNewId,
    row.entryNewId,
    row.name,
    row.nameTail,
    row.pinyin,
    row.initials,
    row.sex,
    row.birth,
    row.documentType,
    row.documentIndex,
    row.registryIndex,
    row.phoneIndex,
    row.suspect,
    row.guardian,
    row.schoolCode,
    row.schoolId,
    row.grade,
    row.classNo,
    row.householdNo,
    row.subdistrictCode,
    row.communityCode,
    row.address,
    row.sealedChild,
    row.sealedEntry,
    row.sealedCells,
    row.held?.code ?? null,
    row.held?.reason ?? null,
    row.held?.also ?? null,
    JSON.stringify(row.facts),
    null,
  ];
  await client.query(
    `INSERT INTO import_row (${stagedColumns.join(', ')}) VALUES (${values.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    values,
  );
}

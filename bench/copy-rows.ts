import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Copies rows of text into a table. */
export async function copy(
  client: pg.PoolClient,
  table: string,
  columns: string,
  rows: Iterable<string>,
): Promise<void> {
  function* pieces() {
    let piece = '';
    for (const row of rows) {
      piece += `${row}\n`;
      if (piece.length > 500_000) {
        yield piece;
        piece = '';
      }
    }
    if (piece !== '') yield piece;
  }
  await pipeline(Readable.from(pieces()), client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`)));
}

import type pg from 'pg';
import type { PaperPlace } from '#domain/books/work-record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A scan of a version of a work record and what of the record it belongs to; `entry` is which entry about the help given, from 0 on. */
export interface RecordPaper {
  paperId: string;
  place: PaperPlace;
  entry: number;
}

/** The scans of some versions in their order. */
export async function readRecordPapers(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<(RecordPaper & { recordId: string })[]> {
  const found = await client.query<RecordPaper & { recordId: string }>({
    name: 'books-record-papers',
    values: [district, ids],
    text: `SELECT record_id AS "recordId", paper_id AS "paperId", belongs_to AS place, entry_number AS entry FROM work_record_paper
      WHERE district_code = $1 AND record_id = ANY($2::uuid[]) ORDER BY record_id, belongs_to, entry_number, number`,
  });
  return found.rows;
}

/** Keeps the scans of a version. */
export async function insertRecordPapers(
  client: Client,
  district: string,
  of: { recordId: string; schoolId: string; reach: readonly string[] },
  papers: readonly (RecordPaper & { rowId: string })[],
): Promise<void> {
  for (const [number, paper] of papers.entries())
    await client.query({
      name: 'books-record-paper-add',
      values: [
        district,
        paper.rowId,
        of.recordId,
        of.schoolId,
        paper.paperId,
        paper.place,
        paper.entry,
        number,
        of.reach,
      ],
      text: `INSERT INTO work_record_paper (district_code, id, record_id, school_id, paper_id, belongs_to, entry_number, number, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[])`,
    });
}

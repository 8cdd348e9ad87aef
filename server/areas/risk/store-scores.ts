import type pg from 'pg';
import type { Exam } from '#domain/risk/scores.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What a pupil got in an examination, as stored. */
export interface ScoreRow {
  id: string;
  child_id: string;
  school_id: string;
  school_year: number;
  term: 1 | 2;
  exam: Exam;
  sealed: Buffer;
}

/** A version of it, with who entered it and from when to when it stood. */
export interface ScoreVersionRow extends ScoreRow {
  school_name: string;
  entered_name: string;
  from: Date;
  to: Date | null;
}

const columns = 'p.id, p.child_id, p.school_id, p.school_year, p.term, p.exam, p.sealed';

/** Opens the closed compartment of scores for one thing. */
async function inCompartment<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  const done = await work();
  await client.query(`SELECT set_config('app.closed', '', true)`);
  return done;
}

/** The scores of children that stand, within reach. */
export function readScores(client: Client, district: string, childIds: readonly string[]): Promise<ScoreRow[]> {
  return inCompartment(client, async () => {
    const found = await client.query<ScoreRow>({
      name: 'scores-standing',
      values: [district, childIds],
      text: `SELECT ${columns} FROM pupil_score p WHERE p.district_code = $1 AND p.child_id = ANY($2::uuid[]) AND upper_inf(p.known)`,
    });
    return found.rows;
  });
}

/** Every version of the scores of a child, the latest first, within reach. */
export function readScoreVersions(client: Client, district: string, childId: string): Promise<ScoreVersionRow[]> {
  return inCompartment(client, async () => {
    const found = await client.query<ScoreVersionRow>({
      name: 'scores-versions',
      values: [district, childId],
      text: `SELECT ${columns}, s.name AS school_name, p.entered_name, lower(p.known) AS "from", upper(p.known) AS "to"
             FROM pupil_score p JOIN school s ON s.district_code = $1 AND s.id = p.school_id
             WHERE p.district_code = $1 AND p.child_id = $2 ORDER BY lower(p.known) DESC, p.id`,
    });
    return found.rows;
  });
}

/** Scores to be kept; `reach` holds schools and classes only. */
export interface KeptScore extends ScoreRow {
  reach: readonly string[];
}

/** Keeps scores, in statements of 500; what stood of the same examinations is superseded, not overwritten. */
export async function saveScores(
  client: Client,
  district: string,
  rows: readonly KeptScore[],
  supersedes: readonly string[],
  by: { id: string; name: string; at: Date; knownAt: string },
): Promise<void> {
  await inCompartment(client, async () => {
    await client.query({
      name: 'scores-close',
      values: [district, supersedes, by.knownAt],
      text: `UPDATE pupil_score SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = ANY($2::uuid[]) AND upper_inf(known)`,
    });
    for (let from = 0; from < rows.length; from += 500) {
      const values: unknown[] = [district, by.id, by.name, by.at, by.knownAt];
      const put = (value: unknown) => `$${String(values.push(value))}`;
      const lines = rows
        .slice(from, from + 500)
        .map(
          (row) =>
            `($1, ${put(row.id)}, ${put(row.child_id)}, ${put(row.school_id)}, ${put(row.school_year)}, ${put(row.term)}, ${put(row.exam)}, ${put(row.sealed)}, $2, $3, $4::timestamptz, tstzrange($5::timestamptz, NULL), ${put(row.reach)}::text[])`,
        );
      await client.query({
        text: `INSERT INTO pupil_score (district_code, id, child_id, school_id, school_year, term, exam, sealed, entered_by, entered_name, entered_at, known, reach) VALUES ${lines.join(', ')}`,
        values,
      });
    }
  });
}

/** Children with scores or with a sign of them. */
export async function listScoreChildren(client: Client, district: string): Promise<string[]> {
  return inCompartment(client, async () => {
    const found = await client.query<{ child_id: string }>({
      name: 'scores-children',
      values: [district],
      text: `SELECT p.child_id FROM pupil_score p WHERE p.district_code = $1 AND upper_inf(p.known)
             UNION SELECT r.child_id FROM risk_sign r WHERE r.district_code = $1 AND r.kind = 'scoreFall' AND r.state <> 'gone'`,
    });
    return found.rows.map((row) => row.child_id);
  });
}

/** Whether there are scores of school years before one. */
export function hasScoresBefore(client: Client, district: string, schoolYear: number): Promise<boolean> {
  return inCompartment(client, async () => {
    const found = await client.query({
      name: 'scores-old',
      values: [district, schoolYear],
      text: `SELECT 1 FROM pupil_score p WHERE p.district_code = $1 AND p.school_year < $2 LIMIT 1`,
    });
    return found.rowCount === 1;
  });
}

/** Removes scores of school years before one, superseded versions too, at most so many; answers whose they were. */
export function removeScoresBefore(
  client: Client,
  district: string,
  schoolYear: number,
  most: number,
): Promise<string[]> {
  return inCompartment(client, async () => {
    const removed = await client.query<{ child_id: string }>({
      name: 'scores-remove',
      values: [district, schoolYear, most],
      text: `DELETE FROM pupil_score WHERE district_code = $1 AND id IN (SELECT p.id FROM pupil_score p WHERE p.district_code = $1 AND p.school_year < $2 LIMIT $3) RETURNING child_id`,
    });
    return removed.rows.map((row) => row.child_id);
  });
}

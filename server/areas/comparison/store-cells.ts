import type pg from 'pg';
import type { CellLevel, Cells, Home } from '#domain/comparison/cells.ts';
import { holds } from './store-facts.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Children in the register and on one roster of grades 1–9 who are alike in everything that a cell asks. */
export interface OrdinaryCell {
  street: string;
  level: CellLevel;
  home: Home;
  school: string;
  suspended: boolean;
  count: number;
}

/** Who stands in the course as suspended on day `$2`. */
const suspended = `SELECT w.child_id FROM course w WHERE ${holds('w')} AND w.state = 'suspended'`;
const ordinary = (more: {
  columns: string;
  from: string;
}) => `SELECT ${more.columns}coalesce(r.subdistrict_code, '') AS street,
    CASE WHEN e.grade <= 6 THEN 'primary' ELSE 'junior' END AS level, coalesce(r.household_state, 'none') AS home, e.school_id AS school,
    r.child_id IN (${suspended}) AS suspended, count(*)::int AS count
  FROM register_entry r JOIN enrolment e ON e.district_code = $1 AND e.child_id = r.child_id${more.from}
  WHERE ${holds('r')} AND ${holds('e')} AND NOT EXISTS (SELECT 1 FROM unnest($3::uuid[]) AS n (id) WHERE n.id = r.child_id)`;

/** Counts who is in the register and on a roster, leaving out those whom the comparison looks at one by one. */
export async function countOrdinary(
  client: Client,
  district: string,
  asOf: string,
  without: readonly string[],
): Promise<OrdinaryCell[]> {
  const found = await client.query<OrdinaryCell>({
    name: 'comparison-cells',
    values: [district, asOf, without],
    text: `${ordinary({ columns: '', from: '' })} GROUP BY 1, 2, 3, 4, 5`,
  });
  return found.rows;
}

/** Who belongs to which of some groups on day `$2`, by the register or an aid list; `$4` are the groups. */
const members = `SELECT t.child_id, u.tag FROM register_entry t CROSS JOIN LATERAL unnest(t.tags) AS u (tag) WHERE ${holds('t')} AND u.tag = ANY($4::text[])
  UNION SELECT l.child_id, l.list FROM key_list_entry l WHERE ${holds('l')} AND l.child_id IS NOT NULL AND l.list = ANY($4::text[])`;

/** The same by key group; a child of two groups counts in each. */
export async function countOrdinaryByGroup(
  client: Client,
  district: string,
  asOf: string,
  without: readonly string[],
  groups: readonly string[],
): Promise<(OrdinaryCell & { tag: string })[]> {
  const found = await client.query<OrdinaryCell & { tag: string }>({
    name: 'comparison-cells-group',
    values: [district, asOf, without, groups],
    text: `${ordinary({ columns: 'g.tag, ', from: ` JOIN (${members}) g ON g.child_id = r.child_id` })} GROUP BY 1, 2, 3, 4, 5, 6`,
  });
  return found.rows;
}

/** Of the given children: who is suspended on the day, and who belongs to which of the groups. */
export async function readMarks(
  client: Client,
  district: string,
  asOf: string,
  ids: readonly string[],
  groups: readonly string[],
): Promise<{ suspended: Set<string>; tags: Map<string, string[]> }> {
  const resting = await client.query<{ child_id: string }>({
    name: 'comparison-suspended',
    values: [district, asOf, ids],
    text: `SELECT x.child_id FROM (${suspended}) x WHERE x.child_id = ANY($3::uuid[])`,
  });
  const tagged = await client.query<{ child_id: string; tag: string }>({
    name: 'comparison-members',
    values: [district, asOf, ids, groups],
    text: `SELECT m.child_id, m.tag FROM (${members}) m WHERE m.child_id = ANY($3::uuid[]) ORDER BY m.child_id, m.tag`,
  });
  const tags = new Map<string, string[]>();
  for (const row of tagged.rows) tags.set(row.child_id, [...(tags.get(row.child_id) ?? []), row.tag]);
  return { suspended: new Set(resting.rows.map((row) => row.child_id)), tags };
}

/** Keeps the cells of a run, one row for each cut. */
export async function insertCells(
  client: Client,
  district: string,
  runId: string,
  cuts: ReadonlyMap<string, { homes: Cells; schools: Cells }>,
): Promise<void> {
  const values: unknown[] = [district, runId];
  const lines = [...cuts].map(([cut, { homes, schools }]) => {
    const first = values.push(cut, JSON.stringify(homes), JSON.stringify(schools)) - 2;
    return `($1, $2, $${String(first)}, $${String(first + 1)}::jsonb, $${String(first + 2)}::jsonb)`;
  });
  await client.query(
    `INSERT INTO comparison_cells (district_code, run_id, cut, homes, schools) VALUES ${lines.join(', ')}`,
    values,
  );
}

/** The cells of some runs by where children live or by school, of one cut; runs from before cells were kept are not among them. */
export async function readCells(
  client: Client,
  district: string,
  asked: { runs: readonly string[]; cut: string; of: 'homes' | 'schools' },
): Promise<Map<string, Cells>> {
  const found = await client.query<{ run_id: string; cells: Cells }>({
    name: `comparison-read-${asked.of}`,
    values: [district, asked.runs, asked.cut],
    text: `SELECT run_id, ${asked.of} AS cells FROM comparison_cells WHERE district_code = $1 AND run_id = ANY($2::uuid[]) AND cut = $3`,
  });
  return new Map(found.rows.map((row) => [row.run_id, row.cells]));
}

import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** How far the chain has moved, by what the links change. */
interface Changes {
  head: number | null;
  facts: number | null;
  persons: number | null;
  visits: number | null;
  attendance: number | null;
  work: number | null;
}

/** Calls that leave a link but change nothing that a list of children or households shows; so do all of security, attendance, risk, visits, papers and duties, and whatever only reads. */
const quiet = [
  'population.getChild',
  'population.revealChild',
  'population.exportChildren',
  'enrolment.exportRoster',
  'comparison.getFinding',
  'comparison.getRun',
  'comparison.exportFindings',
  'comparison.startVerifying',
  'comparison.explainFinding',
  'comparison.signRun',
  'imports.uploadList',
  'imports.exportHeld',
  'imports.cancelImport',
];
/** Calls that change what is said of children, or who reaches them, but add or remove none. */
const samePersons = ['population.editChild', 'comparison.checkExplanation', 'comparison.assignFinding'];

/** The number of the last link of a district's audit chain, 0 before the first. */
export async function chainHead(client: Client, district: string): Promise<number> {
  const found = await client.query<{ sequence: number }>({
    name: 'population-chain-head',
    values: [district],
    text: 'SELECT sequence FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1',
  });
  return found.rows[0]?.sequence ?? 0;
}

/** Verbs that only read, in every area. */
const reading = String.raw`verb ~ '\.(get|list|open|download|export|preview|planCoverage)'`;
/** Areas whose changes are none of the lists of children. */
const beside = `verb ~ '^(security|attendance|risk|visits|papers|duties)\\.'`;

/** The last links after `from`: of all, of those that change facts, of those that add or remove persons or households, of those that change visits or facts, of those that change attendance or facts, of those that change anything but accounts; null for none. */
export async function changesSince(client: Client, district: string, from: number): Promise<Changes> {
  const found = await client.query<Changes>({
    name: 'population-changes-since',
    values: [district, from, quiet, samePersons],
    text: `SELECT max(sequence) AS head, max(sequence) FILTER (WHERE loud) AS facts, max(sequence) FILTER (WHERE loud AND adds) AS persons, max(sequence) FILTER (WHERE loud OR visits) AS visits,
             max(sequence) FILTER (WHERE loud OR attendance) AS attendance, max(sequence) FILTER (WHERE works) AS work
           FROM (SELECT sequence, outcome = 'done' AND NOT ${beside} AND NOT ${reading} AND verb <> ALL($3::text[]) AS loud,
                        outcome = 'done' AND verb NOT LIKE 'security.%' AND NOT ${reading} AS works,
                        outcome = 'done' AND verb LIKE 'visits.%' AND NOT ${reading} AS visits,
                        outcome = 'done' AND verb LIKE 'attendance.%' AND NOT ${reading} AS attendance,
                        verb <> ALL($4::text[]) AND NOT (verb = 'population.recordSurvey' AND detail -> 'newChildren' = '0') AS adds
                 FROM audit_entry WHERE district_code = $1 AND sequence > $2) link`,
  });
  return found.rows[0] ?? { head: null, facts: null, persons: null, visits: null, attendance: null, work: null };
}

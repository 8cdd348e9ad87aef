import type pg from 'pg';
import type { ComparisonKind, FindingDetail, FindingState } from '#domain/comparison/record.ts';
import type { StoodBefore } from './store-findings.ts';
import type { WantedFinding } from './wanted.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A live finding, or the last accepted one of its kind and child. */
export interface StandingFinding {
  id: string;
  kind: ComparisonKind;
  child_id: string;
  state: FindingState;
  owner_kind: WantedFinding['owner']['kind'];
  owner_unit: string;
  school_id: string | null;
  subdistrict_code: string | null;
  community_code: string | null;
  due_date: string;
  detail: FindingDetail;
  reach: string[];
}

const columns =
  'id, kind, child_id, state, owner_kind, owner_unit, school_id, subdistrict_code, community_code, due_date, detail, reach';

/** Findings that are not closed. */
export async function listLiveFindings(client: Client, district: string): Promise<StandingFinding[]> {
  return (
    await client.query<StandingFinding>({
      name: 'finding-live',
      values: [district],
      text: `SELECT ${columns} FROM finding WHERE district_code = $1 AND closed_at IS NULL`,
    })
  ).rows;
}

/** The last accepted finding of each kind and child. */
export async function listAcceptedFindings(client: Client, district: string): Promise<StandingFinding[]> {
  const found = await client.query<StandingFinding>({
    name: 'finding-accepted',
    values: [district],
    text: `SELECT DISTINCT ON (kind, child_id) ${columns} FROM finding WHERE district_code = $1 AND state = 'accepted' AND closed_at IS NOT NULL ORDER BY kind, child_id, closed_at DESC`,
  });
  return found.rows;
}

/** Opens findings with their due days. */
export async function insertFindings(
  client: Client,
  district: string,
  runId: string,
  at: Date,
  rows: readonly (WantedFinding & { id: string; dueDate: string })[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    const values: unknown[] = [district, runId, at];
    const lines = rows.slice(from, from + 1000).map((row) => {
      const first =
        values.push(
          row.id,
          row.kind,
          row.childId,
          row.owner.kind,
          row.owner.unit,
          row.schoolId,
          row.subdistrictCode,
          row.communityCode,
          row.dueDate,
          JSON.stringify(row.detail),
          row.childReach,
        ) - 10;
      const at11 = Array.from({ length: 11 }, (_, step) => `$${String(first + step)}`);
      return `($1, ${at11.slice(0, 3).join(', ')}, $2, $2, 'open', ${at11.slice(3, 10).join(', ')}, $3, ${at11[10] ?? ''}::text[])`;
    });
    await client.query(
      `INSERT INTO finding (district_code, id, kind, child_id, first_run_id, last_run_id, state, owner_kind, owner_unit, school_id, subdistrict_code, community_code, due_date, detail, opened_at, reach)
       VALUES ${lines.join(', ')}`,
      values,
    );
  }
}

/** What a live finding now shows. */
export type FindingRefresh = Pick<WantedFinding, 'schoolId' | 'subdistrictCode' | 'communityCode' | 'detail'> & {
  id: string;
};

/** Writes what live findings now show, and how far they and their events reach; state, owner and due day stay. */
export async function refreshFindings(
  client: Client,
  district: string,
  runId: string,
  rows: readonly FindingRefresh[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 2000) {
    const some = rows.slice(from, from + 2000);
    const ids = some.map((row) => row.id);
    await client.query({
      name: 'finding-refresh',
      values: [
        district,
        runId,
        ids,
        some.map((row) => row.schoolId),
        some.map((row) => row.subdistrictCode),
        some.map((row) => row.communityCode),
        some.map((row) => JSON.stringify(row.detail)),
      ],
      text: `UPDATE finding f SET last_run_id = $2, school_id = x.school_id, subdistrict_code = x.street, community_code = x.community, detail = x.detail::jsonb
             FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[]) AS x (id, school_id, street, community, detail)
             WHERE f.district_code = $1 AND f.id = x.id`,
    });
  }
}

/** Tells in the history of findings that their school or street is another now, and what it was before. */
export async function insertMoves(
  client: Client,
  district: string,
  by: { id: string; name: string; knownAt: string },
  rows: readonly { id: string; finding: StandingFinding }[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    const values: unknown[] = [district, by.knownAt, by.id, by.name, '比对后所在学校或街道有变动'];
    const lines = rows.slice(from, from + 1000).map(({ id, finding }) => {
      const before: StoodBefore = {
        dueDate: finding.due_date,
        schoolId: finding.school_id,
        subdistrictCode: finding.subdistrict_code,
        print: finding.detail.print,
      };
      const first = values.push(id, finding.id, finding.reach, JSON.stringify(before)) - 3;
      const at = (step: number) => `$${String(first + step)}`;
      return `($1, ${at(0)}, ${at(1)}, $2::timestamptz, $3, $4, 'move', $5, ${at(2)}::text[], ${at(3)}::jsonb)`;
    });
    await client.query(
      `INSERT INTO finding_event (district_code, id, finding_id, known_at, actor_id, actor_name, what, words, reach, stood_before) VALUES ${lines.join(', ')}`,
      values,
    );
  }
}

/** Closes findings that the lists no longer show. */
export async function settleFindings(
  client: Client,
  district: string,
  runId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length > 0)
    await client.query({
      name: 'finding-settle',
      values: [district, ids, at, runId],
      text: `UPDATE finding SET state = 'settled', closed_at = $3, last_run_id = $4 WHERE district_code = $1 AND id = ANY($2::uuid[]) AND closed_at IS NULL`,
    });
}

/** Closes the live findings of a kind about a child, when what they ask was decided elsewhere. */
export async function settleFindingsOf(
  client: Client,
  district: string,
  kind: ComparisonKind,
  childId: string,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'finding-settle-child',
    values: [district, kind, childId, at],
    text: `UPDATE finding SET state = 'settled', closed_at = $4 WHERE district_code = $1 AND kind = $2 AND child_id = $3 AND closed_at IS NULL`,
  });
}

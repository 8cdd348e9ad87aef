import type pg from 'pg';
import type { OwnedBy } from '#domain/comparison/rules.ts';
import type { ComparisonKind, FindingDetail, FindingState, Owner } from '#domain/comparison/record.ts';
import { filters, prefixEnd, statementName, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What of the findings is asked for. */
export interface FindingFilter {
  kind?: string | undefined;
  state: string;
  subdistrict?: string | undefined;
  schoolId?: string | undefined;
  overdue?: boolean | undefined;
  /** Only findings owned so. */
  owned?: readonly OwnedBy[] | undefined;
  /** A name, pinyin, initials, or (as blind index) a whole number. */
  words?: string | undefined;
  documentIndex?: Buffer | undefined;
  today: string;
}

/** A finding with what lists show. */
export interface FindingRow {
  id: string;
  kind: ComparisonKind;
  child_id: string;
  state: FindingState;
  owner_kind: Owner['kind'];
  owner_unit: string;
  due_date: string;
  category: string | null;
  detail: FindingDetail;
  reach: string[];
  name: string;
  sex: string | null;
  birth_date: string | null;
  document_type: string;
  sealed: Buffer | null;
  school_id: string | null;
  subdistrict_code: string | null;
  school_name: string | null;
  subdistrict_name: string | null;
  community_name: string | null;
  owner_name: string | null;
}

/** The condition under which a finding is one's own duty. */
export function ownedCondition(where: Filters, owned: readonly OwnedBy[]): string {
  const parts = owned.map((one) => {
    const kinds = `f.owner_kind = ANY(${where.value(one.ownerKinds)}::text[])`;
    const catchment = one.catchment ? ` OR f.kind = 'notEnrolled'` : '';
    switch (one.by) {
      case null:
        return kinds;
      case 'ownerUnit':
        return `${kinds} AND f.owner_unit = ${where.value(one.unit)}`;
      case 'schoolId':
        return `f.school_id = ${where.value(one.unit)}::uuid AND (${kinds}${catchment})`;
      case 'subdistrictCode':
        return `${kinds} AND f.subdistrict_code = ${where.value(one.unit)}`;
    }
  });
  return parts.length === 0 ? 'false' : parts.map((part) => `(${part})`).join(' OR ');
}

function narrow(where: Filters, asked: FindingFilter): void {
  if (asked.state === 'live') where.and('f.closed_at IS NULL');
  else where.and(`f.state = ${where.value(asked.state)}`);
  if (asked.subdistrict) where.and(`f.subdistrict_code = ${where.value(asked.subdistrict)}`);
  if (asked.schoolId) where.and(`f.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.overdue) where.and(`f.closed_at IS NULL AND f.due_date < ${where.value(asked.today)}::date`);
  if (asked.owned) where.and(ownedCondition(where, asked.owned));
  if (asked.documentIndex) where.and(`c.document_index = ${where.value(asked.documentIndex)}`);
  else if (asked.words) {
    const from = where.value(asked.words);
    const to = where.value(prefixEnd(asked.words));
    const columns = /^[a-z]+$/.test(asked.words) ? ['c.pinyin', 'c.initials'] : ['c.name', 'c.name_tail'];
    where.and(columns.map((column) => `(${column} >= ${from} AND ${column} < ${to})`).join(' OR '));
  }
}

const source = 'finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id';
const shown = `f.id, f.kind, f.child_id, f.state, f.owner_kind, f.owner_unit, f.due_date, f.category, f.detail, f.reach, f.school_id, c.name, c.sex, c.birth_date, c.document_type, c.sealed,
  f.subdistrict_code, s.name AS school_name, ps.name AS subdistrict_name, pc.name AS community_name, CASE WHEN f.owner_kind = 'school' THEN os.name ELSE op.name END AS owner_name`;
const names = `LEFT JOIN school s ON s.district_code = $1 AND s.id = f.school_id
  LEFT JOIN place ps ON ps.district_code = $1 AND ps.code = f.subdistrict_code
  LEFT JOIN place pc ON pc.district_code = $1 AND pc.code = f.community_code
  LEFT JOIN place op ON op.district_code = $1 AND op.code = CASE WHEN f.owner_kind IN ('community', 'subdistrict') THEN f.owner_unit END
  LEFT JOIN school os ON os.district_code = $1 AND os.id = CASE WHEN f.owner_kind = 'school' THEN f.owner_unit::uuid END`;

/** How many findings of each kind the filters leave, whatever kind is asked for. */
export async function countFindings(
  client: Client,
  district: string,
  asked: FindingFilter,
): Promise<Record<string, number>> {
  const where = filters(district);
  narrow(where, asked);
  const needsChild = asked.words !== undefined || asked.documentIndex !== undefined;
  const found = await client.query<{ kind: string; count: number }>({
    text: `SELECT f.kind, count(*) AS count FROM ${needsChild ? source : 'finding f'} WHERE f.district_code = $1${where.where()} GROUP BY f.kind`,
    values: where.values,
  });
  return Object.fromEntries(found.rows.map((row) => [row.kind, row.count]));
}

/** A page of findings, the earliest due first; `size` null for all. */
export async function pageFindings(
  client: Client,
  district: string,
  asked: FindingFilter,
  page: { page: number; size: number } | null,
): Promise<FindingRow[]> {
  const where = filters(district);
  narrow(where, asked);
  if (asked.kind) where.and(`f.kind = ${where.value(asked.kind)}`);
  const limit = page ? `LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}` : '';
  const needsChild = asked.words !== undefined || asked.documentIndex !== undefined;
  const ids = `SELECT f.id FROM ${needsChild ? source : 'finding f'} WHERE f.district_code = $1${where.where()} ORDER BY f.due_date, f.kind, f.id ${limit}`;
  const text = `SELECT ${shown} FROM ${source} ${names} WHERE f.district_code = $1 AND f.id IN (${ids}) ORDER BY f.due_date, f.kind, f.id`;
  const name = page ? { name: statementName('comparison-findings', text) } : {};
  return (await client.query<FindingRow>({ ...name, text, values: where.values })).rows;
}

/** One finding with its explanation. */
export interface FullFinding extends FindingRow {
  first_run_id: string;
  evidence: string | null;
  explained_by: string | null;
  explained_name: string | null;
  explained_at: Date | null;
  checked_name: string | null;
  checked_at: Date | null;
  opened_at: Date;
  closed_at: Date | null;
  child_reach: string[];
}

/** One finding within reach, null otherwise; locked when it is about to change. */
export async function findFinding(
  client: Client,
  district: string,
  id: string,
  lock: boolean,
): Promise<FullFinding | null> {
  const found = await client.query<FullFinding>({
    name: lock ? 'finding-lock' : 'finding-one',
    values: [district, id],
    text: `SELECT ${shown}, f.first_run_id, f.evidence, f.explained_by, f.explained_name, f.explained_at, f.checked_name, f.checked_at, f.opened_at, f.closed_at, c.reach AS child_reach
           FROM ${source} ${names} WHERE f.district_code = $1 AND f.id = $2${lock ? ' FOR UPDATE OF f' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** The family as the register, else the roster, describes it. */
export interface FamilyRow {
  source: 'register_entry' | 'enrolment';
  id: string;
  guardian: string | null;
  address: string | null;
  sealed: Buffer | null;
}

/** What the lists say of a child's family today: the register first. */
export async function findFamily(client: Client, district: string, childId: string): Promise<FamilyRow | null> {
  const found = await client.query<FamilyRow>({
    name: 'finding-family',
    values: [district, childId],
    text: `SELECT 'register_entry' AS source, id, guardian, address, sealed, 1 AS place FROM register_entry WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)
           UNION ALL SELECT 'enrolment', id, guardian, address, sealed, 2 FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)
           ORDER BY place LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** What happened to a finding. */
export interface EventRow {
  known_at: Date;
  actor_name: string;
  words: string;
}

/** The events of a finding, oldest first. */
export async function listEvents(client: Client, district: string, id: string): Promise<EventRow[]> {
  return (
    await client.query<EventRow>({
      name: 'finding-events',
      values: [district, id],
      text: `SELECT known_at, actor_name, words FROM finding_event WHERE district_code = $1 AND finding_id = $2 ORDER BY known_at, id`,
    })
  ).rows;
}

/** What stood of a finding before a change of it: without it no earlier moment could be told. */
export interface StoodBefore {
  dueDate: string;
  schoolId: string | null;
  subdistrictCode: string | null;
  /** Which facts made it: of a child on two rosters, the schools. */
  print: string;
}

/** Adds an event; `before` where it changes the due day. */
export async function addEvent(
  client: Client,
  district: string,
  event: {
    id: string;
    findingId: string;
    knownAt: string;
    actorId: string;
    actorName: string;
    what: string;
    words: string;
    reach: readonly string[];
    before: StoodBefore | null;
  },
): Promise<void> {
  await client.query({
    name: 'finding-event',
    values: [
      district,
      event.id,
      event.findingId,
      event.knownAt,
      event.actorId,
      event.actorName,
      event.what,
      event.words,
      event.reach,
      event.before === null ? null : JSON.stringify(event.before),
    ],
    text: `INSERT INTO finding_event (district_code, id, finding_id, known_at, actor_id, actor_name, what, words, reach, stood_before) VALUES ($1, $2, $3, $4::timestamptz, $5, $6, $7, $8, $9::text[], $10::jsonb)`,
  });
}

import type pg from 'pg';
import { homesOfBase, type Base } from '#domain/comparison/cells.ts';
import { filters, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import { countsItself, standingCase, standingsOfGroup } from './store-standing.ts';
import { searchCondition, type SearchWords } from './search-words.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Children asked for: the filters of the list, and the birth dates (first and last) that owe in the school year of today. */
export interface ChildFilter {
  today: string;
  owing: { first: string; last: string };
  words?: SearchWords | undefined;
  subdistrict?: string | undefined;
  community?: string | undefined;
  schoolId?: string | undefined;
  classId?: string | undefined;
  grade?: number | undefined;
  tag?: string | undefined;
  standing?: string | undefined;
  /** Whom a base of the enrolment rate counts. */
  base?: Exclude<Base, 'all'> | undefined;
  sort: 'name' | 'birth';
  /** Reach tokens to look along, so that the database need not test every child; row-level security decides all the same. */
  along?: readonly string[] | undefined;
  /** The past that is asked for; null for what stands today and is known now. */
  then: Then | null;
}

function stands(alias: string, past: Past | null): string {
  if (past !== null) return past.stood(alias);
  return `upper_inf(${alias}.known) AND (${alias}.to_date IS NULL OR ${alias}.to_date > $2::date)`;
}

/** Rows of a fact table that stood: the present ones (`$2` is today), or those of the past. */
export function rowsThat(alias: string, past: Past | null): string {
  return `${alias}.district_code = $1 AND ${stands(alias, past)}`;
}

function listed(alias: string, past: Past | null): string {
  const day = past === null ? '$2::date' : past.day();
  const known = past === null ? `upper_inf(${alias}.known)` : past.known(alias);
  return `${known} AND ${alias}.from_date <= ${day} AND (${alias}.to_date IS NULL OR ${alias}.to_date >= ${day})`;
}

/** Rows of an aid list, whose last day counts: of today (`$2`), or of the past. */
export function listedRow(alias: string, past: Past | null): string {
  return `${alias}.district_code = $1 AND ${listed(alias, past)}`;
}

/** Who belonged to the list then: who was known by then, or of whom a fact of by then was known. */
function thereThen(past: Past): string {
  const begun = (table: string) =>
    `c.id IN (SELECT b.child_id FROM ${table} b WHERE b.district_code = $1 AND ${past.known('b')} AND b.from_date <= ${past.day()})`;
  return `${past.entered('c.created_at')} AND (c.created_at <= ${past.moment()} OR ${begun('register_entry')} OR ${begun('enrolment')})`;
}

function idsUnder(tokens: readonly string[], kind: string): string[] {
  return tokens.filter((token) => token.startsWith(`${kind}:`)).map((token) => token.slice(kind.length + 1));
}

/** The children within schools, classes and communities, by the indexes on those. */
function alongReach(where: Filters, tokens: readonly string[]): string {
  const parts: string[] = [];
  const schools = idsUnder(tokens, 'school');
  const classes = idsUnder(tokens, 'class');
  const communities = idsUnder(tokens, 'community');
  if (schools.length > 0) {
    const list = where.value(schools);
    parts.push(
      `SELECT x.child_id FROM enrolment x WHERE x.district_code = $1 AND upper_inf(x.known) AND x.school_id = ANY(${list}::uuid[])`,
    );
    parts.push(
      `SELECT x.child_id FROM enrolment_claim x WHERE x.district_code = $1 AND upper_inf(x.known) AND x.school_id = ANY(${list}::uuid[])`,
    );
  }
  if (classes.length > 0)
    parts.push(
      `SELECT x.child_id FROM enrolment x WHERE x.district_code = $1 AND upper_inf(x.known) AND x.class_id = ANY(${where.value(classes)}::uuid[])`,
    );
  if (communities.length > 0) {
    const list = where.value(communities);
    for (const table of ['register_entry', 'register_repeat']) {
      parts.push(
        `SELECT x.child_id FROM ${table} x WHERE x.district_code = $1 AND upper_inf(x.known) AND x.community_code = ANY(${list}::text[])`,
      );
    }
  }
  return parts.length === 0 ? 'false' : `c.id IN (${parts.join(' UNION ALL ')})`;
}

function narrow(where: Filters, asked: ChildFilter, past: Past | null): void {
  if (past !== null) where.and(thereThen(past));
  if (asked.along) where.and(alongReach(where, asked.along));
  if (asked.words) where.and(searchCondition(where, asked.words));
  const enrolled: string[] = [];
  if (asked.schoolId !== undefined) enrolled.push(`x.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.classId !== undefined) enrolled.push(`x.class_id = ${where.value(asked.classId)}::uuid`);
  if (asked.grade !== undefined) enrolled.push(`x.grade = ${where.value(asked.grade)}::int`);
  if (enrolled.length > 0)
    where.and(
      `c.id IN (SELECT x.child_id FROM enrolment x WHERE ${rowsThat('x', past)} AND ${enrolled.join(' AND ')})`,
    );
  const placed: string[] = [];
  if (asked.subdistrict !== undefined) placed.push(`x.subdistrict_code = ${where.value(asked.subdistrict)}`);
  if (asked.community !== undefined) placed.push(`x.community_code = ${where.value(asked.community)}`);
  if (placed.length > 0)
    where.and(
      `c.id IN (SELECT x.child_id FROM register_entry x WHERE ${rowsThat('x', past)} AND ${placed.join(' AND ')})`,
    );
  if (asked.tag !== undefined) {
    const tag = where.value(asked.tag);
    where.and(`c.id IN (SELECT x.child_id FROM register_entry x WHERE ${rowsThat('x', past)} AND ${tag} = ANY(x.tags)
      UNION ALL SELECT x.child_id FROM enrolment x WHERE ${rowsThat('x', past)} AND ${tag} = ANY(x.tags)
      UNION ALL SELECT x.child_id FROM key_list_entry x WHERE ${listedRow('x', past)} AND x.list = ${tag})`);
  }
}

/** Every child of a filter in the order of the list, as ids of 16 bytes one after another. */
export async function readOrderedIds(client: Client, district: string, asked: ChildFilter): Promise<Buffer> {
  const where = filters(district, asked.today);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  narrow(where, asked, past);
  let source = 'child c';
  if (asked.base === 'registered' || asked.base === 'resident')
    where.and(
      `c.id IN (SELECT x.child_id FROM register_entry x WHERE ${rowsThat('x', past)} AND x.household_state = ANY(${where.value(homesOfBase[asked.base])}::text[]))`,
    );
  if (asked.standing !== undefined || asked.base === 'roster') {
    source += ` LEFT JOIN enrolment e ON ${rowsThat('e', past)} AND e.child_id = c.id LEFT JOIN register_entry r ON ${rowsThat('r', past)} AND r.child_id = c.id
      LEFT JOIN standing s ON ${rowsThat('s', past)} AND s.child_id = c.id`;
    const { standing = 'placed' } = asked;
    const group = standingsOfGroup(standing);
    // Of whom a roster counts each is enrolled by one; who is not is none of them.
    const standings = where.value((group ?? [standing]).filter((one) => asked.base !== 'roster' || one === 'enrolled'));
    where.and(
      `${standingCase(where.value(asked.owing.first), where.value(asked.owing.last), past)} = ANY(${standings}::text[])`,
    );
    if (group !== null) where.and(countsItself(past));
  }
  const order = asked.sort === 'birth' ? 'c.birth_date, c.pinyin, c.id' : 'c.pinyin, c.id';
  const found = await client.query<{ ids: Buffer | null }>({
    values: where.values,
    text: `SELECT string_agg(uuid_send(t.id), ''::bytea) AS ids FROM (SELECT c.id FROM ${source}
           WHERE c.district_code = $1 AND $2::date IS NOT NULL AND c.merged_into IS NULL${where.where()} ORDER BY ${order}) t`,
  });
  return found.rows[0]?.ids ?? Buffer.alloc(0);
}

/** A page of all children within reach by pinyin, along the index. */
export async function readPageByPinyin(
  client: Client,
  district: string,
  size: number,
  offset: number,
): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'population-page-by-pinyin',
    values: [district, size, offset],
    text: 'SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL ORDER BY c.pinyin, c.id LIMIT $2 OFFSET $3',
  });
  return found.rows.map((row) => row.id);
}

/** A page of all children of the past within reach by pinyin, along the index. */
export async function readPageThen(
  client: Client,
  district: string,
  then: Then,
  page: { size: number; offset: number },
): Promise<string[]> {
  const where = filters(district);
  const past = pastOf(where, then);
  const text = `SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND ${thereThen(past)} ORDER BY c.pinyin, c.id LIMIT ${where.value(page.size)} OFFSET ${where.value(page.offset)}`;
  const name = statementName('population-page-then', text);
  return (await client.query<{ id: string }>({ name, text, values: where.values })).rows.map((row) => row.id);
}

/** How many children there were in the past within reach. */
export async function countChildrenThen(client: Client, district: string, then: Then): Promise<number> {
  const where = filters(district);
  const past = pastOf(where, then);
  const text = `SELECT count(*)::int AS count FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND ${thereThen(past)}`;
  const name = statementName('population-count-then', text);
  return (await client.query<{ count: number }>({ name, text, values: where.values })).rows[0]?.count ?? 0;
}

/** How many children stand within reach. */
export async function countChildren(client: Client, district: string): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'population-count',
    values: [district],
    text: 'SELECT count(*)::int AS count FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL',
  });
  return found.rows[0]?.count ?? 0;
}

/** The first children by each of the forms under which a name is found; at most `most` of each form, for search while typing. */
export async function findFirstChildren(
  client: Client,
  district: string,
  words: SearchWords,
  most: number,
): Promise<string[]> {
  const query = async (condition: string, order: string, values: unknown[]) =>
    (
      await client.query<{ id: string }>({
        name: `population-first-${order}-${words.kind}`,
        values: [district, most, ...values],
        text: `SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL AND ${condition} ORDER BY ${order} LIMIT $2`,
      })
    ).rows.map((row) => row.id);
  if (words.kind === 'number')
    return query('(c.document_index = $3 OR c.registry_index = $4)', 'c.id', [words.document, words.registry]);
  const found = new Set<string>();
  const columns = words.kind === 'name' ? ['name', 'name_tail'] : ['pinyin', 'initials'];
  for (const column of columns) {
    if (found.size >= most) break;
    for (const id of await query(`c.${column} >= $3 AND c.${column} < $4`, `c.${column}`, [words.from, words.to]))
      found.add(id);
  }
  return [...found].slice(0, most);
}

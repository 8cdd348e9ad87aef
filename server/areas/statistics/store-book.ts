import type pg from 'pg';
import type { Home } from '#domain/statistics/homes.ts';
import type { Spell } from '#domain/statistics/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A spell that is known now, with its child. */
export type BookSpell = Spell & { childId: string };

const columns = `c.child_id AS "childId", c.from_date AS "fromDate", c.to_date AS "toDate", c.state, c.school_id AS "schoolId", c.class_id AS "classId", c.grade, c.cause`;
const inOrder = 'ORDER BY c.child_id, c.from_date';

/** The next spells that are known now, by child and day, after a child; whole children, unless one has more than `most`. */
export async function readSpellsAfter(
  client: Client,
  district: string,
  after: string | null,
  most: number,
): Promise<BookSpell[]> {
  const found = await client.query<BookSpell>({
    name: 'book-spells',
    values: [district, after ?? '00000000-0000-0000-0000-000000000000', most],
    text: `SELECT ${columns} FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.child_id > $2::uuid ${inOrder} LIMIT $3`,
  });
  return found.rows;
}

/** The children of whom some spell became known or was superseded after a moment. */
export async function childrenTouched(client: Client, district: string, since: string): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'book-touched',
    values: [district, since],
    text: `SELECT c.child_id AS id FROM course c WHERE c.district_code = $1 AND lower(c.known) > $2::timestamptz
           UNION SELECT c.child_id FROM course c WHERE c.district_code = $1 AND NOT upper_inf(c.known) AND upper(c.known) > $2::timestamptz`,
  });
  return found.rows.map((row) => row.id);
}

/** The spells of children that are known now, by child and day. */
export async function readSpellsOf(
  client: Client,
  district: string,
  childIds: readonly string[],
): Promise<BookSpell[]> {
  const found = await client.query<BookSpell>({
    name: 'book-spells-of',
    values: [district, childIds],
    text: `SELECT ${columns} FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.child_id = ANY($2::uuid[]) ${inOrder}`,
  });
  return found.rows;
}

/** Where a child lives by the register, as it is read. */
type BookHome = Home & { childId: string };

const homeColumns = `r.child_id AS "childId", r.from_date AS "fromDate", r.to_date AS "toDate", r.subdistrict_code AS street`;

/** The last moment at which an entry of the register became known or was superseded; the beginning of time where there is none. */
export async function lastHome(client: Client, district: string): Promise<string> {
  const found = await client.query<{ known: string }>({
    name: 'book-homes-last-known',
    values: [district],
    text: `SELECT to_char(coalesce(greatest((SELECT max(lower(r.known)) FROM register_entry r WHERE r.district_code = $1), (SELECT max(upper(r.known)) FROM register_entry r WHERE r.district_code = $1 AND NOT upper_inf(r.known))), '2000-01-01Z'::timestamptz) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known`,
  });
  return found.rows[0]?.known ?? '2000-01-01T00:00:00.000000Z';
}

/** The next homes that are known now, by child and day, after a child; whole children, unless one has more than \`most\`. */
export async function readHomesAfter(
  client: Client,
  district: string,
  after: string | null,
  most: number,
): Promise<BookHome[]> {
  const found = await client.query<BookHome>({
    name: 'book-homes',
    values: [district, after ?? '00000000-0000-0000-0000-000000000000', most],
    text: `SELECT ${homeColumns} FROM register_entry r WHERE r.district_code = $1 AND upper_inf(r.known) AND r.child_id > $2::uuid ORDER BY r.child_id, r.from_date LIMIT $3`,
  });
  return found.rows;
}

/** The children of whom some entry of the register became known or was superseded after a moment. */
export async function homesTouched(client: Client, district: string, since: string): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'book-homes-touched',
    values: [district, since],
    text: `SELECT r.child_id AS id FROM register_entry r WHERE r.district_code = $1 AND lower(r.known) > $2::timestamptz
           UNION SELECT r.child_id FROM register_entry r WHERE r.district_code = $1 AND NOT upper_inf(r.known) AND upper(r.known) > $2::timestamptz`,
  });
  return found.rows.map((row) => row.id);
}

/** The homes of children that are known now, by child and day. */
export async function readHomesOf(client: Client, district: string, childIds: readonly string[]): Promise<BookHome[]> {
  const found = await client.query<BookHome>({
    name: 'book-homes-of',
    values: [district, childIds],
    text: `SELECT ${homeColumns} FROM register_entry r WHERE r.district_code = $1 AND upper_inf(r.known) AND r.child_id = ANY($2::uuid[]) ORDER BY r.child_id, r.from_date`,
  });
  return found.rows;
}

/** The last link of the trail after one (the same where there is none), and whether one of those between says that one of these calls was done. */
export async function doneSince(
  client: Client,
  district: string,
  after: number,
  verbs: readonly string[],
): Promise<{ head: number; done: boolean }> {
  const found = await client.query<{ head: number | null; done: boolean | null }>({
    name: 'book-done-since',
    values: [district, after, verbs],
    text: `SELECT max(sequence) AS head, bool_or(verb = ANY($3::text[]) AND outcome = 'done') AS done FROM audit_entry WHERE district_code = $1 AND sequence > $2`,
  });
  return { head: found.rows[0]?.head ?? after, done: found.rows[0]?.done ?? false };
}

/** A page of children by day and name, of those who carry one of the tokens (null: all). */
export async function pageOfChildren(
  client: Client,
  district: string,
  behind: { ids: readonly string[]; days: readonly string[] },
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<{ child_id: string; day: string; total: number }[]> {
  const reach = tokens === null ? '' : ' AND k.reach && $6::text[]';
  const found = await client.query<{ child_id: string; day: string; total: number }>({
    name: `book-names-${tokens === null ? 'all' : 'reach'}`,
    values: [district, behind.ids, behind.days, page.size, page.offset, ...(tokens === null ? [] : [tokens])],
    text: `SELECT f.child_id, f.day, (count(*) OVER ())::int AS total FROM unnest($2::uuid[], $3::date[]) AS f (child_id, day) JOIN child k ON k.district_code = $1 AND k.id = f.child_id
           WHERE k.district_code = $1${reach} ORDER BY f.day DESC, k.pinyin, f.child_id LIMIT $4 OFFSET $5`,
  });
  return found.rows;
}

/** The next children in the order of their names, after one of them. */
export async function childrenAfter(
  client: Client,
  district: string,
  after: { pinyin: string; id: string } | null,
  most: number,
): Promise<{ pinyin: string; id: string }[]> {
  const found = await client.query<{ pinyin: string; id: string }>({
    name: 'book-children-by-name',
    values: [district, after?.pinyin ?? '', after?.id ?? '00000000-0000-0000-0000-000000000000', most],
    text: `SELECT k.pinyin, k.id FROM child k WHERE k.district_code = $1 AND (k.pinyin, k.id) > ($2, $3::uuid) ORDER BY k.pinyin, k.id LIMIT $4`,
  });
  return found.rows;
}

/** Whether the transaction has written something: what it sees may then never come to be. */
export async function hasWritten(client: Client): Promise<boolean> {
  const found = await client.query<{ written: boolean }>({
    name: 'book-written',
    text: 'SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS written',
  });
  return found.rows[0]?.written !== false;
}

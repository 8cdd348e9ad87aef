import type pg from 'pg';
import { childrenAfter, pageOfChildren } from './store-book.ts';

type Client = Pick<pg.ClientBase, 'query'>;
type Page = { size: number; offset: number };
type Named = { child_id: string; day: string; total: number };

/**
 * Whether so many children of one day are looked for in the order of all names until the page is full, and not brought to the database and
 * sorted there: where they are a good part of the district, and the page ends well before they do.
 */
const worthWalking = (children: number, until: number): boolean => children >= 10_000 && until * 10 <= children;

/** Children with their days, the latest day first; null where one stands twice on a day. */
function byDay({ ids, days }: { ids: readonly string[]; days: readonly string[] }): [string, Set<string>][] | null {
  const groups = new Map<string, Set<string>>();
  for (const [at, id] of ids.entries()) {
    const day = days[at] ?? '';
    const group = groups.get(day) ?? new Set();
    if (group.has(id)) return null;
    groups.set(day, group.add(id));
  }
  return [...groups].sort(([a], [b]) => (a < b ? 1 : -1));
}

/** The children of a page of many, found by walking the names of the district. */
async function walked(client: Client, district: string, group: ReadonlySet<string>, page: Page): Promise<string[]> {
  const until = page.offset + page.size;
  const ids: string[] = [];
  const most = until * 2 + 100;
  for (let after: { pinyin: string; id: string } | null = null; ids.length < until;) {
    const rows: { pinyin: string; id: string }[] = await childrenAfter(client, district, after, most);
    for (const { id } of rows) if (group.has(id)) ids.push(id);
    after = rows.at(-1) ?? null;
    if (rows.length < most) break;
  }
  return ids.slice(page.offset, until);
}

/**
 * A page of children by day and name, of those who carry one of the tokens (null: all). Where all are shown, only the children of the days on
 * the page are brought to the database: of a stock of a whole district nearly all began on one day.
 */
export async function pageOfNames(
  client: Client,
  district: string,
  behind: { ids: readonly string[]; days: readonly string[] },
  tokens: readonly string[] | null,
  page: Page,
  walks = worthWalking,
): Promise<Named[]> {
  const groups = tokens === null ? byDay(behind) : null;
  if (groups === null) return pageOfChildren(client, district, behind, tokens, page);
  const total = behind.ids.length;
  let offset = page.offset;
  const first = groups.findIndex(([, group]) => {
    if (offset < group.size) return true;
    offset -= group.size;
    return false;
  });
  if (first < 0) return [];
  let reached = 0;
  const shown = groups.slice(first).filter(([, group]) => {
    const wanted = reached < offset + page.size;
    reached += group.size;
    return wanted;
  });
  const [only] = shown;
  if (only !== undefined && shown.length === 1 && walks(only[1].size, offset + page.size)) {
    const rows = await walked(client, district, only[1], { size: page.size, offset });
    return rows.map((child_id) => ({ child_id, day: only[0], total }));
  }
  const some = shown.flatMap(([day, group]) => [...group].map((id) => ({ id, day })));
  const of = { ids: some.map((one) => one.id), days: some.map((one) => one.day) };
  const rows = await pageOfChildren(client, district, of, null, { size: page.size, offset });
  return rows.map((row) => ({ ...row, total }));
}

import type pg from 'pg';
import type { TableEntry } from './manifest.ts';

/** A table with the columns that can be loaded: neither dropped nor generated. */
export type LoadableTable = TableEntry & { columns: string[] };

/** The given tables with their columns, sorted so that every table comes after those its foreign keys point at. */
export async function loadableTables(client: pg.ClientBase, entries: TableEntry[]): Promise<LoadableTable[]> {
  const columns = await client.query<{ name: string; columns: string[] }>(
    `SELECT a.attrelid::regclass::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_attribute a
      WHERE a.attrelid = ANY($1::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      GROUP BY a.attrelid`,
    [entries.map(({ name }) => name)],
  );
  const byName = new Map(columns.rows.map((row) => [row.name, row.columns]));
  const parents = await parentsOf(client);
  return inLoadOrder(entries, parents).map((entry) => ({ ...entry, columns: byName.get(entry.name) ?? [] }));
}

/** Names of the tables that have at least one row, seen by the client's role. */
export async function tablesWithRows(client: pg.ClientBase, names: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const rows = await client.query(`SELECT 1 FROM ${name} LIMIT 1`);
    if (rows.rowCount) found.push(name);
  }
  return found;
}

/** Sets every identity counter of the tables behind the highest number loaded. */
export async function advanceCounters(client: pg.ClientBase, names: string[]): Promise<void> {
  const found = await client.query<{ name: string; column: string; sequence: string }>(
    `SELECT a.attrelid::regclass::text AS name, quote_ident(a.attname) AS column, pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) AS sequence
       FROM pg_attribute a WHERE a.attrelid = ANY($1::regclass[]) AND a.attnum > 0 AND NOT a.attisdropped
        AND pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) IS NOT NULL`,
    [names],
  );
  for (const { name, column, sequence } of found.rows) {
    await client.query(`SELECT setval($1, (SELECT max(${column}) FROM ${name})) WHERE EXISTS (SELECT 1 FROM ${name})`, [
      sequence,
    ]);
  }
}

async function parentsOf(client: pg.ClientBase): Promise<Map<string, Set<string>>> {
  const keys = await client.query<{ child: string; parent: string }>(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`,
  );
  const parents = new Map<string, Set<string>>();
  for (const { child, parent } of keys.rows) parents.set(child, (parents.get(child) ?? new Set()).add(parent));
  return parents;
}

function inLoadOrder(entries: TableEntry[], parents: Map<string, Set<string>>): TableEntry[] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const sorted = new Set<TableEntry>();
  const visit = (entry: TableEntry, path: string[]) => {
    if (sorted.has(entry)) return;
    if (path.includes(entry.name)) throw new Error(`foreign keys in a circle: ${[...path, entry.name].join(' → ')}`);
    for (const name of parents.get(entry.name) ?? []) {
      const parent = byName.get(name);
      if (parent) visit(parent, [...path, entry.name]);
    }
    sorted.add(entry);
  };
  for (const entry of entries) visit(entry, []);
  return [...sorted];
}

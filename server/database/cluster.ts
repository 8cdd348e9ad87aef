import pg from 'pg';
import { Failure } from '#domain/basics/failure.ts';
import { tables as allTables, type TableEntry } from './manifest.ts';
import { readMigrations, type Migration } from './migrate.ts';
import { splitStatements } from './split-statements.ts';

/** What a cluster does not take, or takes and silently loses (docs/architecture.md, section 5). */
const forbidden: readonly { pattern: RegExp; why: string }[] = [
  { pattern: /\bON\s+(DELETE|UPDATE)\s+SET\s+(NULL|DEFAULT)\b/i, why: 'ON DELETE SET NULL' },
  { pattern: /\b(DEFERRABLE|INITIALLY\s+DEFERRED)\b/i, why: 'deferred constraint' },
  { pattern: /\bINHERITS\s*\(/i, why: 'inheritance' },
  { pattern: /\bPARTITION\s+BY\s+(RANGE|LIST|HASH)\b/i, why: 'partitioned table' },
  { pattern: /\bMATERIALIZED\s+VIEW\b/i, why: 'materialized view' },
  { pattern: /\bAS\s+RESTRICTIVE\b/i, why: 'restrictive policy' },
  { pattern: /\bMERGE\s+INTO\b/i, why: 'MERGE' },
  { pattern: /\bCREATE\s+(OR\s+REPLACE\s+)?RULE\b/i, why: 'rule' },
  {
    pattern: /^\s*UPDATE\b[\s\S]*\b(now|uuidv7|gen_random_uuid|clock_timestamp|random)\s*\(/i,
    why: 'volatile function in UPDATE',
  },
  { pattern: /\bADD\s+COLUMN\b[^;]*\b(CHECK|REFERENCES|UNIQUE)\b/i, why: 'inline constraint in ADD COLUMN' },
];

/** The lines of a table's body, cut at the commas outside brackets. */
function partsOf(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const letter of body) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  return [...parts, part.trim()];
}

function keyFaults(table: string, part: string, kinds: ReadonlyMap<string, TableEntry['kind']>): string[] {
  const name = /^CONSTRAINT\s+(\w+)/i.exec(part)?.[1];
  if (name === undefined) return /^(PRIMARY|UNIQUE|FOREIGN|EXCLUDE|CHECK)\b/i.test(part) ? [`${table}: unnamed constraint`] : []; // prettier-ignore
  const columns = /(?:PRIMARY\s+KEY|UNIQUE|FOREIGN\s+KEY|EXCLUDE\s+USING\s+\w+)\s*\(([^)]*)/i.exec(part)?.[1];
  if (columns === undefined) return [];
  const target = /REFERENCES\s+([\w.]+)/i.exec(part)?.[1];
  if (target !== undefined && kinds.get(target) !== 'district') return [];
  if (!/\bdistrict_code\b/.test(columns)) return [`${table}.${name}: district_code is no part of it`];
  return /EXCLUDE/i.test(part) || /^\s*district_code\b/.test(columns)
    ? []
    : [`${table}.${name}: district_code is not first`];
}

/** What in the migrations breaks the rules of a cluster, one line each; empty when they can be laid on one. */
export function clusterFaults(
  migrations: readonly Pick<Migration, 'sql'>[] = readMigrations(),
  tables: readonly TableEntry[] = allTables,
): string[] {
  const kinds = new Map(tables.map(({ name, kind }) => [name, kind]));
  const faults: string[] = [];
  for (const text of migrations.flatMap(({ sql }) => splitStatements(sql.replace(/--.*$/gm, '')))) {
    const head = text.trim().slice(0, 60).replace(/\s+/g, ' ');
    for (const { pattern, why } of forbidden) if (pattern.test(text)) faults.push(`${why}: ${head}`);
    const made = /^\s*CREATE\s+TABLE\s+([\w.]+)\s*\(([\s\S]*)\)/i.exec(text);
    const [, table = '', body = ''] = made ?? [];
    if (made && kinds.get(table) === 'district') {
      const parts = partsOf(body);
      if (!/^district_code\s+text\s+NOT\s+NULL$/i.test(parts[0] ?? ''))
        faults.push(`${table}: does not begin with district_code text NOT NULL`);
      for (const part of parts) faults.push(...keyFaults(table, part, kinds));
    }
    const index = /^\s*CREATE\s+UNIQUE\s+INDEX\s+(\w+)\s+ON\s+([\w.]+)\s*(?:USING\s+\w+\s*)?\(\s*(\w+)/i.exec(text);
    if (index && kinds.get(index[2] ?? '') === 'district' && index[3] !== 'district_code')
      faults.push(`${index[1] ?? ''}: unique without district_code first`);
  }
  return faults;
}

async function inDatabase<T>(adminUrl: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes a database of a coordinator ready for the migrations: the extension, and, where no worker is registered, the coordinator itself as
 * the one that holds the shards. Says clearly when the server does not have Citus.
 */
export async function readyCluster(adminUrl: string, name: string): Promise<{ version: string; workers: number }> {
  return inDatabase(adminUrl, name, async (client) => {
    const found = await client.query<{ version: string }>(`SELECT default_version AS version FROM pg_available_extensions WHERE name = 'citus'`); // prettier-ignore
    const [offered] = found.rows;
    if (!offered) throw new Failure('not-found', '这台数据库服务器没有安装 Citus 扩展（citus），不能按集群部署。请在协调节点和各工作节点安装 Citus 14（PostgreSQL 18），在 shared_preload_libraries 中加入 citus 并重启，再运行本命令。'); // prettier-ignore
    const loaded = await client.query<{ loaded: string }>(
      `SELECT current_setting('shared_preload_libraries') AS loaded`,
    );
    if (loaded.rows[0]?.loaded.includes('citus') !== true) throw new Failure('not-found', 'Citus 扩展已安装，但没有在 shared_preload_libraries 中载入。请加入 citus（放在第一位）并重启数据库，再运行本命令。'); // prettier-ignore
    await client.query('CREATE EXTENSION IF NOT EXISTS citus');
    const workers = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM citus_get_active_worker_nodes()`); // prettier-ignore
    const count = workers.rows[0]?.count ?? 0;
    if (count === 0) {
      await client.query(`SELECT citus_set_coordinator_host('localhost')`);
      await client.query(
        `SELECT citus_set_node_property('localhost', current_setting('port')::int, 'shouldhaveshards', true)`,
      );
    }
    return { version: offered.version, workers: count };
  });
}

/** Compares how the tables lie in the cluster with the manifest: district tables distributed by district_code, reference tables everywhere, local ones here; one line a fault. */
export async function placementFaults(adminUrl: string, name: string): Promise<string[]> {
  const placed = await inDatabase(adminUrl, name, async (client) =>
    client.query<{ name: string; type: string; key: string | null }>(
      `SELECT table_name::text AS name, citus_table_type AS type, distribution_column AS key FROM citus_tables`,
    ),
  );
  const lies = new Map(placed.rows.map((row) => [row.name, row]));
  return allTables.flatMap(({ name: table, kind }) => {
    const found = lies.get(table);
    if (kind === 'district') return found?.type === 'distributed' && found.key === 'district_code' ? [] : [`${table} 应按 district_code 分布，现为 ${found?.type ?? '本地'}`]; // prettier-ignore
    if (kind === 'reference')
      return found?.type === 'reference' ? [] : [`${table} 应为参照表，现为 ${found?.type ?? '本地'}`];
    return found === undefined || found.type === 'local' ? [] : [`${table} 应为本地表，现为 ${found.type}`];
  });
}

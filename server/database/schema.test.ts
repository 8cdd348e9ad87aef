import { afterAll, beforeAll, expect, test } from 'vitest';
import { tables } from './manifest.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { Database } from './open.ts';
import { splitStatements } from './split-statements.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

/** Every test asks for the offenders, so that a failure names them. */
let server: TestServer;
let database: Database;

const kindsOf = (...kinds: string[]) => tables.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
const district = kindsOf('district');
const ours = `c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'graphile_worker')
  AND n.nspname NOT LIKE 'pg_t%'`;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase('schema_check');
  await migrate(database);
});

afterAll(async () => {
  await server.stop();
});

async function offenders(sql: string, values: unknown[] = []): Promise<string[]> {
  return (await database.ownerPool.query<{ name: string }>(sql, values)).rows.map(({ name }) => name);
}

const all = `SELECT c.oid::regclass::text AS name, c.oid, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) AS owner
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}`;

test('PLT-03 the manifest names every table of the database, and no other', async () => {
  const found = await offenders(`SELECT name FROM (${all}) t`);
  expect(tables.map(({ name }) => name).sort()).toEqual(found.sort());
});

test('PLT-03 a district table has district_code text NOT NULL first in its primary, unique and foreign keys, and in every exclusion key', async () => {
  const wrongType = await offenders(
    `SELECT t.name FROM (${all}) t LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'district_code'
      WHERE t.name = ANY($1) AND NOT coalesce(a.attnotnull AND a.atttypid = 'text'::regtype AND a.attcollation = 'default'::regcollation AND a.attgenerated = '', false)`,
    [district],
  );
  expect(wrongType).toEqual([]);
  const noKey = await offenders(
    `SELECT t.name FROM (${all}) t WHERE t.name = ANY($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p')`,
    [district],
  );
  expect(noKey).toEqual([]);
  const notFirst = await offenders(
    `SELECT t.name || ' ' || k.conname AS name FROM (${all}) t JOIN pg_constraint k ON k.conrelid = t.oid
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
      WHERE t.name = ANY($1) AND a.attname <> 'district_code'
        AND (k.contype IN ('p', 'u') OR k.contype = 'f' AND k.confrelid::regclass::text = ANY($1))`,
    [district],
  );
  expect(notFirst).toEqual([]);
  const notExcluding = await offenders(
    `SELECT t.name || ' ' || k.conname AS name FROM (${all}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'x'
      WHERE t.name = ANY($1) AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'district_code' AND a.attnum = ANY(k.conkey))`,
    [district],
  );
  expect(notExcluding).toEqual([]);
  const uniqueIndex = await offenders(
    `SELECT i.indexrelid::regclass::text AS name FROM (${all}) t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
      WHERE t.name = ANY($1) AND pg_get_indexdef(i.indexrelid, 1, true) <> 'district_code'`,
    [district],
  );
  expect(uniqueIndex).toEqual([]);
});

test('PLT-03 row-level security is enabled and forced on every district table, with at least one policy', async () => {
  const open = await offenders(
    `SELECT name FROM (${all}) t WHERE t.name = ANY($1)
      AND NOT (t.relrowsecurity AND t.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = t.oid))`,
    [district],
  );
  expect(open).toEqual([]);
});

test('PLT-03 policies are permissive, one per table, command and role, and read settings only', async () => {
  expect(
    await offenders(`SELECT polrelid::regclass || ' ' || polname AS name FROM pg_policy WHERE NOT polpermissive`),
  ).toEqual([]);
  const several = await offenders(
    `SELECT polrelid::regclass || ' ' || polcmd::text AS name FROM pg_policy, unnest(polroles) role GROUP BY polrelid, polcmd, role HAVING count(*) > 1`,
  );
  expect(several).toEqual([]);
  const mixed = await offenders(
    `SELECT polrelid::regclass::text AS name FROM pg_policy, unnest(polroles) role GROUP BY polrelid, role HAVING count(*) > 1 AND bool_or(polcmd = '*')`,
  );
  expect(mixed).toEqual([]);
  const looking = await offenders(
    `SELECT polrelid::regclass || ' ' || polname AS name FROM pg_policy
      WHERE concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)) ~* '\\mselect\\M'`,
  );
  expect(looking).toEqual([]);
});

test('the owner owns every table, and the application owns nothing', async () => {
  expect(await offenders(`SELECT name FROM (${all}) t WHERE owner <> 'baoxue_owner'`)).toEqual([]);
});

test('local tables have no foreign keys, and reference tables point at reference tables only', async () => {
  const local = await offenders(
    `SELECT t.name || ' ' || k.conname AS name FROM (${all}) t JOIN pg_constraint k ON k.contype = 'f' AND t.oid IN (k.conrelid, k.confrelid) WHERE t.name = ANY($1)`,
    [kindsOf('local')],
  );
  expect(local).toEqual([]);
  const reference = await offenders(
    `SELECT t.name || ' ' || k.conname AS name FROM (${all}) t JOIN pg_constraint k ON k.contype = 'f' AND k.conrelid = t.oid
       JOIN (${all}) f ON f.oid = k.confrelid WHERE t.name = ANY($1) AND NOT f.name = ANY($1)`,
    [kindsOf('reference')],
  );
  expect(reference).toEqual([]);
});

test('PLT-03 no ON DELETE SET NULL, no deferred constraints, no unnamed constraints, no ICU order on the key, views run as their reader', async () => {
  const forbidden = await offenders(
    `SELECT k.conrelid::regclass || ' ' || k.conname AS name FROM pg_constraint k JOIN (${all}) t ON t.oid = k.conrelid
      WHERE k.condeferrable OR k.contype = 'f' AND (k.confdeltype IN ('n', 'd') OR k.confupdtype <> 'a')`,
  );
  expect(forbidden).toEqual([]);
  const views = await offenders(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT coalesce(c.reloptions::text ~ 'security_invoker=(true|on)', false)`,
  );
  expect(views).toEqual([]);
  // The names PostgreSQL gives by itself end in _pkey, _key, _fkey, _check or _excl; ours never do.
  const unnamed = await offenders(
    `SELECT k.conrelid::regclass || ' ' || k.conname AS name FROM pg_constraint k JOIN (${all}) t ON t.oid = k.conrelid
      WHERE k.contype <> 'n' AND k.conname ~ '_(pkey|key|fkey|check|excl)[0-9]*$'`,
  );
  expect(unnamed).toEqual([]);
});

test('every table is declared with its kind right after it is made', () => {
  const verbs = { distribute: 'district', reference: 'reference', local: 'local' } as const;
  const declared = new Map<string, string>();
  const texts = readMigrations().flatMap(({ sql }) => splitStatements(sql));
  for (const text of texts) {
    const [, verb, name] = /^SELECT\s+platform\.(distribute|reference|local)\('([\w.]+)'/im.exec(text) ?? [];
    if (verb && name) declared.set(name, verbs[verb.toLowerCase() as keyof typeof verbs]);
  }
  const expected = tables
    .filter(({ name }) => name !== 'platform.migration')
    .map(({ name, kind }) => `${name} ${kind}`);
  expect([...declared].map(([name, kind]) => `${name} ${kind}`).sort()).toEqual(expected.sort());
});

test('migrations have one subcommand per ALTER TABLE, no inline CHECK in ADD COLUMN and no ON DELETE SET NULL', () => {
  const statements = readMigrations().flatMap(({ sql }) => splitStatements(sql.replace(/--.*$/gm, '')));
  const wrong = statements.filter((text) => {
    if (/\bON\s+DELETE\s+SET\s+(NULL|DEFAULT)\b|\bAS\s+RESTRICTIVE\b|\bMERGE\s+INTO\b/i.test(text)) return true;
    if (!/^ALTER\s+TABLE\b/i.test(text)) return false;
    const subcommands = text.replace(/\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)/g, '()').split(',').length;
    return subcommands > 1 || (/\bADD\s+COLUMN\b/i.test(text) && /\b(CHECK|REFERENCES|UNIQUE)\b/i.test(text));
  });
  expect(wrong).toEqual([]);
});

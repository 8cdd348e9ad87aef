import pg from 'pg';
import { inTransaction, type Scope } from '#server/database/transaction.ts';
import type { Endpoint } from '#contract/endpoint.ts';
import { buildApp } from '#server/http/app.ts';
import type { Platform } from '#server/http/context.ts';
import { routes } from '#server/routes.ts';
import { addressOf, percentile } from './installation.ts';

/** A statement as the application sent it. */
export interface Statement {
  name?: string | undefined;
  text: string;
  values?: unknown[] | undefined;
}

const around = /^(?:BEGIN|COMMIT|ROLLBACK|SELECT platform\.enter_scope)/;

/**
 * Records the statements with their parameters that `ask` sends through the application's pool of this process inside its transaction;
 * beginning, scope and commit are left out, as is what is sent outside a transaction (the session).
 */
export async function statementsOf(platform: Platform, ask: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const original = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query');
  const query = original?.value as (...given: unknown[]) => unknown; // as: pg declares it as a method
  const inside = new WeakSet<object>();
  const recorded = function record(this: pg.Client, ...given: unknown[]): unknown {
    const [first, values] = given;
    const statement: Statement =
      typeof first === 'string'
        ? { text: first, values: Array.isArray(values) ? values : undefined }
        : { ...(first as Statement) }; // as: pg takes a text or such an object
    if (statement.text.startsWith('BEGIN')) inside.add(this);
    else if (/^(?:COMMIT|ROLLBACK)/.test(statement.text)) inside.delete(this);
    else if (inside.has(this) && !around.test(statement.text)) sent.push(statement);
    return Reflect.apply(query, this, given);
  };
  Object.defineProperty(pg.Client.prototype, 'query', { ...original, value: recorded });
  try {
    await ask();
  } finally {
    if (original) Object.defineProperty(pg.Client.prototype, 'query', original);
  }
  if (sent.length === 0) throw new Error(`no statement of ${platform.database.databaseName} was recorded`);
  return sent;
}

/** Median milliseconds of the statements on one warm pooled connection as the application's role: begin, scope, all rows, commit. */
export async function timeBare(
  platform: Platform,
  scope: Scope,
  statements: readonly Statement[],
  turns = 60,
): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const begun = performance.now();
    await inTransaction(platform.database.appPool, scope, async (client) => {
      for (const { name, text, values } of statements) {
        await client.query({ ...(name ? { name } : {}), text, ...(values ? { values } : {}) });
      }
    });
    times.push(performance.now() - begun);
  }
  return percentile(times.slice(turns / 6), 0.5);
}

/** A page whose statements are looked at. */
interface Looked {
  name: string;
  endpoint: Endpoint;
  input(turn: number): Record<string, unknown>;
  headers: Record<string, string>;
}

/**
 * `BAOXUE_BENCH_PLANS=5` before a bench: prints what each statement of each page takes by itself, on warm data and under the reach of the
 * whole district, and the plan of every one over 5 ms. Without it nothing is done.
 */
export async function printPlans(platform: Platform, district: string, pages: readonly Looked[]): Promise<void> {
  const overMs = Number(process.env['BAOXUE_BENCH_PLANS'] ?? 0);
  if (!(overMs > 0)) return;
  const app = await buildApp(platform, routes, { web: false });
  for (const page of pages) {
    const inject = async (turn: number) => {
      const { url } = addressOf('', page.endpoint, page.input(turn));
      const begun = performance.now();
      const answered = await app.inject({ method: 'GET', url, headers: page.headers });
      if (answered.statusCode !== 200) throw new Error(`${page.name}: ${answered.body}`);
      return performance.now() - begun;
    };
    for (let turn = 0; turn < 4; turn += 1) await inject(turn);
    const statements = await statementsOf(platform, () => inject(5));
    process.stdout.write(`-- ${page.name}: ${(await inject(6)).toFixed(1)} ms\n`);
    // Links of the trail, which only the first page of a run writes, are not the page's.
    for (const statement of statements.filter(
      ({ text }) => /^\s*(?:SELECT|WITH)/.test(text) && !/audit|advisory/.test(text),
    ))
      process.stdout.write(await planOf(platform, district, statement, overMs));
  }
  await app.close();
}

/** A line with the milliseconds of a statement, and its plan where it takes longer than asked. */
async function planOf(platform: Platform, district: string, statement: Statement, overMs: number): Promise<string> {
  const { text, values } = statement;
  const sent = (words: string) => ({ text: words, ...(values ? { values } : {}) });
  const scope = { district, actor: 'bench', all: true, tokens: [] };
  return inTransaction(platform.database.appPool, scope, async (client) => {
    await client.query(sent(text));
    const begun = performance.now();
    await client.query(sent(text));
    const took = performance.now() - begun;
    const line = `${took.toFixed(1)} ms  ${text.replaceAll(/\s+/g, ' ').slice(0, 160)}\n`;
    if (took < overMs) return line;
    const found = await client.query<{ 'QUERY PLAN': string }>(sent(`EXPLAIN (ANALYZE, BUFFERS) ${text}`));
    return `${line}${found.rows.map((row) => row['QUERY PLAN']).join('\n')}\n`;
  });
}

import pg from 'pg';
import { inTransaction, type Scope } from '#server/database/transaction.ts';
import type { Platform } from '#server/http/context.ts';
import { percentile } from './installation.ts';

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
    if (statement.text === 'BEGIN') inside.add(this);
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

import pg from 'pg';

/** The reach of a transaction as row-level security reads it. */
export interface Scope {
  district: string;
  actor: string;
  all: boolean;
  tokens: readonly string[];
}

const listOf = ({ all, tokens }: Scope) =>
  all ? '' : `{${tokens.map((token) => `"${token.replaceAll(/["\\]/g, '')}"`).join(',')}}`;

/** Sets another scope in the current transaction, as a statement of its own. */
export async function enterScope(client: pg.ClientBase, scope: Scope): Promise<void> {
  await client.query({
    name: 'enter-scope',
    text: 'SELECT platform.enter_scope($1, $2, $3, $4)',
    values: [scope.district, scope.actor, scope.all ? '1' : '', listOf(scope)],
  });
}

/** Begins a transaction under a scope: two statements, sent together. */
async function begin(client: pg.ClientBase, scope: Scope): Promise<void> {
  const values = [scope.district, scope.actor, scope.all ? '1' : '', listOf(scope)].map((one) => pg.escapeLiteral(one));
  await client.query(`BEGIN; SELECT platform.enter_scope(${values.join(', ')})`);
}

/** Runs `work` in one transaction under a scope; commits when it returns, rolls back when it throws. Deadlocks are tried again, at most twice. */
export async function inTransaction<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await begin(client, scope);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      if (attempt < 3 && isDeadlock(error)) continue;
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** Runs `work` in a transaction that is always rolled back: what it answers is what would have happened. */
export async function takenBack<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await begin(client, scope);
    return await work(client);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
  }
}

function isDeadlock(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && (error.code === '40P01' || error.code === '40001')
  );
}

import type { Context } from './context.ts';

/**
 * Puts a job (again) in the queue, in the transaction of the request, and wakes the runner after the commit. A job of the same name and id
 * that still waits is the same job.
 */
export async function enqueue(context: Context, name: 'import' | 'notices' | 'books', id: string): Promise<void> {
  await context.client.query('SELECT platform.enqueue($1, $2::json, $3)', [
    name,
    JSON.stringify({ district: context.district, id }),
    `${name}:${id}`,
  ]);
  context.afterCommit(() => {
    context.platform.wake();
  });
}

import { Failure } from '#domain/basics/failure.ts';
import type { Context } from './context.ts';
import { placesOf } from './error-places.ts';

/** What the database does over again by itself; such a transaction is not mended by going on. */
const retried: readonly string[] = ['40P01', '40001'];

/**
 * Does one of many things within a savepoint: where it fails it is taken back and logged under `name`, and the others go on. Answers null
 * then. The chain lock is taken before, so that taking back one does not let go of it.
 */
export async function apart<T>(
  context: Context,
  name: string,
  id: string,
  work: () => Promise<T>,
): Promise<{ done: T } | null> {
  const { client, district, platform } = context;
  await context.knownAt();
  await client.query('SAVEPOINT apart');
  try {
    const done = await work();
    await client.query('RELEASE SAVEPOINT apart');
    return { done };
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
    if (code !== undefined && retried.includes(code)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT apart');
    const stack = error instanceof Error ? placesOf(error, code) : undefined;
    platform.log.error({ step: name, district, id, code, stack }, 'one of many was left aside');
    return null;
  }
}

/** Does one of many things that people asked for together, within a savepoint: null where it was done, else why not, in words. What nobody foresaw breaks the whole. */
export async function whyNotDone(context: Context, work: () => Promise<unknown>): Promise<string | null> {
  const { client } = context;
  await context.knownAt();
  await client.query('SAVEPOINT one_of_many');
  try {
    await work();
    await client.query('RELEASE SAVEPOINT one_of_many');
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    await client.query('ROLLBACK TO SAVEPOINT one_of_many');
    return error.message;
  }
}

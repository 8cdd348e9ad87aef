import { Failure } from '#domain/basics/failure.ts';
import type { Context } from '#server/http/context.ts';
import type { Reader } from './store-messages.ts';

/** Whose messages are asked for: the signed-in person's own; `not-allowed` for who is none. */
export function readerOf(context: Context): Reader {
  const { staffId, posts } = context.actor;
  if (staffId === null) throw new Failure('not-allowed', '消息和提醒只属于登录的人员。');
  return { staffId, posts };
}

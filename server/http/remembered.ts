import { createHmac } from 'node:crypto';
import { Failure } from '#domain/basics/failure.ts';
import { openJson, sealJson } from '../crypto/seal.ts';
import type { Context } from './context.ts';

/** What was answered before, or a place reserved for this answer. */
export type Remembered = { answer: unknown } | { keep(answer: unknown): Promise<void> };

/**
 * Looks up the answer given to a request id before. Two at once are serialised by the insert;
 * another input under the same id is refused with 409.
 */
export async function recall(
  context: Context,
  endpoint: string,
  requestId: string,
  input: unknown,
): Promise<Remembered> {
  const { client, district, actor, keys } = context;
  const fingerprint = createHmac('sha256', keys.answerKey).update(JSON.stringify(input)).digest();
  const values = [district, actor.id, endpoint, requestId];
  const inserted = await client.query({
    name: 'answer-reserve',
    text: `INSERT INTO remembered_answer (district_code, actor_id, endpoint, request_id, fingerprint, at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT ON CONSTRAINT remembered_answer_pk DO NOTHING`,
    values: [...values, fingerprint, context.now],
  });
  const place = { table: 'remembered_answer', column: 'sealed_answer', district, id: values.slice(1).join('/') };
  if (inserted.rowCount === 1) {
    return {
      keep: async (answer) => {
        await client.query({
          name: 'answer-keep',
          text: `UPDATE remembered_answer SET sealed_answer = $5 WHERE district_code = $1 AND actor_id = $2 AND endpoint = $3 AND request_id = $4`,
          values: [...values, sealJson(keys, place, answer ?? null)],
        });
      },
    };
  }
  const found = await client.query<{ fingerprint: Buffer; sealed_answer: Buffer | null }>({
    name: 'answer-recall',
    text: `SELECT fingerprint, sealed_answer FROM remembered_answer WHERE district_code = $1 AND actor_id = $2 AND endpoint = $3 AND request_id = $4`,
    values,
  });
  const row = found.rows[0];
  if (!row?.sealed_answer) throw new Failure('busy', '同一请求正在处理，请稍候再看结果。');
  if (!row.fingerprint.equals(fingerprint))
    throw new Failure('request-reused', '这个请求编号已用于另一次提交，请刷新页面后重新提交。');
  return { answer: openJson(keys, place, row.sealed_answer) };
}

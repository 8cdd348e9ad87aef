import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Failure } from '#domain/basics/failure.ts';
import { failureCodes, type FieldIssue } from '#domain/basics/failure.ts';

/** Turns zod's faults into fields with Chinese words. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), words: words(issue) }));
}

function words(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_type') return '没有填写，或格式不对。';
  if (issue.code === 'too_small') return `太短或太小，至少 ${String(issue.minimum)}。`;
  if (issue.code === 'too_big') return `太长或太大，至多 ${String(issue.maximum)}。`;
  if (issue.code === 'invalid_value') return '不在可选范围内。';
  if (issue.code === 'unrecognized_keys') return `有不认识的内容：${issue.keys.join('、')}。`;
  return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '格式不对。';
}

/** Sends a failure as problem+json (RFC 9457). */
export function sendProblem(reply: FastifyReply, failure: Failure): FastifyReply {
  const status = failureCodes[failure.code];
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({
      type: `about:blank#${failure.code}`,
      title: failure.message,
      status,
      code: failure.code,
      ...(failure.detail ? { detail: failure.detail } : {}),
    });
}

import { createHash } from 'node:crypto';
import type { InputOf } from '#contract/endpoint.ts';
import type { issueDocument } from '#contract/notices.ts';
import type { World } from '#server/testing/world.ts';

/** A 劝学通知书 for a child, everything filled in. */
export function noticeFor(
  world: World,
  childId: string,
  more: Partial<InputOf<typeof issueDocument>> = {},
): InputOf<typeof issueDocument> {
  return {
    id: world.platform.newId(),
    kind: 'persuasionNotice',
    childId,
    fields: { absentSince: '2026-11-09', contact: '周老师', contactPhone: '027-82340000' },
    ...more,
  };
}

/** SHA-256 of a file, hexadecimal. */
export function printOf(content: unknown): string {
  if (!Buffer.isBuffer(content)) throw new Error('no file');
  return createHash('sha256').update(content).digest('hex');
}

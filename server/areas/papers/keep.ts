import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/papers.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { largestPaper } from '#domain/papers/record.ts';
import { closedReach, isClosedKind, paperReach, paperTypeOf } from '#domain/papers/rules.ts';
import { sealJson } from '#server/crypto/seal.ts';
import { readStoredFile, removeStoredFile, type StoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import { childReach, insertPaper, papersById, type ClosedReach } from './store.ts';

/** How far the actor reaches into the closed compartment. */
export function closedOf(context: Context): ClosedReach {
  return context.actor.kind === 'platform' ? { all: true, tokens: [] } : closedReach(context.actor.posts);
}

async function typeOf(context: Context, stored: StoredFile) {
  if (stored.bytes > largestPaper) throw new Failure('file-too-large', '文件超过 2 MB，请压缩后再上传。');
  const { keys, config } = context.platform;
  const type = paperTypeOf(await readStoredFile(keys, config.dataDirectory, stored.storedName));
  if (!type)
    throw new Failure('file-wrong-kind', '只收 JPG、PNG 图片和 PDF 文件；这份文件的内容不是其中之一，或不完整。');
  return type;
}

/** Keeps a file that was just sealed: checked by content, under the phone's id; the same file sent again gives the first answer. */
export async function keepPaper(
  context: Context,
  input: ParsedOf<typeof contract.uploadPaper>,
  stored: StoredFile | null,
) {
  if (!stored) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
  const { client, district, actor, platform } = context;
  const closed = isClosedKind(input.kind);
  if (closed && closedOf(context) === null)
    throw new Failure('not-allowed', '医院证明等健康材料只能由学校或教育局上传，请转交学校。');
  const answer = (row: { contentType: 'image/jpeg' | 'image/png' | 'application/pdf'; fingerprint: Buffer }) => ({
    id: input.id,
    contentType: row.contentType,
    bytes: stored.bytes,
    fingerprint: row.fingerprint.toString('hex'),
  });
  const [known] = await papersById(client, district, closedOf(context), [input.id]);
  if (known) {
    if (known.by_id !== actor.id || !known.fingerprint.equals(stored.fingerprint) || known.kind !== input.kind)
      throw new Failure('already-exists', '这个编号下已有另一份材料，请重新拍摄或选择后上传。');
    await removeStoredFile(platform.config.dataDirectory, stored.storedName);
    return answer({ contentType: known.content_type, fingerprint: known.fingerprint });
  }
  const contentType = await typeOf(context, stored);
  const own = input.childId === undefined ? [] : await childReach(client, district, input.childId);
  if (own === null) throw notFound('儿童少年档案');
  const beside = input.childId === undefined ? context.reach.tokens : [];
  await insertPaper(client, district, {
    id: input.id,
    kind: input.kind,
    closed,
    childId: input.childId ?? null,
    contentType,
    ...stored,
    sealed: sealJson(
      context.keys,
      { table: 'paper', column: 'sealed', district, id: input.id },
      { fileName: input.fileName, place: input.place ?? null },
    ),
    takenAt: input.takenAt ?? null,
    byId: actor.id,
    byName: actor.name,
    knownAt: await context.knownAt(),
    beside,
    reach: paperReach(closed, [...own, ...beside]),
  });
  context.note({
    subjectKind: 'paper',
    subjectId: input.id,
    detail: { kind: input.kind, bytes: stored.bytes, fingerprint: stored.fingerprint.toString('hex') },
  });
  return answer({ contentType, fingerprint: stored.fingerprint });
}

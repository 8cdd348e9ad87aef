import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/papers.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import type { PaperKind, PaperSubject } from '#domain/papers/record.ts';
import { paperReach } from '#domain/papers/rules.ts';
import { paperEndings, paperKindWords } from '#domain/papers/words.ts';
import { openJson } from '#server/crypto/seal.ts';
import { readStoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { closedOf } from './keep.ts';
import { childReach, papersById, papersOfChild, papersOfSubject, writeSubject, type PaperRow } from './store.ts';
import { mayVoid } from './void.ts';

/** A paper as pages list it. */
export type PaperView = z.output<typeof contract.Paper>;
/** What a paper belongs to. */
export interface SubjectOfPaper {
  kind: PaperSubject;
  id: string;
  childId: string | null;
}

/** A paper as pages list it, its name and place opened. */
export function paperView(context: Context, row: PaperRow): PaperView {
  // as: sealed by keepPaper with these fields
  const opened = openJson(
    context.keys,
    { table: 'paper', column: 'sealed', district: context.district, id: row.id },
    row.sealed,
  ) as { fileName: string; place: string | null };
  return {
    id: row.id,
    kind: row.kind,
    kindWords: paperKindWords[row.kind],
    fileName: opened.fileName,
    contentType: row.content_type,
    bytes: row.bytes,
    fingerprint: row.fingerprint.toString('hex'),
    takenAt: row.taken_at?.toISOString() ?? null,
    place: opened.place,
    byName: row.by_name,
    at: row.known_at.toISOString(),
    closed: row.closed,
    subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : null,
    voided: row.void_at && {
      at: row.void_at.toISOString(),
      byName: row.void_name ?? '',
      reason: row.void_reason ?? '',
    },
    allowed: { void: mayVoid(context, row) },
  };
}

/** The papers of a subject within the actor's reach, oldest first, void ones too; health papers only for those who may. */
export async function papersOf(context: Context, subject: { kind: PaperSubject; id: string }): Promise<PaperView[]> {
  const rows = await papersOfSubject(context.client, context.district, closedOf(context), subject.kind, [subject.id]);
  return rows.map((row) => paperView(context, row));
}

/** Papers by id within the actor's reach, as pages list them; those out of reach are missing. */
export async function papersNamed(context: Context, ids: readonly string[]): Promise<PaperView[]> {
  if (ids.length === 0) return [];
  const rows = await papersById(context.client, context.district, closedOf(context), [...new Set(ids)]);
  return rows.map((row) => paperView(context, row));
}

/**
 * Papers named in an entry: each must be there, within reach and not void, and of one of `kinds` where given (then at least one is
 * needed). A missing one is `input-wrong` at the field `papers`.
 */
export async function requirePapers(
  context: Context,
  ids: readonly string[],
  kinds?: readonly PaperKind[],
): Promise<PaperRow[]> {
  const fault = (words: string) => new Failure('input-wrong', words, { issues: [{ path: 'papers', words }] });
  const wanted = [...new Set(ids)];
  const rows = await papersById(context.client, context.district, closedOf(context), wanted);
  const own = context.reachFor('papers.read');
  const within = (row: PaperRow) => row.by_id === context.actor.id || (own !== null && reaches(own, row.reach));
  // The reach of the statement may be wider than the actor's own, where a case is worked on.
  if (rows.length < wanted.length || !rows.every(within))
    throw fault('有材料没有上传成功，或不在您的管理范围内。请先在“待上传”中补传照片或扫描件。');
  if (rows.some((row) => row.void_at !== null)) throw fault('所附材料中有已作废的，请去掉后再提交。');
  if (kinds && !rows.some((row) => kinds.includes(row.kind)))
    throw fault(`须附${kinds.map((kind) => paperKindWords[kind]).join('或')}。`);
  return rows;
}

/** Attaches papers to a subject with the subject's reach; once attached a paper stays where it is, and attaching again changes nothing. */
export async function attachPapers(
  context: Context,
  ids: readonly string[],
  subject: SubjectOfPaper,
  reach: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  for (const row of await requirePapers(context, ids)) {
    if (row.subject_kind === subject.kind && row.subject_id === subject.id) continue;
    const elsewhere =
      row.subject_kind !== null ||
      (row.child_id !== null && subject.childId !== null && row.child_id !== subject.childId);
    if (elsewhere)
      throw new Failure('input-wrong', '有一份材料属于另一名学生或另一项记录，请重新上传。', {
        issues: [{ path: 'papers', words: '材料属于另一项记录。' }],
      });
    const childId = subject.childId ?? row.child_id;
    const own = childId === null ? [] : ((await childReach(context.client, context.district, childId)) ?? []);
    await writeSubject(context.client, context.district, row.id, {
      kind: subject.kind,
      id: subject.id,
      childId,
      beside: paperReach(
        row.closed,
        reach.filter((token) => !own.includes(token)),
      ),
      reach: paperReach(row.closed, [...row.reach, ...reach]),
    });
  }
}

/** The papers of a child or of a record within the actor's reach, but those of an emergency. */
export async function listPapers(context: Context, asked: ParsedOf<typeof contract.listPapers>): Promise<PaperView[]> {
  const { client, district } = context;
  const rows =
    asked.subjectKind && asked.subjectId
      ? await papersOfSubject(client, district, closedOf(context), asked.subjectKind, [asked.subjectId])
      : await papersOfChild(client, district, closedOf(context), asked.childId ?? '');
  return rows.filter((row) => row.subject_kind !== 'emergency').map((row) => paperView(context, row));
}

/** The content of a paper within reach, for a paper of the platform that shows it; null where it is not there. */
export async function paperContent(context: Context, id: string): Promise<Buffer | null> {
  const { client, district, platform } = context;
  const [row] = await papersById(client, district, closedOf(context), [id]);
  return row ? readStoredFile(platform.keys, platform.config.dataDirectory, row.stored_name) : null;
}

/** A paper within reach as a file, logged; one of an emergency is found only when its case asks for it, with that kind. */
export async function openPaper(context: Context, id: string, kept: 'emergency' | null = null): Promise<FileAnswer> {
  const { client, district, platform } = context;
  const [row] = await papersById(client, district, closedOf(context), [id]);
  if (!row || (row.subject_kind === 'emergency') !== (kept === 'emergency')) throw notFound('材料');
  const content = await readStoredFile(platform.keys, platform.config.dataDirectory, row.stored_name);
  context.note({ subjectKind: 'paper', subjectId: row.id, detail: { childId: row.child_id, kind: row.kind } });
  const name = paperView(context, row).fileName.replace(/\.\w{1,5}$/, '');
  return { fileName: name + paperEndings[row.content_type], contentType: row.content_type, body: content };
}

import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/notices.ts';
import type { Paper } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { plainNameOf, requireDocument } from './documents.ts';
import { openDraft } from './issue.ts';
import { openLaid } from './sealed.ts';

const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Read when the first is asked for: the library takes longer to read than everything else at a start. */
async function wordFileOf(papers: readonly Paper[], mark: string): Promise<Buffer> {
  const made = await import('#server/documents/word.ts');
  return made.wordFileOf(papers, mark);
}

/** A document before it is issued, as a Word file to work on: no number is taken, and each page says that it is a draft. */
export async function draftDocument(
  context: Context,
  input: ParsedOf<typeof contract.draftDocument>,
): Promise<FileAnswer> {
  const { name, child, papers } = await openDraft(context, input);
  context.note({ subjectKind: 'child', subjectId: input.childId, detail: { kind: input.kind } });
  const body = await wordFileOf(papers, '草稿　未编号、未签发，不作文书使用');
  return { fileName: `${name}_${child.name}_草稿.docx`, contentType, body };
}

/**
 * An issued document as a Word file to work on, from what was laid out then: each page says that it is a copy and which paper holds, and
 * what was signed by hand stays with that paper.
 */
export async function copyDocument(context: Context, input: { id: string }): Promise<FileAnswer> {
  const row = await requireDocument(context, input.id);
  const original = row.number_words ?? `${row.issued_day} 签发的`;
  const voided = row.voided_at === null ? '' : '，原件已作废';
  const body = await wordFileOf(
    openLaid(context, row.id, row.sealed).papers,
    `副本　可编辑，不作文书使用，以${original}原件为准${voided}`,
  );
  context.note({ subjectKind: 'document', subjectId: row.id, detail: { childId: row.child_id } });
  return { fileName: `${plainNameOf(row)}_副本.docx`, contentType, body };
}

import * as contract from '#contract/papers.ts';
import { notFound } from '#domain/basics/failure.ts';
import { paperEndings } from '#domain/papers/words.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { paperContent, papersOf, paperView } from './actions.ts';
import { closedOf, keepPaper } from './keep.ts';
import { papersOfChild } from './store.ts';
import { voidOne } from './void.ts';

/** What answers the calls of papers. */
export const papersRoutes: readonly Route[] = [
  answer(contract.uploadPaper, (context, input, call) => keepPaper(context, input, call.upload)),
  answer(contract.openPaper, async (context, input) => {
    const found = await paperContent(context, input.id);
    if (!found) throw notFound('材料');
    const { row, content } = found;
    context.note({ subjectKind: 'paper', subjectId: row.id, detail: { childId: row.child_id, kind: row.kind } });
    const name = paperView(context, row).fileName.replace(/\.\w{1,5}$/, '');
    return { fileName: name + paperEndings[row.content_type], contentType: row.content_type, body: content };
  }),
  answer(contract.listPapers, async (context, input) => {
    if (input.subjectKind && input.subjectId)
      return papersOf(context, { kind: input.subjectKind, id: input.subjectId });
    const rows = await papersOfChild(context.client, context.district, closedOf(context), input.childId ?? '');
    return rows.map((row) => paperView(context, row));
  }),
  answer(contract.voidPaper, voidOne),
];

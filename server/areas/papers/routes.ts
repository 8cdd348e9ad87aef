import * as contract from '#contract/papers.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { listPapers, openPaper } from './actions.ts';
import { keepPaper } from './keep.ts';
import { voidOne } from './void.ts';

/** What answers the calls of papers. */
export const papersRoutes: readonly Route[] = [
  answer(contract.uploadPaper, (context, input, call) => keepPaper(context, input, call.upload)),
  answer(contract.openPaper, (context, input) => openPaper(context, input.id)),
  answer(contract.listPapers, listPapers),
  answer(contract.voidPaper, voidOne),
];

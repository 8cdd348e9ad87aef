import * as contract from '#contract/interchange.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { askCopy, downloadCopy, listCopies, makeCopy } from './copies.ts';

/** What answers the calls of interchange. */
export const interchangeRoutes: readonly Route[] = [
  answer(contract.askCopy, askCopy),
  answer(contract.listCopies, listCopies),
  answer(contract.makeCopy, makeCopy),
  answer(contract.downloadCopy, downloadCopy),
];

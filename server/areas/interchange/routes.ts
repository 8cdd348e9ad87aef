import * as contract from '#contract/interchange.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { downloadOpenData, getOpenData } from './open-data.ts';
import { closeFigures, getProvince } from './province.ts';
import { askCopy, downloadCopy, listCopies, makeCopy } from './copies.ts';

/** What answers the calls of interchange. */
export const interchangeRoutes: readonly Route[] = [
  answer(contract.askCopy, askCopy),
  answer(contract.listCopies, listCopies),
  answer(contract.makeCopy, makeCopy),
  answer(contract.downloadCopy, downloadCopy),
  answer(contract.getOpenData, getOpenData),
  answer(contract.downloadOpenData, downloadOpenData),
  answer(contract.getProvince, getProvince),
  answer(contract.closeFigures, closeFigures),
];
